"""The view of the search in an open window."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from core.errors import BundleError
from gui.app import Composition
from gui.jobs.translation import TranslationThread
from gui.settings import Settings
from gui.theme import Theme
from gui.viewmodels.inquiry import Inquiry
from gui.widgets.search_view import SearchView
from tests.gui.fakes import FakeCard, FakeEngine, fake_translation
from tests.gui.translate.conftest import translated


@pytest.fixture
def view(
    dressed: QApplication, settings: Settings, engine: FakeEngine, qtbot: QtBot
) -> Iterator[SearchView]:
    """The view by itself, with the search for one sentence."""
    thread = TranslationThread(lambda _model: engine)
    inquiry: Inquiry[Any] = Inquiry(
        thread,
        "search",
        lambda: FakeCard().path,
        lambda shown: lambda engine, cancel: engine.search_trees(shown, "", 2, cancel),
    )
    view = SearchView(Theme(settings), inquiry)
    qtbot.addWidget(view)
    view.resize(700, 260)
    view.show()
    qtbot.waitExposed(view)
    view.show_sentence(fake_translation("我喜欢学习。"))
    qtbot.waitUntil(lambda: view.canvas.tree is not None)
    yield view
    thread.shutdown()


def test_the_whole_search_is_shown_first(view: SearchView) -> None:
    assert view.slider.value() == view.slider.maximum() == 5
    assert "5" in view.step.text()
    assert "again" in view.note.text()  # the made-up search finds another output


def test_a_node_is_told_under_the_pointer_and_to_the_ear(view: SearchView, qtbot: QtBot) -> None:
    canvas = view.canvas
    told: list[int] = []
    canvas.pointed.connect(told.append)
    qtbot.mouseMove(canvas, canvas.rect_of(5).center().toPoint())
    assert told == [5]
    words = canvas.accessibleDescription()
    for part in ("w1.2 w2.2", "50 %", "学习", "82 %", "−1.10", "−2.20", "Kept: 2 of 4 at step 2"):
        assert part in words
    qtbot.mouseMove(canvas, QPoint(1, canvas.height() - 1))
    assert canvas.node is None


def test_a_click_in_the_drawer_goes_on_from_there(parts: Composition, qtbot: QtBot) -> None:
    page = parts.window.translate
    translated(parts, qtbot, "我喜欢学习。")
    page.open_drawer(True)
    page.drawer._on_chosen("search")
    view = page.drawer.current
    assert isinstance(view, SearchView)
    qtbot.waitUntil(lambda: view.canvas.tree is not None)
    place = view.canvas.rect_of(5).center().toPoint()
    qtbot.mouseClick(view.canvas, Qt.MouseButton.LeftButton, pos=place)
    # the made-up translator adds this to a beginning whose last word may go on
    qtbot.waitUntil(lambda: page.model.segments.output == "w1.2 w2.2ing so on.")


def test_stepping_hides_what_came_later(view: SearchView, qtbot: QtBot) -> None:
    canvas = view.canvas
    later = canvas.rect_of(13).center().toPoint()
    view.slider.setFocus()
    qtbot.keyClick(view.slider, Qt.Key.Key_Left)
    qtbot.keyClick(view.slider, Qt.Key.Key_Left)
    assert view.slider.value() == 3
    qtbot.mouseMove(canvas, later)
    assert canvas.node is None
    qtbot.keyClick(view.slider, Qt.Key.Key_Right)
    qtbot.mouseMove(canvas, later + QPoint(1, 0))
    assert canvas.node == 13


def test_the_keys_walk_between_nodes_and_show_their_steps(view: SearchView, qtbot: QtBot) -> None:
    canvas = view.canvas
    view.slider.setValue(2)
    canvas.setFocus()
    walked = []
    keys = Qt.Key
    for key in (keys.Key_Right, keys.Key_Right, keys.Key_Right, keys.Key_Down, keys.Key_Left):
        qtbot.keyClick(canvas, key)
        walked.append(canvas.node)
    assert walked == [0, 4, 8, 9, 5]
    assert view.slider.value() == 3
    chosen: list[str] = []
    view.continue_asked.connect(chosen.append)
    qtbot.keyClick(canvas, keys.Key_Return)
    assert chosen == ["w1.2 w2.2"]


def test_the_wheel_zooms_about_the_pointer(view: SearchView, qtbot: QtBot) -> None:
    before = view.canvas.zoom
    viewport = view.area.viewport()
    place = QPointF(60, 60)
    event = QWheelEvent(
        place,
        QPointF(viewport.mapToGlobal(place.toPoint())),
        QPoint(),
        QPoint(0, 240),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.ControlModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(viewport, event)
    assert view.canvas.zoom == pytest.approx(before * 1.44)
    view.canvas.setFocus()
    qtbot.keyClick(view.canvas, Qt.Key.Key_0)
    assert view.canvas.zoom == 1.0


def test_a_failure_is_told_in_the_view(
    view: SearchView, engine: FakeEngine, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_arguments: object) -> None:
        raise BundleError("the model predicts no numbers")

    monkeypatch.setattr(engine, "search_trees", fail)
    view.show_sentence(fake_translation("你们好吗？"))
    qtbot.waitUntil(lambda: "predicts no numbers" in view.canvas.accessibleDescription())
    assert view.canvas.tree is None
    assert not view.slider.isVisible()


def test_an_answer_that_nobody_waits_for_is_given_up(
    view: SearchView, engine: FakeEngine, qtbot: QtBot
) -> None:
    before = view.canvas.tree
    engine.delay = 30.0  # cancelled, or the thread would not end in time
    view.show_sentence(fake_translation("你们好吗？"))
    view.hide()
    engine.delay = 0.0
    view.show()
    view.show_sentence(fake_translation("谢谢。"))
    qtbot.waitUntil(lambda: view.canvas.tree is not before and view.canvas.tree is not None)


def test_what_was_copied_was_not_searched(view: SearchView) -> None:
    view.show_sentence(fake_translation("OK"))
    assert view.canvas.tree is None
    assert "copied" in view.canvas.accessibleDescription()


def test_who_comes_back_can_go_on(view: SearchView, qtbot: QtBot) -> None:
    view.hide()  # as when another page is opened
    view.show()
    qtbot.waitUntil(lambda: view.canvas.tree is view.tree)
    with qtbot.waitSignal(view.continue_asked) as asked:
        view.canvas.chosen.emit(5)
    assert asked.args == ["w1.2 w2.2"]
