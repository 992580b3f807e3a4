"""The page as a person uses it: typing, looking, clicking, keys."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QApplication, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from core.errors import BundleError
from gui.app import Composition
from gui.settings import Settings
from gui.theme import PANE_LINE
from gui.viewmodels.links import Mark
from tests.gui.fakes import OWN, REVERSE, FakeCard, FakeEngine, failing_load
from tests.gui.translate.conftest import Open, centre, click, translated

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier


def marks(marks: tuple[Mark, ...], kind: str) -> list[Mark]:
    return [mark for mark in marks if mark.kind == kind]


# -- translating ----------------------------------------------------------------------------


def test_what_is_typed_is_translated_once_it_rests(
    parts: Composition, engine: FakeEngine, qtbot: QtBot
) -> None:
    page = parts.window.translate
    with qtbot.waitSignal(parts.thread.finished_request):
        qtbot.keyClicks(page.source.editor, "hello world")
    assert engine.asked == ["hello world"]  # one request, not one a key
    qtbot.waitUntil(lambda: page.target.view.toPlainText() == "hello world")


def test_an_unchanged_sentence_is_not_translated_again(
    parts: Composition, engine: FakeEngine, qtbot: QtBot
) -> None:
    translated(parts, qtbot, "我喜欢。你好吗？")
    translated(parts, qtbot, "我喜欢。你们好吗？")
    assert engine.translated == ["我喜欢。", "你好吗？", "你们好吗？"]


def test_results_appear_sentence_by_sentence(
    parts: Composition, engine: FakeEngine, qtbot: QtBot
) -> None:
    engine.delay = 0.05
    page = parts.window.translate
    lengths: list[int] = []
    page.target.view.textChanged.connect(lambda: lengths.append(len(page.model.segments)))
    translated(parts, qtbot, "一。二。三。四。五。")
    assert lengths[0] == 1
    assert lengths[-1] == 5
    assert len(lengths) >= 4


def test_the_old_translation_stays_dimmed_until_the_new_comes(
    parts: Composition, engine: FakeEngine, qtbot: QtBot
) -> None:
    page = parts.window.translate
    translated(parts, qtbot, "我喜欢。你好吗？")
    before = page.target.view.toPlainText()
    page.source.editor.move_caret(0)
    qtbot.keyClicks(page.source.editor, "x")
    assert page.target.view.toPlainText() == before
    dimmed = marks(page.target.view.marks, "stale")
    assert [(m.start, m.end) for m in dimmed] == [(0, page.model.segments.output_start(1) - 1)]
    qtbot.waitUntil(lambda: not marks(page.target.view.marks, "stale"))


def test_a_reader_keeps_the_place_when_a_result_comes(parts: Composition, qtbot: QtBot) -> None:
    page = parts.window.translate
    translated(parts, qtbot, "我喜欢。你好吗？再见。")
    view = page.target.view
    view.setFocus()
    view.move_caret(page.model.segments.output_start(2) + 1)
    cursor = page.source.editor.textCursor()
    cursor.setPosition(2)
    cursor.insertText("很很")
    with qtbot.waitSignal(parts.thread.finished_request):
        pass
    assert view.caret == page.model.segments.output_start(2) + 1


def test_clearing_the_text_clears_the_translation(parts: Composition, qtbot: QtBot) -> None:
    page = parts.window.translate
    translated(parts, qtbot, "我喜欢。")
    qtbot.mouseClick(page.source.clear, Qt.MouseButton.LeftButton)
    assert page.target.view.toPlainText() == ""
    page.source.editor.undo()
    assert page.source.editor.text == "我喜欢。"


@pytest.mark.parametrize("text", ["", "   ", "\n\n", "　\t"])
def test_nothing_to_translate_asks_nothing(
    parts: Composition, engine: FakeEngine, qtbot: QtBot, text: str
) -> None:
    parts.window.translate.source.editor.replace_text(text)
    qtbot.wait(300)
    assert engine.asked == []
    assert not parts.window.translate.model.status.busy


def test_emoji_and_rare_characters_keep_the_panes_in_step(parts: Composition, qtbot: QtBot) -> None:
    page = parts.window.translate
    translated(parts, qtbot, "😀我喜欢。𠀀𠀁好。")
    click(qtbot, page.source.editor, 7)
    word = marks(page.source.editor.marks, "word")[0]
    assert page.source.editor.text[word.start : word.end] == "好"
    target = marks(page.target.view.marks, "link")
    assert all(m.end <= len(page.model.segments.output) for m in target)


@pytest.mark.parametrize("bad", ["a\x00b", "\ud800好", "a\u2028b\u2029c", "\u200f\u202e好\x07"])
def test_strange_characters_are_translated_too(
    parts: Composition, engine: FakeEngine, qtbot: QtBot, bad: str
) -> None:
    page = parts.window.translate
    data = QMimeData()
    data.setText(bad)
    with qtbot.waitSignal(parts.thread.finished_request):
        page.source.editor.insertFromMimeData(data)
    text = page.source.editor.text
    assert engine.asked == [text]
    assert len(text.encode("utf-16-le", "surrogatepass")) // 2 == (
        page.source.editor.document().characterCount() - 1
    )


# -- stopping -------------------------------------------------------------------------------


@pytest.mark.parametrize("way", ["button", "escape"])
def test_stop_takes_less_than_100_ms(
    parts: Composition, engine: FakeEngine, qtbot: QtBot, way: str
) -> None:
    engine.delay = 20.0
    page = parts.window.translate
    page.source.editor.replace_text("很长的一句。")
    qtbot.waitUntil(lambda: bool(engine.asked))
    qtbot.waitUntil(lambda: page.source.button.text() == "Stop")
    began = time.perf_counter()
    if way == "button":
        qtbot.mouseClick(page.source.button, Qt.MouseButton.LeftButton)
    else:
        qtbot.keyClick(page.source.editor, Qt.Key.Key_Escape)
    assert not page.model.status.busy
    assert page.source.button.text() == "Translate"
    engine.delay = 0.0
    page.model.translate()  # the thread is free again
    qtbot.waitUntil(lambda: len(engine.translated) == 1, timeout=1000)
    assert time.perf_counter() - began < 0.1


def test_what_was_translated_before_the_stop_stays(
    parts: Composition, engine: FakeEngine, qtbot: QtBot
) -> None:
    engine.delay = 0.03
    page = parts.window.translate
    page.source.editor.replace_text("".join(f"第{i}句。" for i in range(60)))
    qtbot.waitUntil(lambda: page.model.status.done >= 3)
    page.model.stop()
    shown = page.target.view.toPlainText()
    assert shown
    assert page.target.caption.text().startswith("Stopped after")
    qtbot.wait(150)
    assert page.target.view.toPlainText() == shown


def test_a_model_that_loads_for_later_is_nothing_to_stop(open_window: Open, qtbot: QtBot) -> None:
    ready = threading.Event()

    def load(_path: Path) -> FakeEngine:
        ready.wait(10)
        return FakeEngine()

    page = open_window(load=load).window.translate
    qtbot.waitUntil(lambda: page.model.status.phase == "loading")
    qtbot.wait(200)
    assert page.source.button.text() == "Translate"
    page.source.editor.replace_text("我喜欢。")
    qtbot.waitUntil(lambda: page.source.button.text() == "Stop")
    ready.set()
    qtbot.waitUntil(lambda: bool(page.target.view.toPlainText()))


# -- looking --------------------------------------------------------------------------------


def test_hovering_lights_the_partners_with_their_weights(parts: Composition, qtbot: QtBot) -> None:
    page = parts.window.translate
    translated(parts, qtbot, "我喜欢学习机器学习。")
    qtbot.mouseMove(page.source.editor.viewport(), centre(page.source.editor, 2))
    qtbot.waitUntil(lambda: bool(marks(page.target.view.marks, "link")))
    output = page.model.segments.output
    lit = {output[m.start : m.end]: m.weight for m in marks(page.target.view.marks, "link")}
    assert lit["learning"] == pytest.approx(0.8)
    assert all(weight >= 0.05 for weight in lit.values())


def test_a_click_pins_and_escape_frees(parts: Composition, qtbot: QtBot) -> None:
    page = parts.window.translate
    translated(parts, qtbot, "我喜欢学习机器学习。")
    click(qtbot, page.target.view, 0)
    assert page.model.highlight.spot is not None
    qtbot.mouseMove(page.source.editor.viewport(), QPoint(300, 200))
    assert page.model.highlight.spot is not None
    qtbot.keyClick(page.target.view, Qt.Key.Key_Escape)
    assert page.model.highlight.spot is None


def test_the_keyboard_steps_through_words(parts: Composition, qtbot: QtBot) -> None:
    page = parts.window.translate
    translated(parts, qtbot, "我喜欢学习。")
    page.target.view.setFocus()
    page.target.view.move_caret(0)
    seen = []
    for _ in range(3):
        qtbot.keyClick(page.target.view, Qt.Key.Key_Right, ALT)
        word = marks(page.target.view.marks, "word")[0]
        seen.append(page.model.segments.output[word.start : word.end])
        assert marks(page.source.editor.marks, "link")
    assert seen == [w.text for w in page.model.segments[0].translation.target_words][:3]


def test_moving_the_caret_by_key_lights_the_word_there(parts: Composition, qtbot: QtBot) -> None:
    page = parts.window.translate
    translated(parts, qtbot, "我喜欢学习。")
    qtbot.keyClick(page.source.editor, Qt.Key.Key_Home)
    assert marks(page.source.editor.marks, "word") == [Mark("word", 0, 2)]


def test_a_highlight_is_painted_where_the_word_stands(parts: Composition, qtbot: QtBot) -> None:
    page = parts.window.translate
    translated(parts, qtbot, "我喜欢学习机器学习。")
    view = page.target.view
    box = view.rect_of(0)
    place = QPoint(round(box.left()), round(box.top() + 2))
    ratio = view.devicePixelRatioF()
    before = view.viewport().grab().toImage().pixelColor(place * ratio)
    click(qtbot, page.source.editor, 0)
    after = view.viewport().grab().toImage().pixelColor(place * ratio)
    assert before != after
    assert after.blue() > after.red()


def test_both_panes_scroll_to_the_same_sentence(parts: Composition, qtbot: QtBot) -> None:
    page = parts.window.translate
    translated(parts, qtbot, "\n".join(f"第{i}行的句子在这里。" for i in range(200)))
    source, target = page.source.editor, page.target.view
    source.setFocus()
    source.verticalScrollBar().setValue(source.verticalScrollBar().maximum() // 2)
    highlight, segments = page.model.highlight, page.model.segments
    left = segments.at_source(source.offset_at_top())
    right = segments.at_output(target.offset_at_top())
    assert left is not None
    assert right is not None
    assert left > 50
    assert abs(left - right) <= 1
    source.verticalScrollBar().setValue(0)
    assert target.verticalScrollBar().value() == 0
    assert highlight.inside is not None


def test_the_drawer_shows_the_sentence_under_the_caret(parts: Composition, qtbot: QtBot) -> None:
    page = parts.window.translate
    translated(parts, qtbot, "我喜欢学习。你好吗？")
    qtbot.keyClick(page.source.editor, Qt.Key.Key_I, CONTROL)
    assert page.drawer.is_open
    heatmap = page.drawer.heatmap
    qtbot.waitUntil(lambda: heatmap.heatmap is not None, timeout=20_000)
    assert heatmap.heatmap is not None
    assert "".join(heatmap.heatmap.request.columns) == "你好吗？"
    qtbot.keyClick(page.source.editor, Qt.Key.Key_Home)
    qtbot.waitUntil(
        lambda: "".join(heatmap.heatmap.request.columns) == "我喜欢学习。", timeout=20_000
    )
    canvas = heatmap.canvas
    canvas.setFocus()
    cells: list[tuple[int, int]] = []
    heatmap.cell_pointed.connect(lambda row, column: cells.append((row, column)))
    qtbot.keyClick(canvas, Qt.Key.Key_Right)
    qtbot.keyClick(canvas, Qt.Key.Key_Right)
    qtbot.keyClick(canvas, Qt.Key.Key_Down)
    assert cells == [(0, 0), (0, 1), (1, 1)]
    assert "%" in canvas.accessibleDescription()
    qtbot.keyClick(page.source.editor, Qt.Key.Key_I, CONTROL)
    assert not page.drawer.is_open


def test_the_drawer_remembers_its_height(
    open_window: Open, settings: Settings, qtbot: QtBot
) -> None:
    page = open_window().window.translate
    page._open_drawer(True)
    page._levels.setSizes([300, 240])
    page._keep_drawer_height()
    kept = settings.inside_height.value
    page._open_drawer(False)
    assert page.target.height() > page.height() - 150  # the panes take the room back
    page._open_drawer(True)
    qtbot.wait(20)
    assert abs(page.drawer.height() - kept) <= 2
    assert settings.inside_open.value


# -- models ---------------------------------------------------------------------------------


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


def test_a_model_that_was_made_is_offered(open_window: Open, qtbot: QtBot) -> None:
    parts = open_window(FakeCard(), OWN)
    page = parts.window.translate
    page.offer("kitchen")
    assert "kitchen" in page.offer_banner.text
    page.offer_banner.acted.emit()
    assert parts.models.current == OWN
    assert not page.offer_banner.isVisible()


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
    from gui.viewmodels.models import Listing

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


# -- settings and keys ----------------------------------------------------------------------


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
    assert settings.text_size.value == 110
    assert editor.fontInfo().pixelSize() > before
    qtbot.keyClick(editor, Qt.Key.Key_Minus, CONTROL)
    qtbot.keyClick(editor, Qt.Key.Key_Minus, CONTROL)
    assert settings.text_size.value == 90
    qtbot.keyClick(editor, Qt.Key.Key_0, CONTROL)
    assert settings.text_size.value == 100
    assert editor.fontInfo().pixelSize() == before


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


@pytest.mark.qt_log_ignore("propagateSizeHints")  # the platform of the tests has no dialogs
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
    assert time.perf_counter() - began < 1.0
    assert not parts.thread.isRunning()
