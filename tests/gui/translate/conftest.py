"""A whole window over a made-up translator."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.app import Composition, compose, dress
from gui.settings import Settings
from gui.viewmodels.links import Mark
from gui.widgets.linked_text import LinkedText
from tests.fixtures.tiny_model import tiny_bundle
from tests.gui.fakes import FakeCard, FakeEngine, survey

__all__ = ["tiny_bundle"]

Open = Callable[..., Composition]
TRIES = 3  # another program can only lengthen a wait: the best of three is the window's own


@pytest.fixture
def engine() -> FakeEngine:
    return FakeEngine()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(tmp_path / "settings.ini")


@pytest.fixture(scope="session")
def dressed(qapp: QApplication) -> QApplication:
    """The application in its style and fonts."""
    dress(qapp)
    return qapp


@pytest.fixture
def open_window(
    dressed: QApplication, qtbot: QtBot, settings: Settings, engine: FakeEngine
) -> Iterator[Open]:
    """Opens windows with the given cards and way to load a model; closes them at the end."""
    opened: list[Composition] = []

    def open_(*cards: FakeCard, load: Callable[[Path], FakeEngine] | None = None) -> Composition:
        known = survey(*cards) if cards else survey(FakeCard())
        parts = compose(settings, load or (lambda _path: engine), known)
        opened.append(parts)
        qtbot.addWidget(parts.window)
        parts.window.show()
        qtbot.waitExposed(parts.window)
        failed = parts.window.translate.model
        qtbot.waitUntil(lambda: bool(parts.models.cards or failed.failure))
        return parts

    yield open_
    for parts in opened:
        parts.window.close()


@pytest.fixture
def parts(open_window: Open, qtbot: QtBot) -> Composition:
    """An open window with one model, loaded."""
    parts = open_window()
    status = parts.window.translate.model
    qtbot.waitUntil(lambda: status.status.precision == "bf16")
    return parts


def translated(parts: Composition, qtbot: QtBot, text: str) -> None:
    """Put ``text`` in and wait until it is translated."""
    model = parts.window.translate.model
    parts.window.translate.source.editor.replace_text(text)
    with qtbot.waitSignal(parts.thread.finished_request, timeout=10_000):
        pass
    qtbot.waitUntil(lambda: model.status.phase == "idle")


def centre(pane: LinkedText, offset: int) -> QPoint:
    """The middle of a character in a pane's viewport."""
    box = pane.rect_of(offset)
    assert not box.isEmpty()
    return box.center().toPoint()


def click(qtbot: QtBot, pane: LinkedText, offset: int) -> None:
    """Click a character as a person would."""
    qtbot.mouseClick(pane.viewport(), Qt.MouseButton.LeftButton, pos=centre(pane, offset))


def marks(marks: tuple[Mark, ...], kind: str) -> list[Mark]:
    """Those of one kind."""
    return [mark for mark in marks if mark.kind == kind]
