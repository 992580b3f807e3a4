"""Two models on one sentence: who is offered, what they say, what is marked."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from core.cancel import CancelToken
from core.errors import BundleError
from core.paths import data_folder
from gui.jobs.other_models import Translated
from gui.pages.models import ModelsPage
from gui.settings import Settings
from gui.theme import Theme
from gui.viewmodels.comparing import Comparing
from gui.viewmodels.library import Library
from tests.gui.fakes import REVERSE, FakeCard, fake_translation

from .conftest import settled

SENTENCE = "我喜欢猫。"
ONE, TWO = FakeCard("one", Path("/one")), FakeCard("two", Path("/two"))


@dataclass
class Models:
    """Models that say their folder's name; ``asked`` keeps every question."""

    error: Exception | None = None
    asked: list[tuple[list[str], str, int]] = field(default_factory=list)

    def __call__(
        self, models: Sequence[Path], sentence: str, beam: int, cancel: CancelToken
    ) -> Iterator[Translated]:
        self.asked.append(([model.name for model in models], sentence, beam))
        for model in models:
            if self.error is not None:
                raise self.error
            said = replace(fake_translation(sentence), translation=f"I like {model.name}.")
            yield Translated((said,))


@pytest.fixture
def asked() -> Models:
    return Models()


@pytest.fixture
def comparing(qtbot: QtBot, asked: Models) -> Iterator[Comparing]:
    model = Comparing(lambda: 3, asked)
    yield model
    model.shutdown()


def said(model: Comparing) -> list[str]:
    return [translation.translation for translation in model.translations]


def test_both_sides_translate_the_sentence(
    qtbot: QtBot, comparing: Comparing, asked: Models
) -> None:
    assert comparing.open(ONE, [ONE, REVERSE, TWO])
    assert comparing.sides == (ONE, TWO)
    comparing.compare(f" {SENTENCE}\n")
    qtbot.waitUntil(lambda: len(comparing.translations) == 2 and not comparing.busy)
    assert said(comparing) == ["I like one.", "I like two."]
    assert asked.asked == [(["one", "two"], SENTENCE, 3)]


def test_without_another_model_for_the_languages_there_is_no_comparison(
    comparing: Comparing,
) -> None:
    assert not comparing.open(ONE, [ONE, REVERSE])


def test_another_model_translates_the_same_sentence(qtbot: QtBot, comparing: Comparing) -> None:
    three = FakeCard("three", Path("/three"))
    comparing.open(ONE, [ONE, TWO, three])
    comparing.compare(SENTENCE)
    comparing.choose(1, "three")
    qtbot.waitUntil(lambda: said(comparing) == ["I like one.", "I like three."])


def test_an_error_is_told_and_a_blank_asks_nothing(
    qtbot: QtBot, comparing: Comparing, asked: Models
) -> None:
    comparing.open(ONE, [ONE, TWO])
    comparing.compare("  ")
    assert not comparing.busy
    asked.error = BundleError("it is damaged", remedy="Delete it.")
    comparing.compare(SENTENCE)
    qtbot.waitUntil(lambda: comparing.failure is not None)
    assert not comparing.busy


@pytest.fixture
def compared(
    qtbot: QtBot, library: Library, settings: Settings, add: Callable[..., Path], asked: Models
) -> Iterator[ModelsPage]:
    """The page with a model of the user's that was tuned from ``base``."""
    add("mine")
    page = ModelsPage(library, Theme(settings), comparing=Comparing(lambda: 2, asked))
    page.comparing.setParent(page)
    qtbot.addWidget(page)
    page.last_sentence = lambda: SENTENCE
    page.resize(1000, 600)
    page.show()
    settled(qtbot, library)
    yield page
    page.shutdown()


def test_a_model_is_compared_with_what_it_was_tuned_from(
    qtbot: QtBot, compared: ModelsPage, asked: Models
) -> None:
    library, view = compared.model, compared.compare_view
    library.choose(library.shelf.named("mine"))
    qtbot.mouseClick(compared.card.compare, Qt.MouseButton.LeftButton)
    assert compared.stack.currentWidget() is view
    assert view.field.text() == SENTENCE
    qtbot.waitUntil(lambda: view.sides[1].heatmap.heatmap is not None, timeout=10_000)
    left, right = (side.translation.text() for side in view.sides)
    assert "<span" in left and ">base</span>" in left
    assert ">mine</span>" in right
    assert "like</span>" not in right
    assert asked.asked == [(["base", "mine"], SENTENCE, 2)]
    view.field.setText("")
    assert not view.go.isEnabled()
    qtbot.keyClick(view.field, Qt.Key.Key_Escape)
    assert compared.stack.currentWidget() is not view


def test_a_model_is_compared_as_soon_as_it_is_listed(
    qtbot: QtBot, compared: ModelsPage, asked: Models, add: Callable[..., Path]
) -> None:
    add("fresh")
    compared.compare_on("fresh", "他喜欢猫。")
    assert compared.stack.currentIndex() == 0
    compared.model.refresh()
    qtbot.waitUntil(lambda: bool(asked.asked))
    assert asked.asked == [(["base", "fresh"], "他喜欢猫。", 2)]
    assert compared.compare_view.field.text() == "他喜欢猫。"


def test_what_is_not_listed_is_not_awaited_for_ever(
    qtbot: QtBot, compared: ModelsPage, asked: Models, add: Callable[..., Path]
) -> None:
    compared.compare_on("late", SENTENCE)
    compared.hide()
    add("late")
    compared.show()
    settled(qtbot, compared.model)
    qtbot.waitUntil(lambda: "late" in compared.model.shelf.names)
    assert asked.asked == []


def test_alone_a_model_cannot_be_compared(qtbot: QtBot, page: ModelsPage) -> None:
    settled(qtbot, page.model)
    assert not page.card.compare.isEnabled()
    page.compare()
    assert page.stack.currentIndex() == 0
    assert not (data_folder() / "models" / "mine").exists()
