"""Which columns hold the pair, and whether the first row names them: by script and by name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from core.text.languages import CHINESE, ENGLISH, HAN_PATTERN
from core.training.checks import Script, in_proportion
from core.training.doctor.sources import Column, Record

# Rows looked at to recognise a file.
SAMPLE_ROWS = 200
# A pair of columns that fits so well needs no better one to its right.
_GOOD = 0.5
_MOST_LOOKED_AT = 64  # columns
_MOST_COLUMNS = 12  # of which pairs are tried
_LONGEST_NAME = 30  # characters
_SENTENCE_END = re.compile(r"[.!?。！？…]\s*\Z")
_NAMES = {
    CHINESE: "zh zho chi cn zhcn zhtw zhhans zhhant chinese mandarin 中文 汉语 漢語 中国语 简体"
    " 繁体 简体中文 繁體中文 chinesesimplified simplifiedchinese chinesetraditional",
    ENGLISH: "en eng enus engb english 英文 英语 英語",
    "": "source target src tgt trg original translation reference text sentence segment sourcetext"
    " targettext translatedtext 原文 译文 譯文 源语言 目标语言 原句 译句 翻译",
}
_LANGUAGE_OF_NAME = {name: language for language, names in _NAMES.items() for name in names.split()}
_NO_LETTER = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Layout:
    """Two columns, the language of the first, and how well they fit, from 0 to 1."""

    columns: tuple[Column, Column]
    first_language: str
    fit: float


def find_layout(records: Sequence[Record]) -> Layout:
    """The two columns that are Chinese and English, in the order of the file.

    The leftmost two, or those that the first row names, are taken if they fit at all.
    """
    rows = [record for record in records if not record.fault]
    columns = list(dict.fromkeys(column for row in rows for column in row.cells))[:_MOST_LOOKED_AT]
    named = _named(rows[0]) if rows else {}
    scripts = {column: [Script.of(row.cells.get(column, "")) for row in rows] for column in columns}
    best = Layout((columns[0], columns[1]) if len(columns) > 1 else (1, 2), "", 0.0)
    able = [c for c in columns if any(s.han or s.words for s in scripts[c])][:_MOST_COLUMNS]
    for place, left in enumerate(able):
        for right in able[place + 1 :]:
            found = _fit(left, right, scripts[left], scripts[right])
            bonus = 0.2 * ((left in named) + (right in named))
            if found.fit + bonus > best.fit + 0.05:
                best = Layout(found.columns, found.first_language, found.fit + bonus)
            if place == 0 and right == able[1] and found.fit >= _GOOD and not named:
                return found
    return Layout(best.columns, best.first_language, min(1.0, best.fit))


def _fit(left: Column, right: Column, lefts: list[Script], rights: list[Script]) -> Layout:
    """How many rows are Chinese and English, in the order that more of them have."""
    counts = {CHINESE: 0, ENGLISH: 0}
    for one, other in zip(lefts, rights, strict=True):
        if one.is_clearly(CHINESE) and other.is_clearly(ENGLISH) and in_proportion(one, other):
            counts[CHINESE] += 1
        elif one.is_clearly(ENGLISH) and other.is_clearly(CHINESE) and in_proportion(other, one):
            counts[ENGLISH] += 1
    first = CHINESE if counts[CHINESE] >= counts[ENGLISH] else ENGLISH
    return Layout((left, right), first, counts[first] / max(1, len(lefts)))


def first_language(records: Sequence[Record], columns: tuple[Column, Column]) -> tuple[str, float]:
    """The language of the first of ``columns``, and how sure that is; empty if nobody can tell."""
    rows = [record.cells for record in records if not record.fault]
    scripts = [[Script.of(row.get(column, "")) for row in rows] for column in columns]
    found = _fit(*columns, *scripts)
    return (found.first_language, found.fit) if found.fit > 0 else ("", 0.0)


def is_header(
    records: Sequence[Record], columns: tuple[Column, Column], first: str, *, strict: bool
) -> bool:
    """Whether the first of ``records`` names the columns.

    Args:
        records: the first rows of a file.
        columns: those of the pair.
        first: the language of the first of them.
        strict: only known names count; else also short cells in another script than all others.
    """
    if not records or records[0].fault:
        return False
    cells = [records[0].cells.get(column, "").strip() for column in columns]
    if all(_key(cell) in _LANGUAGE_OF_NAME for cell in cells):
        return True
    if strict or len(records) < 3 or not first:
        return False
    if any(not cell or len(cell) > _LONGEST_NAME or _SENTENCE_END.search(cell) for cell in cells):
        return False
    other = ENGLISH if first == CHINESE else CHINESE
    rest = first_language(records[1:], columns)
    stray = not _is_in(cells[0], first) or not _is_in(cells[1], other)
    return stray and rest[1] > 0.9


def _is_in(cell: str, language: str) -> bool:
    return (HAN_PATTERN.search(cell) is not None) == (language == CHINESE)


def _named(first: Record) -> dict[Column, str]:
    """The columns that the first row calls by a language's name."""
    found = {column: _LANGUAGE_OF_NAME.get(_key(cell), "") for column, cell in first.cells.items()}
    found |= {
        column: _LANGUAGE_OF_NAME.get(_key(column.rpartition(".")[2]), "")
        for column in first.cells
        if isinstance(column, str)
    }
    return {column: language for column, language in found.items() if language}


def _key(name: str) -> str:
    return _NO_LETTER.sub("", name).lower()
