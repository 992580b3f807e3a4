"""Rows of text files whose columns are parted by a character, with and without quotation marks."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence

from core.errors import InputError
from core.training.doctor.encodings import open_as_utf8
from core.training.doctor.sources import CSV, Column, PairSource, Record
from core.training.numbered_lines import lines_of

_HOLDS = "a pair"
# What would tear a table's line apart, looked for once in every stretch of blanks.
_BREAKS = re.compile(r"(?<!\s)\s*[\t\n\r\v\f\x1c-\x1e\x85\u2028\u2029]\s*")

# A row of its own behind the last, unless a quotation mark is still open there.
_END = "\x1eend\x1e"

# The csv module has one limit for all its readers, of characters of a cell: longer than any line
# that is given to it, so that only a quotation mark that is never closed gets there.
csv.field_size_limit(1 << 21)


def on_one_line(cell: str) -> str:
    """``cell`` with each of its line ends and tabs made one blank."""
    return _BREAKS.sub(" ", cell)


def _without_tabs(cell: str) -> str:
    """``cell``, a part of one line, with blanks for its tabs."""
    return cell.replace("\t", " ")


def delimited_records(source: PairSource) -> Iterator[Record]:
    """The rows of a file of the format :data:`TEXT` or :data:`CSV`, the header among them.

    Raises, while it is read:
        InputError: it cannot be read, or a quotation mark is never closed.
    """
    with open_as_utf8(source.paths[0], source.encodings[0]) as file:
        lines = lines_of(file, source.paths[0], holds=_HOLDS)
        yield from (_quoted if source.format == CSV else _plain)(lines, source)


def aligned_records(source: PairSource) -> Iterator[Record]:
    """The lines of two files side by side, as columns 1 and 2.

    Raises, while they are read:
        InputError: one cannot be read, or ends before the other.
    """
    (first, second), (encoding, other) = source.paths, source.encodings
    with open_as_utf8(first, encoding) as left, open_as_utf8(second, other) as right:
        lefts = lines_of(left, first, holds="a sentence")
        rights = lines_of(right, second, holds="a sentence")
        number = 0
        for number, text in lefts:
            partner = next(rights, None)
            if partner is None:
                raise _unpaired(source, 0, number + sum(1 for _ in lefts), number - 1)
            yield _beside(number, text, partner[1])
        surplus = sum(1 for _ in rights)
        if surplus:
            raise _unpaired(source, 1, number + surplus, number)


def _beside(number: int, left: str | None, right: str | None) -> Record:
    if left is None or right is None:
        return Record(number, {}, "", "too_long")
    text = f"{left}\t{right}"
    cells: dict[Column, str] = {1: _without_tabs(left), 2: _without_tabs(right)}
    return Record(number, cells, text, "control" if "\0" in text else "")


def _unpaired(source: PairSource, longer: int, lines: int, fewer: int) -> InputError:
    name, shorter = source.paths[longer].name, source.paths[1 - longer].name
    return InputError(
        f"this line has no partner: the file has {lines} lines, {shorter} has {fewer}",
        where=f"{name}, line {fewer + 1}",
        remedy="Give two files whose lines of the same number belong together.",
    )


def _plain(lines: Iterator[tuple[int, str | None]], source: PairSource) -> Iterator[Record]:
    for number, text in lines:
        if text is None:
            yield Record(number, {}, "", "too_long")
            continue
        cells = text.split(source.delimiter)
        if source.delimiter != "\t":  # else none is inside a cell
            cells = list(map(_without_tabs, cells))
        yield _record(number, cells, text)


def _quoted(lines: Iterator[tuple[int, str | None]], source: PairSource) -> Iterator[Record]:
    """Rows by the rules of RFC 4180; the number is that of the line in which a row begins."""
    overlong: list[int] = []

    def given() -> Iterator[str]:
        for number, text in lines:
            if text is None:
                overlong.append(number)
            # A reader would take the mark that ends a line for one inside a cell.
            yield "\n" if text is None else text.replace("\r", " ") + "\n"
        yield _END

    reader = csv.reader(given(), delimiter=source.delimiter)
    before = 0
    while True:
        try:
            cells = next(reader, None)
        except csv.Error as error:
            raise _unclosed(source, before + 1, error) from error
        if cells is None or cells == [_END]:
            return
        if cells and cells[-1].endswith(_END):
            raise _unclosed(source, before + 1, "the file ends first")
        begin, before = before + 1, reader.line_num
        if overlong:
            overlong.clear()
            yield Record(begin, {}, "", "too_long")
        else:
            yield _record(begin, list(map(on_one_line, cells)), "\t".join(cells))


def _unclosed(source: PairSource, line: int, reason: object) -> InputError:
    return InputError(
        f"the row that begins here does not end: a quotation mark is not closed ({reason})",
        where=f"{source.paths[0].name}, line {line}",
        remedy='Close it, or write "" for a quotation mark inside a cell.',
    )


def _record(number: int, cells: Sequence[str], text: str) -> Record:
    columns: dict[Column, str] = dict(enumerate(cells, 1))
    if "\0" in text:
        return Record(number, {}, text, "control")
    if len(cells) < 2:
        return Record(number, columns, text, "columns" if text.strip() else "empty")
    return Record(number, columns, text)
