"""The window's process: composes the program as it is started usually, and lets the user at it.

Tells on standard output, a JSON object a line, of acts, counts and faults; the watcher reads it.
"""

from __future__ import annotations

import faulthandler
import json
import os
import sys
import threading
from dataclasses import dataclass
from time import monotonic
from typing import Any

import psutil

MOST_FAULTS = 10  # then it ends
_SOON = 500  # milliseconds between two looks whether something asks
_AGAIN = 40  # looks until the window is closed once more


@dataclass(frozen=True, slots=True)
class Limits:
    """When it ends: whichever is first, 0 for never; and the names of the acts, if not all.

    ``patience`` is how many seconds anything may take on a machine that does much else.
    """

    translations: int = 0
    actions: int = 0
    seconds: float = 0.0
    only: tuple[str, ...] = ()
    patience: float = 300.0


def tell(kind: str, **what: Any) -> None:
    """Tell the watcher."""
    sys.__stdout__.write(json.dumps({"kind": kind, **what}, ensure_ascii=True) + "\n")
    sys.__stdout__.flush()


class Session:
    """One run of the program, from its start to its end."""

    def __init__(self, seed: str, limits: Limits) -> None:
        from tests.soak.faults import Faults

        self._seed, self._limits = seed, limits
        self._began = monotonic()
        self._faults = 0
        self.texts = self.sentences = 0
        self.faults = Faults(self._note)

    def run(self) -> int:
        """Start the program, act, close it; the program's exit code."""
        from PySide6.QtGui import QDesktopServices

        from gui import app

        self.faults.watch()
        QDesktopServices.openUrl = lambda _url: True  # no browser
        compose = app.compose

        def compose_and_act(*arguments: Any, **named: Any) -> app.Composition:
            parts = compose(*arguments, **named)
            parts.window.show_failure = lambda failure: self._note(f"shown: {failure}")
            self._follow(parts)
            return parts

        app.compose = compose_and_act
        self._watch_children()
        code = app.run(sys.argv[:1])
        self._look_round()
        return code

    # -- what is counted ----------------------------------------------------------------------

    def _follow(self, parts: Any) -> None:
        from PySide6.QtCore import QTimer

        from tests.soak.acts import ACTS
        from tests.soak.user import User

        model = parts.window.translate.model
        # Behind the view model's own slot, which was connected first: its text is whole by now.
        parts.thread.finished_request.connect(lambda _finished: self._count(model))
        only = self._limits.only
        acts = {act: often for act, often in ACTS.items() if not only or act.__name__ in only}
        self._user = user = User(parts, self._seed, acts, self._enough, self._on_act, self._note)
        user.patience = self._limits.patience
        user.ended.connect(lambda: self._close(parts))
        parts.models.listed.connect(
            lambda: QTimer.singleShot(0, user.begin), _single_shot_connection()
        )

    def _count(self, model: Any) -> None:
        self.texts += 1
        self._user.came = self.texts
        self.sentences += len(model.segments)

    def _enough(self, number: int) -> bool:
        limits, spent = self._limits, monotonic() - self._began
        return (
            self._faults >= MOST_FAULTS
            or 0 < limits.translations <= self.texts
            or 0 < limits.actions <= number
            or 0 < limits.seconds <= spent
        )

    def _on_act(self, number: int, name: str) -> None:
        at = round(monotonic() - self._began, 1)
        tell("act", number=number, name=name, texts=self.texts, sentences=self.sentences, at=at)

    def _note(self, what: str) -> None:
        self._faults += 1
        tell("fault", what=what)

    # -- children -----------------------------------------------------------------------------

    def _watch_children(self) -> None:
        """Hear what children say aside, and give them their share of a busy processor.

        They compute when nothing else does, and here something else always does.
        """
        from gui.jobs import child, process

        session = self

        class Watched(process.Process):
            def __init__(self, command: Any, listener: Any) -> None:
                tell("child", command=command[4])

                def listen(said: Any) -> None:
                    if isinstance(said, process.Said) and said.aside:
                        tell("aside", line=said.line)
                        if said.line.startswith("Traceback"):
                            session._note("a child ends by an exception")
                    listener(said)

                super().__init__(command, listen)
                if hasattr(os, "sched_setscheduler"):
                    os.sched_setscheduler(self._process.pid, os.SCHED_OTHER, os.sched_param(0))

        child.Process = Watched

    # -- the end --------------------------------------------------------------------------------

    def _close(self, parts: Any) -> None:
        """Close the window as a user does; what is under way is left or given up."""
        tell("closing", texts=self.texts, sentences=self.sentences)
        if not parts.window.close():
            self._answer(parts.window)

    def _answer(self, window: Any, looks: int = 0) -> None:
        """Say yes to whatever asks whether to close, until the window is gone.

        A question goes by itself when its run ends; then the window is to be closed once more.
        """
        from PySide6.QtCore import QTimer

        from gui.pages.translate_parts.lesson_panel import LessonPanel

        asking = [window.findChild(LessonPanel)]
        asking += [page for name, page in window._pages.items() if name in ("teach", "classroom")]
        for asks in asking:
            if asks.closing.isVisible():
                asks.closing.yes.click()
                tell("answered", to=type(asks).__name__)
        if window.isVisible() and not (looks % _AGAIN == _AGAIN - 1 and window.close()):
            QTimer.singleShot(_SOON, lambda: self._answer(window, looks + 1))

    def _look_round(self) -> None:
        """What is left when the program has ended."""
        from PySide6.QtCore import QThreadPool

        QThreadPool.globalInstance().waitForDone(2_000)
        # A thread of Qt's that once asked Python who it is stays listed as a dummy.
        others = [
            thread.name
            for thread in threading.enumerate()
            if thread is not threading.main_thread()
            and not isinstance(thread, threading._DummyThread)
        ]
        tell(
            "end",
            texts=self.texts,
            sentences=self.sentences,
            threads=[*others, *self.faults.running_threads()],
            jobs=QThreadPool.globalInstance().activeThreadCount(),
            children=[" ".join(child.cmdline()) for child in psutil.Process().children(True)],
        )


def _single_shot_connection() -> Any:
    from PySide6.QtCore import Qt

    return Qt.ConnectionType.SingleShotConnection


def main(arguments: list[str]) -> int:
    """Run a session as the watcher asks for it: the seed, then the limits as JSON."""
    faulthandler.enable()
    from core.environment import prepare_environment

    prepare_environment()
    seed, limits = arguments
    return Session(seed, Limits(**json.loads(limits))).run()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
