"""Numbers below zero and years before Christ, so that a translation that lost that can be told.

As with denials (:mod:`core.text.negation`), reading is careful on both sides: a number is *sided*
where the sign stands right at it, and a translation tells it that has any such sign anywhere.
Percentages are left alone: what is 5 % less than nothing may well be called a loss.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from core.text.languages import CHINESE, ENGLISH
from core.text.numbers import Number


class Side(Enum):
    """Of zero, or of the year one."""

    MINUS = "minus"
    BEFORE_CHRIST = "before Christ"


@dataclass(frozen=True, slots=True)
class Sided:
    """A number with its sign.

    Attributes:
        start, end: offsets of both together.
        side: on which the number stands.
        number: the number alone.
    """

    start: int
    end: int
    side: Side
    number: Number


_NONE = re.compile(r"(?!)")
_HYPHEN = r"(?<![A-Za-z0-9.)\]一二三四五六七八九十度℃°])[-−－](?=[$€£¥￥]?\Z)"
# What a hyphen before an amount follows where it is a minus: else it may be that of a list.
_AMOUNT_LEADS = re.compile(r"(?:\A|[为是达到至约了：:（(,，]|\b(?:was|is|of|at|to|by|be)\s)\Z")
# Behind a hyphen that stands for a minus: else it is that of a list or of a range.
_MEASURE = re.compile(r"\s?(?:°|℃|℉|度|摄氏|华氏|degrees?\b|[CF]\b)")
_MONEY = re.compile(
    r"\s?(?:[美日港欧澳加]?元|人民币|英镑|法郎|卢布|dollars?\b|euros?\b|pounds?\b|yuan\b|yen\b)"
)
_AMOUNT = re.compile(r"[$€£¥￥]?[0-9]")
_PERCENT = re.compile(r"\s?(?:[%％]|percent\b|per cent\b)")
# Behind a 负 that is not a minus: a match that was lost, 2 to 3; a part of the blame that is borne.
_BORNE = re.compile(r"\s?[比:：-]|[^\W0-9度摄华加减乘除等到至]")

_CENTURY = r"(?:st|nd|rd|th)?(?:[ -](?:century|centuries|millennium))?"
_UNIT = re.compile(_CENTURY)

_BEFORE = {
    (CHINESE, Side.MINUS): re.compile(rf"(?:零下|(?<!胜)负)\s?\Z|{_HYPHEN}"),
    (CHINESE, Side.BEFORE_CHRIST): re.compile(r"(?:公元|西元|纪元)前\s?\Z"),
    ("", Side.MINUS): re.compile(rf"(?i:\bminus |\bnegative )\Z|{_HYPHEN}"),
}
_BEHIND = {
    ("", Side.MINUS): re.compile(
        r"(?:\s?(?:degrees?|°))?(?:\s?(?:[CF]|Celsius|Fahrenheit|centigrade))?"
        r" below (?:zero|freezing)\b",
        re.IGNORECASE,
    ),
    ("", Side.BEFORE_CHRIST): re.compile(rf"{_CENTURY}\s?(?:B\.C\.E\.|BCE\b|B\.C\.|BC\b)"),
}
_MAY = {
    (CHINESE, Side.MINUS): re.compile(
        r"零下|零度以下|冰点|负(?![责担])|减|亏|赤字|逆差|损失|[-−－–—]\s?[$€£¥￥]?[0-9]"
    ),
    (CHINESE, Side.BEFORE_CHRIST): re.compile(
        r"元前|前\s?[0-9一二三四五六七八九]|BCE?(?![A-Za-z])|B\.C"
    ),
    ("", Side.MINUS): re.compile(
        r"\b(?:minus|negative|freezing|sub-?zero|loss(?:es)?|lost|deficits?"
        r"|(?:below|under) (?:zero|0))\b|[-−–—]\s?[$€£¥￥]?[0-9]",
        re.IGNORECASE,
    ),
    ("", Side.BEFORE_CHRIST): re.compile(r"\bB\.?\s?C|\bbefore\b", re.IGNORECASE),
}


def _of(
    table: Mapping[tuple[str, Side], re.Pattern[str]], language: str, side: Side
) -> re.Pattern[str]:
    return table.get((CHINESE if language == CHINESE else "", side), _NONE)


def find_sided(text: str, language: str, numbers: Iterable[Number]) -> tuple[Sided, ...]:
    """Those of ``numbers`` in ``text`` that a sign right at them puts on the other side."""
    found = []
    for number in numbers:
        if text.startswith("centur", number.start):
            continue  # the number is that before it
        for side in Side:
            start, end = number.start, number.end
            before, behind = _signs(text, start, end, side, language)
            if before and _means_other(before, text, end):
                before = None
            if before or behind:
                start = before.start() if before else start
                found.append(Sided(start, behind.end() if behind else end, side, number))
    return tuple(found)


def _signs(
    text: str, start: int, end: int, side: Side, language: str
) -> tuple[re.Match[str] | None, re.Match[str] | None]:
    """What tells the side of the number from ``start`` to ``end``, before it and behind it."""
    before = _of(_BEFORE, language, side).search(text, max(0, start - 9), start)
    return before, _of(_BEHIND, language, side).match(text, end)


def tells_side(text: str, start: int, end: int, side: Side, language: str) -> bool:
    """Whether the number from ``start`` to ``end`` has the sign of ``side`` already."""
    return any(_signs(text, start, end, side, language))


def _means_other(sign: re.Match[str], text: str, end: int) -> bool:
    """Whether ``sign`` before a number that ends at ``end`` is none by what stands beside it."""
    if sign[0][0] in "-−－" and not _MEASURE.match(text, end):
        amount = text[sign.end()] in "$€£¥￥" or _MONEY.match(text, end)
        return not (amount and _AMOUNT_LEADS.search(text, 0, sign.start()))
    return bool(_PERCENT.match(text, end)) or (
        sign[0].startswith("负") and bool(_BORNE.match(text, end))
    )


def unsided(sided: Sequence[Sided], translation: str, language: str) -> tuple[Sided, ...]:
    """Those whose side nothing in ``translation`` could show."""
    if language not in (CHINESE, ENGLISH):
        return ()  # what says it there is not known
    return tuple(one for one in sided if not _of(_MAY, language, one.side).search(translation))


def with_unit(text: str, start: int, end: int, side: Side, language: str) -> tuple[int, int]:
    """Offsets of a number together with what must stay between it and its side."""
    if side is not Side.BEFORE_CHRIST:
        return start - text.startswith(tuple("$€£¥￥"), start - 1), end
    if language == CHINESE:
        return start - text.startswith("第", start - 1), end
    found = _UNIT.match(text, end)
    return start, found.end() if found else end


def write_side(shown: str, side: Side, language: str, before: str, behind: str) -> str:
    """A number with its side, as a text has it.

    Args:
        shown: the number as it stands there, in digits or words, with its unit.
        side: of it.
        language: of the text.
        before, behind: what stands around it.
    """
    if side is Side.BEFORE_CHRIST:
        if language != CHINESE:
            return f"{shown} BC"
        return f"前{shown}" if before.endswith("公元") else f"公元前{shown}"
    if language == CHINESE and _MEASURE.match(behind):
        return f"零下{shown}"
    signed = bool(_AMOUNT.match(shown))
    if language == CHINESE:
        return f"-{shown}" if signed else f"负{shown}"
    return f"-{shown}" if signed else f"minus {shown}"
