"""What a lesson has changed: the sentence, those beside it, where the model looks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from core.translation.result import Translation
from gui.errors import Failure
from gui.jobs.other_models import Aligned, OtherModels, Translated
from gui.viewmodels.lesson_state import Subject, difference

Look = Callable[..., Iterator[object]]


class LessonFindings(QObject):
    """Asks the models before and after in a thread, and keeps what they answer.

    Args:
        look: what is asked of both; see ``gui.jobs.engine.look_at_lesson``.

    Attributes:
        learnt: what the taught model makes of the sentence.
        others: the other sentences, before and after; empty until all are there.
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
        self.others: tuple[tuple[Translation, Translation], ...] = ()
        self.attention: Translation | None = None

    @property
    def changed_others(self) -> tuple[tuple[Translation, Translation], ...]:
        """The other sentences whose translations differ: before and after."""
        return tuple(p for p in self.others if p[0].translation != p[1].translation)

    def ask(self, taught: Path, subject: Subject, target: str) -> None:
        """Ask the model in the folder ``taught``, which was taught ``target``, and its base."""
        self._subject = subject
        sources = tuple(other.source for other in subject.others)
        pair = subject.sentence.source, target
        work = partial(self._look, taught, subject.base.path, pair, sources, subject.beam)
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
        elif self.learnt is None:
            self.learnt = found.translations[0]
        else:
            self.others = tuple(zip(self._subject.others, found.translations, strict=True))
        self.changed.emit()

    def _on_answered(self, ticket: int) -> None:
        if ticket == self._ticket:
            self.changed.emit()

    def _on_failed(self, ticket: int, failure: Failure) -> None:
        if ticket == self._ticket:
            self.failed.emit(failure)
