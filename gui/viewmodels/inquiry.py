"""A question about the sentence that is shown, asked while someone looks at the answer."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Generic, TypeVar, cast

from PySide6.QtCore import QObject, Signal

from core.translation.result import Translation
from gui.errors import Failure
from gui.jobs.translation import Ask, TranslationThread

T = TypeVar("T")


class Inquiry(QObject, Generic[T]):
    """Holds the answer to a question about a sentence; lives in the UI thread.

    Args:
        thread: has the model that translates.
        key: of the question, among all that are asked there.
        model: tells its folder; ``None`` where there is no model.
        question: makes what is asked about a translation; its answer is a ``T``.

    Attributes:
        answer: the answer about the translation asked last; ``None`` until it is there.
        failure: why there is none.
        busy: whether it is being found.

    Signals:
        changed(): any of these.
    """

    changed = Signal()

    def __init__(
        self,
        thread: TranslationThread,
        key: str,
        model: Callable[[], Path | None],
        question: Callable[[Translation], Ask],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._thread, self._key = thread, key
        self._model, self._question = model, question
        self._asked: Translation | None = None
        self._number = 0
        self.answer: T | None = None
        self.failure: Failure | None = None
        self.busy = False
        thread.answered.connect(self._on_answered)
        thread.refused.connect(self._on_refused)

    def ask(self, shown: Translation | None) -> None:
        """Ask about ``shown``, unless the answer is there or on its way; ``None`` asks nothing."""
        model = self._model()
        if model is None or shown is None:
            self.leave()
            self.changed.emit()
        elif shown is not self._asked or (self.answer is None and not self.busy):
            self._asked, self.answer, self.failure, self.busy = shown, None, None, True
            self._number = self._thread.ask(self._key, model, self._question(shown))
            self.changed.emit()

    def leave(self) -> None:
        """Nobody looks any more: give up what is under way."""
        if self.busy:
            self._thread.give_up(self._key)
        self._asked, self._number = None, 0
        self.answer, self.failure, self.busy = None, None, False

    def _on_answered(self, number: int, answer: object) -> None:
        if number == self._number and self.busy:
            self.answer, self.busy = cast("T", answer), False
            self.changed.emit()

    def _on_refused(self, number: int, failure: Failure) -> None:
        if number == self._number and self.busy:
            self.failure, self.busy = failure, False
            self.changed.emit()
