"""The translation saved as a file: its name, when it is written, what is said."""

from __future__ import annotations

import errno
import os
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from gui.app import Composition
from gui.pages.translate_parts.saved_translation import SavedTranslation, proposed_name
from tests.gui.fakes import FakeEngine
from tests.gui.translate.conftest import translated


@pytest.fixture
def saving(parts: Composition) -> SavedTranslation:
    (saving,) = parts.window.translate.findChildren(SavedTranslation)
    return saving


def says(parts: Composition, qtbot: QtBot, words: str) -> None:
    qtbot.waitUntil(lambda: words in parts.window.status.text)


@pytest.mark.parametrize(
    ("opened", "name"),
    [
        (None, "translation.en.txt"),
        ("notes.txt", "notes.en.txt"),
        ("notes.md", "notes.en.md"),
        ("notes.zh.txt", "notes.en.txt"),
        ("2024.01 笔记.TXT", "2024.01 笔记.en.txt"),
        ("notes", "notes.en.txt"),
        ("pairs.tsv", "pairs.en.txt"),
    ],
)
def test_the_name_proposed_tells_the_file_and_the_language(opened: str | None, name: str) -> None:
    assert proposed_name(Path(opened) if opened else None, "zh", "en") == name


def test_there_is_nothing_to_save_without_a_translation(
    parts: Composition, saving: SavedTranslation, qtbot: QtBot
) -> None:
    assert not saving.button.isEnabled()
    assert saving.ask() is None
    translated(parts, qtbot, "我喜欢。")
    assert saving.button.isEnabled()
    parts.window.translate.source.editor.replace_text("")
    assert not saving.button.isEnabled()


def test_the_key_asks_for_a_name_and_the_file_has_what_is_shown(
    parts: Composition, qtbot: QtBot, tmp_path: Path
) -> None:
    opened = tmp_path / "notes.txt"
    opened.write_text("我喜欢。你好吗？", encoding="utf-8")
    with qtbot.waitSignal(parts.thread.finished_request):
        parts.files.open(opened)
    page = parts.window.translate
    qtbot.waitUntil(lambda: page.model.status.phase == "idle")
    parts.window.activateWindow()
    qtbot.keyClick(page.source.editor, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    dialog = page.findChild(QFileDialog)
    assert dialog is not None
    assert dialog.acceptMode() == QFileDialog.AcceptMode.AcceptSave
    assert dialog.directory().absolutePath() == str(tmp_path)
    assert [Path(file).name for file in dialog.selectedFiles()] == ["notes.en.txt"]
    dialog.fileSelected.emit(str(tmp_path / "notes.en.txt"))
    dialog.close()
    says(parts, qtbot, "Saved as notes.en.txt")
    assert (tmp_path / "notes.en.txt").read_text("utf-8") == page.model.segments.output
    assert sorted(path.name for path in tmp_path.glob("*notes*")) == ["notes.en.txt", "notes.txt"]


def test_an_emptied_input_is_no_longer_the_file(parts: Composition, tmp_path: Path) -> None:
    opened = tmp_path / "notes.txt"
    opened.write_text("我喜欢。", encoding="utf-8")
    parts.files.open(opened)
    assert parts.files.current == opened
    parts.window.translate.source.editor.replace_text("")
    assert parts.files.current is None


def test_what_runs_is_awaited_and_said(
    parts: Composition, saving: SavedTranslation, engine: FakeEngine, qtbot: QtBot, tmp_path: Path
) -> None:
    engine.gate = threading.Semaphore(1)
    page = parts.window.translate
    page.source.editor.replace_text("一。二。三。")
    qtbot.waitUntil(lambda: len(page.model.segments) == 1)
    file = tmp_path / "out.txt"
    saving.save(file)
    assert "out.txt will be written when all is translated" in parts.window.status.text
    assert not file.exists()
    engine.gate.release(2)
    says(parts, qtbot, "Saved as out.txt")
    assert file.read_text("utf-8") == page.model.segments.output
    assert len(page.model.segments) == 3


def test_stopping_saves_what_is_there_and_says_how_much(
    parts: Composition, saving: SavedTranslation, engine: FakeEngine, qtbot: QtBot, tmp_path: Path
) -> None:
    engine.gate = threading.Semaphore(1)
    page = parts.window.translate
    page.source.editor.replace_text("一。二。三。")
    qtbot.waitUntil(lambda: len(page.model.segments) == 1)
    saving.save(tmp_path / "out.txt")
    page.model.stop()
    says(parts, qtbot, "Saved as out.txt: 1 of 3 sentences")
    assert (tmp_path / "out.txt").read_text("utf-8") == page.model.segments.output


def test_a_text_that_is_cleared_meanwhile_is_not_written(
    parts: Composition, saving: SavedTranslation, engine: FakeEngine, qtbot: QtBot, tmp_path: Path
) -> None:
    engine.gate = threading.Semaphore(1)
    page = parts.window.translate
    page.source.editor.replace_text("一。二。三。")
    qtbot.waitUntil(lambda: len(page.model.segments) == 1)
    saving.save(tmp_path / "out.txt")
    page.source.editor.replace_text("")
    says(parts, qtbot, "out.txt was not written")
    assert not (tmp_path / "out.txt").exists()


def test_closing_the_window_writes_what_is_awaited(
    parts: Composition, saving: SavedTranslation, engine: FakeEngine, qtbot: QtBot, tmp_path: Path
) -> None:
    engine.gate = threading.Semaphore(1)
    page = parts.window.translate
    page.source.editor.replace_text("一。二。三。")
    qtbot.waitUntil(lambda: len(page.model.segments) == 1)
    saving.save(tmp_path / "out.txt")
    shown = page.model.segments.output
    parts.window.close()
    assert (tmp_path / "out.txt").read_text("utf-8") == shown


def test_a_full_disk_is_told_and_leaves_the_old_file(
    parts: Composition,
    saving: SavedTranslation,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    translated(parts, qtbot, "我喜欢。")
    file = tmp_path / "out.txt"
    file.write_text("before", encoding="utf-8")

    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        saving.save(file)
        banner = parts.window.translate.target.banner
        qtbot.waitUntil(lambda: "the disk is full" in banner.text)
    assert banner.isVisible()
    assert "out.txt" in banner.text
    assert "Free some space and try again." in banner.text
    assert file.read_text("utf-8") == "before"
    assert list(tmp_path.glob(".out*")) == []
    saving.save(file)
    says(parts, qtbot, "Saved as out.txt")
    assert not banner.isVisible()


def test_a_folder_that_is_not_there_is_told(
    parts: Composition, saving: SavedTranslation, qtbot: QtBot, tmp_path: Path
) -> None:
    translated(parts, qtbot, "我喜欢。")
    saving.save(tmp_path / "gone" / "out.txt")
    banner = parts.window.translate.target.banner
    qtbot.waitUntil(lambda: "the folder does not exist" in banner.text)
    assert "Choose a folder that exists." in banner.text
