"""What a person does with models beside using them: families, names, notes."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from core.errors import OptionError
from core.files import make_folder, storage_errors, write_atomically
from core.store.manifest import MANIFEST, parse_object
from core.store.model_store import ModelCard, ModelStore

MOST_NOTE = 4000  # characters


@dataclass(frozen=True, slots=True)
class Relative:
    """A model in its family: how many generations it is from the first."""

    card: ModelCard
    generation: int


def families(cards: Sequence[ModelCard]) -> Iterator[Relative]:
    """Every model once, each right after what it was tuned from.

    A model whose parent is not there, or is its own descendant, begins a family.
    """
    names = {card.name for card in cards}
    children: dict[str | None, list[ModelCard]] = {}
    for card in cards:
        known = card.parent in names and card.parent != card.name and not card.built_in
        children.setdefault(card.parent if known else None, []).append(card)
    told: set[str] = set()

    def family(card: ModelCard, generation: int) -> Iterator[Relative]:
        told.add(card.name)
        yield Relative(card, generation)
        for child in children.get(card.name, ()):
            if child.name not in told:
                yield from family(child, generation + 1)

    for card in children.get(None, ()):
        yield from family(card, 0)
    for card in cards:  # what is left are circles
        if card.name not in told:
            yield from family(card, 0)


def rename(store: ModelStore, name: str, new: str) -> ModelCard:
    """Give a model of the user's another name; its children and its note go along.

    Raises:
        BundleError: there is no such model.
        OptionError: it is built in, or the name cannot be used.
        StorageError: the folder cannot be moved.
    """
    card = store.find(name)
    if card.built_in:
        raise OptionError(f"{name!r} is built in", remedy="It keeps its name.")
    folder, text = store.free_folder(new), read_note(store, name)
    with storage_errors(card.path):
        card.path.rename(folder)
    for child in store.list():
        if child.parent == card.name and not child.built_in:
            _set_parent(child.path / MANIFEST, folder.name)
    if text:
        write_note(store, folder.name, text)
        _note(store, card.name).unlink(missing_ok=True)
    return store.find(folder.name)


def _set_parent(manifest: Path, parent: str) -> None:
    fields = parse_object(manifest.read_bytes(), manifest)
    fields["parent"] = parent
    write_atomically(manifest, json.dumps(fields, ensure_ascii=False, indent=1) + "\n")


def read_note(store: ModelStore, name: str) -> str:
    """What the user wrote about a model; empty for nothing."""
    try:
        return _note(store, name).read_text("utf-8", errors="replace")
    except FileNotFoundError:
        return ""


def write_note(store: ModelStore, name: str, text: str) -> None:
    """Keep ``text`` as the note about a model, a built-in one too; a blank one is no note.

    Raises:
        BundleError: there is no such model.
        OptionError: the note is too long.
        StorageError: it cannot be written.
    """
    store.find(name)
    if len(text) > MOST_NOTE:
        raise OptionError(
            f"the note has {len(text)} characters", remedy=f"Write at most {MOST_NOTE}."
        )
    place = _note(store, name)
    with storage_errors(place):
        if not text.strip():
            place.unlink(missing_ok=True)
            return
    make_folder(place.parent)
    write_atomically(place, text)


def _note(store: ModelStore, name: str) -> Path:
    return store.notes_folder / f"{name}.txt"
