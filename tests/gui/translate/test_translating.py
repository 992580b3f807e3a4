"""Typing and stopping on the Translate page, as a person does."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt
from pytestqt.qtbot import QtBot

from gui.app import Composition
from gui.settings import Settings
from tests.gui.fakes import FakeEngine, failing_load
from tests.gui.translate.conftest import TRIES, Open, click, marks, translated


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
    engine.gate = threading.Semaphore(0)
    page = parts.window.translate
    page.source.editor.replace_text("一。二。三。四。五。")
    for count in range(1, 6):
        engine.gate.release()
        qtbot.waitUntil(lambda n=count: len(page.model.segments) == n)
        assert page.target.view.toPlainText() == page.model.segments.output
    qtbot.waitUntil(lambda: page.model.status.phase == "idle")


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


@pytest.mark.timed
@pytest.mark.parametrize("way", ["button", "escape"])
def test_stop_takes_less_than_100_ms(
    parts: Composition, engine: FakeEngine, qtbot: QtBot, way: str
) -> None:
    page = parts.window.translate
    seconds = []
    for attempt in range(TRIES):
        engine.delay = 20.0
        page.source.editor.replace_text(f"第{attempt}次，很长的一句。")
        qtbot.waitUntil(lambda n=attempt: len(engine.asked) > 2 * n)
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
        qtbot.waitUntil(lambda n=attempt: len(engine.translated) == n + 1)
        seconds.append(time.perf_counter() - began)
        qtbot.waitUntil(lambda: page.model.status.phase == "idle")
        if seconds[-1] < 0.1:
            return
    pytest.fail(f"seconds until the thread was free: {seconds}")


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
    assert page.target.caption.text().startswith("Getting the model ready")  # typing or not
    ready.set()
    qtbot.waitUntil(lambda: bool(page.target.view.toPlainText()))
    qtbot.waitUntil(lambda: page.source.button.text() == "Translate")


def test_what_was_typed_but_not_asked_for_waits_for_nothing(
    open_window: Open, settings: Settings, qtbot: QtBot
) -> None:
    settings.live.set(False)
    ready = threading.Event()

    def load(_path: Path) -> FakeEngine:
        ready.wait(10)
        return FakeEngine()

    page = open_window(load=load).window.translate
    qtbot.waitUntil(lambda: page.model.status.phase == "loading")
    page.source.editor.replace_text("我喜欢。")
    assert not page.model.stoppable
    ready.set()
    qtbot.waitUntil(lambda: page.model.status.precision == "bf16")
    assert page.model.status.phase == "idle"
    assert not page.target.view.toPlainText()


def test_a_load_that_fails_for_nobody_ends_the_wait(open_window: Open, qtbot: QtBot) -> None:
    ready = threading.Event()

    def load(path: Path) -> FakeEngine:
        ready.wait(10)
        return failing_load(path)

    parts = open_window(load=load)
    page = parts.window.translate
    qtbot.waitUntil(lambda: page.model.status.phase == "loading")
    page.source.editor.replace_text("我喜欢。")
    page.source.editor.replace_text("")
    assert page.model.status.phase == "loading"
    with qtbot.waitSignal(parts.thread.failed):
        ready.set()
    assert page.model.status.phase == "idle"
    assert not page.target.error.isVisible()
    page.source.editor.replace_text("我喜欢。")
    qtbot.waitUntil(page.target.error.isVisible)
