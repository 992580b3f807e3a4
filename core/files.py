"""Writing files and folders so that a crash, a full disk or a loss of power leaves old or new;
JSON that may be anybody's."""

from __future__ import annotations

import contextlib
import errno
import itertools
import json
import os
import re
import secrets
import shutil
import stat
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

from core.errors import StorageError

_PRIVATE = 0o700  # the user's own; systems without such permissions have others in its place
_FULL = "Free some space and try again."
_FORBIDDEN = "Choose a folder that you may write to, or change its permissions."

# What the user is told for each fault of the disk: the fault, the remedy.
_FAULTS = {
    errno.ENOSPC: ("the disk is full", _FULL),
    errno.EDQUOT: ("your share of the disk is used up", _FULL),
    errno.EFBIG: ("the file is larger than the disk allows", "Choose a folder on another disk."),
    errno.EROFS: ("the disk is read-only", "Choose a folder on another disk."),
    errno.EACCES: ("writing is not permitted", _FORBIDDEN),
    errno.EPERM: ("writing is not permitted", _FORBIDDEN),
    errno.ENOENT: ("the folder does not exist", "Choose a folder that exists."),
    errno.ENOTDIR: ("part of the path is not a folder", "Choose another folder."),
    errno.EISDIR: ("there is a folder of that name", "Choose another name."),
    errno.ENAMETOOLONG: ("the name is too long", "Choose a shorter name."),
    errno.EIO: ("the disk reports a fault", "Check the disk, or choose a folder on another one."),
}


@contextlib.contextmanager
def storage_errors(place: Path) -> Iterator[None]:
    """Turn the operating system's refusals inside the block into :class:`StorageError`.

    Args:
        place: the file or folder that the block writes, for the message.

    Raises:
        StorageError: the block raised ``OSError``, or safetensors one of its own for such a cause.
    """
    try:
        yield
    except OSError as error:
        raise _storage_error(error.errno, str(error.strerror or error), place) from error
    except Exception as error:
        number = _number_inside(error)
        if number is None:
            raise
        raise _storage_error(number, str(error), place) from error


def _number_inside(error: Exception) -> int | None:
    """The errno in a message of safetensors, whose exception is no ``OSError``."""
    if type(error).__name__ != "SafetensorError":
        return None
    found = re.search(r"\(os error (\d+)\)", str(error))
    return int(found.group(1)) if found else None


def _storage_error(number: int | None, description: str, place: Path) -> StorageError:
    unknown = (f"it cannot be written ({description})", "Choose another folder and try again.")
    what, remedy = _FAULTS.get(number or 0, unknown)
    return StorageError(what, where=str(place), remedy=remedy)


def parse_json(text: str | bytes) -> Any:
    """What ``text``, which may come from anywhere, says as JSON.

    Raises:
        ValueError: it is no JSON, or nested too deeply.
    """
    try:
        return json.loads(text)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error


def write_atomically(path: Path, content: bytes | str) -> None:
    """Put ``content`` (text as UTF-8) into ``path``; other programs see the old file or the new.

    Half a character, which a clipboard may hold and UTF-8 cannot, becomes a question mark.

    Raises:
        StorageError: the file cannot be written; ``path`` is as it was.
    """
    data = content.encode("utf-8", "replace") if isinstance(content, str) else content
    with replacement(path) as file:
        file.write(data)


@contextlib.contextmanager
def replacement(path: Path) -> Iterator[BinaryIO]:
    """What the block writes to the file given takes the place of ``path`` when the block ends.

    A temporary file in the same folder is written, synced and renamed over ``path``, and the
    folder synced, so that the new file is there after a loss of power. A symbolic link stays one:
    the file it names is replaced. Where the block raises, ``path`` stays as it was.

    Raises:
        StorageError: the file cannot be written; ``path`` is as it was.
    """
    with storage_errors(path):
        target = path.resolve()
        partial = target.with_name(f".{target.name[:100]}.{secrets.token_hex(6)}.partial")
        try:
            with partial.open("xb") as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
            with contextlib.suppress(FileNotFoundError):  # a new file takes the usual permissions
                partial.chmod(stat.S_IMODE(target.stat().st_mode))
            os.replace(partial, target)
        except BaseException:
            with contextlib.suppress(OSError):  # the first error is the one to tell
                partial.unlink()
            raise
        sync_folder(target.parent)


