"""A thread for small jobs: pictures, the list of models."""

from __future__ import annotations

import logging
from collections.abc import Callable

from PySide6.QtCore import QObject, QThread, Signal

from gui.errors import describe
from gui.jobs.latest import Latest

_log = logging.getLogger(__name__)


class Background(QThread):
    """Runs functions one after another; per key only the newest that waits.

    ``done(key, value)`` carries what the function returned, a plain frozen value;
    ``failed(key, failure)`` a :class:`gui.errors.Failure`.
    """

    done = Signal(str, object)
    failed = Signal(str, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("background")
        self._mailbox: Latest[tuple[str, Callable[[], object]]] = Latest()

    def request(self, key: str, function: Callable[[], object]) -> None:
        """Have ``function`` run; it replaces one that waits under the same ``key``."""
        if self._mailbox.put((key, function), key) and not self.isRunning():
            self.start(QThread.Priority.LowPriority)

    def run(self) -> None:
        """The thread's loop."""
        while (job := self._mailbox.take()) is not None:
            key, function = job
            try:
                value = function()
            except Exception as error:  # noqa: BLE001 - the thread's edge: shown in the window
                self.failed.emit(key, describe(error))
            else:
                self.done.emit(key, value)

    def shutdown(self) -> None:
        """Wait for the job that runs, drop those that wait, end the thread."""
        self._mailbox.close()
        self.wait()
