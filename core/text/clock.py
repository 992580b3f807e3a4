"""Times of day with *a.m.* or *p.m.*, and how Chinese says them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from core.text.numerals import chinese_value


@dataclass(frozen=True, slots=True)
class Clock:
    """A time in an English text: its offsets, the hour from 0 to 23, and the minute."""

    start: int
    end: int
    hour: int
    minute: int


@dataclass(frozen=True, slots=True)
class Spoken:
    """A time in a Chinese text.

    Attributes:
        start, end: offsets of all that says it.
        hour: as it is said, of 12 or of 24.
        part: the part of the day before it, if it has one.
        slips: whether it says what no time has.
    """

    start: int
    end: int
    hour: int
    part: str
    slips: bool


_ENGLISH = re.compile(
    r"(?<![0-9:.])(?P<hour>1[0-2]|0?[1-9])(?::(?P<minute>[0-5][0-9]))?"
    r"\s?(?P<half>[ap])(?:\.\s?m\.|m\b)",
    re.IGNORECASE,
)
_HOURS_OF = {
    "凌晨": range(6), "清晨": range(4, 9), "早上": range(4, 12), "早晨": range(4, 11),
    "上午": range(6, 12), "中午": range(11, 14), "下午": range(12, 19), "傍晚": range(16, 21),
    "晚上": range(17, 24), "夜里": (*range(19, 24), *range(6)), "深夜": (22, 23, *range(5)),
    "早": range(4, 12), "晚": range(17, 24),
}  # fmt: skip
_PART = "|".join(_HOURS_OF)
_NUMERALS = "一二三四五六七八九十两"
_HOUR = rf"(?:[0-9]{{1,2}}|[{_NUMERALS}]{{1,3}})"
_CHINESE = re.compile(
    rf"(?P<part>{_PART})?(?<![0-9:.,{_NUMERALS}])(?P<hour>{_HOUR})\s?(?:[点时](?!间)|:(?=[0-9]{{2}}))"
    rf"(?P<again>{_HOUR}点)?(?:[0-9]{{2}}|[{_NUMERALS}]{{1,3}}(?=分)|半)?(?:分|(?P<slip>[磅年点]半?))?"
)


def find_clocks(text: str) -> Iterator[Clock]:
    """The times of an English ``text`` that tell the half of the day."""
    for match in _ENGLISH.finditer(text):
        hour = int(match["hour"]) % 12 + 12 * (match["half"] in "pP")
        yield Clock(*match.span(), hour, int(match["minute"] or 0))


def find_spoken(text: str) -> list[Spoken]:
    """The times of a Chinese ``text``; one said twice in a row is a single one, that slips."""
    found: list[Spoken] = []
    for match in _CHINESE.finditer(text):
        hour, start = _value(match["hour"]), match.start()
        if found and found[-1].end == start and found[-1].hour % 12 == hour % 12:
            last = found.pop()
            found.append(Spoken(last.start, match.end(), last.hour, last.part, slips=True))
        elif hour <= 24:
            slips = bool(match["again"] or match["slip"])
            found.append(Spoken(start, match.end(), hour, match["part"] or "", slips))
    return found


def _value(hour: str) -> int:
    return int(hour) if hour.isdigit() else int(chinese_value(hour))


def tells(spoken: Spoken, clock: Clock, text: str) -> bool:
    """Whether ``spoken`` in ``text`` is right: the half of the day is said there, or elsewhere."""
    if spoken.slips:
        return False
    if spoken.part:
        return clock.hour in _HOURS_OF[spoken.part]
    elsewhere = any(clock.hour in _HOURS_OF[part] for part in re.findall(_PART, text))
    return elsewhere or (spoken.hour > 12 and spoken.hour == clock.hour)


def write_clock(clock: Clock) -> str:
    """``clock`` as Chinese says it: 晚上9点, 下午3点30分."""
    parts = ((6, "凌晨"), (9, "早上"), (12, "上午"), (13, "中午"), (18, "下午"), (24, "晚上"))
    part = next(part for limit, part in parts if clock.hour < limit)
    minutes = f"{clock.minute}分" if clock.minute else ""
    return f"{part}{clock.hour % 12 or 12}点{minutes}"
