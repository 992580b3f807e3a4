"""Days of a month, and how they are written where a text names their month or lacks it."""

from __future__ import annotations

import re

from core.text.languages import CHINESE
from core.text.numerals import MONTHS

_SHORT = {name[:3].title(): month for month, name in enumerate(MONTHS, start=1)}
_NAME = rf"(?P<month>{'|'.join(_SHORT)})(?:t|{'|'.join(name[3:] for name in MONTHS)})?\b"
_CHINESE_MONTH = re.compile(r"(?<![0-9])(?P<month>1[0-2]|0?[1-9])\s?月\s?\Z")
_CHINESE_DAY = re.compile(r"\s?(?:日|[号號](?![楼线馆院]))")
_MONTH_BEFORE = re.compile(rf"\b{_NAME}\.?\s(?:the\s)?\Z")
_MONTH_BEHIND = re.compile(rf"(?:st|nd|rd|th)?\s(?:of\s)?{_NAME}")


def month_of(text: str, start: int, end: int, language: str) -> int | None:
    """The month, from 1, of the day that the number from ``start`` to ``end`` is; else nothing.

    Args:
        text: Chinese or English, of ``language``.
    """
    day = text[start:end]
    if not day.isdecimal() or len(day) > 2 or not 1 <= int(day) <= 31:
        return None
    if language == CHINESE:
        found = _CHINESE_DAY.match(text, end) and _CHINESE_MONTH.search(text, 0, start)
        return int(found["month"]) if found else None
    found = _MONTH_BEFORE.search(text, 0, start) or _MONTH_BEHIND.match(text, end)
    return _SHORT[found["month"]] if found else None


def find_month(text: str, month: int, language: str) -> tuple[int, int] | None:
    """Where ``text`` of ``language`` names ``month`` without a day of it."""
    name = MONTHS[month - 1].title()
    found = (
        re.search(rf"(?<![0-9]){month}\s?月份?(?!\s?[0-9])", text)
        if language == CHINESE
        else re.search(
            rf"(?<![0-9] )(?<!(?:st|nd|rd|th) )(?<!of )\b{name}\b(?! [0-9]{{1,2}}\b)", text
        )
    )
    return found.span() if found else None


def write_day(month: int, day: int, language: str) -> str:
    """``day`` of ``month`` in ``language``: 3月16日, March 16."""
    name = MONTHS[month - 1].title()
    return f"{month}月{day}日" if language == CHINESE else f"{name} {day}"
