"""Buckets of examples of like length, so that batches hold little padding."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def by_length(source: NDArray[np.int32], target: NDArray[np.int32]) -> NDArray[np.int64]:
    """The order in which neighbours are most alike on both sides.

    By the longer side, which is what fills a batch, then by how much it is the source: rising and
    falling in turn, so that the shorter side does not jump where the longer one grows.
    """
    longer = np.maximum(source, target)
    lean = np.where(longer % 2, source - target, target - source)
    return np.lexsort((lean, longer))


def cut_pool(
    rows: NDArray[np.int32], longer: NDArray[np.int32], tokens: int
) -> list[NDArray[np.int32]]:
    """Consecutive runs of ``rows`` whose size times longest example stays within ``tokens``."""
    batches: list[NDArray[np.int32]] = []
    begin, longest = 0, 0
    for position, row in enumerate(rows):
        longest = max(longest, int(longer[row]))
        if position > begin and (position - begin + 1) * longest > tokens:
            batches.append(rows[begin:position])
            begin, longest = position, int(longer[row])
    if begin < len(rows):
        batches.append(rows[begin:])
    return batches
