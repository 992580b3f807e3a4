"""The user: does one act after another in the window, each a generator that says what it awaits."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from time import monotonic

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QWidget

from gui.app import Composition
from tests.soak.standing import standing

_TICK = 4  # milliseconds between two looks at what is awaited


@dataclass(frozen=True, slots=True)
class Wait:
    """Go on when ``done`` says so or after ``seconds``: a fault where ``must`` says for what."""

    done: Callable[[], bool]
    seconds: float
    must: str = ""


def pause(seconds: float) -> Wait:
    """Do nothing for a while."""
    return Wait(lambda: False, seconds)


Act = Callable[["User", Random], Iterator[Wait]]


class User(QObject):
    """Acts from the moment of :meth:`begin` until ``enough`` says so.

    Act ``n`` draws from a chance of its own, made of the seed and ``n``, so that a run can be
    repeated whatever the times were.

    Args:
        acts: what there is to do, each with its weight.
        tell: hears the number and the name of each act before it is done.
        note: hears of faults.

    Signals:
        ended(): it has done its last act.
    """

    ended = Signal()

    def __init__(
        self,
        parts: Composition,
        seed: str,
        acts: Mapping[Act, float],
        enough: Callable[[int], bool],
        tell: Callable[[int, str], None],
        note: Callable[[str], None],
    ) -> None:
        super().__init__()
        self.parts, self.window, self.page = parts, parts.window, parts.window.translate
        self.note = note
        self._seed, self._enough, self._tell = seed, enough, tell
        self._acts, self._weights = tuple(acts), tuple(acts.values())
        self.patience = 300.0
        self.came = 0  # texts that came back translated
        self._number = 0
        self._script: Iterator[Wait] = iter(())
        self._wait, self._until = pause(0), 0.0
        self._inside = False
        self._timer = QTimer(self, interval=_TICK)
        self._timer.timeout.connect(self._on_tick)

    def begin(self) -> None:
        """Start acting: everything once, then at random."""
        self._timer.start()

    def end(self) -> None:
        """Stop acting."""
        self._timer.stop()

    # -- what acts are made of --------------------------------------------------------------

    @property
    def language(self) -> str:
        """Which language is translated from now."""
        current = self.parts.models.current
        return current.source_language if current else "zh"

    @staticmethod
    def click(widget: QWidget) -> bool:
        """Click on ``widget`` if it can be seen and is enabled; whether it was."""
        if not (widget.isVisible() and widget.isEnabled()):
            return False
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton)
        return True

    @staticmethod
    def write(widget: QWidget, text: str) -> None:
        """Have an input method put ``text`` into ``widget``: not every letter is on a key."""
        event = QInputMethodEvent()
        event.setCommitString(text)
        QApplication.sendEvent(widget, event)

    def press(self, keys: Sequence[Qt.Key], modifiers: Qt.KeyboardModifier | None = None) -> None:
        """Press ``keys`` one after another where the keyboard is."""
        for key in keys:
            widget = QApplication.focusWidget() or self.window
            QTest.keyClick(widget, key, modifiers or Qt.KeyboardModifier.NoModifier)

    def open(self, key: str) -> QWidget:
        """Go to page ``key`` by the rail's button, made on the first visit."""
        return self.window.open(key)

    # -- one act after another --------------------------------------------------------------

    def _on_tick(self) -> None:
        if self._inside:  # a menu has an event loop of its own and the act waits for its end
            self._leave_menu()
            return
        self._inside = True
        try:
            self._go_on()
        except Exception:
            self.note(f"exception in an act\n{traceback.format_exc()}")
            self._script, self._wait, self._until = iter(()), pause(0), 0.0
        finally:
            self._inside = False

    def _go_on(self) -> None:
        """The act's next step, once what it awaits is there."""
        if not self._wait.done():
            if monotonic() < self._until:
                return
            if self._wait.must:
                self.note(
                    f"did not come about in {self._wait.seconds:g} s: {self._wait.must}\n"
                    f"{standing(self.parts)}"
                )
        wait = next(self._script, None)
        if wait is None:
            self._next_act()
        else:
            self._wait, self._until = wait, monotonic() + wait.seconds

    def _next_act(self) -> None:
        self._close_dialogs()
        self._wait, self._until = pause(0), 0.0
        if self._enough(self._number):
            self.end()
            self.ended.emit()
            return
        random = Random(f"{self._seed}:{self._number}")
        self.window.activateWindow()
        tour = self._number < len(self._acts)
        act = self._acts[self._number] if tour else random.choices(self._acts, self._weights)[0]
        self._tell(self._number, act.__name__)
        self._number += 1
        self._script = act(self, random)

    def _leave_menu(self) -> None:
        """Take an entry of the menu that is open, or close it."""
        menu = QApplication.activePopupWidget()
        if menu is None:
            return
        random = Random(f"{self._seed}:{self._number}:menu")
        if isinstance(menu, QMenu) and random.random() < 0.7:
            for _ in range(random.randrange(1, 5)):
                QTest.keyClick(menu, Qt.Key.Key_Down)
            QTest.keyClick(menu, Qt.Key.Key_Return)
        if QApplication.activePopupWidget() is menu:
            menu.close()

    def _close_dialogs(self) -> None:
        menu = QApplication.activePopupWidget()
        if menu is not None:
            menu.close()
        for widget in QApplication.topLevelWidgets():
            if isinstance(widget, QDialog) and widget.isVisible():
                widget.reject()
