"""A day of the week that no hypothesis names is put where it belongs."""

from __future__ import annotations

import pytest

from core.translation.faults import find_faults
from tests.core.translation.test_mending import faulty, mended


# Pieces of 我星期三喜欢猫。: 我 星期三 喜欢 猫 。
@pytest.mark.parametrize(
    ("text", "pieces", "looks", "wanted"),
    [
        # A wrong day that looks at the right one.
        ("我星期三喜欢猫。", "▁I ▁like ▁cats ▁on ▁Tuesday .", [0, 2, 3, 1, 1, 4],
         "I like cats on Wednesday."),
        # One that looks elsewhere is not touched.
        ("我星期三喜欢猫。", "▁Tuesday ▁I ▁like ▁cats .", [3, 0, 2, 3, 4],
         "On Wednesday, Tuesday I like cats."),
        # One left out: before the sentence, or before the clause it would have stood in.
        ("我星期三喜欢猫。", "▁I ▁like ▁cats .", [0, 2, 3, 4], "On Wednesday, I like cats."),
        ("我每星期三喜欢猫。", "▁I ▁like ▁cats .", [0, 3, 4, 5], "On Wednesdays, I like cats."),
        ("星期三我喜欢猫。", "▁The ▁cats .", [2, 3, 4], "On Wednesday, the cats."),
        ("我喜欢书，星期三喜欢猫。", "▁I ▁like ▁books , ▁I ▁like ▁cats .", [0, 1, 2, 3, 3, 5, 6, 7],
         "I like books, on Wednesday, I like cats."),
        ("我喜欢书。星期三我喜欢猫。", "▁I ▁like ▁books . ▁The ▁cats .", [0, 1, 2, 3, 3, 7, 8],
         "I like books. On Wednesday, the cats."),
        # Where two are lost, no place is known for either.
        ("我星期三喜欢猫，周二喜欢书。", "▁I ▁like ▁cats .", [0, 2, 3, 8], "I like cats."),
        # All is well.
        ("我星期三喜欢猫。", "▁I ▁like ▁cats ▁on ▁Wednesday .", [0, 2, 3, 1, 1, 4],
         "I like cats on Wednesday."),
    ],
)  # fmt: skip
def test_mends(text: str, pieces: str, looks: list[int], wanted: str) -> None:
    assert mended(text, pieces, looks) == wanted


def test_into_chinese() -> None:
    assert mended("I like cats on Tuesday", "我 喜欢 猫", [0, 1, 2], "zh") == "星期二，我喜欢猫"
    looks = [0, 4, 1, 2]
    assert mended("I like cats on Tuesday", "我 星期三 喜欢 猫", looks, "zh") == "我星期二喜欢猫"


def test_the_search_counts_a_lost_day_and_half_of_one_made_up() -> None:
    pieces = "▁I ▁like ▁cats ▁on ▁Tuesday ."
    found, source = faulty("我星期三喜欢猫。", pieces, [0, 2, 3, 1, 1, 4])
    faults = find_faults(found, source, "en")
    assert [source.said[day.start : day.end] for day in faults.unnamed] == ["星期三"]
    assert [found.text[day.start : day.end] for day in faults.misnamed] == ["Tuesday"]
    assert faults.weight == 1.5
