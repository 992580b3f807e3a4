"""Closing the window while a model learns: it asks in the page, and means the answer."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from core.events import Failed
from gui.app import Composition, compose
from gui.jobs.background import Background
from gui.jobs.checking import Checking
from gui.jobs.child import Patience
from gui.pages.teach import TeachPage
from gui.settings import Settings
from gui.theme import Theme
from gui.viewmodels.learning import RunState
from gui.viewmodels.teach import TeachViewModel
from tests.gui.fakes import FakeCard, FakeEngine, survey

FAKE = Path(__file__).with_name("fake_child.py")
Learn = Callable[[], TeachPage]


@pytest.fixture
def parts(qtbot: QtBot, settings: Settings) -> Iterator[Composition]:
    parts = compose(settings, lambda _path: FakeEngine(), survey(FakeCard()))
    qtbot.addWidget(parts.window)
    parts.window.show()
    qtbot.waitUntil(lambda: bool(parts.models.cards))
    yield parts
    parts.holds.clear()
    parts.window.close()


@pytest.fixture
def learn(
    parts: Composition, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, make_card, pairs_file: Path
) -> Learn:
    """Opens the page with a child that learns until it is told to end."""

    def make(settings: Settings, theme: Theme, background: Background) -> QWidget:
        view_model = TeachViewModel(
            settings,
            Checking(models=lambda: (make_card("zh-en", "zh", "en"),)),
            command=lambda *_: (sys.executable, str(FAKE), "well", "100000", "0.01"),
            patience=Patience(stop=10_000, leave=5_000, discard=300, close=300),
            second_pass=None,
        )
        return TeachPage(settings, theme, view_model=view_model, background=background)

    monkeypatch.setattr("gui.pages.teach.TeachPage", make)

    def begin() -> TeachPage:
        page = parts.window.open("teach")
        assert isinstance(page, TeachPage)
        page.model.choose(pairs_file)
        qtbot.waitUntil(lambda: page.model.can_start, timeout=20_000)
        page.model.start()
        learning = page.model.learning
        assert learning is not None
        qtbot.waitUntil(lambda: learning.state is RunState.LEARNING, timeout=20_000)
        return page

    return begin


@pytest.mark.parametrize("shown", ["teach", "translate"])
def test_it_asks_and_stays(parts: Composition, learn: Learn, qtbot: QtBot, shown: str) -> None:
    page, window = learn(), parts.window
    window.open(shown)
    assert not window.close()
    assert window.isVisible()
    assert page.closing.isVisible()
    assert page.closing.no.hasFocus()
    qtbot.keyClick(page.closing.no, Qt.Key.Key_Escape)
    assert not page.closing.isVisible()
    assert page.learn_step.back.hasFocus()
    assert page.model.learning is not None
    assert page.model.learning.state is RunState.LEARNING
    assert parts.thread.isRunning()


@pytest.mark.parametrize(("answer", "ends"), [("leave", RunState.LEFT), ("keep", RunState.KEPT)])
def test_the_run_ends_as_asked_then_the_window(
    parts: Composition, learn: Learn, qtbot: QtBot, answer: str, ends: RunState
) -> None:
    page, window = learn(), parts.window
    learning = page.model.learning
    window.close()
    push = page.closing.yes if answer == "leave" else page.keep_best
    qtbot.mouseClick(push, Qt.MouseButton.LeftButton)
    assert window.isVisible()  # until the child has answered
    qtbot.waitUntil(lambda: not window.isVisible(), timeout=10_000)
    assert learning is not None and learning.state is ends
    assert not parts.thread.isRunning()


def test_a_failure_on_the_way_keeps_the_window_open(
    parts: Composition, learn: Learn, qtbot: QtBot
) -> None:
    page, window = learn(), parts.window
    window.close()
    qtbot.mouseClick(page.keep_best, Qt.MouseButton.LeftButton)
    assert page.model.learning is not None
    page.model.learning.apply(Failed("the disk is full"))
    page.model.run.changed.emit()
    qtbot.wait(100)
    assert window.isVisible()
    assert "The disk is full" in page.learn_step.banner.sentence.text()


def test_the_question_goes_when_there_is_nothing_to_lose(
    parts: Composition, learn: Learn, qtbot: QtBot
) -> None:
    page, window = learn(), parts.window
    window.close()
    page.model.run.stop()
    qtbot.waitUntil(lambda: not page.closing.isVisible(), timeout=20_000)
    assert window.isVisible()
    assert window.close()


def test_what_is_discarded_already_is_not_asked_about(parts: Composition, learn: Learn) -> None:
    page = learn()
    page.model.run.discard()
    assert parts.window.close()


def test_nothing_is_asked_while_nothing_learns(parts: Composition) -> None:
    parts.window.open("teach")
    assert parts.window.close()
    assert not parts.thread.isRunning()
