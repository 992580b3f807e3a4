"""The page in the window: its place in the rail, its ways to other pages, its lightness."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from core.store.model_store import ModelStore
from gui.app import Composition, compose
from gui.pages.models import ModelsPage
from gui.pages.teach import TeachPage
from gui.settings import Settings
from gui.viewmodels.models import Listing
from tests.gui.fakes import FakeEngine
from tests.gui.models.conftest import Add, choose


@pytest.fixture
def parts(
    qtbot: QtBot, settings: Settings, store: ModelStore, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Composition]:
    """The whole window over ``store`` and a made-up translator."""
    monkeypatch.setattr("gui.viewmodels.library.ModelStore", lambda: store)
    parts = compose(settings, lambda _path: FakeEngine(), lambda _name: Listing(store.list()))
    qtbot.addWidget(parts.window)
    parts.window.show()
    qtbot.waitUntil(lambda: parts.models.current is not None)
    yield parts
    parts.window.close()


def opened(parts: Composition) -> ModelsPage:
    page = parts.window.open("models")
    assert isinstance(page, ModelsPage)
    return page


def test_translate_with_it_leads_to_translate(qtbot: QtBot, parts: Composition, add: Add) -> None:
    add("mine")
    page = opened(parts)
    choose(qtbot, page.model, "mine")
    page.card.translate.click()
    qtbot.waitUntil(
        lambda: parts.models.current is not None and parts.models.current.name == "mine"
    )
    assert parts.window.translate.isVisible()
    assert not page.isVisible()


def test_teach_it_further_leads_to_teach_with_it_as_base(
    qtbot: QtBot, parts: Composition, add: Add
) -> None:
    add("mine")
    page = opened(parts)
    choose(qtbot, page.model, "mine")
    page.card.teach.click()
    teach = parts.window.open("teach")
    assert isinstance(teach, TeachPage)
    assert teach.isVisible()
    assert teach.model.form.base is not None
    assert teach.model.form.base.name == "mine"


def test_a_changed_sentence_leads_to_both_models_attention(
    qtbot: QtBot, parts: Composition, add: Add, monkeypatch: pytest.MonkeyPatch
) -> None:
    add("mine")
    page = opened(parts)
    begun: list[str] = []
    monkeypatch.setattr(page.compare_view, "begin", begun.append)
    teach = parts.window.open("teach")
    assert isinstance(teach, TeachPage)
    teach.compare_asked.emit("mine", "茶很烫。")
    qtbot.waitUntil(lambda: begun == ["茶很烫。"])
    assert page.isVisible()
    assert page.comparing.sides is not None
    assert [card.name for card in page.comparing.sides] == ["base", "mine"]


def test_a_model_that_teach_keeps_is_listed(qtbot: QtBot, parts: Composition, add: Add) -> None:
    page = opened(parts)
    choose(qtbot, page.model, "base")
    teach = parts.window.open("teach")
    assert isinstance(teach, TeachPage)
    add("fresh")
    teach.model_kept.emit("fresh")
    qtbot.waitUntil(lambda: "fresh" in page.model.shelf.names)


def test_it_looks_again_when_it_is_shown(qtbot: QtBot, parts: Composition, add: Add) -> None:
    page = opened(parts)
    choose(qtbot, page.model, "base")
    parts.window.open("translate")
    add("from-the-terminal")
    opened(parts)
    qtbot.waitUntil(lambda: "from-the-terminal" in page.model.shelf.names)


def test_import_brings_in_nothing_heavy() -> None:
    heavy = ("torch", "spacy", "jieba", "matplotlib", "numpy", "tokenizers", "jinja2")
    code = f"import sys, gui.pages.models; print([m for m in {heavy!r} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
