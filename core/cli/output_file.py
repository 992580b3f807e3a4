"""A file of output lines that grows for hours and survives a kill at any moment.

It is written as ``NAME.partial`` and renamed at the end. Every few seconds it is synced, and the
journal beside it (see :mod:`core.cli.journal`) says how much of it counts. Going on reads the input
again up to that place: another input is noticed, and what comes behind the place may have been
corrected.
"""

from __future__ import annotations

import contextlib
import dataclasses
import hashlib
import io
import itertools
import os
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from core.cli.journal import Journal, begin_anew, read_journal, remove_journal, write_journal
from core.cli.progress import counted
from core.errors import InputError, StorageError
from core.files import storage_errors, sync_folder

if sys.platform != "win32":
    import fcntl

SYNC_SECONDS = 5.0
_BINARY = getattr(os, "O_BINARY", 0)  # Windows changes line ends else


class OutputFile:
    """A file being written; see the module. Made by :func:`open_output`."""

    def __init__(self, path: Path, file: io.FileIO, journal: Journal) -> None:
        self.path = path
        self.partial = partial_of(path)
        self._file = file
        self._saved = journal
        self._done = journal
        self._digest = hashlib.sha256()
        self._saved_at = time.monotonic()

    @property
    def lines(self) -> int:
        """Lines written."""
        return self._done.lines

    def replay(self, source: Iterator[str], name: str) -> Iterator[tuple[str, str]]:
        """Take from ``source`` the lines that are done; each with the line made of it.

        Must be read to its end before anything is appended.

        Raises:
            InputError: ``source``, which the user calls ``name``, begins with other lines.
            StorageError: the file cannot be read.
        """
        with storage_errors(self.partial), self.partial.open("rb") as written:
            for line in itertools.islice(source, self.lines):
                self._digest.update(_line(line))
                yield line, written.readline().removesuffix(b"\n").decode("utf-8", "replace")
        if self._digest.hexdigest() != self._done.sha256:
            made = f"{self.partial.name} was made of"
            raise InputError(
                f"its first {self.lines:,} lines are not those that {made}",
                where=name,
                remedy=f"Name the file it was begun with, or {begin_anew(self.partial)}",
            )
        with storage_errors(self.partial):
            self._cut()

    def append(self, pairs: Sequence[tuple[str, str]]) -> None:
        """Write the second line of every pair, made of the first.

        Raises:
            StorageError: they cannot be written; the file is as it was.
        """
        data = b"".join(_line(text) for _, text in pairs)
        with storage_errors(self.partial):
            try:
                _write(self._file, data)
            except OSError:
                self._cut()
                raise
        for source, _ in pairs:
            self._digest.update(_line(source))
        self._done = dataclasses.replace(
            self._done,
            lines=self.lines + len(pairs),
            bytes=self._done.bytes + len(data),
            sha256=self._digest.hexdigest(),
        )
        if time.monotonic() - self._saved_at >= SYNC_SECONDS:
            self.save()

    def _cut(self) -> None:
        """Drop what does not count."""
        self._file.truncate(self._done.bytes)
        self._file.seek(self._done.bytes)

    def save(self) -> None:
        """See that what is written is on the disk and counts.

        Raises:
            StorageError: the disk refuses; what was saved before still counts.
        """
        if self._done != self._saved:
            with storage_errors(self.partial):
                os.fsync(self._file.fileno())
            write_journal(self.path, self._done)
            self._saved = self._done
        self._saved_at = time.monotonic()

    def finish(self) -> None:
        """Give the file its name.

        Raises:
            StorageError: it cannot be renamed, or there is another of its name by now.
        """
        self.save()
        _refuse_existing(self.path)
        self._file.close()
        with storage_errors(self.path):
            os.replace(self.partial, self.path)
            sync_folder(self.path.parent)
        remove_journal(self.path)

    def close(self) -> int:
        """Keep what is written, if it is not finished; returns how many lines are kept.

        A file without any is removed.
        """
        if not self._file.closed:
            # Whatever ends the job is what to tell; what was saved before still counts.
            with contextlib.suppress(StorageError):
                self.save()
            self._file.close()
            if not self._saved.lines:
                with contextlib.suppress(OSError, StorageError):
                    self.partial.unlink()
                    remove_journal(self.path)
        return self._saved.lines


def open_output(path: Path, made_by: Mapping[str, str], *, resume: bool) -> OutputFile | None:
    """The file ``path``, new or as far as it is; with ``resume`` ``None`` if it is finished.

    Args:
        path: its name when finished.
        made_by: what its lines hang on, by the names that a user knows.
        resume: go on with an unfinished one, if there is one.

    Raises:
        StorageError: there is a file of that name, an unfinished one without ``resume``, or one
            that another process writes; or the place cannot be written.
        OptionError: the unfinished one was made by something else.
    """
    partial = partial_of(path)
    if resume and path.is_file() and not partial.exists():
        remove_journal(path)  # a kill may have struck before that
        return None
    _refuse_existing(path)
    with storage_errors(partial):
        file = io.FileIO(os.open(partial, os.O_RDWR | os.O_CREAT | _BINARY, 0o666), "r+")
    try:
        _lock(file, partial)
        return OutputFile(path, file, _begun(file, path, made_by, resume=resume))
    except BaseException:
        file.close()
        raise


def _begun(file: io.FileIO, path: Path, made_by: Mapping[str, str], *, resume: bool) -> Journal:
    """What counts of the unfinished ``file``, which is emptied if nothing does."""
    partial = partial_of(path)
    size = os.fstat(file.fileno()).st_size
    journal = read_journal(path)
    if size and journal is None:
        raise StorageError(
            "it is not known how much of this unfinished file counts",
            where=str(partial),
            remedy="Delete it to begin anew.",
        )
    if not size or journal is None or not journal.lines:
        with storage_errors(partial):
            file.truncate(0)
        journal = Journal(dict(made_by))
        write_journal(path, journal)
        return journal
    if not resume:
        raise StorageError(
            f"it holds {counted(journal.lines, 'line', 'lines')} of an unfinished translation",
            where=str(partial),
            remedy="Add --resume to go on with it, or delete it to begin anew.",
        )
    journal.check(made_by, size, partial)
    return journal


def partial_of(path: Path) -> Path:
    """What the file ``path`` is called while it is being written."""
    return path.with_name(f"{path.name}.partial")


def _refuse_existing(path: Path) -> None:
    if os.path.lexists(path):
        raise StorageError(
            "there is already a file of that name",
            where=str(path),
            remedy="Choose another name, or delete it.",
        )


def _lock(file: io.FileIO, partial: Path) -> None:
    """See that no other process writes ``file``; where files cannot be locked, trust."""
    if sys.platform == "win32":  # a file that is open cannot be renamed there
        return
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise StorageError(
            "another attune-cli is writing it",
            where=str(partial),
            remedy="Wait until that has ended, or choose another name.",
        ) from error
    except OSError:  # a network disk that knows no locks
        return


def _line(text: str) -> bytes:
    return f"{text}\n".encode()


def _write(file: io.FileIO, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[file.write(rest) :]
