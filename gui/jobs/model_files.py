"""Models listed, read, moved, renamed, exported and imported; call these off the UI thread."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from core.errors import AttuneError, BundleError, OptionError
from core.paths import cache_folder, ensure
from core.store import library
from core.store.archive import export_model, import_model
from core.store.bundle import read_bundle
from core.store.model_store import ModelCard, ModelStore
from core.store.receipt_page import write_receipt_page
from core.store.trash import DeletedModel
from gui import core_words
from gui.errors import describe
from gui.viewmodels.model_names import free_name, name_from
from gui.viewmodels.shelf import Details, Entry, Shelf, Taught, taught_from


@dataclass(frozen=True, slots=True)
class Removal:
    """A model that goes to the trash, and the one that translates instead if it was in use."""

    name: str
    instead: str = ""


@dataclass(frozen=True, slots=True)
class Renaming:
    """A model's name, and its new one."""

    name: str
    new: str


def list_shelf(store: ModelStore) -> Shelf:
    """All models in their families, then the damaged folders; and the deleted ones."""
    sound = [
        Entry(r.card.name, r.card.path, r.generation, not r.card.built_in, r.card)
        for r in library.families(store.list())
    ]
    yours = store.notes_folder.parent
    damaged = [
        Entry(_name_of(path), path, 0, path.parent == yours, None, sentence)
        for path, sentence in store.damaged()
    ]
    try:
        deleted = store.deleted()
    except BundleError:  # a trash that cannot be read must not hide the models
        deleted = ()
    return Shelf((*sound, *damaged), deleted)


def _name_of(folder: Path) -> str:
    """A model's name; while it was replaced its folder had another one (see ``superseded``)."""
    name = folder.name
    return name.removeprefix(".").removesuffix(".old") if name.startswith(".") else name


def read_details(store: ModelStore, card: ModelCard) -> Details:
    """The note about a model and what its receipt tells."""
    note, taught, trouble = "", Taught(), None
    try:
        note = library.read_note(store, card.name)
        taught = taught_from(read_bundle(card.path, verify=False).receipt())
    except (AttuneError, OSError, UnicodeDecodeError) as error:
        trouble = describe(error)
    return Details(card.path, note, taught, trouble)


def write_note(store: ModelStore, name: str, text: str) -> None:
    """Keep ``text`` as the note about the model ``name``."""
    library.write_note(store, name, text)


def delete_model(store: ModelStore, removal: Removal) -> Removal:
    """Move a model to the trash."""
    store.delete(removal.name)
    return removal


def restore_model(store: ModelStore, removal: Removal, place: Path | None = None) -> Removal:
    """Bring a model back from the trash, a damaged one too; the last of its name, or of a place."""
    try:
        store.restore(removal.name, place)
    except BundleError:
        if not any(_name_of(path) == removal.name for path, _ in store.damaged()):
            raise
    return removal


def empty_trash(store: ModelStore, models: tuple[DeletedModel, ...]) -> int:
    """Delete ``models`` for good; how many bytes that frees."""
    store.empty_trash(models)
    return sum(model.bytes_on_disk for model in models)


def rename_model(store: ModelStore, renaming: Renaming) -> Renaming:
    """Give a model another name."""
    return Renaming(renaming.name, library.rename(store, renaming.name, renaming.new).name)


def export_to(card: ModelCard, path: Path) -> Path:
    """Write a model to the file ``path``."""
    export_model(card, path)
    return path


def import_from(store: ModelStore, path: Path) -> ModelCard:
    """Take the model in the file ``path``; a name that is taken gives way to the file's."""
    try:
        return import_model(path, store)
    except OptionError:
        taken = [card.name for card in store.list()] + [p.name for p, _ in store.damaged()]
        return import_model(path, store, free_name(name_from(path), taken))


def write_receipt(card: ModelCard) -> Path:
    """Write a model's receipt as a page in the user's language into the cache; the file."""
    path = ensure(cache_folder() / "receipts") / f"{card.name}.html"
    write_receipt_page(card, path, core_words.from_core, core_words.language())
    return path
