"""Models that were just taught and that their user has not decided to keep.

Each lies in a folder of its own in ``drafts`` among the user's data, on the same disk as the
models, so that keeping one is a rename. What a window left when it was killed is swept away a day
later.
"""

from __future__ import annotations

import shutil
import time
from pathlib import Path
from uuid import uuid4

from core.files import require_writable, storage_errors, sync_folder
from core.paths import data_folder
from core.store.model_store import ModelCard, ModelStore

FORGOTTEN = 24 * 3600.0  # seconds after which a draft is nobody's any more


def new_draft() -> Path:
    """A new folder to put a bundle into.

    Raises:
        StorageError: nothing can be written there.
    """
    _sweep()
    folder = _root() / uuid4().hex
    require_writable(folder)
    return folder


def keep_draft(store: ModelStore, draft: Path, name: str) -> ModelCard:
    """Make the bundle ``name`` in the folder ``draft`` one of the user's models.

    Raises:
        BundleError: there is no sound bundle.
        OptionError: a model has that name by now.
        StorageError: the folder cannot be moved.
    """
    place = store.free_folder(name)
    with storage_errors(place):
        (draft / name).rename(place)
        sync_folder(place.parent)
    discard_draft(draft)
    return store.find(name)


def discard_draft(draft: Path) -> None:
    """Delete the folder ``draft`` and what is in it; nothing where it is not there.

    Raises:
        StorageError: it cannot be deleted.
    """
    with storage_errors(draft):
        if draft.exists():
            shutil.rmtree(draft)


def _root() -> Path:
    return data_folder() / "drafts"


def _sweep() -> None:
    """Delete what was forgotten; what cannot be deleted is left to the next time."""
    now = time.time()
    for folder in _root().iterdir() if _root().is_dir() else ():
        if now - folder.stat().st_mtime > FORGOTTEN:
            shutil.rmtree(folder, ignore_errors=True)
