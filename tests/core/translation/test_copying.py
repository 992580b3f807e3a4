"""What the vocabulary lacks is copied: never lost, and to the right place."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from core.text.encoding import EncodedSegment
from core.text.vocab import UNK
from core.translation.copying import Copied, copy_unknown


def segment(text: str, unknown: str) -> EncodedSegment:
    """A segment with a piece per character; those in ``unknown`` have no entry."""
    ids = tuple(UNK if character in unknown else 10 + i for i, character in enumerate(text))
    spans = tuple((i, i + 1) for i in range(len(text)))
    return EncodedSegment(text, ids, tuple(range(len(text))), spans, spans, False, True)


def attention(looks: list[int], columns: int) -> np.ndarray:
    """Rows that look mostly at one column each."""
    rows = np.full((len(looks), columns), 0.1, np.float32)
    rows[np.arange(len(looks)), looks] = 1
    return rows / rows.sum(axis=1, keepdims=True)


def copy(source: EncodedSegment, output: str, looks: list[int], *, spaced: bool = False) -> Copied:
    """Copying into ``output``, a piece per character, ``?`` for ``<unk>``."""
    ids = [UNK if character == "?" else 10 for character in output]
    rows = attention(looks, len(source.ids))
    logs = [-float(place) for place in range(len(ids))]
    return copy_unknown(ids, list(output), rows, source, log_probabilities=logs, spaced=spaced)


def test_an_unknown_output_takes_what_it_looks_at() -> None:
    copied = copy(segment("x龘yz鑫", "龘鑫"), "a?b?", [0, 4, 2, 1])
    assert copied.pieces == ("a", "鑫", "b", "龘")
    assert copied.marks == (False, True, False, True)
    assert copied.attention[1].tolist() == [0, 0, 0, 0, 1]
    assert copied.attention[0].argmax() == 0


def test_a_blank_parts_copies_in_english() -> None:
    assert copy(segment("x龘", "龘"), "a?", [0, 1], spaced=True).pieces == ("a", "▁龘")


def test_an_unknown_output_that_looks_elsewhere_takes_it_all_the_same() -> None:
    assert copy(segment("x龘", "龘"), "?", [0]).pieces == ("龘",)


def test_two_that_look_at_one_take_one_each() -> None:
    assert copy(segment("龘x鑫", "龘鑫"), "??", [0, 0]).pieces == ("龘", "鑫")


def test_more_than_there_are_go() -> None:
    copied = copy(segment("龘x", "龘"), "?a?", [0, 1, 0])
    assert copied.pieces == ("龘", "a")
    assert copied.attention.shape == (2, 2)


def test_one_left_out_follows_what_stood_before_it() -> None:
    assert copy(segment("x龘yz", "龘"), "abc", [0, 2, 3]).pieces == ("a", "龘", "b", "c")


def test_one_left_out_follows_the_last_output_of_what_stood_before_it() -> None:
    assert copy(segment("x龘y", "龘"), "abcd", [0, 2, 0, 2]).pieces == ("a", "b", "c", "龘", "d")


def test_where_the_one_before_has_no_output_the_next_before_counts() -> None:
    assert copy(segment("xy龘z", "龘"), "ab", [0, 3]).pieces == ("a", "龘", "b")


def test_one_left_out_at_an_edge_stays_there() -> None:
    assert copy(segment("龘xy", "龘"), "ab", [1, 2]).pieces == ("龘", "a", "b")
    assert copy(segment("xy龘", "龘"), "ab", [1, 0]).pieces == ("a", "b", "龘")


def test_several_left_out_keep_their_order() -> None:
    assert copy(segment("x龘y鑫z", "龘鑫"), "abc", [0, 2, 4]).pieces == ("a", "龘", "b", "鑫", "c")


def test_an_empty_output_becomes_the_copies() -> None:
    copied = copy(segment("龘x鑫", "龘鑫"), "", [])
    assert copied.pieces == ("龘", "鑫")
    assert copied.attention.tolist() == [[1, 0, 0], [0, 0, 1]]


@given(
    st.text(st.sampled_from("xy龘鑫淼"), min_size=1, max_size=8),
    st.text(st.sampled_from("ab?"), max_size=8),
    st.randoms(use_true_random=False),
)
def test_nothing_unknown_is_lost_or_doubled(text: str, output: str, random: object) -> None:
    source = segment(text, "龘鑫淼")
    looks = [random.randrange(len(text)) for _ in output]  # type: ignore[attr-defined]
    copied = copy(source, output, looks)
    copies = [p for p, mark in zip(copied.pieces, copied.marks, strict=True) if mark]
    assert sorted(copies) == sorted(c for c in text if c in "龘鑫淼")
    kept = [p for p, mark in zip(copied.pieces, copied.marks, strict=True) if not mark]
    assert kept == [c for c in output if c != "?"]
    assert copied.attention.shape == (len(copied.pieces), len(text))
