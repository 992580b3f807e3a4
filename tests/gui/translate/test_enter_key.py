"""Enter on a button that has the focus, and where it belongs to others."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QPushButton
from pytestqt.qtbot import QtBot

from gui.app import Composition
from gui.widgets.nav_rail import NavRail
from gui.widgets.shortcuts import ShortcutsDialog
from tests.gui.translate.conftest import translated

RETURN, KEYPAD = Qt.Key.Key_Return, Qt.Key.Key_Enter


def focus(qtbot: QtBot, button: QAbstractButton) -> list[int]:
    """Give ``button`` the focus; what it is clicked for is put into the list."""
    clicks: list[int] = []
    button.clicked.connect(lambda: clicks.append(1))
    button.window().activateWindow()
    button.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(button.hasFocus)
    return clicks


def drawer_head(parts: Composition) -> QPushButton:
    drawer = parts.window.translate.drawer
    return next(b for b in drawer.findChildren(QPushButton) if b.isVisible())


@pytest.mark.parametrize("key", [RETURN, KEYPAD])
def test_enter_presses_push_buttons_and_tool_buttons(
    parts: Composition, qtbot: QtBot, key: Qt.Key
) -> None:
    translated(parts, qtbot, "我喜欢。")
    page = parts.window.translate
    for button in (page.source.button, page.target.copy, drawer_head(parts)):
        assert isinstance(button, QAbstractButton)
        clicks = focus(qtbot, button)
        qtbot.keyClick(button, key)
        assert len(clicks) == 1, button


def test_enter_opens_a_page_from_the_rail(parts: Composition, qtbot: QtBot) -> None:
    rail = parts.window.findChild(NavRail)
    assert rail is not None
    settings = rail.findChildren(QAbstractButton)[-1]
    focus(qtbot, settings)
    qtbot.keyClick(settings, RETURN)
    assert not parts.window.translate.isVisible()


def test_an_example_is_taken_and_no_line_added(parts: Composition, qtbot: QtBot) -> None:
    editor = parts.window.translate.source.editor
    example = next(b for b in editor.findChildren(QPushButton) if b.isVisible())
    focus(qtbot, example)
    qtbot.keyClick(example, RETURN)
    assert editor.text == example.text()


def test_a_key_held_down_presses_once(parts: Composition, qtbot: QtBot) -> None:
    button = drawer_head(parts)
    clicks = focus(qtbot, button)
    for again in (False, True, True):
        event = QKeyEvent(
            QEvent.Type.KeyPress, RETURN, Qt.KeyboardModifier.NoModifier, "\r", again, 1
        )
        QApplication.sendEvent(button, event)
    assert len(clicks) == 1


def test_texts_keep_their_enter(parts: Composition, qtbot: QtBot) -> None:
    page = parts.window.translate
    translated(parts, qtbot, "我喜欢。")
    focus(qtbot, page.target.copy)
    page.source.editor.setFocus()
    clicks: list[int] = []
    page.target.copy.clicked.connect(lambda: clicks.append(1))
    qtbot.keyClick(page.source.editor, RETURN)
    assert page.source.editor.text == "我喜欢。\n"
    assert clicks == []


def test_a_dialog_keeps_its_own(parts: Composition, qtbot: QtBot) -> None:
    parts.window.show_shortcuts()
    dialog = parts.window.findChild(ShortcutsDialog)
    assert dialog is not None
    qtbot.waitExposed(dialog)
    button = next(b for b in dialog.findChildren(QPushButton) if b.isVisible())
    clicks = focus(qtbot, button)
    qtbot.keyClick(button, RETURN)
    assert len(clicks) == 1  # Qt's own, not twice
