"""A Teach page with the real check and a child that only pretends to learn."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from gui.jobs.checking import Check, Checking
from gui.jobs.child import Patience
from gui.jobs.pair_files import check_pairs
from gui.pages.teach import TeachPage
from gui.settings import Settings
from gui.theme import Theme
from gui.viewmodels.learning import RunState
from gui.viewmodels.second_pass import Command as SecondPassCommand
from gui.viewmodels.teach import TeachViewModel

FAKE = Path(__file__).with_name("fake_child.py")


@dataclass(frozen=True)
class Card:
    """What the page asks of a ``ModelCard``."""

    name: str
    source_language: str
    target_language: str


CARDS = (Card("zh-en", "zh", "en"), Card("en-zh", "en", "zh"))
Make = Callable[..., TeachPage]
GOOD_LINES = (
    "请坐。\tPlease take a seat.",
    "杯子很烫。\tThe cup is very hot.",
    "再来一壶。\tOne more pot, please.",
    "我不加糖。\tI take no sugar.",
    "这是绿茶。\tThis is green tea.",
    "茶叶在柜子里。\tThe tea leaves are in the cupboard.",
    "他每天早上喝红茶。\tHe drinks black tea every morning.",
    "我们六点关门。\tWe close at six.",
)


@pytest.fixture
def make_card() -> type[Card]:
    return Card


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(tmp_path / "settings.ini")


@pytest.fixture
def theme(qtbot: QtBot, settings: Settings) -> Theme:
    settings.theme.set("light")
    return Theme(settings)


@pytest.fixture
def make_page(qtbot: QtBot, settings: Settings, theme: Theme) -> Iterator[Make]:
    pages: list[TeachPage] = []

    def make(
        behaviour: str = "well",
        steps: int = 40,
        pace: float = 0.005,
        check: Check = check_pairs,
        models: Callable[[], tuple[Card, ...]] = lambda: CARDS,
        second_pass: SecondPassCommand | None = None,
    ) -> TeachPage:
        command = (sys.executable, str(FAKE), behaviour, str(steps), str(pace))
        view_model = TeachViewModel(
            settings,
            Checking(check, models),
            command=lambda *asked: command,
            patience=Patience(stop=10_000, leave=300, discard=300, close=300),
            resume=lambda name: (*command[:3], str(steps), str(pace), name),
            second_pass=second_pass,
        )
        page = TeachPage(settings, theme, view_model=view_model)
        qtbot.addWidget(page)
        page.resize(1000, 700)
        page.show()
        pages.append(page)
        return page

    yield make
    for page in pages:
        page.shutdown()


@pytest.fixture
def pairs_file(tmp_path: Path) -> Path:
    """Eleven good lines, one without a tab, one with an empty side, one given twice."""
    lines = [
        "我喜欢喝茶。\tI like drinking tea.",
        "水开了。\tThe water is boiling.",
        "没有制表符的一行",
        "茶很香。\tThe tea smells good.",
        "这里缺译文。\t",
        "水开了。\tThe water is boiling.",
        *GOOD_LINES,
    ]
    path = tmp_path / "tea house.tsv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def click(qtbot: QtBot, button: QPushButton) -> None:
    """As a person: once it is to be seen (Qt shows new widgets a turn of its loop later)."""
    qtbot.waitUntil(lambda: button.isVisible() and button.isEnabled())
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def check(qtbot: QtBot, page: TeachPage, file: Path) -> None:
    """Choose ``file`` and wait for its report."""
    page.file_step.zone.take([str(file)])
    qtbot.waitUntil(lambda: page.model.choice is not None, timeout=10_000)


def start(qtbot: QtBot, page: TeachPage, file: Path) -> None:
    """Check ``file``, start, and wait for the first steps."""
    check(qtbot, page, file)
    click(qtbot, page.check_step.form.start)
    qtbot.waitUntil(lambda: state(page) is not RunState.STARTING, timeout=20_000)


def state(page: TeachPage) -> RunState | None:
    return page.model.learning.state if page.model.learning else None


def words_in(page: TeachPage) -> str:
    labels = [label for label in page.findChildren(QLabel) if label.isVisible()]
    return "\n".join(label.text() for label in labels)
