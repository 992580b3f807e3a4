"""Alignment of words: attention of pieces summed over source words, averaged over target words."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from core.translation.result import Rows


def word_alignment(
    attention: NDArray[np.float32],
    source_words: Sequence[int],
    source_count: int,
    piece_spans: Sequence[tuple[int, int]],
    word_spans: Sequence[tuple[int, int]],
    *,
    whole: bool = True,
) -> Rows:
    """Attention between words.

    Args:
        attention: ``[T, S]``, one row per target piece.
        source_words: for each of the S source pieces the index of its word.
        source_count: number of source words.
        piece_spans: offsets in the target text of the T target pieces.
        word_spans: offsets in the target text of its words.
        whole: whether the rows of words are to sum to 1, whatever those of pieces do.

    Returns:
        A row per target word, a weight per source word. A row is the mean of the rows of the
        pieces that overlap the word, weighted by the overlap, and sums to 1 if ``whole`` (to 0
        where no piece overlaps).
    """
    gathered = np.zeros((len(attention), source_count))  # [T, source words]
    np.add.at(gathered.T, list(source_words), attention.T)
    begins, stops = np.array(piece_spans, int).reshape(-1, 2).T  # each [T]
    starts, ends = np.array(word_spans, int).reshape(-1, 2).T  # each [target words]
    overlaps = np.minimum.outer(ends, stops) - np.maximum.outer(starts, begins)
    rows = overlaps.clip(min=0) @ gathered  # [target words, source words]
    totals = (rows if whole else overlaps.clip(min=0)).sum(axis=1, keepdims=True)
    np.divide(rows, totals, out=rows, where=totals > 0)
    return tuple(map(tuple, rows.tolist()))
