"""The models on this computer: built-in ones, read only, and the user's own.

Each model is a folder, known by the folder's name. Listing reads manifests only: no torch.
"""

from __future__ import annotations

import difflib
import re
import time
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from core.errors import BundleError, OptionError
from core.files import require_writable, superseded
from core.paths import data_folder, resources_folder
from core.store.bundle import read_bundle
from core.store.folders import folders_in, move
from core.store.trash import DeletedModel, deleted_models, empty

_TRASH, _NOTES = ".trash", ".notes"
_MAX_NAME_BYTES = 120  # file systems allow 255; a write adds to the name
_FORBIDDEN = '/\\:*?"<>|'
# Devices of Windows, in every folder there and whatever ending they are given.
_DEVICES = re.compile(r"(?i:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])\s*(?:\.|\Z)")


@dataclass(frozen=True, slots=True)
class ModelCard:
    """What there is to know of a model without loading it; see ``Manifest`` for the fields.

    ``bytes_on_disk`` counts its files but the manifest; ``attends`` tells whether it has an
    attention that can be looked at.
    """

    name: str
    path: Path
    source_language: str
    target_language: str
    built_in: bool
    parameters: int
    bytes_on_disk: int
    parent: str | None
    created: str
    precision: str
    attends: bool = True


class ModelStore:
    """Finds, deletes and restores models.

    Args:
        resources: folder of the built-in models' folders; by default ``resources_folder()/models``.
        user: folder of the user's; by default ``data_folder()/models``. It need not exist.
    """

    def __init__(self, resources: Path | None = None, user: Path | None = None) -> None:
        self._resources = resources or resources_folder() / "models"
        self._user = user or data_folder() / "models"

    @property
    def notes_folder(self) -> Path:
        """Where notes about models are, also about built-in ones."""
        return self._user / _NOTES

    def list(self) -> tuple[ModelCard, ...]:
        """All sound models, built-in ones first, each group by name."""
        return self._scan()[0]

    def damaged(self) -> tuple[tuple[Path, str], ...]:
        """The folders that hold no sound model, each with an error's sentence."""
        return tuple((path, error.sentence()) for path, error in self._scan()[1])

    def find(self, name: str) -> ModelCard:
        """The model called ``name``.

        Raises:
            BundleError: it is damaged, or there is none; the remedy names the nearest one.
        """
        cards, damaged = self._scan()
        wanted = unicodedata.normalize("NFC", name)
        for card in cards:
            if card.name == wanted:
                return card
        for path, error in damaged:
            if path.name == wanted:
                raise error
        raise BundleError(
            f"there is no model called {name!r}",
            remedy=_suggest(wanted, [card.name for card in cards]),
        )

    def user_folder(self, name: str) -> Path:
        """Where a model of the user's called ``name`` is or would be.

        Raises:
            OptionError: ``name`` cannot be a folder's name or is a built-in model's.
        """
        name = valid_name(name)
        if (self._resources / name).is_dir():
            raise OptionError(f"{name!r} is a built-in model", remedy="Choose another name.")
        return self._user / name

    def free_folder(self, name: str) -> Path:
        """Where a new model called ``name`` will be, and can be written.

        Raises:
            OptionError: ``name`` cannot be used, or a model has it already.
            StorageError: nothing can be written there; better told before than after learning.
        """
        folder = self.user_folder(name)
        # Some systems take names for the same that differ in their capitals alone.
        for other in (*folders_in(self._resources), *folders_in(self._user)):
            if _folded(other.name) == _folded(folder.name):
                raise OptionError(
                    f"there is a model called {other.name!r}", remedy="Choose another name."
                )
        require_writable(self._user)
        return folder

    def delete(self, name: str) -> None:
        """Move a model of the user's, sound or damaged, to the trash; see :meth:`restore`.

        Raises:
            BundleError: there is no such model.
            OptionError: it is built in.
            StorageError: the folder cannot be moved.
        """
        folder = self._user / valid_name(name)
        if not folder.is_dir() and superseded(folder).is_dir():
            folder = superseded(folder)
        if not folder.is_dir():
            if (self._resources / folder.name).is_dir():
                raise OptionError(f"{name!r} is built in", remedy="It cannot be deleted.")
            names = [card.name for card in self.list() if not card.built_in]
            raise BundleError(
                f"there is no model of yours called {name!r}", remedy=_suggest(name, names)
            )
        if [card.name for card in self.list()] == [folder.name]:
            raise OptionError(f"{name!r} is the last model", remedy="Make another one first.")
        move(folder, self._trash(name) / str(time.time_ns()))

    def deleted(self) -> tuple[DeletedModel, ...]:
        """What is in the trash, deleted last first.

        Raises:
            BundleError: the trash cannot be read.
        """
        return deleted_models(self._user / _TRASH)

    def restore(self, name: str, place: Path | None = None) -> ModelCard:
        """Undo the last :meth:`delete` of ``name``, or the one that put it into ``place``.

        Raises:
            BundleError: no such model is in the trash, or the trash cannot be read.
            OptionError: a model of that name exists again.
            StorageError: the folder cannot be moved.
        """
        folder = self._user / valid_name(name)
        # Named by the time of deletion in nanoseconds, as many digits for the next centuries.
        deleted = [p for p in folders_in(self._trash(name)) if place is None or p == place]
        if not deleted:
            raise BundleError(f"no model called {name!r} was deleted")
        if folder.exists():
            raise OptionError(
                f"there is a model called {name!r} again", remedy="Delete or rename that one first."
            )
        move(deleted[-1], folder)
        return self.find(name)

    def empty_trash(self, models: Sequence[DeletedModel] | None = None) -> None:
        """Delete ``models`` for good, by default all that :meth:`delete` moved away.

        Raises:
            StorageError: something in the trash cannot be deleted.
        """
        empty(self._user / _TRASH, models)

    def _trash(self, name: str) -> Path:
        return self._user / _TRASH / valid_name(name)

    def _scan(self) -> tuple[tuple[ModelCard, ...], tuple[tuple[Path, BundleError], ...]]:
        """Sound models, and the others with what is wrong with them."""
        cards: list[ModelCard] = []
        damaged: list[tuple[Path, BundleError]] = []
        for root, built_in in ((self._resources, True), (self._user, False)):
            try:
                models = list(_models(root))
            except BundleError as error:  # it must not hide the models of the other folder
                damaged.append((root, error))
                continue
            for name, path in models:
                try:
                    cards.append(_card(name, path, built_in))
                except BundleError as error:
                    damaged.append((path, error))
        return tuple(cards), tuple(damaged)


