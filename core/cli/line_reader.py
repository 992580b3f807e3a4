r"""Lines of any number and from any source, one at a time: files, archives, pipes, a keyboard.

A line ends at ``\n`` only and may have :data:`MAX_LINE_BYTES`.
"""

from __future__ import annotations

import contextlib
import io
import os
import select
import stat
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Protocol

from core.cancel import CancelToken
from core.errors import InputError
from core.training.numbered_lines import (
    READ_FAULTS,
    SAVE_AS_UTF8,
    UTF16,
    open_raw,
    unpacked,
    unreadable,
)

STANDARD_INPUT = "-"
MAX_LINE_BYTES = 4 << 20
# Seconds that live input may take for its next line to count as being there.
_GRACE = 0.05
# Seconds between two looks at whether to stop waiting.
_LOOK = 0.2
_CHUNK = 1 << 16
# Shorter lines may hold anything.
_FEW_BYTES = 7


class _Readable(Protocol):
    """What a reader asks of its file."""

    def readline(self, limit: int, /) -> bytes:
        """The next line with its end, cut after ``limit`` bytes; empty at the file's end."""
        ...


class LiveInput:
    """A pipe or keyboard: gives what is there, knows whether a line waits, can be interrupted.

    Where the system cannot tell whether a pipe holds something (Windows), only what was read
    together counts as being there.
    """

    def __init__(self, raw: io.RawIOBase, cancel: CancelToken) -> None:
        self._raw = raw
        self._cancel = cancel
        self._waiting = bytearray()
        self._ended = False

    def readline(self, limit: int) -> bytes:
        """The next line with its end, cut after ``limit`` bytes; empty at the input's end.

        Raises:
            Cancelled: the token was cancelled while nothing came.
        """
        while not self._complete() and len(self._waiting) < limit:
            self._cancel.check()
            if self._arrives(_LOOK):
                self._fill()
        end = self._waiting.find(b"\n") + 1 or len(self._waiting)
        line = bytes(self._waiting[: min(end, limit)])
        del self._waiting[: len(line)]
        return line

    def ready(self) -> bool:
        """Whether the next line, or the end, is there or comes at once."""
        latest = time.monotonic() + _GRACE
        while not self._complete():
            if os.name == "nt" or not self._arrives(max(0.0, latest - time.monotonic())):
                return False
            self._fill()
        return True

    def _complete(self) -> bool:
        return self._ended or b"\n" in self._waiting

    def _arrives(self, seconds: float) -> bool:
        if os.name == "nt":  # select knows only sockets there
            return True
        return bool(select.select([self._raw], [], [], seconds)[0])

    def _fill(self) -> None:
        chunk = self._raw.read(_CHUNK)
        if chunk is None:  # an unblocking pipe whose bytes someone else took
            return
        self._waiting += chunk
        self._ended = not chunk


class LineReader:
    """An iterator over the lines of a UTF-8 file without their line feeds.

    Attributes:
        name: what the user calls the file.
        number: lines given so far.
        size: bytes of the file on the disk; ``None`` where nobody knows.
    """

    def __init__(self, file: _Readable, name: str, raw: BinaryIO | None = None) -> None:
        self.name = name
        self.number = 0
        self._file = file
        self._raw = raw
        self.size = None if raw is None else os.fstat(raw.fileno()).st_size

    @property
    def position(self) -> int:
        """How many of ``size`` bytes are read."""
        return 0 if self._raw is None else self._raw.tell()

    def ready(self) -> bool:
        """Whether the next line, or the end, is there without waiting."""
        return not isinstance(self._file, LiveInput) or self._file.ready()

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        """The next line.

        Raises:
            InputError: the file cannot be read on, or the line is too long or not UTF-8.
        """
        try:
            line = self._file.readline(MAX_LINE_BYTES + 1)
        except READ_FAULTS as error:
            raise unreadable(Path(self.name), self.number, error) from error
        if not line:
            raise StopIteration
        text = self._decoded(line)
        self.number += 1
        return text

    def _decoded(self, line: bytes) -> str:
        first = self.number == 0
        place = f"{self.name}, line {self.number + 1}"
        if len(line.removesuffix(b"\n")) > MAX_LINE_BYTES:
            raise InputError(
                f"it is longer than {MAX_LINE_BYTES:,} bytes",
                where=place,
                remedy="Put fewer sentences on a line.",
            )
        if _is_utf16(line, first):
            raise InputError("the file is UTF-16", where=self.name, remedy=SAVE_AS_UTF8)
        try:
            return line.removesuffix(b"\n").decode("utf-8-sig" if first else "utf-8")
        except UnicodeDecodeError as error:
            raise InputError(
                f"byte {error.start + 1} is not UTF-8",
                where=place,
                remedy="Correct the line, or save the file as UTF-8.",
            ) from error


def _is_utf16(line: bytes, first: bool) -> bool:
    """Whether the file says so, or bytes of zero are as many as UTF-16 has beside Latin letters.

    Chinese in UTF-16 without a mark is hardly ever sound UTF-8.
    """
    marked = first and line.startswith(UTF16)
    return marked or (len(line) > _FEW_BYTES and line.count(0) > len(line) // 3)


@contextlib.contextmanager
def open_lines(name: str, cancel: CancelToken | None = None) -> Iterator[LineReader]:
    """The lines of the file ``name``, unpacked if it is ``.gz`` or ``.xz``.

    Args:
        name: the file; ``-`` is standard input.
        cancel: ends waiting for live input.

    Raises:
        InputError: there is no such file, or it cannot be read.
    """
    if name == STANDARD_INPUT:
        yield LineReader(_standard_input(cancel or CancelToken()), "standard input")
        return
    with open_raw(Path(name)) as raw, unpacked(raw, Path(name)) as file:
        yield LineReader(file, name, raw)


def _standard_input(cancel: CancelToken) -> _Readable:
    if sys.stdin is None:
        raise InputError("it is closed", where="standard input", remedy="Name a file.")
    buffer = sys.stdin.buffer
    raw = getattr(buffer, "raw", None)
    if not isinstance(raw, io.RawIOBase) or stat.S_ISREG(os.fstat(raw.fileno()).st_mode):
        return buffer
    return LiveInput(raw, cancel)
