"""Models that were just taught and that their user has not decided to keep.

Each lies in a folder of its own in ``drafts`` among the user's data, on the same disk as the
models, so that keeping one is a rename. What a window left when it was killed is swept away a day
later.
"""

from __future__ import annotations

import contextlib
import shutil
from pathlib import Path
from uuid import uuid4

from core.errors import StorageError
from core.files import remove_stale, require_writable, storage_errors, sync_folder
from core.paths import data_folder
from core.store.model_store import ModelCard, ModelStore

FORGOTTEN = 24 * 3600.0  # seconds after which a draft is nobody's any more


def new_draft() -> Path:
    """A new folder to put a bundle into.

    Raises:
        StorageError: nothing can be written there.
    """
    remove_stale(_root(), FORGOTTEN)
    folder = _root() / uuid4().hex
    require_writable(folder)
    return folder


def keep_draft(store: ModelStore, bundle: Path, name: str) -> ModelCard:
    """Make ``bundle``, which lies in a draft's folder, the user's model ``name``; the draft goes.

    Raises:
        BundleError: there is no sound bundle.
        OptionError: a model has that name.
        StorageError: the folder cannot be moved.
    """
    place = store.free_folder(name)
    with storage_errors(place):
        bundle.rename(place)
        sync_folder(place.parent)
    with contextlib.suppress(StorageError):  # the model is kept; the next sweep takes the folder
        discard_draft(bundle.parent)
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
