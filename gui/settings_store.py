"""The file of the settings: its version, and what becomes of one that cannot be read."""

from __future__ import annotations

import contextlib
import logging
import shutil
from pathlib import Path
from typing import Any, Protocol

from PySide6.QtCore import QSettings

from core.errors import AttuneError, InputError, StorageError
from core.files import make_folder, storage_errors
from core.formats import FIELD, newer_version

FORMAT_VERSION = 1  # the first files told none, and were the same otherwise

_log = logging.getLogger(__name__)


class Store(Protocol):
    """What keeps values by their names."""

    def value(self, key: str, /) -> Any:
        """What was kept; ``None`` if nothing."""

    def setValue(self, key: str, value: str, /) -> None:
        """Keep ``value``."""


class _Nowhere:
    """Keeps nothing, for a file that is to be left alone."""

    def value(self, _key: str, /) -> Any:
        return None

    def setValue(self, _key: str, _value: str, /) -> None:
        pass


def open_store(settings: QSettings) -> tuple[Store, InputError | None]:
    """What keeps the values in the file of ``settings``, which is made one of this version.

    What is no file of settings is kept beside the new one.

    Returns:
        That, and what to tell where a newer program wrote the file, which is then left alone.
    """
    place = Path(settings.fileName())
    with contextlib.suppress(StorageError):  # told when something is to be kept
        make_folder(place.parent)  # for the user alone, as Qt would not make it
    if _is_damaged(place) or settings.status() == QSettings.Status.FormatError:
        _keep_damaged(place)
    try:
        version = int(str(settings.value(FIELD, 0)))
    except ValueError:
        version = 0
    if version > FORMAT_VERSION:
        return _Nowhere(), newer_version(version, FORMAT_VERSION, place)
    if version < FORMAT_VERSION:
        settings.setValue(FIELD, str(FORMAT_VERSION))
    return settings, None


def _is_damaged(place: Path) -> bool:
    try:
        return "\0" in place.read_text("utf-8")
    except UnicodeDecodeError:
        return True
    except OSError:  # the first start, or a folder that keeps nothing
        return False


def _keep_damaged(place: Path) -> None:
    copy = place.with_name(f"{place.name}.damaged")
    try:
        with storage_errors(copy):
            shutil.copyfile(place, copy)
    except AttuneError as error:
        _log.info("no copy of the damaged settings is kept: %s", error)
    else:
        _log.info("the settings could not be read; they are kept as %s", copy)
