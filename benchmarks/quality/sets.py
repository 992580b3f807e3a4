"""Test sets: files of Chinese, a tab and English."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from benchmarks.quality.domains import Provenance, provenance
from core.errors import InputError
from core.text.languages import CHINESE, HAN_PATTERN

_FORM = "Give one pair a line: Chinese, a tab, English."


@dataclass(frozen=True)
class TestSet:
    """Pairs of sentences, and what the set's name tells of them."""

    __test__ = False  # for pytest: the name is the field's

    name: str
    chinese: tuple[str, ...]
    english: tuple[str, ...]
    provenance: Provenance

    def __len__(self) -> int:
        return len(self.chinese)

    @property
    def sha256(self) -> str:
        """Hash of the pairs in their order, as text: a line each, its sides parted by a tab."""
        lines = zip(self.chinese, self.english, strict=True)
        return hashlib.sha256("".join(f"{a}\t{b}\n" for a, b in lines).encode()).hexdigest()

    def turned(self, source_language: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Sources and references for a model that reads ``source_language``."""
        both = self.chinese, self.english
        return both if source_language == CHINESE else both[::-1]


def read_set(path: Path, most: int | None = None) -> TestSet:
    """The set in ``path``, its first ``most`` pairs if that is given.

    Raises:
        InputError: it cannot be read, or holds something else than such pairs.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="\n") as file:
            rows = [line.rstrip("\r\n").split("\t") for line in islice(file, most)]
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(
            f"the set cannot be read ({error})", where=str(path), remedy="Check the file."
        ) from error
    for number, row in enumerate(rows, start=1):
        if len(row) < 2 or not row[0].strip() or not row[1].strip():
            raise InputError("there is no pair", where=f"{path}, line {number}", remedy=_FORM)
    if not rows:
        raise InputError("the set is empty", where=str(path), remedy=_FORM)
    if 2 * sum(bool(HAN_PATTERN.search(row[0])) for row in rows) < len(rows):
        raise InputError("the first column is not Chinese", where=str(path), remedy=_FORM)
    chinese, english = (tuple(row[side].strip() for row in rows) for side in (0, 1))
    return TestSet(path.stem, chinese, english, provenance(path.stem))


def read_sets(places: Sequence[Path], most: int | None = None) -> tuple[TestSet, ...]:
    """The sets in ``places``, files or folders of them, by name.

    Raises:
        InputError: there are none, one cannot be read, or two have the same name.
    """
    files: list[Path] = []
    for place in places:
        found = list(place.glob("[!.]*.tsv"))  # none where it is a file
        if place.is_dir() and not found:
            raise InputError(
                "there are no test sets", where=str(place), remedy=f"Put .tsv files there. {_FORM}"
            )
        files += found or [place]
    sets = sorted((read_set(path, most) for path in files), key=lambda found: found.name)
    names = [found.name for found in sets]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise InputError(
            f"there are two sets called {twice!r}", remedy="Rename one: results go by the name."
        )
    return tuple(sets)
