"""Which words light up: alignment read from either side. No Qt here."""

from __future__ import annotations

import itertools
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from core.translation.result import Translation, Word

LEAST_WEIGHT = 0.05  # weaker links are not shown


class Side(Enum):
    """A pane."""

    SOURCE = "source"
    TARGET = "target"

    @property
    def other(self) -> Side:
        """The pane opposite."""
        return Side.TARGET if self is Side.SOURCE else Side.SOURCE


@dataclass(frozen=True, slots=True)
class Spot:
    """A word: segment ``segment``, word ``word`` of its ``side``."""

    side: Side
    segment: int
    word: int


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of a pane's text to paint, offsets in characters.

    ``kind`` is ``sentence`` (tint), ``stale`` (dimmed), ``changed`` (underlined), ``copied``
    (dotted line), ``locked`` (line, asked for by hand), ``unsure`` (shade of opacity ``weight``),
    ``alarm`` (wavy line), ``link`` (opacity ``weight``) or ``word`` (the word asked about).
    """

    kind: str
    start: int
    end: int
    weight: float = 1.0


Marks = tuple[Mark, ...]  # from the back to the front


def words(translation: Translation, side: Side) -> tuple[Word, ...]:
    """The words of one side."""
    return translation.source_words if side is Side.SOURCE else translation.target_words


def word_at(translation: Translation, side: Side, offset: int) -> int | None:
    """Index of the word that holds character ``offset`` of its side's text."""
    candidates = words(translation, side)
    index = bisect_right(candidates, offset, key=lambda word: word.start) - 1
    if index < 0 or offset >= candidates[index].end:
        return None
    return index


def partners(translation: Translation, side: Side, word: int) -> tuple[tuple[int, float], ...]:
    """Words of the other side linked with ``word`` of ``side``, with their weights."""
    return shared_partners(translation, side, (word,))


def shared_partners(
    translation: Translation, side: Side, chosen: Sequence[int]
) -> tuple[tuple[int, float], ...]:
    """Words of the other side linked with the ``chosen`` of ``side`` taken together.

    A weight is what share of its attention a translated word has on the source words: those of
    several translated words are averaged, those of several source words added up.
    """
    rows = translation.alignment
    if not rows or not chosen:
        return ()
    if side is Side.TARGET:
        columns = zip(*(rows[word] for word in chosen), strict=True)
        weights = [sum(column) / len(chosen) for column in columns]
    else:
        weights = [sum(row[word] for word in chosen) for row in rows]
    return tuple((i, min(w, 1.0)) for i, w in enumerate(weights) if w >= LEAST_WEIGHT)


def words_between(translation: Translation, side: Side, start: int, end: int) -> range:
    """Indices of the words that lie, in part at least, between two characters of their side."""
    candidates = words(translation, side)
    first = bisect_right(candidates, start, key=lambda word: word.end)
    last = bisect_left(candidates, end, key=lambda word: word.start)
    return range(first, max(first, last))


def copied_words(translation: Translation, side: Side) -> tuple[int, ...]:
    """Words of ``side`` that were copied from the source as they are, or into the translation."""
    if side is Side.TARGET:
        return translation.copied
    looked = (translation.alignment[word] for word in translation.copied)
    return tuple(sorted({row.index(max(row)) for row in looked if any(row)}))


def runs(indices: Iterable[int]) -> Iterator[tuple[int, int]]:
    """The first and the last of each run of successive ``indices``, which ascend."""
    for _, group in itertools.groupby(enumerate(indices), lambda pair: pair[1] - pair[0]):
        run = [index for _, index in group]
        yield run[0], run[-1]
