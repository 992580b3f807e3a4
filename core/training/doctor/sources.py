"""What is known of a file of pairs: its form, its columns and its languages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from core.errors import OptionError
from core.text.languages import is_language

TEXT = "text"  # a pair a line, parted by a character; quotation marks mean nothing
CSV = "csv"  # the same, but quotation marks around a cell allow that character and line ends in it
ALIGNED = "aligned"  # two text files whose lines of the same number belong together
JSON_LINES = "jsonl"
TMX = "tmx"
XLSX = "xlsx"
FORMATS = (TEXT, CSV, ALIGNED, JSON_LINES, TMX, XLSX)

DELIMITERS = {"tab": "\t", "comma": ",", "semicolon": ";", "bar": "|"}

Column = int | str
"""A column by its number from 1; of JSON lines a key, of TMX a language."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What a user knows better than the recognition; ``None`` leaves it to that.

    Attributes:
        format: one of :data:`FORMATS`.
        encoding: one of :data:`core.training.doctor.encodings.ENCODINGS`.
        delimiter: the character between columns.
        columns: those of source and target, in this order.
        header: whether the first row names the columns.
        sheet: of a workbook, by its name.
        source_language, target_language: both or neither.
    """

    format: str | None = None
    encoding: str | None = None
    delimiter: str | None = None
    columns: tuple[Column, Column] | None = None
    header: bool | None = None
    sheet: str | None = None
    source_language: str | None = None
    target_language: str | None = None

    def __post_init__(self) -> None:
        if self.format not in (None, *FORMATS):
            known = ", ".join(FORMATS)
            raise OptionError(f"unknown format {self.format!r}", remedy=f"Give one of {known}.")
        if self.delimiter is not None and (len(self.delimiter) != 1 or self.delimiter in '"\r\n\0'):
            raise OptionError(
                f"{self.delimiter!r} cannot part columns", remedy="Give one character, as a comma."
            )
        languages = self.source_language, self.target_language
        if languages != (None, None) and not all(map(is_language, languages)):
            raise OptionError(
                "a pair has a side in one language and a side in another",
                remedy="Give the codes of both, as: --from zh --to en.",
            )
        if self.columns is not None and self.columns[0] == self.columns[1]:
            raise OptionError(
                f"column {self.columns[0]} was given for both sides", remedy="Give two columns."
            )


@dataclass(frozen=True, slots=True)
class Guess:
    """Something recognised: a field of :class:`PairSource`, and how sure it is, from 0 to 1."""

    field: str
    certainty: float


@dataclass(frozen=True, slots=True)
class PairSource:
    """A file of pairs, or two aligned ones, and how to read it.

    Attributes:
        paths: the file; the source's and the target's if ``format`` is :data:`ALIGNED`.
        format: one of :data:`FORMATS`.
        encodings: one for each path; of a workbook, which has none of its own, ``"utf-8"``.
        delimiter: the character between columns, empty where no such character parts them.
        columns: those of source and target.
        header: whether the first row names the columns.
        sheet: the workbook's sheet, else empty.
        names: what the file calls its columns, where it does.
        source_language, target_language: codes; ``"zh"`` and ``"en"``, or the other way round,
            unless others were given.
        guesses: what was recognised; the rest was given, or can be nothing else.
    """

    paths: tuple[Path, ...]
    format: str
    encodings: tuple[str, ...] = ("utf-8",)
    delimiter: str = ""
    columns: tuple[Column, Column] = (1, 2)
    header: bool = False
    sheet: str = ""
    names: Mapping[Column, str] | None = None
    source_language: str = ""
    target_language: str = ""
    guesses: tuple[Guess, ...] = ()

    @property
    def name(self) -> str:
        """The files' names, for people."""
        return " + ".join(path.name for path in self.paths)

    @property
    def counted(self) -> str:
        """What the numbers of its rows count, for people."""
        return {TMX: "unit", XLSX: "row"}.get(self.format, "line")


def plain(paths: tuple[Path, ...], source_language: str, target_language: str) -> PairSource:
    """Text in UTF-8 that needs no recognition: a pair a line with a tab between, or two files."""
    kind, delimiter = (TEXT, "\t") if len(paths) == 1 else (ALIGNED, "")
    return PairSource(
        paths,
        kind,
        ("utf-8",) * len(paths),
        delimiter,
        source_language=source_language,
        target_language=target_language,
    )


class Record(NamedTuple):
    """A row as the file has it.

    Attributes:
        number: its line, row or unit, from 1.
        cells: its columns; empty if it has a fault.
        text: what stands in it, for the report.
        fault: why it holds no columns (a reason of the report), or empty.
    """

    number: int
    cells: Mapping[Column, str]
    text: str = ""
    fault: str = ""


class Row(NamedTuple):
    """A pair as the file has it, unless ``fault`` (a reason of the report) tells why it is none."""

    number: int
    source: str
    target: str
    text: str
    fault: str = ""
