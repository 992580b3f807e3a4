"""A Classroom over a registry of its own and children that only pretend to learn."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from core.errors import OptionError
from core.parts import Choice, Part, Value
from core.paths import HOME_VARIABLE
from gui.jobs import process
from gui.jobs.background import Background
from gui.jobs.checking import Checking
from gui.jobs.child import Patience
from gui.pages.classroom import ClassroomPage
from gui.settings import Settings
from gui.theme import Theme
from gui.viewmodels.classroom import ClassroomViewModel
from gui.viewmodels.comparing import Comparing
from gui.viewmodels.library import Library
from gui.viewmodels.models import Models
from gui.viewmodels.registry import Registry, Suggestion
from tests.gui.fakes import FakeCard, survey

FAKE = Path(__file__).parents[1] / "teach" / "fake_child.py"
PARTS = (
    Part(
        "encoder", "Reading", "Encoder", "forest",
        about="How it reads.",
        choices=(
            Choice("forest", "Forest", "Looks everywhere.", r"h = \sum_i x_i", "Oak 1901"),
            Choice("path", "Path", "Goes along.", "h_t = f(h_{t-1})", "Elm 1902"),
        ),
    ),
    Part("steps", "Reading", "Steps", 3, least=1, most=9, needs=(("encoder", ("path",)),)),
    Part("share", "Writing", "Share", 0.5, "How much.", least=0.0, most=1.0, formula="s"),
    Part("loud", "Writing", "Loud", False, "Whether it shouts."),
    Part("motto", "Writing", "Motto", "none", "What it says."),
    Part("noise", "Writing", "Noise", 0.1, "Of running text."),
)  # fmt: skip
PRESETS = (
    Suggestion("plain", "nothing special", {}, "The least there is.", "Ash 1900", ("It ends.",)),
    Suggestion("winding", "a path", {"encoder": "path", "steps": 5}),
)
Make = Callable[..., ClassroomPage]


def check(values: Mapping[str, Value]) -> None:
    """Nobody can shout along a path."""
    if values["encoder"] == "path" and values["loud"]:
        raise OptionError(
            "loud is yes, but encoder 'path' is quiet", remedy="Give no loud, or 'forest'."
        )


@pytest.fixture(autouse=True)
def children_that_wait_for_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two at once would hardly get anywhere beside other tests: they yield to all else."""
    monkeypatch.setattr(process, "_let_others_go_first", lambda _process: None)


@pytest.fixture
def registry() -> Registry:
    return Registry(PARTS, PRESETS, check, frozenset({"noise"}))


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(tmp_path / "settings.ini")


@pytest.fixture
def theme(qtbot: QtBot, settings: Settings) -> Theme:
    settings.theme.set("light")
    return Theme(settings)


@pytest.fixture
def background(qtbot: QtBot) -> Iterator[Background]:
    thread = Background()
    yield thread
    thread.shutdown()


@pytest.fixture
def make_page(
    qtbot: QtBot,
    settings: Settings,
    theme: Theme,
    background: Background,
    registry: Registry,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Make]:
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path / "home"))
    pages: list[ClassroomPage] = []

    def make(
        behaviour: str = "well", steps: int = 40, pace: float = 0.005, cores: int = 2
    ) -> ClassroomPage:
        command = (sys.executable, str(FAKE), behaviour, str(steps), str(pace))
        model = ClassroomViewModel(
            settings,
            registry,
            cores,
            Checking(models=tuple),
            patience=Patience(stop=10_000, leave=300, discard=300, close=300),
            begin=lambda plan: command,
            go_on=lambda plan: command,
        )
        models = Models(settings, background, survey(FakeCard()))
        library, comparing = Library(models), Comparing()
        page = ClassroomPage(
            settings, theme, model, library, comparing, background, lambda values: None
        )
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
    path = tmp_path / "tea.tsv"
    rows = [f"第{n}杯茶很香。\tCup number {n} smells good." for n in range(1, 13)]
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path