def replace_folder(folder: Path, write: Callable[[Path], None]) -> None:
    """Put a new folder in the place of ``folder``; ``write`` puts its files into the path given.

    They are written to a folder beside it, synced and renamed. A process killed at any moment
    leaves a whole folder, the old one or the new one: in ``folder``, else in
    :func:`superseded`. The next call cleans up.

    Raises:
        StorageError: the disk is full or the place cannot be written; ``folder`` is as it was.
    """
    fresh = folder.with_name(f".{folder.name}.partial")
    with storage_errors(folder):
        try:
            shutil.rmtree(fresh, ignore_errors=True)
            _make_folder(fresh)
            write(fresh)
            for path in fresh.iterdir():
                sync_file(path)
            sync_folder(fresh)
            _move_into_place(fresh, folder)
        except BaseException:
            shutil.rmtree(fresh, ignore_errors=True)  # a full disk gets its space back
            raise


def superseded(folder: Path) -> Path:
    """Where ``folder``'s former contents are for the moment between the two renames of a write.

    A process killed in that moment leaves them there and nothing in ``folder``.
    """
    return folder.with_name(f".{folder.name}.old")


def _move_into_place(fresh: Path, folder: Path) -> None:
    former = superseded(folder)
    if folder.exists():  # else the former one is the only whole one until the last rename
        shutil.rmtree(former, ignore_errors=True)
        folder.rename(former)
    try:
        fresh.rename(folder)
    except OSError:
        if former.exists():
            former.rename(folder)
        raise
    sync_folder(folder.parent)
    shutil.rmtree(former, ignore_errors=True)  # what is left of it, the next write removes


def make_folder(folder: Path) -> None:
    """Make ``folder``, and what is missing above it, for this user alone.

    What is in it tells what somebody translates. What is there already keeps its permissions, as
    the customs of desktops have it (XDG Base Directory Specification).

    Raises:
        StorageError: it cannot be made.
    """
    with storage_errors(folder):
        _make_folder(folder)


def _make_folder(folder: Path) -> None:
    missing = itertools.takewhile(lambda place: not place.exists(), folder.parents)
    for place in (*reversed(tuple(missing)), folder):
        place.mkdir(mode=_PRIVATE, exist_ok=True)


def require_writable(folder: Path) -> None:
    """Make ``folder`` if it is not there and see that files can be written to it.

    Raises:
        StorageError: they cannot.
    """
    with storage_errors(folder):
        _make_folder(folder)
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(bytes(4096))


def require_room(folder: Path, size: int) -> None:
    """See that ``size`` more bytes fit on the disk of ``folder``, which need not be there yet.

    Raises:
        StorageError: they do not.
    """
    with storage_errors(folder):
        there = next(place for place in (folder, *folder.absolute().parents) if place.exists())
        free = shutil.disk_usage(there).free
    if free < size:
        raise StorageError(
            f"the disk has too little room: {size / 1e6:,.0f} MB are needed,"
            f" {free / 1e6:,.0f} MB are free",
            where=str(folder),
            remedy="Free some space and try again.",
        )


def remove_stale(place: Path, seconds: float) -> None:
    """Delete the folders in ``place`` that nothing was put into for so many seconds.

    What cannot be deleted, or goes meanwhile at another's hands, is left alone.
    """
    with contextlib.suppress(OSError):
        for folder in place.iterdir():
            with contextlib.suppress(OSError):
                if time.time() - folder.stat().st_mtime > seconds:
                    shutil.rmtree(folder, ignore_errors=True)


def sync_file(path: Path) -> None:
    """Wait until the contents of ``path`` are on the disk."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Wait until the names in ``folder`` are on the disk."""
    if os.name == "nt":  # folders cannot be opened there; renames are journalled
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
