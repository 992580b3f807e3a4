"""Models, notes, copying and dropping on the Translate page."""

from __future__ import annotations

import dataclasses
from pathlib import Path

from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from core.errors import BundleError
from gui.app import Composition
from gui.settings import Settings
from gui.theme import PANE_LINE
from gui.viewmodels.models import Listing
from tests.gui.fakes import OWN, REVERSE, FakeCard, FakeEngine, failing_load
from tests.gui.translate.conftest import Open, translated

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def test_swap_needs_a_model_of_the_other_direction(open_window: Open, qtbot: QtBot) -> None:
    alone = open_window().window.translate
    assert not alone.bar.swap.isEnabled()
    assert "English" in alone.bar.swap.toolTip()


def test_swap_goes_on_from_the_translation(
    open_window: Open, settings: Settings, qtbot: QtBot
) -> None:
    parts = open_window(FakeCard(), REVERSE)
    page = parts.window.translate
    translated(parts, qtbot, "我喜欢。")
    before = page.target.view.toPlainText()
    qtbot.keyClick(page.source.editor, Qt.Key.Key_L, CONTROL)
    assert page.source.editor.text == before
    assert parts.models.current == REVERSE
    assert settings.model.value == "en-zh"
    qtbot.waitUntil(lambda: page.model.status.phase == "idle" and len(page.model.segments) > 0)
    assert page.source.editor.placeholderText().endswith("English")


def test_a_first_start_translates_from_chinese(open_window: Open, qtbot: QtBot) -> None:
    parts = open_window(OWN, REVERSE, FakeCard())
    qtbot.waitUntil(lambda: parts.models.current is not None)
    assert parts.models.current == FakeCard()


def test_choosing_another_model_translates_again(open_window: Open, qtbot: QtBot) -> None:
    engines: list[Path] = []

    def load(path: Path) -> FakeEngine:
        engines.append(path)
        return FakeEngine()

    parts = open_window(FakeCard(), OWN, load=load)
    translated(parts, qtbot, "我喜欢。")
    actions = parts.window.translate.bar.chooser.actions_offered()
    assert [action.data() for action in actions] == ["zh-en", "kitchen"]
    with qtbot.waitSignal(parts.thread.finished_request):
        actions[1].trigger()
    assert engines == [FakeCard().path, OWN.path]
    assert parts.window.status.text.startswith("kitchen")


def test_a_model_made_anew_under_the_same_name_is_loaded_anew(
    open_window: Open, qtbot: QtBot
) -> None:
    loaded: list[Path] = []

    def load(path: Path) -> FakeEngine:
        loaded.append(path)
        return FakeEngine()

    parts = open_window(OWN, load=load)
    translated(parts, qtbot, "我喜欢。")
    for card in (OWN, dataclasses.replace(OWN, built_in=True)):  # the same, then another
        parts.models._on_done("models", Listing((card,)))
    qtbot.waitUntil(lambda: loaded == [OWN.path, OWN.path])


def test_a_model_that_was_made_is_offered(open_window: Open, qtbot: QtBot) -> None:
    parts = open_window(FakeCard(), OWN)
    page = parts.window.translate
    page.offer("kitchen")
    assert "kitchen" in page.model_notice.text
    page.model_notice.acted.emit()
    assert parts.models.current == OWN
    assert not page.model_notice.isVisible()


def test_a_damaged_model_is_a_sentence_and_a_way_out(open_window: Open, qtbot: QtBot) -> None:
    parts = open_window(FakeCard(), OWN, load=failing_load)
    page = parts.window.translate
    qtbot.waitUntil(page.target.error.isVisible)
    assert "damaged" in page.target.error.sentence
    assert "Traceback" not in page.target.error.sentence
    assert page.target.error.button.text() == "Choose another model"


def test_a_damaged_model_alone_can_only_be_tried_again(open_window: Open, qtbot: QtBot) -> None:
    page = open_window(load=failing_load).window.translate
    qtbot.waitUntil(page.target.error.isVisible)
    assert page.target.error.button.text() == "Try again"


