"""What a lesson is about and where it stands; no Qt."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum, auto

from core.translation.result import Translation
from gui.i18n import tr
from gui.jobs.other_models import Aligned
from gui.viewmodels.models import Card
from gui.viewmodels.pair_reasons import reason_advice, reason_words


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
    """What is corrected: a sentence, the others beside it, and who translated them how.

    The translations are the model's own: what was changed in them by hand, it has yet to learn.
    ``shown`` is what stands there for the sentence, by the model or by hand; ``pinned`` are
    sentences that the user watches, wherever they stand.
    """

    sentence: Translation
    others: tuple[Translation, ...]
    base: Card
    beam: int
    shown: str
    pinned: tuple[str, ...] = ()


def problem_with(subject: Subject | None, target: str) -> str:
    """Why ``target`` cannot be taught, as a sentence; empty when it can."""
    from core.training.checks import find_fault  # its package is light; not before it is needed

    if not target.strip():
        return tr("Write how it should be translated.")
    if subject is None:
        return ""
    source, base = subject.sentence.source.strip(), subject.base
    if target.strip() == subject.sentence.translation:
        return tr("It says that already.")
    fault = find_fault(source, target.strip(), base.source_language, base.target_language)
    if fault is None:
        return ""
    why, advice = reason_words(fault), reason_advice(fault)
    return tr("It cannot learn this ({why}). {advice}", why=why, advice=advice).rstrip()


def difference(found: Aligned) -> Translation:
    """The reading after whose weights are those after less those before, from -1 to 1."""
    rows = zip(found.before.alignment, found.after.alignment, strict=True)
    return replace(
        found.after,
        alignment=tuple(tuple(b - a for a, b in zip(*row, strict=True)) for row in rows),
    )
