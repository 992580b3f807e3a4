"""Dates as people write them, and as ISO 8601 does."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, timedelta

FIRST, LAST = date(1900, 1, 1), date(2099, 12, 31)

_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]


def ordinal(number: int) -> str:
    """``number`` from 1 to 31 as an ordinal: 1st, 2nd, 3rd, 11th."""
    endings = {1: "st", 2: "nd", 3: "rd"}
    ending = "th" if number in (11, 12, 13) else endings.get(number % 10, "th")
    return f"{number}{ending}"


def _month(day: date) -> str:
    return _MONTHS[day.month - 1]


def _weekday(day: date) -> str:
    return _DAYS[day.weekday()]


# Where numbers alone tell the month, the day stands first.
FORMS: tuple[Callable[[date], str], ...] = (
    lambda day: f"{day.day} {_month(day)} {day.year}",
    lambda day: f"{_month(day)} {day.day}, {day.year}",
    lambda day: f"{_month(day)} {ordinal(day.day)}, {day.year}",
    lambda day: f"the {ordinal(day.day)} of {_month(day)}, {day.year}",
    lambda day: f"{_weekday(day)}, {day.day} {_month(day)} {day.year}",
    lambda day: f"{_month(day)[:3]} {day.day} {day.year}",
    lambda day: f"{day.day} {_month(day)[:3]}. {day.year}",
    lambda day: f"{day.day:02}/{day.month:02}/{day.year}",
    lambda day: f"{day.day}.{day.month}.{day.year}",
    lambda day: f"{day.year}/{day.month:02}/{day.day:02}",
)


def draw_date(chance: random.Random) -> tuple[str, str]:
    """A day of two centuries in one of :data:`FORMS`, perhaps in small letters, and in ISO 8601."""
    day = FIRST + timedelta(chance.randrange((LAST - FIRST).days + 1))
    written = chance.choice(FORMS)(day)
    return written.lower() if chance.random() < 0.3 else written, day.isoformat()