def test_an_error_goes_away_when_trying_again_works(
    parts: Composition, engine: FakeEngine, qtbot: QtBot
) -> None:
    page = parts.window.translate
    engine.error = BundleError("the model's folder is gone", where="zh-en")
    page.source.editor.replace_text("我喜欢。")
    qtbot.waitUntil(page.target.error.isVisible)
    engine.error = None
    page.model.retry()
    qtbot.waitUntil(page.target.view.isVisible)
    qtbot.waitUntil(lambda: bool(page.target.view.toPlainText()))


def test_no_model_at_all_is_said(open_window: Open, qtbot: QtBot) -> None:
    parts = open_window()
    parts.models._on_done("models", Listing(()))
    error = parts.window.translate.target.error
    assert error.isVisible()
    assert error.button.text() == "Try again"


# -- notes, copying, dropping ----------------------------------------------------------------


def test_a_note_says_what_was_done_to_the_text(parts: Composition, qtbot: QtBot) -> None:
    page = parts.window.translate
    translated(parts, qtbot, "我喜欢學習。")
    assert "Traditional" in page.target.banner.text
    assert page.target.banner.isVisible()
    translated(parts, qtbot, "我喜欢学习。")
    assert not page.target.banner.isVisible()
    translated(parts, qtbot, "hello")
    assert "copied" in page.target.banner.text


def test_copy_takes_all_or_what_is_selected(parts: Composition, qtbot: QtBot) -> None:
    page = parts.window.translate
    translated(parts, qtbot, "我喜欢。\n\n你好吗？")
    qtbot.keyClick(page.source.editor, Qt.Key.Key_C, CONTROL | SHIFT)
    assert QGuiApplication.clipboard().text() == page.model.segments.output
    cursor = page.target.view.textCursor()
    cursor.setPosition(0)
    cursor.setPosition(6, cursor.MoveMode.KeepAnchor)
    page.target.view.setTextCursor(cursor)
    qtbot.mouseClick(page.target.copy, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == page.model.segments.output[:6]


def drop(page_editor: object, *paths: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    page_editor.insertFromMimeData(data)  # type: ignore[attr-defined]


def test_a_dropped_file_is_read(parts: Composition, qtbot: QtBot, tmp_path: Path) -> None:
    page = parts.window.translate
    good, bad = tmp_path / "good.txt", tmp_path / "bad.txt"
    good.write_bytes("\ufeff我喜欢。\r\n".encode())
    bad.write_bytes(b"\xff\xfe\x00caf\xe9")
    drop(page.source.editor, good)
    assert page.source.editor.text == "我喜欢。\n"
    for wrong in (bad, tmp_path / "gone.txt"):
        drop(page.source.editor, wrong)
        assert wrong.name in page.source.banner.text
    assert page.source.editor.text == "我喜欢。\n"


def test_an_example_is_one_click_away(parts: Composition, engine: FakeEngine, qtbot: QtBot) -> None:
    page = parts.window.translate
    examples = [b for b in page.source.editor.findChildren(QAbstractButton) if b.isVisible()]
    assert [b.text() for b in examples][0] == "我喜欢学习机器学习。"
    assert len(examples) == 3
    with qtbot.waitSignal(parts.thread.finished_request):
        qtbot.mouseClick(examples[0], Qt.MouseButton.LeftButton)
    assert engine.asked == ["我喜欢学习机器学习。"]
    assert not examples[0].isVisible()


def test_pasted_text_keeps_the_line_height(parts: Composition, qtbot: QtBot) -> None:
    editor = parts.window.translate.source.editor
    QGuiApplication.clipboard().setText("我喜欢。\n你好吗？")
    height = editor.document().firstBlock().blockFormat().lineHeight()
    assert height == parts.theme.px(PANE_LINE)
    editor.selectAll()
    qtbot.keyClick(editor, Qt.Key.Key_V, CONTROL)
    assert editor.text == "我喜欢。\n你好吗？"
    block = editor.document().firstBlock()
    while block.isValid():
        assert block.blockFormat().lineHeight() == height
        block = block.next()


def test_a_note_does_not_move_the_text(parts: Composition, qtbot: QtBot) -> None:
    page = parts.window.translate
    translated(parts, qtbot, "我喜欢学習。")
    assert page.target.banner.isVisible()
    tops = [
        pane.mapTo(parts.window, pane.rect_of(0).topLeft().toPoint()).y()
        for pane in (page.source.editor, page.target.view)
    ]
    assert abs(tops[0] - tops[1]) <= 1
