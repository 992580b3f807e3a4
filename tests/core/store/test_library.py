"""Families, names and notes."""

from __future__ import annotations

import dataclasses
import json
import shutil

import pytest

from core.errors import BundleError, OptionError
from core.store.library import MOST_NOTE, families, read_note, rename, write_note
from core.store.model_store import ModelCard, ModelStore


def own(store: ModelStore, name: str, parent: str | None = None) -> ModelCard:
    folder = shutil.copytree(store.find("tiny").path, store.user_folder(name))
    manifest = folder / "manifest.json"
    fields = json.loads(manifest.read_text("utf-8"))
    manifest.write_text(json.dumps({**fields, "parent": parent}), "utf-8")
    return store.find(name)


def told(cards: tuple[ModelCard, ...]) -> list[tuple[str, int]]:
    return [(relative.card.name, relative.generation) for relative in families(cards)]


def test_a_model_stands_behind_what_it_was_tuned_from(tiny_store: ModelStore) -> None:
    own(tiny_store, "kitchen", "tiny")
    own(tiny_store, "bread", "kitchen")
    own(tiny_store, "law", "tiny")
    own(tiny_store, "orphan", "gone")
    assert told(tiny_store.list()) == [
        ("tiny", 0), ("kitchen", 1), ("bread", 2), ("law", 1), ("orphan", 0),
    ]  # fmt: skip


def test_circles_are_told_once(tiny_store: ModelStore) -> None:
    card = tiny_store.find("tiny")
    cards = tuple(
        dataclasses.replace(card, name=name, parent=parent, built_in=False)
        for name, parent in (("a", "b"), ("b", "c"), ("c", "a"), ("self", "self"))
    )
    assert sorted(name for name, _ in told(cards)) == ["a", "b", "c", "self"]


def test_a_new_name_goes_along_with_children_and_note(tiny_store: ModelStore) -> None:
    own(tiny_store, "kitchen", "tiny")
    own(tiny_store, "bread", "kitchen")
    write_note(tiny_store, "kitchen", "for 妈妈\n")
    card = rename(tiny_store, "kitchen", "厨房")
    assert (card.name, card.parent) == ("厨房", "tiny")
    assert tiny_store.find("bread").parent == "厨房"
    assert read_note(tiny_store, "厨房") == "for 妈妈\n"
    assert read_note(tiny_store, "kitchen") == ""
    with pytest.raises(BundleError):
        tiny_store.find("kitchen")


@pytest.mark.parametrize(
    ("name", "new", "kind"),
    [("tiny", "x", OptionError), ("mine", "tiny", OptionError), ("mine", "a/b", OptionError),
     ("mine", "other", OptionError), ("none", "x", BundleError)],
)  # fmt: skip
def test_names_that_cannot_be(
    name: str, new: str, kind: type[Exception], tiny_store: ModelStore
) -> None:
    own(tiny_store, "mine")
    own(tiny_store, "other")
    with pytest.raises(kind):
        rename(tiny_store, name, new)
    assert [card.name for card in tiny_store.list()] == ["tiny", "mine", "other"]


def test_notes_are_kept_also_about_built_in_models(tiny_store: ModelStore) -> None:
    assert read_note(tiny_store, "tiny") == ""
    write_note(tiny_store, "tiny", "the first")
    assert read_note(tiny_store, "tiny") == "the first"
    assert [card.name for card in tiny_store.list()] == ["tiny"]
    write_note(tiny_store, "tiny", "  \n")
    assert read_note(tiny_store, "tiny") == ""


def test_notes_that_cannot_be(tiny_store: ModelStore) -> None:
    with pytest.raises(OptionError, match=str(MOST_NOTE)):
        write_note(tiny_store, "tiny", "x" * (MOST_NOTE + 1))
    with pytest.raises(BundleError):
        write_note(tiny_store, "none", "x")


def test_the_last_model_cannot_be_deleted(tiny_store: ModelStore) -> None:
    alone = ModelStore(tiny_store.user_folder("x") / "none", tiny_store.user_folder("x").parent)
    own(tiny_store, "mine")
    own(tiny_store, "other")
    alone.delete("other")
    with pytest.raises(OptionError, match="the last model"):
        alone.delete("mine")
