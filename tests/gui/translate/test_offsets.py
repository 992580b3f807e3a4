from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from gui.widgets.offsets import OffsetMap

TEXTS = st.text(alphabet=st.sampled_from("ab中😀𠀀\n"), max_size=30)


@given(TEXTS)
def test_offsets_agree_with_utf16(text: str) -> None:
    places = OffsetMap(text)
    for offset in range(len(text) + 1):
        units = len(text[:offset].encode("utf-16-le")) // 2
        assert places.to_qt(offset) == units
        assert places.to_python(units) == offset


def test_the_middle_of_a_pair_belongs_to_its_character() -> None:
    assert OffsetMap("a😀b").to_python(2) == 1
