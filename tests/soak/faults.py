"""Notes in the window's process what must never happen: exceptions, warnings, child errors."""

from __future__ import annotations

import logging
import sys
import threading
import traceback
import weakref
from collections.abc import Callable

from PySide6.QtCore import QMessageLogContext, QThread, QtMsgType, qInstallMessageHandler

from tests.soak.usual import is_usual


class Faults:
    """Tells ``note`` of each fault, as a text; keeps the threads of Qt that were started."""

    def __init__(self, note: Callable[[str], None]) -> None:
        self.note = note
        self._threads: weakref.WeakSet[QThread] = weakref.WeakSet()

    def watch(self) -> None:
        """Begin to listen; before anything of the program is made."""
        logging.getLogger().addHandler(_Handler(self.note))
        qInstallMessageHandler(self._on_message)
        sys.excepthook = lambda kind, error, trace: self._on_error("exception", error)
        sys.unraisablehook = lambda what: self._on_error(
            f"exception that no one could catch, in {what.object!r}", what.exc_value
        )
        threading.excepthook = lambda what: self._on_error(
            f"exception in thread {what.thread.name if what.thread else '?'}", what.exc_value
        )
        self._follow_threads()

    def running_threads(self) -> list[str]:
        """The names of the threads of Qt that still run."""
        return [t.objectName() or type(t).__name__ for t in self._threads if _runs(t)]

    def _follow_threads(self) -> None:
        start = QThread.start

        def start_and_note(thread: QThread, *arguments: QThread.Priority) -> None:
            self._threads.add(thread)
            start(thread, *arguments)

        QThread.start = start_and_note  # type: ignore[method-assign, assignment]

    def _on_message(self, kind: QtMsgType, _context: QMessageLogContext, text: str) -> None:
        if kind in (QtMsgType.QtDebugMsg, QtMsgType.QtInfoMsg):
            return
        if not is_usual(text):
            self.note(f"Qt warns: {text}")

    def _on_error(self, what: str, error: BaseException | None) -> None:
        trace = "".join(traceback.format_exception(error)) if error is not None else ""
        self.note(f"{what}\n{trace}")


class _Handler(logging.Handler):
    """Warnings, and the errors that the window shows as "something unexpected"."""

    def __init__(self, note: Callable[[str], None]) -> None:
        super().__init__(logging.WARNING)
        self._note = note
        self.setFormatter(logging.Formatter("log: %(levelname)s %(name)s: %(message)s"))

    def emit(self, record: logging.LogRecord) -> None:
        text = self.format(record)
        if not is_usual(text):
            self._note(text)


def _runs(thread: QThread) -> bool:
    try:
        return thread.isRunning()
    except RuntimeError:  # Qt has deleted it
        return False
