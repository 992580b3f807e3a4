"""The deleted models: seen, brought back and deleted for good, also after a new start."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from core.store.model_store import ModelStore
from gui.pages.models import ModelsPage
from gui.viewmodels.library import Library
from gui.viewmodels.models import Models
from tests.gui.models.conftest import Add, choose, settled


@pytest.fixture
def deleted(add: Add, store: ModelStore) -> ModelStore:
    """A store from which two models were deleted at an earlier start."""
    for name in ("mine", "茶馆"):
        add(name)
        store.delete(name)
    return store


@pytest.fixture
def trash(deleted: ModelStore, page: ModelsPage, qtbot: QtBot) -> ModelsPage:
    """The page where they are shown."""
    page.model.refresh()
    settled(qtbot, page.model)
    qtbot.mouseClick(page.trash_button, Qt.MouseButton.LeftButton)
    assert page.stack.currentWidget() is page.trash_view
    return page


def test_an_empty_trash_is_not_shown(page: ModelsPage, library: Library, qtbot: QtBot) -> None:
    settled(qtbot, library)
    assert page.trash_button.isHidden()


def test_deleting_shows_the_trash_and_undoing_hides_it(
    page: ModelsPage, library: Library, add: Add, qtbot: QtBot
) -> None:
    add("mine")
    library.refresh()
    choose(qtbot, library, "mine")
    library.delete()
    settled(qtbot, library)
    assert page.trash_button.isVisible()
    assert page.trash_button.text().startswith("1 deleted model · ")
    library.undo()
    settled(qtbot, library)
    assert page.trash_button.isHidden()


def test_what_was_deleted_at_an_earlier_start_comes_back(
    trash: ModelsPage, models: Models, qtbot: QtBot
) -> None:
    view, library = trash.trash_view, trash.model
    assert [each.name for each in library.shelf.deleted] == ["茶馆", "mine"]
    assert "take" in view.about.text()
    qtbot.mouseClick(view.restores[1], Qt.MouseButton.LeftButton)
    settled(qtbot, library)
    assert trash.banner.text == "mine is back."
    assert "mine" in library.shelf.names
    assert [each.name for each in library.shelf.deleted] == ["茶馆"]
    assert trash.stack.currentWidget() is view  # there is another one
    qtbot.mouseClick(view.restores[0], Qt.MouseButton.LeftButton)
    settled(qtbot, library)
    assert trash.stack.currentWidget() is not view
    assert trash.trash_button.isHidden()
    assert library.shelf.deleted == ()


def test_emptying_asks_first_and_frees_the_disk(
    trash: ModelsPage, deleted: ModelStore, qtbot: QtBot
) -> None:
    view, library = trash.trash_view, trash.model
    places = [model.path for model in deleted.deleted()]
    view.empty.click()
    assert view.confirm.isVisible()
    assert view.confirm.no.hasFocus()
    view.confirm.no.click()
    settled(qtbot, library)
    assert all(path.exists() for path in places)
    view.empty.click()
    view.confirm.yes.click()
    settled(qtbot, library)
    assert not any(path.exists() for path in places)
    assert trash.banner.text.startswith("The trash is empty; ")
    assert trash.stack.currentWidget() is not view


def test_what_is_deleted_after_the_question_is_not_emptied(
    trash: ModelsPage, deleted: ModelStore, add: Add, qtbot: QtBot
) -> None:
    view, library = trash.trash_view, trash.model
    view.empty.click()
    add("late")
    deleted.delete("late")
    library.refresh()
    settled(qtbot, library)
    assert view.confirm.isHidden()
    assert len(view.restores) == 3


def test_a_name_that_is_taken_again_is_told(trash: ModelsPage, add: Add, qtbot: QtBot) -> None:
    add("mine")
    trash.trash_view.restores[1].click()
    settled(qtbot, trash.model)
    assert "There is a model called 'mine' again" in trash.banner.text
    assert "Delete or rename that one first." in trash.banner.text
    assert len(trash.trash_view.restores) == 2


def test_a_damaged_model_comes_back_too(
    trash: ModelsPage, deleted: ModelStore, qtbot: QtBot
) -> None:
    (deleted.deleted()[1].path / "manifest.json").write_text("{}", encoding="utf-8")
    trash.trash_view.restores[1].click()
    settled(qtbot, trash.model)
    assert trash.banner.text == "mine is back."
    entry = trash.model.shelf.named("mine")
    assert entry is not None
    assert entry.card is None


def test_escape_goes_back_to_the_models(trash: ModelsPage, qtbot: QtBot) -> None:
    qtbot.keyClick(trash.trash_view.back, Qt.Key.Key_Escape)
    assert trash.stack.currentWidget() is not trash.trash_view
    assert trash.tree.hasFocus()
