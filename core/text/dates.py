"""Days of a month in running text: 8月12日, *August 12*, *the 12th of August*."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from core.text.languages import CHINESE, ENGLISH
from core.text.numerals import MONTHS, chinese_value


@dataclass(frozen=True, slots=True)
class Date:
    """A day of a month.

    Attributes:
        start, end: its offsets.
        month: 1 to 12.
        day: 1 to 31.
    """

    start: int
    end: int
    month: int
    day: int

    @property
    def when(self) -> tuple[int, int]:
        """Month and day."""
        return self.month, self.day


_SHORT = {name[:3].title(): month for month, name in enumerate(MONTHS, start=1)}
_NAME = rf"\b({'|'.join(_SHORT)})(?:t|{'|'.join(name[3:] for name in MONTHS)})?\b"
_COUNT = "([0-9]{1,2}|[一二三四五六七八九十]{1,3})"
_CHINESE = re.compile(
    rf"(?<![0-9.一二三四五六七八九十个]){_COUNT}\s?月\s?{_COUNT}\s?(?:日|[号號](?![楼线馆院]))"
)
_DAY = r"(?<![0-9.,:])([0-9]{1,2})(?:st|nd|rd|th)?\b(?![,.:%]?[0-9])"
_ENGLISH = re.compile(  # of 24 July 25 it is July 25
    rf"{_NAME}\.?\s(?:the\s)?{_DAY}"
    rf"|(?:\b[Tt]he\s)?{_DAY}\s(?:of\s)?{_NAME}(?!\s[0-9]{{1,2}}\b)"
)
_LONE = {
    CHINESE: re.compile(r"(?<![0-9])[0-9]{1,2}\s?月份?(?!\s?[0-9])"),
    ENGLISH: re.compile(_NAME),
}


def find_dates(text: str, language: str) -> tuple[Date, ...]:
    """The days of a month that ``text`` names with the month; none in other languages."""
    found = list(_read(text, language))
    return tuple(date for date in found if 1 <= date.month <= 12 and 1 <= date.day <= 31)


def _read(text: str, language: str) -> Iterator[Date]:
    if language == CHINESE:
        for match in _CHINESE.finditer(text):
            yield Date(*match.span(), *map(_value, match.groups()))
    if language == ENGLISH:
        for match in _ENGLISH.finditer(text):
            month, day = match[1] or match[4], match[2] or match[3]
            yield Date(*match.span(), _SHORT[month], int(day))


def _value(word: str) -> int:
    return int(word) if word.isdigit() else int(chinese_value(word))


def lone_months(text: str, language: str) -> tuple[tuple[int, int], ...]:
    """Offsets of the months that ``text``, Chinese or English, names without a day."""
    return _outside(_LONE[language], text, language)


def lone_days(text: str, day: int, language: str) -> tuple[tuple[int, int], ...]:
    """Offsets of what may be ``day`` of a month that ``text`` does not name, or misspells."""
    pattern = (
        rf"(?<![0-9.,:])(?:[0-9]{{0,2}}月)?(?<![0-9]){day}\s?[日号號]"
        if language == CHINESE
        else rf"(?<![0-9.,:-])(?:\b[Tt]he\s)?\b{day}(?:st|nd|rd|th)?\b(?!%|[,.:-]?[0-9])"
    )
    return _outside(re.compile(pattern), text, language)


def _outside(pattern: re.Pattern[str], text: str, language: str) -> tuple[tuple[int, int], ...]:
    """Where ``pattern`` stands in ``text``, but for what begins in a date."""
    dates = find_dates(text, language)
    return tuple(
        match.span()
        for match in pattern.finditer(text)
        if not any(date.start <= match.start() < date.end for date in dates)
    )


def write_date(date: Date, language: str, instead: str = "") -> str:
    """``date`` as ``language`` writes it, in the order of what stands in its place."""
    if language == CHINESE:
        return f"{date.month}月{date.day}日"
    name = MONTHS[date.month - 1].title()
    day_first = instead[:1].isdigit() and not instead.isdigit()
    return f"{date.day} {name}" if day_first else f"{name} {date.day}"
