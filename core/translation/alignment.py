"""Alignment of words: attention of pieces summed over source words, averaged over target words."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray


def word_alignment(
    attention: NDArray[np.float32],
    source_words: Sequence[int],
    source_count: int,
    piece_spans: Sequence[tuple[int, int]],
    word_spans: Sequence[tuple[int, int]],
) -> tuple[tuple[float, ...], ...]:
    """Attention between words.

    Args:
        attention: ``[T, S]``, one row per target piece.
        source_words: for each of the S source pieces the index of its word.
        source_count: number of source words.
        piece_spans: offsets in the target text of the T target pieces.
        word_spans: offsets in the target text of its words.

    Returns:
        A row per target word, a weight per source word. A row is the mean of the rows of the
        pieces that overlap the word, weighted by the overlap, and sums to 1.
    """
    gathered = np.zeros((len(attention), source_count), np.float64)
    for column, word in enumerate(source_words):
        gathered[:, word] += attention[:, column]
    rows: list[tuple[float, ...]] = []
    for start, end in word_spans:
        overlaps = np.array([max(0, min(end, b) - max(start, a)) for a, b in piece_spans], float)
        row = overlaps @ gathered if len(overlaps) else np.zeros(source_count)
        total = row.sum()
        rows.append(tuple((row / total if total > 0 else row).tolist()))
    return tuple(rows)
