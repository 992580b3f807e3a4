"""Alignment of words against cases worked by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.translation.alignment import word_alignment


def test_a_case_worked_by_hand() -> None:
    # Source: word 0 is pieces 0 and 1, word 1 is piece 2. Target "ab cde": pieces "a" (0-1),
    # "b" (1-2), "cde" (3-6); words "ab" and "cde".
    attention = np.array([[0.5, 0.25, 0.25], [0.0, 0.5, 0.5], [0.125, 0.125, 0.75]], np.float32)
    rows = word_alignment(attention, [0, 0, 1], 2, [(0, 1), (1, 2), (3, 6)], [(0, 2), (3, 6)])
    # "ab": mean of (0.75, 0.25) and (0.5, 0.5).
    assert rows == ((0.625, 0.375), (0.25, 0.75))


def test_pieces_count_by_what_they_share_with_the_word() -> None:
    # One piece "abc" over the words "ab" and "c!", the second of which has "!" by itself, too.
    attention = np.array([[1, 0], [0, 1]], np.float32)
    rows = word_alignment(attention, [0, 1], 2, [(0, 3), (3, 6)], [(0, 2), (2, 6)])
    assert rows == ((1.0, 0.0), (0.25, 0.75))


def test_a_word_without_pieces_is_aligned_with_nothing() -> None:
    attention = np.ones((1, 1), np.float32)
    assert word_alignment(attention, [0], 1, [(0, 1)], [(0, 1), (2, 3)]) == ((1.0,), (0.0,))
    assert word_alignment(np.zeros((0, 1), np.float32), [0], 1, [], [(0, 1)]) == ((0.0,),)
    assert word_alignment(np.zeros((0, 0), np.float32), [], 0, [], []) == ()


@given(st.data())
def test_rows_sum_to_one_and_equal_plain_loops(data: st.DataObject) -> None:
    lengths = data.draw(st.lists(st.integers(1, 4), min_size=1, max_size=6))
    ends = np.cumsum(lengths).tolist()
    piece_spans = list(zip([0, *ends[:-1]], ends, strict=True))
    cuts = sorted(data.draw(st.sets(st.integers(1, ends[-1]), max_size=4)) | {ends[-1]})
    word_spans = list(zip([0, *cuts[:-1]], cuts, strict=True))
    source_words = sorted(data.draw(st.lists(st.integers(0, 3), min_size=1, max_size=6)))
    seed = data.draw(st.integers(0, 1000))
    attention = np.random.default_rng(seed).dirichlet(np.ones(len(source_words)), len(lengths))
    rows = word_alignment(attention.astype(np.float32), source_words, 4, piece_spans, word_spans)
    assert len(rows) == len(word_spans)
    for (start, end), row in zip(word_spans, rows, strict=True):
        wanted = [0.0] * 4
        for position in range(start, end):  # every character votes with its piece's row
            piece = next(i for i, (a, b) in enumerate(piece_spans) if a <= position < b)
            for column, word in enumerate(source_words):
                wanted[word] += attention[piece, column] / (end - start)
        assert row == pytest.approx(wanted, abs=1e-6)
        assert sum(row) == pytest.approx(1)
