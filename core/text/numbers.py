"""Numbers in running text, and whether those of a sentence are in its translation.

A number may change its dress: ``3月`` is ``March``, ``3万`` is ``30,000``, ``第3`` is ``third``,
``14:30`` is ``2:30 p.m.``. So each has the values that it may stand for, and two agree that share
one. Reading is generous, for what is missed wrongly would be mended wrongly.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from core.text import numerals
from core.text.languages import CHINESE

Rational = int | Fraction  # whole numbers as int, which takes a tenth of the time and equals them
Value = Rational | str  # codes and versions are strings


@dataclass(frozen=True, slots=True)
class Number:
    """A number.

    Attributes:
        start, end: its offsets.
        value: what it says; text where that is not to be put into other words (5m, 1.2.3).
        values: all that it may stand for.
        required: whether a translation must show it.
        digits: whether it is written in digits.
    """

    start: int
    end: int
    value: Value
    values: frozenset[Value]
    required: bool
    digits: bool


# Of the same length, so that offsets hold.
_NARROW = str.maketrans("０１２３４５６７８９．％：", "0123456789.%:")
_DIGITS = re.compile(
    r"[0-9]+(?:\.[0-9]+){2,}"  # a version, an address, a date
    r"|[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?"
)
_SCALES = {
    "十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8, "万亿": 10**12,
    "十万": 10**5, "百万": 10**6, "千万": 10**7, "十亿": 10**9, "百亿": 10**10, "千亿": 10**11,
    "hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9, "trillion": 10**12,
    "k": 10**3, "K": 10**3, "m": 10**6, "M": 10**6, "mn": 10**6, "bn": 10**9, "B": 10**9,
    "tn": 10**12,
}  # fmt: skip
_SCALE = re.compile(
    r"[多余几来]?\s?(?P<chinese>万亿|[十百千]?[万亿]|[百千](?![米克瓦卡焦赫分]))"
    r"|[ -]?(?P<english>hundred|thousand|million|billion|trillion|mn|bn|tn)(?![a-z])"
    r"|(?P<letter>[KkMmB])(?![A-Za-z])"
)
_CHINESE_SCALES = "十百千万亿"
_RANGE = re.compile(r"\s?(?:[-~—–至到]|to)\s?[0-9.,]+")
_HOUR = re.compile(r":|\s?[时時点點]|\s?[ap]\.?m")
_SHORT_YEAR = re.compile(r"\s?[年后後]|'?s\b")
_DECADE = re.compile(
    r"(?<![前0-9一二三四五六七八九十.])(?P<century>[0-9]{1,2}|[一二三四五六七八九十]{1,3})\s?世[纪紀]\s?"
    r"(?P<decade>[1-9]0|[二三四五六七八九]?十)\s?年代"
)
_MONEY = "$€£¥￥"


def find_numbers(text: str, language: str) -> tuple[Number, ...]:
    """The numbers in ``text``: decades of a century, those in digits, those in words."""
    narrow = text.translate(_NARROW)
    decades = list(_decades(narrow)) if language == CHINESE else []
    for decade in decades:
        narrow = narrow[: decade.start] + " " * (decade.end - decade.start) + narrow[decade.end :]
    read = numerals.chinese if language == CHINESE else numerals.english
    words = (
        Number(start, end, value, frozenset((value, *values)), sure, False)
        for start, end, value, values, sure in read(narrow)
    )
    return (*decades, *_in_digits(narrow), *words)


def missing(source: Iterable[Number], target: Iterable[Number]) -> list[Number]:
    """Those of ``source`` that ``target`` must show and does not."""
    shown = _values(target)
    return [number for number in source if number.required and not number.values & shown]


def invented(source: Iterable[Number], target: Iterable[Number]) -> list[Number]:
    """Those of ``target`` in digits that ``source`` knows nothing of."""
    known = _values(source) | {0}
    return [number for number in target if number.digits and not number.values & known]


def _values(numbers: Iterable[Number]) -> frozenset[Value]:
    return frozenset(value for number in numbers for value in number.values)


def first_year(shown: str) -> int | None:
    """The year with which a decade of a century begins, 1830 of 19世纪30年代; of others nothing."""
    decade = _DECADE.fullmatch(shown)
    if decade is None:
        return None
    century, ten = (
        int(part) if part.isdigit() else int(numerals.chinese_value(part))
        for part in decade.group("century", "decade")
    )
    return (century - 1) * 100 + ten


def _decades(text: str) -> Iterator[Number]:
    """19世纪30年代, which says 1830 in one, and neither 19 nor 30."""
    for match in _DECADE.finditer(text):
        year, digits = first_year(match[0]), match["century"].isdigit()
        if year is not None:
            short = {year % 100} if year >= 1900 else set()  # nobody calls 1830 the 30s
            values: frozenset[Value] = frozenset((year, year // 100 + 1, *short))
            yield Number(*match.span(), year, values, True, digits)


def _in_digits(text: str) -> Iterator[Number]:
    carried: list[tuple[int, Rational]] = []  # 2万 of 2万5千: where it begins, and its value
    for match in _DIGITS.finditer(text):
        start, end = match.span()
        plain = match[0].replace(",", "")
        if plain.count(".") > 1 or len(plain) > numerals.LONGEST:
            yield Number(start, end, plain, frozenset((plain,)), True, True)
            continue
        value: Rational = int(plain) if plain.isdigit() else Fraction(plain)
        size, behind, letter = _scale(text, end)
        if behind == end:
            values = frozenset(_readings(text, start, end, plain, value))
            required = value != 0 or text[start - 1 : start] not in (":", ".")  # 3:00
            yield Number(start, end, value, values, required, True)
            continue
        end, whole = behind, value * size
        if letter and text[start - 1 : start] not in tuple(_MONEY):  # 5m of a wall, or of people
            shown = text[start:end]
            yield Number(start, end, shown, frozenset((shown, whole, value)), True, True)
            continue
        if carried:
            start, whole = carried[0][0], carried[0][1] + whole
        carried = [(start, whole)]
        if text[end - 1] in _CHINESE_SCALES and _is_scaled(text, end):
            continue
        yield Number(start, end, whole, frozenset((whole,)), True, True)
        carried = []


def _scale(text: str, start: int) -> tuple[int, int, bool]:
    """By what the words at ``start`` multiply, where they end, and whether it is a letter.

    What stands twice counts twice: 35亿亿 is what nobody would write, and what a model may.
    """
    size, end, letter = 1, start, False
    while scale := _SCALE.match(text, end):
        size *= _SCALES[scale["chinese"] or scale["english"] or scale["letter"]]
        end, letter = scale.end(), bool(scale["letter"])
    return size, end, letter


def _is_scaled(text: str, start: int) -> bool:
    """Whether a number with a scale begins at ``start``."""
    number = _DIGITS.match(text, start)
    scale = number and _SCALE.match(text, number.end())
    return bool(scale and scale["chinese"])


def _readings(text: str, start: int, end: int, plain: str, value: Rational) -> Iterator[Value]:
    """What digits may stand for by what stands beside them."""
    yield value
    if plain.startswith("0") and len(plain) > 2 and "." not in plain:
        yield plain
    if value <= 24 and _HOUR.match(text, end):
        yield from (value - 12, value + 12)
    if len(plain) == 2 and _SHORT_YEAR.match(text, end):
        yield from (value + 1900, value + 2000)
    if ranged := _RANGE.match(text, end):  # 600-700万
        yield value * _scale(text, ranged.end())[0]
