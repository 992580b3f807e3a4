"""Looking at words on the Translate page: by pointer, click and keys, and inside."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from gui.app import Composition
from gui.settings import Settings
from gui.viewmodels.links import Mark
from tests.gui.translate.conftest import Open, centre, click, marks, translated

CONTROL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier


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
    page.open_drawer(True)
    page.levels.setSizes([300, 240, 0])
    page._keep_drawer_height()
    kept = settings.inside_height.value
    page.open_drawer(False)
    assert page.target.height() > page.levels.height() - 80  # the panes take the room back
    page.open_drawer(True)
    qtbot.wait(20)
    assert abs(page.drawer.height() - kept) <= 2
    assert settings.inside_open.value
