"""The page as a person uses it: list, card, keys, note, names, files."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QTextDocument
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog, QLabel
from pytestqt.qtbot import QtBot

from core.store.library import read_note
from core.store.model_store import ModelStore
from gui.pages.models import ModelsPage
from gui.pages.models_parts.note_editor import PAUSE
from gui.viewmodels.library import Library
from gui.viewmodels.models import Models
from tests.gui.models.conftest import Add, choose, settled


def click(qtbot: QtBot, button: QAbstractButton) -> None:
    qtbot.waitUntil(lambda: button.isVisible() and button.isEnabled())
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def show(qtbot: QtBot, page: ModelsPage, name: str) -> None:
    """Look again, and choose the model called ``name`` in the tree."""
    page.model.refresh()
    settled(qtbot, page.model)
    item = next(item for item in page.tree.items() if item.text(0) == name)
    page.tree.setCurrentItem(item)
    settled(qtbot, page.model)


def names(page: ModelsPage) -> list[str]:
    return [item.text(0) for item in page.tree.items()]


def test_shows_families_and_the_card(qtbot: QtBot, page: ModelsPage, add: Add) -> None:
    add("mine")
    add("茶馆", "mine")
    show(qtbot, page, "茶馆")
    assert names(page) == ["base", "mine", "茶馆"]
    child = page.tree.currentItem()
    assert child is not None
    assert child.parent().text(0) == "mine"
    assert page.card.name.text() == "茶馆"
    assert "Learnt from: mine" in page.card.facts.words()
    taught = page.card.taught_facts.words()
    assert taught.splitlines() == [
        "File: tea house.tsv",
        "Pairs: 124",
        "Time: 2.9 minutes",
        "Pairs held out: loss 3.25 → 2.50",
    ]


def test_tags_in_a_name_are_shown(qtbot: QtBot, page: ModelsPage, add: Add) -> None:
    name = "<b>x"  # not one that Attune gives, but a folder can be called so
    add(name)
    show(qtbot, page, name)
    item = page.tree.currentItem()
    assert item is not None
    for tip in (item.toolTip(0), page.card.name.toolTip()):
        shown = QTextDocument()
        shown.setHtml(tip)
        assert shown.toPlainText() == name
    labels = [each for each in page.findChildren(QLabel) if name in each.text()]
    assert page.card.name in labels
    assert {each.textFormat() for each in labels} == {Qt.TextFormat.PlainText}


def test_scores_take_the_place_of_the_loss(qtbot: QtBot, page: ModelsPage, add: Add) -> None:
    score = {"before": 12.34, "after": 38.0}
    found = {"held-out": {"sentences": 12, "bleu": score, "chrf": score}}
    add("mine", receipt={"held_out_loss": score, "comparisons": found})
    show(qtbot, page, "mine")
    words = page.card.taught_facts.words()
    assert words == "Pairs held out: BLEU 12.3 → 38.0  ·  chrF 12.3 → 38.0"


def test_built_in_models_keep_name_and_place(qtbot: QtBot, page: ModelsPage) -> None:
    show(qtbot, page, "base")
    assert page.card.about.text() == "Chinese → English · built in · in use"
    assert not page.card.rename.isVisible()
    assert not page.card.delete.isVisible()
    assert not page.card.translate.isEnabled()
    qtbot.keyClick(page.tree, Qt.Key.Key_Delete)
    qtbot.keyClick(page.tree, Qt.Key.Key_F2)
    settled(qtbot, page.model)
    assert names(page) == ["base"]
    assert not page.card.rename_form.isVisible()


def test_a_damaged_folder_tells_its_reason(qtbot: QtBot, page: ModelsPage, add: Add) -> None:
    (add("broken") / "manifest.json").write_text("{")
    show(qtbot, page, "broken")
    assert "not JSON" in page.card.facts.words()
    for button in (page.card.translate, page.card.teach, page.card.export, page.card.rename):
        assert not button.isVisible()
    with qtbot.assertNotEmitted(page.translate_with):
        qtbot.keyClick(page.tree, Qt.Key.Key_Return)
    click(qtbot, page.card.delete)
    settled(qtbot, page.model)
    assert names(page) == ["base"]


def test_keys_translate_rename_and_delete(
    qtbot: QtBot, page: ModelsPage, add: Add, store: ModelStore
) -> None:
    add("mine")
    show(qtbot, page, "base")
    page.tree.setFocus()
    qtbot.keyClick(page.tree, Qt.Key.Key_Down)
    settled(qtbot, page.model)
    with qtbot.waitSignal(page.translate_with) as asked:
        qtbot.keyClick(page.tree, Qt.Key.Key_Return)
    assert asked.args == ["mine"]
    qtbot.keyClick(page.tree, Qt.Key.Key_F2)
    field = page.card.rename_form.field
    assert field.isVisible()
    field.setText("base")
    assert page.card.rename_form.problem.text() == "There is a model of this name already."
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert field.isVisible()  # it was not taken
    field.setText("茶馆")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    settled(qtbot, page.model)
    assert names(page) == ["base", "茶馆"]
    assert page.card.name.text() == "茶馆"
    qtbot.keyClick(page.tree, Qt.Key.Key_Delete)
    settled(qtbot, page.model)
    assert names(page) == ["base"]
    click(qtbot, page.banner._action)
    settled(qtbot, page.model)
    assert names(page) == ["base", "茶馆"]
    assert not page.banner.isVisible()
    assert page.tree.hasFocus()


def test_escape_leaves_the_name(qtbot: QtBot, page: ModelsPage, add: Add) -> None:
    add("mine")
    show(qtbot, page, "mine")
    qtbot.keyClick(page.tree, Qt.Key.Key_F2)
    page.card.rename_form.field.setText("other")
    qtbot.keyClick(page.card.rename_form.field, Qt.Key.Key_Escape)
    settled(qtbot, page.model)
    assert not page.card.rename_form.isVisible()
    assert names(page) == ["base", "mine"]


def test_deleting_the_model_in_use_says_where_it_goes_back(
    qtbot: QtBot, page: ModelsPage, add: Add, models: Models
) -> None:
    add("mine")
    show(qtbot, page, "mine")
    assert page.card.delete.text() == "Delete"
    models.choose("mine")
    qtbot.waitUntil(lambda: page.card.delete.text() == "Delete, go back to base")
    assert "in use" in page.card.about.text()
    settled(qtbot, page.model)
    click(qtbot, page.card.delete)
    settled(qtbot, page.model)
    qtbot.waitUntil(lambda: models.current is not None and models.current.name == "base")
    assert page.banner.text == "mine is in the trash. base translates now."
    assert page.tree.hasFocus()


def test_a_note_is_kept_after_a_pause(
    qtbot: QtBot, page: ModelsPage, add: Add, store: ModelStore
) -> None:
    add("mine")
    show(qtbot, page, "mine")
    qtbot.keyClicks(page.card.note, "for tea")
    assert read_note(store, "mine") == ""
    qtbot.waitUntil(lambda: read_note(store, "mine") == "for tea", timeout=PAUSE + 5_000)
    assert page.card.note.toPlainText() == "for tea"


def test_a_note_goes_to_its_own_model(
    qtbot: QtBot, page: ModelsPage, add: Add, store: ModelStore
) -> None:
    add("mine")
    show(qtbot, page, "mine")
    qtbot.keyClicks(page.card.note, "about mine")
    show(qtbot, page, "base")
    assert page.card.note.toPlainText() == ""
    assert read_note(store, "mine") == "about mine"
    assert read_note(store, "base") == ""
    show(qtbot, page, "mine")
    assert page.card.note.toPlainText() == "about mine"


def test_a_note_survives_the_end_of_the_window(
    qtbot: QtBot, page: ModelsPage, add: Add, store: ModelStore
) -> None:
    add("mine")
    show(qtbot, page, "mine")
    qtbot.keyClicks(page.card.note, "last words")
    page.shutdown()
    assert read_note(store, "mine") == "last words"


def test_listing_again_leaves_a_note_being_typed(qtbot: QtBot, page: ModelsPage, add: Add) -> None:
    add("mine")
    show(qtbot, page, "mine")
    qtbot.keyClicks(page.card.note, "half a")
    add("other")
    page.model.refresh()
    settled(qtbot, page.model)
    assert page.card.note.toPlainText() == "half a"


def test_a_note_that_is_too_long_is_told(
    qtbot: QtBot, page: ModelsPage, add: Add, store: ModelStore
) -> None:
    add("mine")
    show(qtbot, page, "mine")
    page.card.note.setPlainText("x" * 5000)
    qtbot.waitUntil(lambda: "at most 4000" in page.banner.text, timeout=PAUSE + 5_000)
    settled(qtbot, page.model)
    assert len(page.card.note.toPlainText()) == 5000  # nothing that was typed is lost
    page.card.note.setPlainText("x" * 40)
    qtbot.waitUntil(lambda: read_note(store, "mine") == "x" * 40, timeout=PAUSE + 5_000)


def test_the_receipt_is_opened(qtbot: QtBot, page: ModelsPage, add: Add) -> None:
    add("mine")
    show(qtbot, page, "mine")
    opened: list[QUrl] = []
    page.open_page = lambda url: bool(opened.append(url))
    click(qtbot, page.card.receipt)
    qtbot.waitUntil(lambda: bool(opened), timeout=10_000)
    assert Path(opened[0].toLocalFile()).read_text("utf-8").startswith("<!DOCTYPE html>")
    assert "Open it in a browser yourself." in page.banner.text  # as nothing opened it
    assert opened[0].toLocalFile() in page.banner.text


def test_export_suggests_the_name_and_import_brings_it_back(
    qtbot: QtBot, page: ModelsPage, add: Add, tmp_path: Path
) -> None:
    add("茶馆")
    show(qtbot, page, "茶馆")
    click(qtbot, page.card.export)
    dialog = page.findChild(QFileDialog)
    assert dialog is not None
    assert [Path(file).name for file in dialog.selectedFiles()] == ["茶馆.attune"]
    file = tmp_path / "茶馆.attune"
    dialog.fileSelected.emit(str(file))
    dialog.reject()
    settled(qtbot, page.model)
    assert page.banner.text == f"Exported to {file}."
    click(qtbot, page.import_button)
    dialog = page.findChildren(QFileDialog)[-1]
    dialog.filesSelected.emit([str(file)])
    dialog.reject()
    settled(qtbot, page.model)
    assert names(page) == ["base", "茶馆", "茶馆-2"]


def test_files_are_dropped_on_the_page(
    qtbot: QtBot, page: ModelsPage, add: Add, tmp_path: Path
) -> None:
    add("mine")
    show(qtbot, page, "mine")
    page.model.export(tmp_path / "mine.attune")
    settled(qtbot, page.model)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "mine.attune"))])
    copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    nothing = Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(page, QDragEnterEvent(QPoint(50, 50), copy, data, left, nothing))
    assert page.hint.text() == "Let go to import it"
    QApplication.sendEvent(page, QDropEvent(QPointF(50, 50), copy, data, left, nothing))
    assert page.hint.text() == ""
    settled(qtbot, page.model)
    assert names(page) == ["base", "mine", "mine-2"]


def test_focus_stays_where_work_began(
    qtbot: QtBot, page: ModelsPage, add: Add, tmp_path: Path
) -> None:
    add("mine")
    show(qtbot, page, "mine")
    page.card.export.setFocus()
    page.model.export(tmp_path / "a.attune")
    page.model.export(tmp_path / "b.attune")  # a second click while the first is at work
    settled(qtbot, page.model)
    assert page.card.export.hasFocus()
    assert [path.name for path in tmp_path.glob("*.attune")] == ["a.attune"]


@pytest.mark.parametrize("text_size", [100, 200])
def test_everything_has_a_name_and_its_room(
    qtbot: QtBot, page: ModelsPage, add: Add, library: Library, settings, text_size: int
) -> None:
    add("m" * 100)
    settings.text_size.set(text_size)
    library.refresh()
    choose(qtbot, library, "m" * 100)
    buttons = [b for b in page.findChildren(QAbstractButton) if b.isVisible() and b.text()]
    assert len(buttons) >= 7
    assert page.tree.accessibleName() == "Models"
    assert page.card.note.accessibleName() == "Note"
    assert page.minimumSizeHint().width() <= 824  # 900 less the rail
    for button in buttons:
        assert button.width() >= button.sizeHint().width()
        assert page.rect().contains(button.mapTo(page, button.rect().bottomRight()))
        assert not button.visibleRegion().isEmpty()
