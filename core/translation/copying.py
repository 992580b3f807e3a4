"""Copying what the vocabulary lacks: rare characters, emoji, signs of other scripts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.text.encoding import EncodedSegment
from core.text.subword import MARKER
from core.text.vocab import UNK


@dataclass(frozen=True, slots=True)
class Copied:
    """Output pieces after copying; ``rows`` are their attention, ``[T, S]``; ``marks`` tells
    which were copied."""

    pieces: tuple[str, ...]
    rows: NDArray[np.float32]
    marks: tuple[bool, ...]


def copy_unknown(
    ids: Sequence[int],
    pieces: Sequence[str],
    attention: NDArray[np.float32],
    source: EncodedSegment,
    spaced: bool,
) -> Copied:
    """Put source text in the place of every ``<unk>``, and add unknown source text left out.

    An ``<unk>`` takes the unknown source piece it attends to most (Luong et al. 2015,
    "Addressing the rare word problem"); several of them on one piece take it once. Unknown
    source pieces that no output took follow the output of the source piece before them.

    Args:
        ids, pieces: the output.
        attention: ``[T, S]``.
        source: the input; its pieces are the S columns.
        spaced: whether the target language writes blanks between words.
    """
    unknown = [index for index, piece in enumerate(source.ids) if piece == UNK]
    texts: list[str] = []
    rows: list[NDArray[np.float32]] = []
    marks: list[bool] = []
    taken: set[int] = set()
    for row, (index, piece) in enumerate(zip(ids, pieces, strict=True)):
        if index != UNK:
            texts.append(piece)
            rows.append(attention[row])
            marks.append(False)
            continue
        column = _most_attended(attention[row], [u for u in unknown if u not in taken])
        if column is not None:
            taken.add(column)
            texts.append(_copy(source, column, spaced))
            rows.append(_one_hot(column, attention.shape[1]))
            marks.append(True)
    for column in unknown:
        if column not in taken:
            place = _place(rows, column)
            texts.insert(place, _copy(source, column, spaced))
            rows.insert(place, _one_hot(column, attention.shape[1]))
            marks.insert(place, True)
    stacked = np.stack(rows) if rows else np.zeros((0, attention.shape[1]), np.float32)
    return Copied(tuple(texts), stacked, tuple(marks))


def _most_attended(row: NDArray[np.float32], columns: list[int]) -> int | None:
    return max(columns, key=lambda column: float(row[column]), default=None)


def _copy(source: EncodedSegment, column: int, spaced: bool) -> str:
    start, end = source.piece_spans[column]
    return (MARKER if spaced else "") + source.text[start:end]


def _one_hot(column: int, size: int) -> NDArray[np.float32]:
    row = np.zeros(size, np.float32)
    row[column] = 1
    return row


def _place(rows: list[NDArray[np.float32]], column: int) -> int:
    """Where to insert a source piece: behind the output of the nearest piece before it."""
    if rows and column == len(rows[0]) - 1:
        return len(rows)
    looks = [int(row.argmax()) for row in rows]
    for before in range(column - 1, -1, -1):
        if before in looks:
            return len(looks) - looks[::-1].index(before)
    return 0
