"""Rows of workbooks (Office Open XML), read by openpyxl as a stream.

A workbook is a zip archive: what it would unpack to is looked up before anything is unpacked.
openpyxl keeps the workbook's table of strings in memory.
"""

from __future__ import annotations

import contextlib
import datetime
import itertools
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from core.errors import InputError
from core.training.doctor.delimited import on_one_line
from core.training.doctor.sources import Column, PairSource, Record
from core.training.numbered_lines import open_raw

if TYPE_CHECKING:
    from openpyxl import Workbook

# Limits of the format itself.
_MOST_ROWS = 1_048_576
# More columns are not looked at.
MOST_COLUMNS = 64
# A workbook full of rows has some 200 MB of XML, a tenth of that when packed.
_MOST_BYTES = 1 << 30
_MOST_STRING_BYTES = 1 << 28
_HIGHEST_RATIO = 200
_SMALL = 10 << 20  # bytes that need no thought
_MOST_PARTS = 10_000
_PACKINGS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # that the format knows
# Characters of a row, all its cells together; the format has 32,767 in a cell.
_LONGEST_ROW = 1 << 20
_ROWS_AT_ONCE = 1000
_SAVE_AGAIN = "Open it in a spreadsheet program and save it again as .xlsx."
# What openpyxl raises for what is no workbook: it checks little.
_FAULTS = (
    zipfile.BadZipFile, zlib.error, OSError, EOFError, SyntaxError, RuntimeError,
    NotImplementedError, ValueError, LookupError, TypeError, AttributeError, OverflowError,
)  # fmt: skip


def sheet_names(path: Path) -> list[str]:
    """The names of the workbook's sheets, those of charts left out.

    Raises:
        InputError: it cannot be opened, is damaged, or would unpack beyond all measure.
    """
    with _opened(path) as book:
        return [sheet.title for sheet in book.worksheets]


def xlsx_records(source: PairSource) -> Iterator[Record]:
    """The rows of the sheet, those that are blank left out; its columns are numbered from 1.

    Raises, while it is read:
        InputError: as :func:`sheet_names`.
    """
    path = source.paths[0]
    with _opened(path) as book:
        number = 0
        rows: Iterator[tuple[Any, ...]] = book[source.sheet].iter_rows(
            min_row=1, max_row=_MOST_ROWS, max_col=MOST_COLUMNS, values_only=True
        )
        while chunk := _next_rows(rows, path, number):
            for row in chunk:
                number += 1
                if row.count(None) == len(row):  # a gap may have a million rows
                    continue
                if sum(len(value) for value in row if isinstance(value, str)) > _LONGEST_ROW:
                    yield Record(number, {}, "", "too_long")
                    continue
                cells = {c: _text(value) for c, value in enumerate(row, 1) if value is not None}
                if any(map(str.strip, cells.values())):
                    yield _record(number, cells)


def _next_rows(rows: Iterator[tuple[Any, ...]], path: Path, number: int) -> list[tuple[Any, ...]]:
    """The rows after ``number``; openpyxl's warnings about what it skips are nobody's business."""
    with warnings.catch_warnings(), _damage(f"{path.name}, after row {number}"):
        warnings.simplefilter("ignore")
        return list(itertools.islice(rows, _ROWS_AT_ONCE))


def _record(number: int, cells: dict[int, str]) -> Record:
    width = max(cells)
    columns: dict[Column, str] = {column: cells.get(column, "") for column in range(1, width + 1)}
    text = "\t".join(columns.values())
    if "\0" in text:
        return Record(number, {}, text, "control")
    return Record(number, columns, text, "columns" if width < 2 else "")


def _text(value: object) -> str:
    if isinstance(value, str):
        return on_one_line(value)
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, (datetime.datetime, datetime.date, datetime.time)):
        return value.isoformat()
    return str(value)


# --- opening -------------------------------------------------------------------------------------


@contextlib.contextmanager
def _opened(path: Path) -> Iterator[Workbook]:
    with open_raw(path) as raw:
        with _damage(path.name):
            with zipfile.ZipFile(raw) as archive:
                _check_parts(archive, path)
            from openpyxl import load_workbook

            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                book = load_workbook(raw, read_only=True, data_only=True, keep_links=False)
        try:
            yield book
        finally:
            book.close()


@contextlib.contextmanager
def _damage(where: str) -> Iterator[None]:
    """Turn whatever a damaged workbook leads to into an error for the user."""
    try:
        yield
    except _FAULTS as error:
        reason = (str(error).splitlines() or [type(error).__name__])[0].rstrip(".")
        raise InputError(
            f"the workbook is damaged or cut off ({reason})", where=where, remedy=_SAVE_AGAIN
        ) from error


def _check_parts(archive: zipfile.ZipFile, path: Path) -> None:
    """See that the archive is a workbook of reasonable size that declares no entities.

    What zipfile reads of a part never exceeds the size in the directory, so that is not only a
    promise.
    """
    parts = archive.infolist()  # all: a sheet may be called anything that a relation names
    if not any(part.filename.startswith("xl/") for part in parts):
        raise InputError(
            "this archive is no workbook", where=path.name, remedy="Give the file inside it."
        )
    for part in parts:
        if part.compress_type not in _PACKINGS:
            raise NotImplementedError(f"{part.filename} is packed in an unknown way")
        packed, size = max(1, part.compress_size), part.file_size
        strings = not part.filename.startswith("xl/worksheets/")  # what is kept in memory
        if size > (_MOST_STRING_BYTES if strings else _MOST_BYTES) or (
            size > _SMALL and size > _HIGHEST_RATIO * packed
        ):
            raise _bomb(path, f"{part.filename} would unpack from {packed:,} to {size:,} bytes")
    total = sum(part.file_size for part in parts)
    if total > _MOST_BYTES or len(parts) > _MOST_PARTS:
        raise _bomb(path, f"{len(parts):,} parts would unpack to {total:,} bytes")
    for part in parts:
        if part.filename.startswith("xl/media/"):  # pictures, which nobody opens
            continue
        with archive.open(part) as file:
            if b"<!DOCTYPE" in file.read(4096).replace(b"\0", b"").upper():
                raise InputError(
                    "it declares a document type, which no spreadsheet program does",
                    where=f"{path.name}, {part.filename}",
                    remedy=_SAVE_AGAIN,
                )


def _bomb(path: Path, what: str) -> InputError:
    return InputError(
        f"it is too large to open ({what})",
        where=path.name,
        remedy="Save the pairs as text with tabs, or in several workbooks.",
    )