def valid_name(name: str) -> str:
    """``name`` in Unicode's composed form, if a model can be called so on every system.

    Raises:
        OptionError: it cannot.
    """
    name = unicodedata.normalize("NFC", name)
    if not name.strip():
        raise OptionError("the model has no name", remedy="Give it one.")
    if name[0] == "." or name[-1] == "." or name != name.strip():
        raise OptionError(
            f"{name!r} begins or ends with a dot or blank", remedy="Choose another name."
        )
    wrong = next((c for c in name if c in _FORBIDDEN or not c.isprintable()), None)
    if wrong is not None:
        raise OptionError(f"the name has {wrong!r} in it", remedy="Use letters, digits and -.")
    if _DEVICES.match(name):
        raise OptionError(
            f"{name!r} is the name of a device on some systems", remedy="Choose another name."
        )
    if len(name.encode("utf-8")) > _MAX_NAME_BYTES:
        raise OptionError(
            "the name is too long", remedy="Use at most 40 Chinese or 120 Latin characters."
        )
    return name


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()


def _suggest(name: str, names: list[str]) -> str:
    """A sentence that names the model most like ``name``, else all of them."""
    folded = {known.casefold(): known for known in names}
    near = difflib.get_close_matches(name.casefold(), folded, n=1)
    if near:
        return f"Did you mean {folded[near[0]]!r}?"
    return f"There are: {', '.join(names)}." if names else "There are no models."


def _models(root: Path) -> Iterator[tuple[str, Path]]:
    """Names and folders of the models in ``root``."""
    folders = folders_in(root)
    names = {path.name for path in folders}
    for path in folders:
        if not path.name.startswith("."):
            yield unicodedata.normalize("NFC", path.name), path
            continue
        # A process killed while it replaced a model has left the former one aside.
        name = path.name.removeprefix(".").removesuffix(".old")
        if name not in names and superseded(root / name) == path:
            yield name, path


def _card(name: str, path: Path, built_in: bool) -> ModelCard:
    manifest = read_bundle(path, verify=False).manifest
    return ModelCard(
        name=name,
        path=path,
        source_language=manifest.source_language,
        target_language=manifest.target_language,
        built_in=built_in,
        parameters=manifest.parameters,
        bytes_on_disk=sum(record.bytes for record in manifest.files.values()),
        parent=manifest.parent,
        created=manifest.created,
        precision=manifest.precision,
        attends=manifest.model.get("attention") != "none",
    )
