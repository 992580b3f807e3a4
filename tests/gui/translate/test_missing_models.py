"""Models that are chosen or offered and are not there any more: no text is lost by them."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from core.errors import BundleError
from gui.app import Composition, compose
from gui.errors import Failure
from gui.settings import Settings
from gui.viewmodels.models import Listing
from tests.gui.fakes import OWN, FakeCard, FakeEngine
from tests.gui.translate.conftest import Open, translated

CARDS = (FakeCard(), OWN)
TROUBLE = Failure("There is no model called 'gone'.", "There are: kitchen, zh-en.", "model")


class Survey:
    """Finds two models; while ``known`` is clear it does not answer for another."""

    def __init__(self) -> None:
        self.known = threading.Event()
        self.known.set()

    def __call__(self, chosen: str) -> Listing:
        if chosen in ("", *(card.name for card in CARDS)):
            return Listing(CARDS)
        self.known.wait(10)
        return Listing(CARDS, TROUBLE)


@pytest.fixture
def surveyed(
    open_window: Open, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> tuple[Composition, Survey]:
    """An open window that says of every other model that there is none."""
    survey = Survey()
    monkeypatch.setattr(
        "tests.gui.translate.conftest.compose",
        lambda settings, load, _models: compose(settings, load, survey),
    )
    parts = open_window()
    return parts, survey


def test_an_offer_goes_when_its_model_does(open_window: Open) -> None:
    parts = open_window(*CARDS)
    page = parts.window.translate
    page.offer("kitchen")
    parts.models._on_done("models", Listing(CARDS))
    assert page.model_notice.isVisible()
    parts.models._on_done("models", Listing((FakeCard(),)))
    assert not page.model_notice.isVisible()


def test_an_offer_outlasts_a_listing_begun_before_its_model_was_made(open_window: Open) -> None:
    parts = open_window()
    page = parts.window.translate
    page.offer("kitchen")
    parts.models._on_done("models", Listing((FakeCard(),)))
    assert page.model_notice.isVisible()
    parts.models._on_done("models", Listing(CARDS))
    assert page.model_notice.isVisible()
    page.model_notice.acted.emit()
    assert parts.models.current == OWN


def test_a_missing_model_is_refused_and_the_one_before_goes_on(
    surveyed: tuple[Composition, Survey], settings: Settings, qtbot: QtBot
) -> None:
    parts, _ = surveyed
    page = parts.window.translate
    for text in ("我喜欢。", "你好吗？"):  # the second time it is told again
        page.offer("gone")
        with qtbot.waitSignal(parts.models.refused):
            page.model_notice.acted.emit()
        assert page.model_notice.isVisible()
        assert page.model_notice.text == TROUBLE.text
        assert (parts.models.current, settings.model.value) == (FakeCard(), "zh-en")
        translated(parts, qtbot, text)
        assert page.target.view.isVisible()
        assert page.target.view.toPlainText() == page.model.segments.output != ""
    parts.models.choose("kitchen")
    assert parts.models.current == OWN
    assert not page.model_notice.isVisible()


def test_what_was_asked_about_a_missing_model_does_not_matter_once_another_is_chosen(
    surveyed: tuple[Composition, Survey], qtbot: QtBot
) -> None:
    parts, survey = surveyed
    survey.known.clear()
    parts.models.choose("gone")
    parts.models.choose("kitchen")
    with qtbot.assertNotEmitted(parts.models.refused), qtbot.waitSignal(parts.models.listed):
        survey.known.set()
    assert parts.models.current == OWN


def test_without_a_model_the_window_says_so_whatever_is_typed(
    surveyed: tuple[Composition, Survey], settings: Settings, qtbot: QtBot
) -> None:
    parts, _ = surveyed
    page = parts.window.translate
    parts.models.current = None  # as at a start
    settings.model.set("gone")
    qtbot.waitUntil(page.target.error.isVisible)
    for text in ("我喜欢。", "", "你好吗？"):
        page.source.editor.replace_text(text)
        page.model.translate()
        assert page.model.failure == TROUBLE
        assert page.target.error.isVisible()
    parts.models.choose("kitchen")
    qtbot.waitUntil(lambda: page.target.view.toPlainText() != "")
    assert page.target.view.isVisible()


def test_a_question_to_a_missing_model_leaves_the_window_as_it_was(
    open_window: Open, engine: FakeEngine, qtbot: QtBot
) -> None:
    def load(path: Path) -> FakeEngine:
        if path == OWN.path:
            raise BundleError("the folder has gone")
        return engine

    parts = open_window(load=load)
    model = parts.window.translate.model
    translated(parts, qtbot, "我喜欢。")
    with qtbot.waitSignal(parts.thread.refused):
        parts.thread.ask("a question", OWN.path, lambda engine, _cancel: engine.name)
    assert model.status.phase == "idle"
    translated(parts, qtbot, "你好吗？")
    assert model.segments.output
