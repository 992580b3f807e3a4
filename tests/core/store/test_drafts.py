"""Models that wait for their user's decision."""

from __future__ import annotations

import os
import shutil
import time
from pathlib import Path

import pytest

from core.errors import OptionError, StorageError
from core.paths import data_folder
from core.store import drafts
from core.store.model_store import ModelStore


@pytest.fixture
def store(tiny_bundle: Path) -> ModelStore:
    return ModelStore(resources=tiny_bundle.parent)


def draft_of(tiny: Path, name: str) -> Path:
    draft = drafts.new_draft()
    shutil.copytree(tiny, draft / name)
    return draft


def test_a_draft_is_no_model_until_it_is_kept(tiny_bundle: Path, store: ModelStore) -> None:
    draft = draft_of(tiny_bundle, "mine")
    assert [card.name for card in store.list()] == ["tiny"]
    card = drafts.keep_draft(store, draft / "mine", "mine")
    assert card.path == data_folder() / "models" / "mine"
    assert [card.name for card in store.list()] == ["tiny", "mine"]
    assert not draft.exists()


def test_of_a_discarded_draft_nothing_remains(tiny_bundle: Path) -> None:
    draft = draft_of(tiny_bundle, "mine")
    drafts.discard_draft(draft)
    drafts.discard_draft(draft)  # twice does no harm
    assert list(draft.parent.iterdir()) == []


def test_a_name_that_was_taken_meanwhile_keeps_the_draft(
    tiny_bundle: Path, store: ModelStore
) -> None:
    draft = draft_of(tiny_bundle, "mine")
    shutil.copytree(tiny_bundle, data_folder() / "models" / "mine")
    with pytest.raises(OptionError):
        drafts.keep_draft(store, draft / "mine", "mine")
    assert (draft / "mine" / "manifest.json").is_file()


def test_a_model_that_was_moved_is_kept_whatever_becomes_of_its_folder(
    tiny_bundle: Path, store: ModelStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = draft_of(tiny_bundle, "mine")

    def refuse(_folder: Path) -> None:
        raise PermissionError(13, "not permitted")

    monkeypatch.setattr(shutil, "rmtree", refuse)
    assert drafts.keep_draft(store, draft / "mine", "other").name == "other"
    assert [card.name for card in store.list()] == ["tiny", "other"]
    assert draft.exists()


def test_what_was_forgotten_is_swept_away(tiny_bundle: Path) -> None:
    old, young = draft_of(tiny_bundle, "old"), draft_of(tiny_bundle, "young")
    long_ago = time.time() - drafts.FORGOTTEN - 60
    os.utime(old, (long_ago, long_ago))
    gone = young.with_name("gone")  # as where another window has just swept it away
    gone.symlink_to(young.with_name("nowhere"))
    drafts.new_draft()
    assert not old.exists()
    assert young.exists()


def test_where_nothing_can_be_written_it_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    data_folder().mkdir(parents=True, exist_ok=True)
    (data_folder() / "drafts").write_text("a file in the way")
    with pytest.raises(StorageError):
        drafts.new_draft()
