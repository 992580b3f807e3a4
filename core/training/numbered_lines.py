r"""Lines of text files with their numbers, and clear words about files that are none.

Text is UTF-8, with or without a byte order mark. Lines end at ``"\n"``; one ``"\r"`` before it
belongs to the line's end. Files named ``.xz`` or ``.gz`` are unpacked as they are read.
"""

from __future__ import annotations

import gzip
import lzma
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, cast

from core.errors import InputError

# More than any line that serves has; the rest of such a line is not kept.
_MAX_LINE_BYTES = 1 << 20
_BOM = b"\xef\xbb\xbf"
UTF16 = (b"\xff\xfe", b"\xfe\xff")
SAVE_AS_UTF8 = 'Open it in an editor, choose "Save as" and the encoding UTF-8.'
_ARCHIVES = (".xz", ".gz")
# What reading on may raise, an archive's damage among it.
READ_FAULTS = (OSError, EOFError, lzma.LZMAError, zlib.error)


def numbered_lines(path: Path, *, holds: str) -> Iterator[tuple[int, str | None]]:
    """Lines of ``path`` from 1 on without their ends; ``None`` for one of more than 1 MiB.

    Args:
        path: the file.
        holds: what stands in a line, for the error about an empty file.

    Raises, from the first ``next`` on:
        InputError: the file is missing, a folder, unreadable, empty, damaged or not UTF-8.
    """
    with open_raw(path) as raw, unpacked(raw, path) as file:
        yield from lines_of(file, path, holds=holds)


def lines_of(file: BinaryIO, path: Path, *, holds: str) -> Iterator[tuple[int, str | None]]:
    """:func:`numbered_lines` of ``file``, which is ``path`` open, unpacked and in UTF-8."""
    number = 0
    try:
        while line := file.readline(_MAX_LINE_BYTES):
            number += 1
            whole = len(line) < _MAX_LINE_BYTES or line.endswith(b"\n")
            if number == 1:
                line = _without_mark(line, path, holds)
            if whole:
                yield number, _decode(line, path, number)
            else:
                _skip_rest_of_line(file)
                yield number, None
    except READ_FAULTS as error:
        raise unreadable(path, number, error) from error
    if number == 0:
        raise _empty(path, holds)


def open_raw(path: Path) -> BinaryIO:
    """``path`` open for reading as it is.

    Raises:
        InputError: the file is missing, a folder or unreadable.
    """
    try:
        return path.open("rb")
    except FileNotFoundError as error:
        raise InputError(
            "there is no such file", where=str(path), remedy="Check its name and folder."
        ) from error
    except IsADirectoryError as error:
        raise InputError(
            "this is a folder, not a file", where=str(path), remedy="Choose a file in it."
        ) from error
    except OSError as error:
        raise InputError(
            f"the file cannot be read ({error.strerror})",
            where=str(path),
            remedy="Check that you may read it.",
        ) from error


def unpacked(raw: BinaryIO, path: Path) -> BinaryIO:
    """What ``raw``, the open file ``path``, holds: of an archive its content.

    Closing it need not close ``raw``.
    """
    if path.suffix == ".xz":
        return cast(BinaryIO, lzma.open(raw, "rb"))
    return cast(BinaryIO, gzip.open(raw, "rb")) if path.suffix == ".gz" else raw


def _without_mark(line: bytes, path: Path, holds: str) -> bytes:
    """The first line without its byte order mark; empty only if the file holds nothing else."""
    if line[:2] in UTF16:
        raise InputError("the file is UTF-16", where=path.name, remedy=SAVE_AS_UTF8)
    if line == _BOM:
        raise _empty(path, holds)
    return line.removeprefix(_BOM)


def _empty(path: Path, holds: str) -> InputError:
    remedy = f"Write {holds} a line into it."
    return InputError("the file is empty", where=path.name, remedy=remedy)


def unreadable(path: Path, number: int, error: Exception) -> InputError:
    """The error for one of :data:`READ_FAULTS` after line ``number`` of ``path``."""
    place = f"{path.name}, after line {number}" if number else path.name
    if path.suffix in _ARCHIVES:
        return InputError(
            f"the archive is damaged or cut off ({error})",
            where=place,
            remedy="Copy or download it again.",
        )
    return InputError(
        f"the file cannot be read on ({error})", where=place, remedy="Check the disk it lies on."
    )


def _skip_rest_of_line(file: BinaryIO) -> None:
    while (rest := file.readline(_MAX_LINE_BYTES)) and not rest.endswith(b"\n"):
        pass


def _decode(line: bytes, path: Path, number: int) -> str:
    last = not line.endswith(b"\n")
    line = line.removesuffix(b"\n").removesuffix(b"\r")
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError as error:
        where = f"{path.name}, line {number}, byte {error.start + 1}"
        if last and error.reason == "unexpected end of data":
            what = "the file is cut off in the middle of a character"
            remedy = "Copy or download it again, or delete the last line."
            raise InputError(what, where=where, remedy=remedy) from error
        raise InputError("the file is not UTF-8", where=where, remedy=SAVE_AS_UTF8) from error
