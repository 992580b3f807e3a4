"""Folders of models: listed, and moved."""

from __future__ import annotations

from pathlib import Path

from core.errors import BundleError
from core.files import make_folder, storage_errors


def folders_in(root: Path) -> list[Path]:
    """The folders in ``root`` by name; none where it does not exist.

    Raises:
        BundleError: ``root`` cannot be read.
    """
    try:
        return sorted(path for path in root.iterdir() if path.is_dir()) if root.is_dir() else []
    except OSError as error:
        raise BundleError(
            f"the folder of models cannot be read ({error.strerror})",
            where=str(root),
            remedy="Change its permissions.",
        ) from error


def move(folder: Path, place: Path) -> None:
    """Put ``folder`` into ``place``, making what is missing above it.

    Raises:
        StorageError: it cannot be moved.
    """
    with storage_errors(folder):
        make_folder(place.parent)
        folder.rename(place)
