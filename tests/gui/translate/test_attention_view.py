"""Heads, pieces, zoom and places of the attention heatmap in an open window."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.jobs.background import Background
from gui.jobs.translation import TranslationThread
from gui.settings import Settings
from gui.theme import Theme
from gui.viewmodels.inquiry import Inquiry
from gui.viewmodels.linking import links_question
from gui.widgets.attention_view import ALIGNMENT, EACH, LINKS, MEAN, PIECES, WORDS, AttentionView
from gui.widgets.heatmap_drawing import GridDrawing, HeatmapDrawing
from tests.gui.fakes import FakeCard, FakeEngine, crossed, fake_translation
from tests.gui.insights import made_up_heads

SENTENCE = fake_translation("我喜欢学习机器学习。")
HEADS = made_up_heads(SENTENCE)


@pytest.fixture
def view(
    dressed: QApplication, settings: Settings, engine: FakeEngine, qtbot: QtBot
) -> Iterator[AttentionView]:
    """The view by itself, with the attention of one sentence, drawn."""
    thread, background = TranslationThread(lambda _model: engine), Background()
    inquiry: Inquiry[Any] = Inquiry(
        thread,
        "heads",
        lambda: FakeCard().path,
        lambda shown: lambda engine, cancel: engine.heads(shown, 2, cancel),
    )
    view = AttentionView(Theme(settings))
    view.ask_by(inquiry)
    links: Inquiry[Any] = Inquiry(thread, "all", lambda: FakeCard().path, links_question)
    view.link_by(links)
    HeatmapDrawing(view.heatmap, background)
    GridDrawing(view.grid, background)
    qtbot.addWidget(view)
    view.resize(700, 300)
    view.show()
    qtbot.waitExposed(view)
    view.show_sentence(SENTENCE)
    qtbot.waitUntil(lambda: view.heatmap.heatmap is not None, timeout=20_000)
    yield view
    thread.shutdown()
    background.shutdown()


def drawn(view: AttentionView, qtbot: QtBot, weights: tuple[tuple[float, ...], ...]) -> None:
    qtbot.waitUntil(lambda: view.heatmap.heatmap.request.weights == weights, timeout=20_000)


def test_each_choice_shows_its_own_matrix(view: AttentionView, qtbot: QtBot) -> None:
    view.choose_head(MEAN)
    drawn(view, qtbot, HEADS.view(None).words.alignment)
    view.choose_head("2")
    drawn(view, qtbot, HEADS.view(2).words.alignment)
    view.units.button(PIECES).click()
    drawn(view, qtbot, HEADS.view(2).pieces.alignment)
    assert view.heatmap.heatmap is not None
    assert len(view.heatmap.heatmap.request.rows) > len(SENTENCE.target_words)
    view.units.button(WORDS).click()
    view.choose_head(ALIGNMENT)
    drawn(view, qtbot, SENTENCE.alignment)
    offered = [str(action.data()) for action in view.heads.actions_offered()]
    assert offered == [ALIGNMENT, LINKS, MEAN, EACH, "0", "1", "2"]


def test_links_of_words_beside_what_was_looked_at(
    view: AttentionView, engine: FakeEngine, qtbot: QtBot
) -> None:
    engine.aligns = True
    view.units.button(PIECES).click()
    view.choose_head(LINKS)
    drawn(view, qtbot, crossed(SENTENCE))
    assert view.heatmap.heatmap.request.rows == tuple(w.text for w in SENTENCE.target_words)
    assert not view.units.isEnabled()  # they are of whole words
    assert "reads the model from outside" in view.note.text()
    assert view.exhibit is not None and view.exhibit.panels[0].weights == crossed(SENTENCE)
    view.choose_head(ALIGNMENT)
    drawn(view, qtbot, HEADS.alignment.pieces.alignment)
    assert view.units.isEnabled()


def test_a_model_without_an_aligner_says_so(
    view: AttentionView, engine: FakeEngine, qtbot: QtBot
) -> None:
    view.choose_head(LINKS)
    qtbot.waitUntil(lambda: "no aligner" in view.note.text(), timeout=20_000)
    assert engine.linked == [SENTENCE.source]
    assert view.exhibit is None


def test_a_click_on_a_small_heatmap_opens_its_head(view: AttentionView, qtbot: QtBot) -> None:
    view.choose_head(EACH)
    qtbot.waitUntil(lambda: view.grid._images is not None, timeout=20_000)
    box = view.grid.panel_rect(1)
    qtbot.mouseMove(view.grid, QPoint(round(box.left() + 2), round(box.top() + 2)))
    share = round(100 * HEADS.view(1).words.alignment[0][0])
    assert f"{share} %" in view.grid.accessibleDescription()
    qtbot.mouseClick(view.grid, Qt.MouseButton.LeftButton, pos=box.center().toPoint())
    drawn(view, qtbot, HEADS.view(1).words.alignment)


def test_a_piece_lights_the_word_that_it_is_of(view: AttentionView, qtbot: QtBot) -> None:
    view.units.button(PIECES).click()
    drawn(view, qtbot, HEADS.alignment.pieces.alignment)
    pointed: list[int] = []
    view.word_pointed.connect(pointed.append)
    view.heatmap.canvas.setFocus()
    qtbot.keyClick(view.heatmap.canvas, Qt.Key.Key_Right)
    for _ in range(2):
        qtbot.keyClick(view.heatmap.canvas, Qt.Key.Key_Down)
    assert pointed == [0, 0, 1]  # the second word's first piece is the third


def test_zoom_draws_anew_in_the_new_size(view: AttentionView, qtbot: QtBot) -> None:
    heatmap, canvas = view.heatmap, view.heatmap.canvas
    assert heatmap.heatmap is not None
    width = heatmap.heatmap.cell_width
    canvas.setFocus()
    for _ in range(4):
        qtbot.keyClick(canvas, Qt.Key.Key_Plus)
    stretched = canvas.cell_rect(0, 0).width()
    assert stretched == pytest.approx(1.2**4 * width, rel=0.01)  # at once
    qtbot.waitUntil(lambda: heatmap.heatmap.request.zoom == pytest.approx(1.2**4), timeout=20_000)
    assert canvas.cell_rect(0, 0).width() == pytest.approx(stretched, rel=0.1)
    bar = heatmap.horizontalScrollBar()
    assert bar.maximum() > 0
    bar.setValue(0)
    qtbot.mousePress(canvas, Qt.MouseButton.LeftButton, pos=QPoint(300, 100))
    qtbot.mouseMove(canvas, QPoint(260, 100))
    qtbot.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=QPoint(260, 100))
    assert bar.value() > 0
    qtbot.keyClick(canvas, Qt.Key.Key_0)
    qtbot.waitUntil(lambda: heatmap.heatmap.request.zoom == 1.0, timeout=20_000)


def test_what_is_exported_is_what_is_seen(view: AttentionView, qtbot: QtBot) -> None:
    assert view.export.isEnabled()
    exhibit = view.exhibit
    assert exhibit is not None
    assert [panel.weights for panel in exhibit.panels] == [SENTENCE.alignment]
    view.choose_head(EACH)
    qtbot.waitUntil(lambda: view.exhibit is not None and len(view.exhibit.panels) == 3)
    view.show_sentence(None)
    assert view.exhibit is None
    assert not view.export.isEnabled()


def test_words_stay_at_the_edges_of_what_is_seen(view: AttentionView, qtbot: QtBot) -> None:
    heatmap, canvas = view.heatmap, view.heatmap.canvas
    heatmap.zoom_by(4.0)
    qtbot.waitUntil(lambda: heatmap.heatmap.request.zoom == heatmap.zoom, timeout=20_000)
    above = round(canvas.cell_rect(0, 0).top()) - 4
    picture = view.heatmap.viewport().grab().toImage()
    heatmap.verticalScrollBar().setValue(120)
    scrolled = view.heatmap.viewport().grab().toImage()
    ratio = picture.devicePixelRatio()
    for x in range(0, round(picture.width() * 0.8), 7):
        for y in range(0, round(above * ratio), 5):
            assert picture.pixelColor(x, y) == scrolled.pixelColor(x, y)
    told: list[tuple[int, int]] = []
    heatmap.cell_pointed.connect(lambda row, column: told.append((row, column)))
    hidden = QPoint(round(canvas.cell_rect(0, 2).center().x()), 120 + above // 2)
    qtbot.mouseMove(canvas, hidden)
    assert not [cell for cell in told if cell != (-1, -1)]  # it is under a word


def test_who_comes_back_sees_the_chosen_head(view: AttentionView, qtbot: QtBot) -> None:
    view.choose_head("1")
    drawn(view, qtbot, HEADS.view(1).words.alignment)
    view.hide()
    view.show()
    qtbot.waitUntil(lambda: view.exhibit is not None)
    assert view.exhibit is not None
    assert view.exhibit.panels[0].weights == HEADS.view(1).words.alignment


def test_it_says_where_there_is_no_attention(view: AttentionView, qtbot: QtBot) -> None:
    assert "Zoom" in view.note.text()
    view.attends = False
    view.show_sentence(SENTENCE)
    assert "no attention" in view.note.text()
