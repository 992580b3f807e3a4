"""A page of models over a real store of tiny bundles."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from core.paths import data_folder
from core.store.model_store import ModelStore
from gui.jobs.background import Background
from gui.pages.models import ModelsPage
from gui.settings import Settings
from gui.theme import Theme
from gui.viewmodels.library import Library
from gui.viewmodels.models import Listing, Models
from tests.fixtures.tiny_model import tiny_bundle

__all__ = ["tiny_bundle"]

Add = Callable[..., Path]
RECEIPT = {
    "file": "/home/me/tea house.tsv",
    "pairs": 124,
    "seconds": 171.0,
    "held_out": 12,
    "held_out_loss": {"before": 3.25, "after": 2.5},
}


def write_model(tiny: Path, folder: Path, parent: str | None, receipt: dict[str, Any]) -> Path:
    """The tiny model in ``folder``, with another parent and receipt."""
    shutil.copytree(tiny, folder)
    data = json.dumps(receipt, ensure_ascii=False).encode()
    (folder / "receipt.json").write_bytes(data)
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    record = {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
    manifest["files"]["receipt.json"] = record
    manifest.update(name=folder.name, parent=parent)
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    return folder


@pytest.fixture
def add(tiny_bundle: Path) -> Add:
    """Makes a model of the user's."""

    def add_(name: str, parent: str | None = "base", receipt: dict[str, Any] = RECEIPT) -> Path:
        return write_model(tiny_bundle, data_folder() / "models" / name, parent, receipt)

    return add_


@pytest.fixture
def store(tiny_bundle: Path, tmp_path: Path) -> ModelStore:
    """One built-in model, ``base``; the user's are in the home of the test."""
    write_model(tiny_bundle, tmp_path / "built-in" / "base", None, {"pairs": 9})
    return ModelStore(resources=tmp_path / "built-in")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(tmp_path / "settings.ini")


@pytest.fixture
def models(qtbot: QtBot, settings: Settings, store: ModelStore) -> Iterator[Models]:
    """What the window knows of models; it translates with ``base`` at first."""
    background = Background()
    models = Models(settings, background, lambda chosen: Listing(store.list()))
    models.refresh()
    qtbot.waitUntil(lambda: models.current is not None)
    yield models
    background.shutdown()


@pytest.fixture
def library(qtbot: QtBot, models: Models, store: ModelStore) -> Iterator[Library]:
    library = Library(models, store)
    yield library
    library.shutdown()


@pytest.fixture
def page(qtbot: QtBot, library: Library, settings: Settings) -> Iterator[ModelsPage]:
    """The page, shown; call :func:`settled` before looking at it."""
    settings.theme.set("light")
    page = ModelsPage(library, Theme(settings))
    qtbot.addWidget(page)
    page.open_page = lambda url: True
    page.resize(824, 560)
    page.show()
    yield page
    page.shutdown()


def settled(qtbot: QtBot, library: Library) -> None:
    """Wait until all that was asked is answered."""
    qtbot.waitUntil(lambda: not library.pending and library.entry is not None, timeout=10_000)


def choose(qtbot: QtBot, library: Library, name: str) -> None:
    """Choose the model called ``name`` once it is listed."""
    settled(qtbot, library)
    entry = library.shelf.named(name)
    assert entry is not None, library.shelf.names
    library.choose(entry)
    settled(qtbot, library)
