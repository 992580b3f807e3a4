"""A thread for the work on models' files; every question is answered, in its order."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QThread, Signal, Slot

from gui.errors import Failure, describe


class _Worker(QObject):
    answered = Signal(str, object)  # what was asked, the answer | Failure
    ended = Signal()

    @Slot(str, object)
    def answer(self, question: str, function: Callable[[], object]) -> None:
        try:
            outcome: object = function()
        except Exception as error:  # noqa: BLE001 - the thread's edge: shown in the page
            outcome = describe(error)
        self.answered.emit(question, outcome)

    @Slot()
    def end(self) -> None:
        self.ended.emit()


class LibraryThread(QObject):
    """Has functions run that return plain frozen values. Lives in the UI thread.

    Signals:
        answered(str, object): the question and what its function returned.
        failed(str, Failure): the question and why there is no answer.
    """

    answered = Signal(str, object)
    failed = Signal(str, object)
    _asked = Signal(str, object)
    _end_asked = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._over = False
        self._thread = QThread(self)
        self._thread.setObjectName("library")
        self._worker = _Worker()
        self._worker.moveToThread(self._thread)
        self._asked.connect(self._worker.answer)
        self._end_asked.connect(self._worker.end)
        self._worker.answered.connect(self._on_answered)
        self._worker.ended.connect(self._thread.quit, Qt.ConnectionType.DirectConnection)

    def ask(self, question: str, function: Callable[[], object]) -> None:
        """Have ``function`` run; ``answered`` or ``failed`` tells, unless it is over by then."""
        if not self._over:
            self._thread.start()
            self._asked.emit(question, function)

    def shutdown(self) -> None:
        """Wait until all that was asked is done (a note may be among it), then end the thread."""
        self._over = True
        if self._thread.isRunning():
            self._end_asked.emit()
            self._thread.wait()

    @Slot(str, object)
    def _on_answered(self, question: str, outcome: object) -> None:
        if not self._over:
            signal = self.failed if isinstance(outcome, Failure) else self.answered
            signal.emit(question, outcome)
