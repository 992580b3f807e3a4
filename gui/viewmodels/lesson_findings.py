"""What a lesson has changed: the sentence, those beside it, where the model looks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from core.translation.result import Translation
from gui.errors import Failure
from gui.jobs.other_models import Aligned, OtherModels, Translated
from gui.viewmodels.lesson_state import Subject, difference

Look = Callable[..., Iterator[object]]
Pair = tuple[Translation, Translation]  # before and after


def differing(pairs: Iterable[Pair]) -> tuple[Pair, ...]:
    """Those of ``pairs`` whose translations differ."""
    return tuple(pair for pair in pairs if pair[0].translation != pair[1].translation)


class LessonFindings(QObject):
    """Asks the models before and after in a thread, and keeps what they answer.

    Args:
        look: what is asked of both; see ``gui.jobs.engine.look_at_lesson``.

    Attributes:
        learnt: what the taught model makes of the sentence.
        others: the other sentences, before and after; empty until all are there.
        pinned: the pinned sentences, before and after; empty until all are there.
        attention: the change in attention; see :func:`difference`.

    Signals:
        changed(): more is known.
        failed(Failure): the models cannot be asked.
    """

    changed = Signal()
    failed = Signal(object)

    def __init__(self, look: Look, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._models = OtherModels(self)
        self._models.found.connect(self._on_found)
        self._models.answered.connect(self._on_answered)
        self._models.failed.connect(self._on_failed)
        self.forget()

    def forget(self) -> None:
        """Nothing is known, and nothing asked."""
        self.cancel()
        self._subject: Subject | None = None
        self.learnt: Translation | None = None
        self.others: tuple[Pair, ...] = ()
        self.pinned: tuple[Pair, ...] = ()
        self._translated: list[tuple[Translation, ...]] = []  # in the order of the answers
        self.attention: Translation | None = None

    @property
    def differing(self) -> tuple[Pair, ...]:
        """All that was looked at whose translations differ, pinned ones first: before and after."""
        return differing((*self.pinned, *self.others))

    def ask(self, taught: Path, subject: Subject, target: str) -> None:
        """Ask the model in the folder ``taught``, which was taught ``target``, and its base."""
        self._subject = subject
        sources = tuple(other.source for other in subject.others)
        pair = subject.sentence.source, target
        work = partial(
            self._look, taught, subject.base.path, pair, sources, subject.pinned, subject.beam
        )
        self._ticket = self._models.ask(work)

    def cancel(self) -> None:
        """Ask no more."""
        self._models.cancel()
        self._ticket = 0

    def shutdown(self) -> None:
        """End the thread and wait for it."""
        self._models.shutdown()

    def _on_found(self, ticket: int, found: Translated | Aligned) -> None:
        if ticket != self._ticket or self._subject is None:
            return
        if isinstance(found, Aligned):
            self.attention = difference(found)
        else:
            self._translated.append(found.translations)
            self._take(self._subject)
        self.changed.emit()

    def _take(self, subject: Subject) -> None:
        """What the newest answer adds: the sentence, the others, the pinned ones after, before."""
        *earlier, newest = self._translated
        match len(earlier):
            case 0:
                self.learnt = newest[0]
            case 1:
                self.others = tuple(zip(subject.others, newest, strict=True))
            case 3:
                self.pinned = tuple(zip(newest, earlier[2], strict=True))

    def _on_answered(self, ticket: int) -> None:
        if ticket == self._ticket:
            self.changed.emit()

    def _on_failed(self, ticket: int, failure: Failure) -> None:
        if ticket == self._ticket:
            self.failed.emit(failure)
