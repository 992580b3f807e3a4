"""The rows of a file of pairs, whatever its form."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from core.training.doctor.delimited import aligned_records, delimited_records
from core.training.doctor.json_lines import json_records
from core.training.doctor.sources import (
    ALIGNED,
    CSV,
    JSON_LINES,
    TEXT,
    TMX,
    XLSX,
    Column,
    PairSource,
    Record,
    Row,
)
from core.training.doctor.tmx import tmx_records, variant
from core.training.doctor.xlsx import xlsx_records

_READERS: dict[str, Callable[[PairSource], Iterator[Record]]] = {
    TEXT: delimited_records,
    CSV: delimited_records,
    ALIGNED: aligned_records,
    JSON_LINES: json_records,
    TMX: tmx_records,
    XLSX: xlsx_records,
}


def records(source: PairSource) -> Iterator[Record]:
    """The rows as the file has them, a header among them.

    Raises, while it is read:
        InputError: the file cannot be read, or not as ``source`` says.
    """
    return _READERS[source.format](source)


def read(source: PairSource) -> Iterator[Row]:
    """The pairs of a file in its order, one row at a time; rows that hold none tell their fault.

    Raises, while it is read:
        InputError: the file cannot be read, or not as ``source`` says.
    """
    rows = records(source)
    if source.header:
        next(rows, None)
    for number, cells, text, fault in rows:
        if fault:
            yield Row(number, "", "", text, fault)
            continue
        one, other = (_side(cells, column, source.format) for column in source.columns)
        if one is None or other is None:
            yield Row(number, "", "", text, "columns" if text.strip() else "empty")
        else:
            yield Row(number, one.strip(), other.strip(), text)


def _side(cells: Mapping[Column, str], column: Column, kind: str) -> str | None:
    return variant(cells, str(column)) if kind == TMX else cells.get(column)
