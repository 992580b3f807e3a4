"""What a step of the text size and another theme cost: one dressing, of what is shown."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from gui.app import Composition
from gui.settings import Settings
from gui.widgets.shortcuts import ShortcutsDialog

CONTROL = Qt.KeyboardModifier.ControlModifier


class Dressings(QObject):
    """Counts how often a widget is given other looks."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.count = 0
        widget.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.StyleChange
        return False


def text_size(widget: QWidget) -> int:
    return widget.font().pixelSize()


def test_quick_steps_are_taken_together(
    parts: Composition, settings: Settings, qtbot: QtBot
) -> None:
    button = parts.window.translate.source.button
    sizes: list[int] = []
    settings.text_size.changed.connect(sizes.append)
    larger = next(a for a in parts.window.actions() if a.text() == "Larger text")
    for _ in range(6):  # as they come while the window is busy
        larger.trigger()
    qtbot.waitUntil(lambda: settings.text_size.value == 160)
    assert text_size(button) == round(13 * 1.6)
    assert sizes == [160]


def test_designed_size_forgets_steps_that_wait(
    parts: Composition, settings: Settings, qtbot: QtBot
) -> None:
    settings.text_size.set(150)
    qtbot.keyClick(parts.window, Qt.Key.Key_Equal, CONTROL)
    qtbot.keyClick(parts.window, Qt.Key.Key_0, CONTROL)
    qtbot.wait(120)
    assert settings.text_size.value == 100


@pytest.mark.parametrize("change", ["size", "theme"])
def test_a_hidden_page_is_dressed_when_it_is_shown(
    parts: Composition, settings: Settings, qtbot: QtBot, change: str
) -> None:
    window = parts.window
    settings.theme.set("light")
    page = window.open("settings")
    heading = next(each for each in page.findChildren(QLabel) if each.isVisible())
    window.open("translate")
    seen = Dressings(heading)
    size, color = text_size(heading), heading.palette().windowText().color()
    if change == "size":
        settings.text_size.set(150)
    else:
        settings.theme.set("dark")
    assert seen.count == 0
    window.open("settings")
    qtbot.waitUntil(heading.isVisible)
    assert seen.count >= 1
    if change == "size":
        assert text_size(heading) == round(size * 1.5)
    else:
        assert heading.palette().windowText().color() != color


def test_dialogs_wear_it_too(parts: Composition, settings: Settings, qtbot: QtBot) -> None:
    settings.text_size.set(150)
    parts.window.show_shortcuts()
    dialog = parts.window.findChild(ShortcutsDialog)
    assert dialog is not None
    close = next(b for b in dialog.findChildren(QPushButton) if b.isVisible())
    assert text_size(close) == round(13 * 1.5)
    qtbot.waitExposed(dialog)
    for each in dialog.findChildren(QLabel):
        assert each.height() >= each.sizeHint().height(), each.text()  # nothing is squeezed
    dialog.close()
