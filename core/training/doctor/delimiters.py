"""The character between the columns of a text file, and whether cells stand in quotation marks."""

from __future__ import annotations

import contextlib
import itertools
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from core.errors import InputError
from core.training.doctor.columns import SAMPLE_ROWS, find_layout
from core.training.doctor.delimited import delimited_records
from core.training.doctor.encodings import open_as_utf8
from core.training.doctor.sources import (
    CSV,
    DELIMITERS,
    TEXT,
    Choices,
    Guess,
    PairSource,
    Record,
)
from core.training.numbered_lines import lines_of

_TAB = "\t"
# A table without a recognised pair has as many cells in so many of its rows.
_REGULAR = 0.9


def recognise_delimiter(source: PairSource, choices: Choices) -> PairSource:
    """``source``, of text, with its delimiter and its format, :data:`TEXT` or :data:`CSV`.

    The delimiter is the one that makes most rows a Chinese and an English column; where none
    does, the tab if there is one, else the one that makes as many cells in every row.

    Raises:
        InputError: there is only one column.
    """
    if choices.delimiter is not None:
        kind = choices.format or (TEXT if choices.delimiter == _TAB else CSV)
        return replace(source, format=kind, delimiter=choices.delimiter)
    if choices.format == TEXT:
        return replace(source, delimiter=_TAB)
    lines = _first_lines(source)
    best, best_fit = source, -1.0
    for tried in _candidates(source, lines, choices):
        fit = _fit(_sample(tried)) if any(tried.delimiter in line for line in lines) else 0.0
        if fit > best_fit + 0.05:
            best, best_fit = tried, fit
    if best_fit <= 0 and not any(_TAB in line for line in lines):
        best = _regular(source, lines)
    sure = round(max(0.0, best_fit), 3)
    found = (Guess("delimiter", sure), *(() if choices.format else (Guess("format", sure),)))
    return replace(best, guesses=(*source.guesses, *found))


def _candidates(source: PairSource, lines: Sequence[str], choices: Choices) -> Iterator[PairSource]:
    """What the file may be, the likeliest first."""
    tabs = replace(source, format=CSV, delimiter=_TAB)
    if choices.format is None and not (_is_exported(lines) or _is_torn(tabs, lines)):
        tabs = replace(tabs, format=TEXT)
    yield tabs
    for delimiter in DELIMITERS.values():
        if delimiter != _TAB:
            yield replace(source, format=CSV, delimiter=delimiter)


# Between tabs, quotation marks are marks of the text unless they cannot be that.


def _is_exported(lines: Sequence[str]) -> bool:
    """Whether every cell with a mark is as a spreadsheet program writes it, one without doubt.

    It puts such a cell into quotation marks and doubles those inside.
    """
    marked = [cell for line in lines for cell in line.split(_TAB) if '"' in cell]
    quoted = [cell for cell in marked if _is_quoted(cell)]
    return len(quoted) == len(marked) and any('""' in cell[1:-1] for cell in quoted)


def _is_torn(tabs: PairSource, lines: Sequence[str]) -> bool:
    """Whether quotation marks that go on to the next line, and they alone, make rows of a width."""
    cells = (cell for line in lines for cell in line.split(_TAB))
    if not any(cell.startswith('"') and not _is_quoted(cell) for cell in cells):
        return False
    torn = {line.count(_TAB) + 1 for line in lines}
    whole = {len(record.cells) for record in _sample(tabs)}
    return len(torn) > 1 and len(whole) == 1 and max(whole) > 1


def _is_quoted(cell: str) -> bool:
    inside = cell[1:-1].replace('""', "")
    return len(cell) > 2 and cell[0] == cell[-1] == '"' and '"' not in inside


def _first_lines(source: PairSource) -> list[str]:
    with open_as_utf8(source.paths[0], source.encodings[0]) as file:
        lines = lines_of(file, source.paths[0], holds="a pair")
        return [text or "" for _, text in itertools.islice(lines, SAMPLE_ROWS)]


def _sample(source: PairSource) -> list[Record]:
    found: list[Record] = []
    # Quotation marks may make no sense with this delimiter.
    with contextlib.suppress(InputError):
        found.extend(itertools.islice(delimited_records(source), SAMPLE_ROWS))
    return found


def _fit(records: Sequence[Record]) -> float:
    whole = sum(not record.fault for record in records) / max(1, len(records))
    return find_layout(records).fit * whole


def _regular(source: PairSource, lines: Sequence[str]) -> PairSource:
    """``source`` with the delimiter that makes as many cells, two or more, in nearly every row."""
    for delimiter in list(DELIMITERS.values())[1:]:
        tried = replace(source, format=CSV, delimiter=delimiter)
        widths = Counter(len(record.cells) for record in _sample(tried))
        width, count = widths.most_common(1)[0] if widths else (0, 0)
        if width > 1 and count >= _REGULAR * widths.total():
            return tried
    if any(map(str.strip, lines)):
        raise InputError(
            "it has only one column: no tab, comma, semicolon or bar parts a line in two",
            where=f"{source.name}, line 1",
            remedy="Put a tab between source and target, or give two files, one of each.",
        )
    return replace(source, format=TEXT, delimiter=_TAB)
