"""What is in the trash: a folder for each name, in it one for each time it was deleted."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from core.files import storage_errors
from core.store.folders import folders_in


@dataclass(frozen=True, slots=True)
class DeletedModel:
    """A model in the trash, by its name; ``path`` is where it lies, ``seconds`` when it came there.

    ``seconds`` counts as ``time.time`` does; 0 where the folder's name does not tell.
    """

    name: str
    path: Path
    seconds: float
    bytes_on_disk: int


def deleted_models(trash: Path) -> tuple[DeletedModel, ...]:
    """What is in the folder ``trash``, deleted last first.

    Raises:
        BundleError: it cannot be read.
    """
    found = [
        DeletedModel(group.name, path, _seconds(path), _bytes_in(path))
        for group in folders_in(trash)
        for path in folders_in(group)
    ]
    return tuple(sorted(found, key=lambda model: model.seconds, reverse=True))


def empty(trash: Path, models: Sequence[DeletedModel] | None = None) -> None:
    """Delete ``models``, by default all that is in ``trash``, for good.

    Raises:
        StorageError: something cannot be deleted.
    """
    with storage_errors(trash):
        for folder in [trash] if models is None else [model.path for model in models]:
            if folder.exists():
                shutil.rmtree(folder)
            if folder != trash:
                with contextlib.suppress(OSError):  # there may be others of the same name
                    folder.parent.rmdir()


def _seconds(path: Path) -> float:
    """When a folder in the trash came there: its name has the nanoseconds."""
    return int(path.name) / 1e9 if path.name.isascii() and path.name.isdigit() else 0.0


def _bytes_in(folder: Path) -> int:
    """The size of the files in ``folder``; what goes meanwhile counts nothing."""
    total = 0
    for path in folder.rglob("*"):
        with contextlib.suppress(OSError):
            total += path.stat().st_size if path.is_file() else 0
    return total
