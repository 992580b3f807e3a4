"""Copying what the vocabulary lacks: rare characters, emoji, addresses, placeholders."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.text.encoding import EncodedSegment
from core.text.languages import HAN
from core.text.subword import MARKER, UNKNOWN_SIGN
from core.text.vocab import UNK

_LATIN = re.compile(f"[^\\W\\d_{HAN}]{{2}}")  # two letters of a script that spells words


@dataclass(frozen=True, slots=True)
class Copied:
    """Output pieces after copying.

    ``attention`` has a row for each, ``[T, S]``; ``columns`` tells of what source piece each is a
    copy, -1 where it is none; ``log_probabilities`` are the model's, NaN where it did not choose
    the piece.
    """

    pieces: tuple[str, ...]
    attention: NDArray[np.float32]
    columns: tuple[int, ...]
    log_probabilities: tuple[float, ...]

    @property
    def marks(self) -> tuple[bool, ...]:
        """Which pieces were copied."""
        return tuple(column >= 0 for column in self.columns)


def copy_unknown(
    ids: Sequence[int],
    pieces: Sequence[str],
    attention: NDArray[np.float32],
    source: EncodedSegment,
    *,
    log_probabilities: Sequence[float],
    spaced: bool,
    given: Sequence[tuple[str, int] | None] = (),
) -> Copied:
    """Put source text in the place of every ``<unk>``, and add unknown source text left out.

    An ``<unk>`` takes of the unknown source pieces not yet taken the one it attends to most
    (Luong et al. 2015, "Addressing the rare word problem"); where none is left it goes. Unknown
    source pieces that no output took follow the output of the source piece before them. Of a plain
    source nothing is added, and an ``<unk>`` with nothing to copy is written U+2047.

    Args:
        ids, pieces: the output, T of each.
        attention: ``[T, S]``.
        source: the input; its pieces are the S columns.
        log_probabilities: of the pieces, T.
        spaced: whether the target language writes blanks between words.
        given: of the first pieces, which someone typed, what they show and the columns that they
            copy (-1 for none); ``None`` is their own text. Nothing is put between them.
    """
    left = [column for column, piece in enumerate(source.ids) if piece == UNK]
    # The piece, its row of attention, the column it copies, and its log-probability.
    output: list[tuple[str, NDArray[np.float32], int, float]] = []
    copies = {column: source_copy(source, column, spaced=spaced) for column in left}
    looked = zip(ids, pieces, attention, log_probabilities, strict=True)
    for typed, (_, piece, row, log) in zip(given, looked, strict=False):
        shown, column = typed or (piece, -1)
        output.append((shown, row if column < 0 else copies[column][1], column, log))
        left = [other for other in left if other != column]
    for index, piece, row, log in looked:
        if index != UNK:
            output.append((piece, row, -1, log))
        elif left:
            column = max(left, key=row.__getitem__)
            left.remove(column)
            output.append(copies[column])
        elif source.plain:
            output.append(((MARKER if spaced else "") + UNKNOWN_SIGN, row, -1, log))
    looks = [int(row.argmax()) for _, row, _, _ in output]
    for column in () if source.plain else left:
        place = max(behind(looks, column, len(source.ids)), len(given))
        place = word_end([piece for piece, *_ in output], place) if spaced else place
        output.insert(place, copies[column])
        looks.insert(place, column)
    return Copied(
        pieces=tuple(piece for piece, *_ in output),
        attention=np.array([row for _, row, *_ in output], np.float32).reshape(-1, len(source.ids)),
        columns=tuple(column for _, _, column, _ in output),
        log_probabilities=tuple(log for *_, log in output),
    )


def source_copy(
    source: EncodedSegment, column: int, *, spaced: bool
) -> tuple[str, NDArray[np.float32], int, float]:
    """The piece ``column`` of the source as an output that looked at nothing else."""
    start, end = source.piece_spans[column]
    row = np.zeros(len(source.ids), np.float32)
    row[column] = 1
    inside = _LATIN.fullmatch(source.text, max(0, start - 1), start + 1) is not None
    return (MARKER if spaced and not inside else "") + source.text[start:end], row, column, math.nan


def behind(looks: Sequence[int], column: int, columns: int) -> int:
    """Where to insert a source piece: behind the output of the nearest piece before it.

    Args:
        looks: for each output the column it attends to most.
        column: the piece.
        columns: how many the source has; its last piece goes to the end.
    """
    if column == columns - 1:
        return len(looks)
    nearest = max((look for look in looks if look < column), default=None)
    return 0 if nearest is None else len(looks) - looks[::-1].index(nearest)


def word_end(pieces: Sequence[str], place: int) -> int:
    """The end of the word that goes on at ``place``, in a language with blanks."""
    while 0 < place < len(pieces) and pieces[place - 1][-1:].isalnum() and _goes_on(pieces[place]):
        place += 1
    return place


def _goes_on(piece: str) -> bool:
    """Whether ``piece`` belongs to the word before it: 3 5, I 'm, well -known."""
    return piece[:1].isalnum() or (piece[:1] in "'’-" and piece[1:2].isalnum())
