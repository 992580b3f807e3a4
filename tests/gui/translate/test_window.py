"""The window as a whole: settings, keys, names, its end."""

from __future__ import annotations

import time

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from gui.app import Composition
from gui.errors import Failure
from gui.main_window import MainWindow
from gui.settings import Settings
from tests.gui.fakes import FakeEngine
from tests.gui.translate.conftest import Open, translated

CONTROL = Qt.KeyboardModifier.ControlModifier


def test_without_live_translation_ctrl_enter_translates(
    parts: Composition, settings: Settings, engine: FakeEngine, qtbot: QtBot
) -> None:
    settings.live.set(False)
    page = parts.window.translate
    page.source.editor.replace_text("我喜欢。")
    qtbot.wait(300)
    assert engine.asked == []
    with qtbot.waitSignal(parts.thread.finished_request):
        qtbot.keyClick(page.source.editor, Qt.Key.Key_Return, CONTROL)
    assert page.source.editor.text == "我喜欢。"


def test_keys_change_the_text_size(parts: Composition, settings: Settings, qtbot: QtBot) -> None:
    editor = parts.window.translate.source.editor
    before = editor.fontInfo().pixelSize()
    qtbot.keyClick(editor, Qt.Key.Key_Equal, CONTROL)
    qtbot.waitUntil(lambda: settings.text_size.value == 110)
    assert editor.fontInfo().pixelSize() > before
    qtbot.keyClick(editor, Qt.Key.Key_Minus, CONTROL)
    qtbot.keyClick(editor, Qt.Key.Key_Minus, CONTROL)
    qtbot.waitUntil(lambda: settings.text_size.value == 90)
    qtbot.keyClick(editor, Qt.Key.Key_0, CONTROL)
    assert settings.text_size.value == 100
    assert editor.fontInfo().pixelSize() == before


def test_the_smallest_window_has_room_for_its_text(
    parts: Composition, settings: Settings, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window, room = parts.window, QSize(1920, 1040)
    monkeypatch.setattr(MainWindow, "_room", lambda self: room)
    assert window.minimumSize() == QSize(900, 600)
    settings.text_size.set(200)
    assert window.minimumSize() == QSize(1180, 760)
    translated(parts, qtbot, "我喜欢。")
    for page in ("teach", "translate", "models", "classroom", "settings"):
        window.open(page)
        window.resize(900, 600)
        qtbot.waitUntil(lambda: window.width() == 1180)
        buttons = [one for one in window.findChildren(QAbstractButton) if one.isVisible()]
        assert len(buttons) > 5
        cut = [one for one in buttons if one.width() < one.minimumSizeHint().width()]
        assert [one.text() for one in cut] == []
    settings.text_size.set(150)
    assert window.minimumSize() == QSize(1040, 680)
    room = QSize(1024, 728)  # all of a small screen, and never less than without
    settings.text_size.set(190)
    assert window.minimumSize() == QSize(1024, 728)
    settings.text_size.set(80)
    assert window.minimumSize() == QSize(900, 600)


def test_the_status_line_names_model_time_speed_and_precision(
    parts: Composition, qtbot: QtBot
) -> None:
    translated(parts, qtbot, "我喜欢。")
    facts = parts.window.status.text.split("\u2003")
    assert facts[0] == "zh-en"
    assert facts[1].endswith((" ms", " s"))
    assert facts[2].endswith("words/s")
    assert facts[3] == "bf16"


@pytest.mark.parametrize("page", ["translate", "settings"])
def test_everything_the_keyboard_reaches_has_a_name(
    parts: Composition, qtbot: QtBot, page: str
) -> None:
    window = parts.window
    translated(parts, qtbot, "我喜欢。")
    window.open(page)
    reachable = [
        widget
        for widget in window.findChildren(QWidget)
        if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]
    assert len(reachable) >= 9
    unnamed = [
        widget
        for widget in reachable
        if not widget.accessibleName()
        and not (isinstance(widget, QAbstractButton) and widget.text())
        and type(widget) is not QScrollArea
    ]
    assert unnamed == []


def test_tab_goes_from_the_input_round_the_window(parts: Composition, qtbot: QtBot) -> None:
    window = parts.window
    window.activateWindow()
    translated(parts, qtbot, "我喜欢。")
    window.translate.source.editor.setFocus()
    seen: list[QWidget | None] = []
    for _ in range(14):
        seen.append(QApplication.focusWidget())
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    page = window.translate
    order = [page.source.editor, page.source.clear, page.source.button, page.target.view]
    places = [seen.index(widget) for widget in order]
    assert places == sorted(places)
    assert page.target.copy in seen
    assert window.translate.source.editor.text == "我喜欢。"  # a tab is no text


def test_f1_shows_every_shortcut_once(parts: Composition, qtbot: QtBot) -> None:
    from PySide6.QtWidgets import QDialog, QLabel

    parts.window.show_shortcuts()
    dialog = parts.window.findChild(QDialog)
    assert dialog is not None
    keys = [label.text() for label in dialog.findChildren(QLabel)]
    for key in ("Ctrl+Enter", "Esc", "Ctrl+L", "Ctrl+I", "Ctrl+Shift+C", "Ctrl+=", "Ctrl+0", "F1"):
        assert keys.count(key) == 1, key
    dialog.close()


def test_closing_amid_a_translation_ends_at_once(
    open_window: Open, engine: FakeEngine, qtbot: QtBot
) -> None:
    parts = open_window()
    engine.delay = 20.0
    parts.window.translate.source.editor.replace_text("很长的一句。")
    qtbot.waitUntil(lambda: bool(engine.asked))
    began = time.perf_counter()
    parts.window.close()
    assert time.perf_counter() - began < 5.0  # not the 20 seconds of the sentence
    assert not parts.thread.isRunning()


@pytest.mark.parametrize("page", ["translate", "settings"])
def test_a_fault_is_told_above_whichever_page_is_shown(parts: Composition, page: str) -> None:
    parts.window.open(page)
    parts.window.show_failure(Failure("Something went wrong.", "Try again.", "bug"))
    assert parts.window.fault.isVisible()
    assert parts.window.fault.text == "Something went wrong. Try again."
