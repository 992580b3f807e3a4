"""Rows of JSON lines: an object or an array a line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from core.files import parse_json
from core.training.doctor.delimited import on_one_line
from core.training.doctor.encodings import open_as_utf8
from core.training.doctor.sources import Column, PairSource, Record
from core.training.numbered_lines import lines_of

_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_DEEPEST = 3  # objects inside objects that still hold columns


def json_records(source: PairSource) -> Iterator[Record]:
    """The rows of a file; what holds no strings has the fault ``"unreadable"``.

    The columns of an object are its keys, those of an object inside it ``outer.inner``; those of
    an array are numbered from 1.

    Raises, while it is read:
        InputError: it cannot be read.
    """
    with open_as_utf8(source.paths[0], source.encodings[0]) as file:
        for number, text in lines_of(file, source.paths[0], holds="an object with a pair"):
            yield Record(number, {}, "", "too_long") if text is None else _record(number, text)


def _record(number: int, text: str) -> Record:
    if not text.strip():
        return Record(number, {}, text, "empty")
    try:
        value = parse_json(text)
    except ValueError:
        return Record(number, {}, text, "unreadable")
    cells = dict(_strings(value, "", 1))
    if not cells:
        return Record(number, {}, text, "unreadable")
    return Record(number, cells, text, "control" if "\0" in "".join(cells.values()) else "")


def _strings(value: object, name: str, depth: int) -> Iterator[tuple[Column, str]]:
    """The strings inside ``value`` by their columns."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _inner(inner, f"{name}.{key}" if name else str(key), depth)
    elif isinstance(value, list):
        for number, inner in enumerate(value, 1):
            yield from _inner(inner, f"{name}.{number}" if name else number, depth)


def _inner(value: object, name: Column, depth: int) -> Iterator[tuple[Column, str]]:
    if isinstance(value, str):
        yield name, on_one_line(_LONE_SURROGATE.sub("\ufffd", value))
    elif depth < _DEEPEST:
        yield from _strings(value, str(name), depth + 1)
