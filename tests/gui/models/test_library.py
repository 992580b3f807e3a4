"""The library works on real models in a thread, and says what became of it."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from core.store.library import read_note, write_note
from core.store.model_store import ModelStore
from gui.jobs.library import LibraryThread
from gui.viewmodels.library import Library
from gui.viewmodels.models import Models
from tests.gui.models.conftest import Add, choose, settled


def use(qtbot: QtBot, models: Models, name: str) -> None:
    models.choose(name)
    qtbot.waitUntil(lambda: models.current is not None and models.current.name == name)


def test_lists_families_and_damaged_folders(qtbot: QtBot, library: Library, add: Add) -> None:
    add("孩子", "parent")
    add("parent")
    (add("broken") / "manifest.json").write_text("{")
    library.refresh()
    settled(qtbot, library)
    told = [(e.name, e.generation, e.yours, bool(e.damage)) for e in library.shelf.entries]
    assert told == [
        ("base", 0, False, False),
        ("parent", 1, True, False),
        ("孩子", 2, True, False),
        ("broken", 0, True, True),
    ]
    assert library.entry is not None
    assert library.entry.name == "base"  # it is in use


def test_reads_note_and_receipt(
    qtbot: QtBot, library: Library, add: Add, store: ModelStore
) -> None:
    add("mine")
    write_note(store, "mine", "for the tea house")
    library.refresh()
    choose(qtbot, library, "mine")
    assert library.details is not None
    assert library.details.note == "for the tea house"
    assert library.details.taught.pairs == 124
    assert library.details.taught.loss == (3.25, 2.5)


def test_deleting_can_be_undone(
    qtbot: QtBot, library: Library, add: Add, store: ModelStore
) -> None:
    add("mine")
    library.refresh()
    choose(qtbot, library, "mine")
    assert library.goes_back_to == ""  # it is not in use
    library.delete()
    settled(qtbot, library)
    assert [card.name for card in store.list()] == ["base"]
    assert library.entry is not None
    assert library.entry.name == "base"
    assert library.notice is not None
    assert library.notice.undo
    library.undo()
    settled(qtbot, library)
    assert [card.name for card in store.list()] == ["base", "mine"]
    assert library.entry.name == "mine"
    assert library.notice is None


def test_the_model_in_use_gives_way_to_its_parent_and_comes_back(
    qtbot: QtBot, library: Library, models: Models, add: Add
) -> None:
    add("mine")
    add("second", "mine")
    library.refresh()
    use(qtbot, models, "second")
    choose(qtbot, library, "second")
    assert library.goes_back_to == "mine"
    library.delete()
    settled(qtbot, library)
    qtbot.waitUntil(lambda: models.current is not None and models.current.name == "mine")
    assert library.entry is not None
    assert library.entry.name == "mine"
    library.undo()
    settled(qtbot, library)
    qtbot.waitUntil(lambda: models.current is not None and models.current.name == "second")


def test_what_is_built_in_or_last_cannot_be_deleted(
    qtbot: QtBot, library: Library, store: ModelStore
) -> None:
    library.refresh()
    choose(qtbot, library, "base")
    assert not library.can_delete
    library.delete()
    settled(qtbot, library)
    assert store.list()


def test_a_damaged_folder_can_be_deleted_and_restored(
    qtbot: QtBot, library: Library, add: Add, store: ModelStore
) -> None:
    (add("broken") / "manifest.json").write_text("{")
    library.refresh()
    choose(qtbot, library, "broken")
    library.delete()
    settled(qtbot, library)
    assert not store.damaged()
    library.undo()
    settled(qtbot, library)
    assert len(store.damaged()) == 1
    assert library.notice is None


def test_renaming_takes_the_choice_and_the_note_along(
    qtbot: QtBot, library: Library, models: Models, add: Add, store: ModelStore, settings
) -> None:
    add("mine")
    add("child", "mine")
    library.refresh()
    use(qtbot, models, "mine")
    choose(qtbot, library, "mine")
    library.write_note(library.entry, "keep")  # type: ignore[arg-type]
    assert library.rename_problem("child")
    assert library.rename_problem("a/b")
    library.rename("child")  # refused
    library.rename("茶馆")
    settled(qtbot, library)
    qtbot.waitUntil(lambda: models.current is not None and models.current.name == "茶馆")
    assert library.entry is not None
    assert library.entry.name == "茶馆"
    assert settings.model.value == "茶馆"
    assert read_note(store, "茶馆") == "keep"
    assert store.find("child").parent == "茶馆"


def test_an_exported_model_comes_back_under_a_free_name(
    qtbot: QtBot, library: Library, add: Add, tmp_path: Path
) -> None:
    add("mine")
    library.refresh()
    choose(qtbot, library, "mine")
    file = tmp_path / "mine.attune"
    library.export(file)
    settled(qtbot, library)
    assert file.is_file()
    assert library.notice is not None
    assert str(file) in library.notice.text
    library.take(file)
    settled(qtbot, library)
    assert library.shelf.names == ("base", "mine", "mine-2")
    assert library.entry is not None
    assert library.entry.name == "mine-2"


def test_a_file_that_is_no_model_is_refused_with_place_and_remedy(
    qtbot: QtBot, library: Library, tmp_path: Path
) -> None:
    library.refresh()
    settled(qtbot, library)
    file = tmp_path / "photo.attune"
    file.write_bytes(b"no archive")
    library.take(file)
    settled(qtbot, library)
    assert library.notice is not None
    assert library.notice.tone == "error"
    assert str(file) in library.notice.text
    assert "Choose a file that Attune exported" in library.notice.text


def test_the_receipt_is_written_into_the_cache(
    qtbot: QtBot, library: Library, add: Add, attune_home: Path
) -> None:
    add("mine")
    library.refresh()
    choose(qtbot, library, "mine")
    with qtbot.waitSignal(library.receipt_written, timeout=10_000) as written:
        library.write_receipt()
    path: Path = written.args[0]
    assert path.is_relative_to(attune_home / "cache")
    assert "tea house.tsv" in path.read_text("utf-8")


def test_a_model_that_vanished_is_told_and_no_longer_listed(
    qtbot: QtBot, library: Library, add: Add
) -> None:
    import shutil

    folder = add("mine")
    library.refresh()
    choose(qtbot, library, "mine")
    shutil.rmtree(folder)
    library.delete()
    settled(qtbot, library)
    assert library.notice is not None
    assert library.notice.tone == "error"
    assert library.shelf.names == ("base",)


def test_the_window_keeping_a_model_lists_it_here(
    qtbot: QtBot, library: Library, models: Models, add: Add
) -> None:
    library.refresh()
    settled(qtbot, library)
    add("new")
    models.refresh()
    qtbot.waitUntil(lambda: library.shelf.named("new") is not None)


def test_work_is_done_off_the_ui_thread_and_finished_at_the_end(qtbot: QtBot) -> None:
    thread = LibraryThread()
    done: list[threading.Thread] = []
    answers: list[tuple[str, object]] = []
    thread.answered.connect(lambda *answer: answers.append(answer))
    for _ in range(3):
        thread.ask("who", lambda: done.append(threading.current_thread()))
    thread.shutdown()
    assert len(done) == 3
    assert threading.main_thread() not in done
    thread.ask("late", lambda: pytest.fail("asked after the end"))
    qtbot.wait(20)
    assert answers == []
