"""A thread for models that do not translate now: asked a few sentences, then forgotten.

The model in use stays with the translation thread, which goes on meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from PySide6.QtCore import QObject, QThread, Signal

from core.cancel import Cancelled, CancelToken
from core.translation.result import Translation
from gui.errors import describe
from gui.jobs.latest import Latest

Work = Callable[[CancelToken], Iterator[object]]


@dataclass(frozen=True, slots=True)
class Translated:
    """What a model makes of some sentences, in their order."""

    translations: tuple[Translation, ...]


@dataclass(frozen=True, slots=True)
class Aligned:
    """Where two models look when they read one translation of one sentence (forced alignment)."""

    before: Translation
    after: Translation


@dataclass(frozen=True, slots=True)
class _Job:
    ticket: int
    token: CancelToken
    work: Work


class OtherModels(QThread):
    """Runs the newest work, a generator of frozen values; what it loads is gone when it ends.

    Every answer comes with the ticket that :meth:`ask` gave: one of a former work is to be ignored.

    Signals:
        found(int, object): a value.
        answered(int): there are no more.
        failed(int, Failure): the work ended by an error.
    """

    found = Signal(int, object)
    answered = Signal(int)
    failed = Signal(int, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("other models")
        self._mailbox: Latest[_Job] = Latest()
        self._token = CancelToken()
        self._ticket = 0

    def ask(self, work: Work) -> int:
        """Have ``work`` done instead of what is under way; the ticket of its answers."""
        self.cancel()
        self._ticket += 1
        self._token = CancelToken()
        if self._mailbox.put(_Job(self._ticket, self._token, work)) and not self.isRunning():
            self.start()
        return self._ticket

    def cancel(self) -> None:
        """Give up what is under way and what waits; nothing more of it counts."""
        self._mailbox.discard()
        self._token.cancel()
        self._ticket += 1

    def shutdown(self) -> None:
        """Give up what is under way and end the thread; waits while a model is being loaded."""
        self._mailbox.close()
        self._token.cancel()
        self.wait()

    def run(self) -> None:
        """The thread's loop."""
        while (job := self._mailbox.take()) is not None:
            try:
                for value in job.work(job.token):
                    job.token.check()
                    self.found.emit(job.ticket, value)
            except Cancelled:
                continue
            except Exception as error:  # noqa: BLE001 - the thread's edge: shown in the window
                self.failed.emit(job.ticket, describe(error))
            else:
                self.answered.emit(job.ticket)
