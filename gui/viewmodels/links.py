"""Which words light up: alignment read from either side. No Qt here."""

from __future__ import annotations

from bisect import bisect_right
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

    ``kind`` is ``sentence`` (tint), ``stale`` (dimmed), ``changed`` (underlined), ``link``
    (opacity ``weight``) or ``word`` (the word that was asked about).
    """

    kind: str
    start: int
    end: int
    weight: float = 1.0


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
    if side is Side.TARGET:
        weights = enumerate(translation.alignment[word] if translation.alignment else ())
    else:
        weights = enumerate(row[word] for row in translation.alignment)
    return tuple((i, min(w, 1.0)) for i, w in weights if w >= LEAST_WEIGHT)
