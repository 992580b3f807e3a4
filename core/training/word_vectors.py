"""Word vectors as text: the formats of word2vec (Mikolov et al. 2013) and GloVe (Pennington et al.
2014), read as a stream, for such files have millions of lines."""

from __future__ import annotations

from collections.abc import Container, Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.errors import InputError
from core.training.numbered_lines import numbered_lines

Vector = NDArray[np.float32]

_HOLDS = "a word and its numbers"
_MOST_DIGITS = 18  # of a count; int() takes no more than some thousands
_CHOOSE = "Choose a file of vectors as word2vec or GloVe write them as text."


def word_vectors(path: Path, wanted: Container[str], width: int) -> Iterator[tuple[str, Vector]]:
    """The words of ``path`` that are ``wanted``, each with its vector ``[width]``.

    A line has a word, which may hold blanks, and its numbers. word2vec's first line says how many
    words there are and how wide they are; GloVe has no such line. Numbers of words that nobody
    wants are counted, but not read.

    Raises, from the first ``next`` on:
        InputError: the file cannot be read, a line is broken, vectors have another width, or there
            are fewer than the first line says.
    """
    promised: int | None = None
    number = 0
    for number, line in numbered_lines(path, holds=_HOLDS):
        if number == 1 and line is not None:
            promised = _header(line, path, width)
            if promised is not None:
                continue
        word, numbers = _cut(line, path, number, width)
        if word in wanted:
            yield word, _vector(numbers, path, number)
    if promised is not None and number - 1 < promised:
        raise InputError(
            f"the file is cut off: {promised} words are promised, {number - 1} are there",
            where=path.name,
            remedy="Copy or download it again.",
        )


def check_width(path: Path, width: int) -> None:
    """Refuse a file whose first line has vectors of another width than ``width``.

    Raises:
        InputError: it has, or cannot be read.
    """
    number, line = next(numbered_lines(path, holds=_HOLDS))
    if line is None or _header(line, path, width) is None:
        _cut(line, path, number, width)


def _header(line: str, path: Path, width: int) -> int | None:
    """How many words the first line promises; ``None`` if it is a word's.

    Raises:
        InputError: it says, or has, another width.
    """
    fields = line.split()
    if len(fields) == 2 and all(map(_is_count, fields)) and width > 1:
        _check_width(int(fields[1]), path, width)
        return int(fields[0])
    if len(fields) > 1 and _numbers_at_end(fields) == len(fields) - 1:  # one word, all else numbers
        _check_width(len(fields) - 1, path, width)
    return None


def _numbers_at_end(fields: list[str]) -> int:
    count = 0
    for field in reversed(fields):
        if not _is_number(field):
            break
        count += 1
    return min(count, len(fields) - 1)


def _is_count(field: str) -> bool:
    return field.isdecimal() and len(field) <= _MOST_DIGITS


def _is_number(field: str) -> bool:
    try:
        float(field)
    except ValueError:
        return False
    return True


def _check_width(found: int, path: Path, width: int) -> None:
    if found != width:
        raise InputError(
            f"its vectors have {found} numbers, the model's embeddings {width}",
            where=f"{path.name}, line 1",
            remedy=f"Give {found} as width or embedding_width, or other vectors.",
        )


def _cut(line: str | None, path: Path, number: int, width: int) -> tuple[str, list[str]]:
    """A line's word and its ``width`` numbers, still as text."""
    fields = [] if line is None else line.rstrip().rsplit(None, width)
    more = fields[0].split()[1:] if fields else []
    if len(fields) != width + 1 or (more and all(map(_is_number, more))):
        raise InputError(
            f"the line has no word with {width} numbers",
            where=f"{path.name}, line {number}",
            remedy=_CHOOSE,
        )
    return fields[0].strip(), fields[1:]


def _vector(numbers: list[str], path: Path, number: int) -> Vector:
    try:
        vector = np.array(numbers, dtype=np.float32)
    except ValueError as error:
        raise InputError(
            f"the line has something else where a number should be ({error})",
            where=f"{path.name}, line {number}",
            remedy=_CHOOSE,
        ) from error
    if not np.isfinite(vector).all():
        raise InputError(
            "a number is infinite or none", where=f"{path.name}, line {number}", remedy=_CHOOSE
        )
    return vector
