"""What a lesson is about and where it stands; no Qt."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum, auto

from core.translation.result import Translation
from gui.jobs.other_models import Aligned
from gui.viewmodels.models import Card


class LessonState(Enum):
    """Where a lesson stands."""

    CLOSED = auto()
    WRITING = auto()
    LEARNING = auto()
    LOOKING = auto()
    TAUGHT = auto()
    KEEPING = auto()


@dataclass(frozen=True, slots=True)
class Subject:
    """What is corrected: a sentence, the others beside it, and who translated them how."""

    sentence: Translation
    others: tuple[Translation, ...]
    base: Card
    beam: int


def difference(found: Aligned) -> Translation:
    """The reading after whose weights are those after less those before, from -1 to 1."""
    rows = zip(found.before.alignment, found.after.alignment, strict=True)
    return replace(
        found.after,
        alignment=tuple(tuple(b - a for a, b in zip(*row, strict=True)) for row in rows),
    )
