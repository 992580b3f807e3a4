"""Days of the week in running text, and which of a sentence's its translation does not name.

They say when as exactly as a number does, and a wrong one reads as well as the right one. As with
numbers, reading is generous: a day that may be meant is known, and only one that is beyond doubt
*required*. Of ``上周三家公司`` nobody can tell by the signs alone whether it is three companies.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from core.text.languages import CHINESE, ENGLISH

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_CHINESE_DAYS = "一二三四五六日"


@dataclass(frozen=True, slots=True)
class Weekday:
    """A day, or days that one word stands for.

    Attributes:
        start, end: its offsets.
        days: 0 for Monday to 6 for Sunday.
        required: whether a translation must name it.
    """

    start: int
    end: int
    days: frozenset[int]
    required: bool


_WEEK = "星期|礼拜|禮拜|周|週"
# Beyond doubt: not 四周一片, 一周三次, 上周日本, 上周四川, 上周五角大楼, 上周一直, 上周三家公司.
_COUNTED = "(?<![一二两三四五六七八九十几数半多0-9])(?<![一两几数]个)"
_MEASURE = (
    "[个個次回遍趟天日年月期节節堂场場届名位人倍度集章十百千万萬亿元块分点點半号时小"
    "家项項份批条條座辆架艘只隻头张幅篇封首部则款台种種群对双套队支组行起些片班代两兩]"
)
_OTHER = (
    f"(?!{_MEASURE}|(?<=一)(?:直|样|般|同|共|定|边|旦|切|举|向|路|体|汽|带|再|先令)|(?<=二)(?:战|手|季|胎|代|级|维)"
    "|(?<=三)(?:星|峡|亚|菱|明|国|方|地|省|大|级|成|角|权|农|维)|(?<=四)(?:川|处|季|国|方|大)"
    "|(?<=五)(?:角|一|四|粮|大|星|国|金)|(?<=六)(?:国|方|安|盘|一))"
    "(?!(?<=日)(?:本|元|方|军|语|圆|系|产|均|前|报|常|益|落|内|后|夜|子|韩|经|式|裔|籍|耳))"
)
_SURE = re.compile(
    rf"{_COUNTED}(?:{_WEEK})[一二三四五六日]{_OTHER}|(?:星期|礼拜|禮拜)天(?![气氣空然下文地才])"
)
_NAMED = re.compile(
    rf"(?:{_WEEK})(?P<first>[一二三四五六日天])"
    r"(?P<more>日|(?:(?:、|/|至|到|和|及|与|或|[-–—~～])[一二三四五六日天])*)"
)
_ENGLISH = re.compile(r"\b(?P<day>mon|tues|wednes|thurs|fri|satur|sun)days?\b", re.IGNORECASE)
_SHORT = re.compile(r"\b(?P<day>Mon|Tues?|Wed|Thu(?:rs?)?|Fri|Sat|Sun)\b")
# Feasts and set phrases that Chinese has other words for.
_FEAST = re.compile(r"\b(?:good|easter|palm|ash|maundy|holy|whit|man|ruby)\s\Z", re.IGNORECASE)
_SET = re.compile(r"\s(?:school|best|roast|Times|Addams)\b|'s\b(?= restaurant)")
_WORKDAYS, _WEEKEND, _ALL = frozenset(range(5)), frozenset((5, 6)), frozenset(range(7))
_GENERAL = {
    CHINESE: (
        (re.compile("工作日|平日|上班日"), _WORKDAYS),
        (re.compile("周末|週末|双休日|雙休日|安息日"), _WEEKEND),
        (re.compile("主日|复活节|復活節"), frozenset((6,))),
        (re.compile("(?:每|天)天|每日|日复一日"), _ALL),
    ),
    ENGLISH: (
        (re.compile(r"\b(?:week|work|working )days?\b", re.IGNORECASE), _WORKDAYS),
        (re.compile(r"\bweek-?ends?\b|\bsabbaths?\b", re.IGNORECASE), _WEEKEND),
        (re.compile(r"\bLord's Day\b|\bEaster\b"), frozenset((6,))),
        (re.compile(r"\b(?:every ?day|daily)\b", re.IGNORECASE), _ALL),
    ),
}


def find_weekdays(text: str, language: str) -> tuple[Weekday, ...]:
    """The days of the week in ``text``, and what may stand for one, by where they begin.

    A text in a language that is not read here may name any day.
    """
    if language not in _GENERAL:
        return (Weekday(0, 0, _ALL, False),)
    found = list(_in_chinese(text) if language == CHINESE else _in_english(text))
    for pattern, days in _GENERAL[language]:
        found += [Weekday(*match.span(), days, False) for match in pattern.finditer(text)]
    return tuple(sorted(found, key=lambda day: day.start))


def unnamed(days: Iterable[Weekday], others: Iterable[Weekday]) -> tuple[Weekday, ...]:
    """Those of ``days`` beyond doubt that ``others``, of the other text, do not name."""
    known = frozenset(day for other in others for day in other.days)
    return tuple(day for day in days if day.required and not day.days & known)


def write_weekday(day: Weekday, language: str, instead: str) -> str:
    """``day`` as ``language`` writes it, dressed like the day whose place it takes (周二)."""
    number = min(day.days)
    if language == CHINESE:
        week = re.match(_WEEK, instead)
        return (week[0] if week else "星期") + _CHINESE_DAYS[number]
    return DAYS[number] + ("s" if instead.endswith("s") else "")


def write_adverb(day: Weekday, text: str, language: str) -> str:
    """On ``day``, which stands in ``text``, or on every such day, as ``language`` writes it."""
    every = text[: day.start].endswith("每") or text[day.start : day.end].endswith("s")
    if language == CHINESE:
        return ("每" if every else "") + write_weekday(day, language, "")
    return "on " + write_weekday(day, language, "s" if every else "")


def _in_chinese(text: str) -> Iterator[Weekday]:
    for match in _NAMED.finditer(text):
        sure = bool(_SURE.match(text, match.start()))
        yield Weekday(match.start(), match.end("first"), _chinese_day(match["first"]), sure)
        for place in range(*match.span("more")):
            if text[place] in f"{_CHINESE_DAYS}天":
                yield Weekday(place, place + 1, _chinese_day(text[place]), False)


def _chinese_day(sign: str) -> frozenset[int]:
    return frozenset((_CHINESE_DAYS.index("日" if sign == "天" else sign),))


def _in_english(text: str) -> Iterator[Weekday]:
    for match in _ENGLISH.finditer(text):
        fixed = _FEAST.search(text, max(0, match.start() - 8), match.start())
        sure = not fixed and not _SET.match(text, match.end())
        yield Weekday(*match.span(), _english_day(match["day"]), sure)
    for match in _SHORT.finditer(text):
        yield Weekday(*match.span(), _english_day(match["day"]), False)


def _english_day(word: str) -> frozenset[int]:
    return frozenset(number for number, day in enumerate(DAYS) if day.startswith(word[:3].title()))
