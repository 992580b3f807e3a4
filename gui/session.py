"""What surrounds a window from its start to its end: one instance, a log, reports of crashes."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Qt

from core import __version__, crash_reports
from core.paths import state_folder
from gui.errors import PROGRAM, show_unhandled
from gui.logs import log_to_file
from gui.main_window import MainWindow
from gui.single_instance import SingleInstance

OpenFiles = Callable[..., None]  # of paths

_log = logging.getLogger(__name__)


class Session(QObject):
    """The surroundings of one window.

    Args:
        files: to open in it.
    """

    def __init__(self, files: Sequence[Path], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._files = tuple(files)
        self._instance = SingleInstance(state_folder(), self)
        self._ends = contextlib.ExitStack()

    def begins(self) -> bool:
        """Whether to open a window; otherwise the one that is open shows itself and the files."""
        return self._instance.claim(self._files)

    def attend(self, window: MainWindow, open_files: OpenFiles) -> None:
        """Watch over ``window``, which is not on screen yet, as long as it is open."""
        self._ends.enter_context(crash_reports.watch(PROGRAM))
        show_unhandled(window.show_failure)
        show = partial(show_window, window, open_files)
        self._instance.asked.connect(show)
        on_screen = partial(self._on_screen, window, show)
        window.painted.connect(on_screen, Qt.ConnectionType.QueuedConnection)
        window.closing.connect(self._instance.release)

    def _on_screen(self, window: MainWindow, show: Callable[[tuple[Path, ...]], None]) -> None:
        """What the first sight of the window need not wait for."""
        handler = log_to_file()
        if handler is not None:
            self._ends.callback(_end_log, handler)
        _log.info("Attune %s is open", __version__)
        self._instance.listen()
        window.crashes.offer(crash_reports.unseen())
        if self._files:
            show(self._files)

    def end(self) -> None:
        """After the window: nothing of it is left behind."""
        self._instance.release()
        _log.info("Attune is closed")
        self._ends.close()


def show_window(window: MainWindow, open_files: OpenFiles, files: tuple[Path, ...]) -> None:
    """Bring ``window`` before the others, as far as the desktop lets it, with ``files`` open."""
    window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
    window.show()
    window.raise_()
    window.activateWindow()
    if files:
        window.open("translate")
        open_files(*files)


def _end_log(handler: logging.Handler) -> None:
    for name in ("gui", "core"):
        logging.getLogger(name).removeHandler(handler)
    handler.close()
