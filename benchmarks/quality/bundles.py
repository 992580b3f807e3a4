"""Models to judge, and the previous ones: from a folder, by name, or out of git's history."""

from __future__ import annotations

import subprocess
import tarfile
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from benchmarks.quality.memory import digest
from core.errors import BundleError, InputError, OptionError
from core.paths import resources_folder
from core.store.bundle import Bundle, read_bundle
from core.store.manifest import MANIFEST, RECEIPT, Manifest
from core.store.model_store import ModelStore

_ROOT = Path(__file__).parents[2]
_SHIPPED = "resources/models"


@dataclass(frozen=True, slots=True)
class Model:
    """A bundle that translates in one direction."""

    bundle: Bundle
    name: str

    @property
    def manifest(self) -> Manifest:
        """The bundle's manifest."""
        return self.bundle.manifest

    @property
    def direction(self) -> tuple[str, str]:
        """Source and target language."""
        return self.manifest.source_language, self.manifest.target_language

    @property
    def sha256(self) -> str:
        """Hash of all that decides what the model says: its shape, weights and vocabularies."""
        files = {n: r.sha256 for n, r in self.manifest.files.items() if n != RECEIPT}
        return digest([self.manifest.model, files])

    def figures(self) -> dict[str, Any]:
        """How it was made: numbers and dates of manifest and receipt, ``None`` where untold."""
        receipt = self.bundle.receipt()
        hours, seconds = receipt.get("hours"), receipt.get("seconds")
        if hours is None and isinstance(seconds, int | float):
            hours = round(seconds / 3600, 2)
        return {
            "parameters": self.manifest.parameters,
            "updates": receipt.get("updates", receipt.get("steps")),
            "hours": hours,
            "target_tokens": receipt.get("target_tokens"),
            "stored_as": self.manifest.precision,
            "megabytes": round(sum(r.bytes for r in self.manifest.files.values()) / 1e6, 1),
            "created": self.manifest.created,
            "parent": self.manifest.parent,
        }


def models_in(place: str | None) -> tuple[Model, ...]:
    """The model in the folder ``place``, else those in its folders, else the one of that name.

    Without ``place``, all that ship with the program.

    Raises:
        BundleError: there is none, or one is damaged.
        OptionError: the name cannot be a model's.
    """
    root = resources_folder() / "models" if place is None else Path(place)
    if (root / MANIFEST).is_file():
        return (_model(root),)
    if not root.is_dir() and place is not None:
        return (_model(ModelStore().find(place).path),)
    found = tuple(_model(path.parent) for path in sorted(root.glob(f"[!.]*/{MANIFEST}")))
    if not found:
        raise BundleError("there are no models", where=str(root), remedy="Name another folder.")
    return found


def _model(folder: Path) -> Model:
    return Model(read_bundle(folder), folder.resolve().name)


def take_out(revision: str, folder: Path) -> str:
    """Write the models of the git ``revision`` to ``folder``; the revision's short name.

    Raises:
        OptionError: there is no such revision.
        InputError: it has no models.
    """
    commit = f"{revision}^{{commit}}"
    try:
        short = (
            _git("rev-parse", "--verify", "--short", "--end-of-options", commit).decode().strip()
        )
    except (OSError, subprocess.CalledProcessError) as error:
        raise OptionError(
            f"{revision!r} is no folder, no results.json and no revision of this checkout",
            remedy="Name a folder of models, the results.json of a report, or a revision.",
        ) from error
    try:
        archive = _git("archive", "--format=tar", short, _SHIPPED)
    except subprocess.CalledProcessError as error:
        raise InputError(
            "it has no models", where=f"revision {revision}", remedy="Name a later one."
        ) from error
    with tarfile.open(fileobj=BytesIO(archive)) as tar:
        tar.extractall(folder, filter="data")
    return short


def _git(*arguments: str) -> bytes:
    command = ["git", "-C", str(_ROOT), *arguments]
    return subprocess.run(command, check=True, capture_output=True).stdout


def previous_of(model: Model, previous: Sequence[Model]) -> Model | None:
    """The one of ``previous`` to compare ``model`` with: same direction, same name if there is."""
    same = [other for other in previous if other.direction == model.direction]
    return next((other for other in same if other.name == model.name), same[0] if same else None)
