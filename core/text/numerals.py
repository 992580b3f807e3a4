"""Numbers written in words, Chinese and English, as far as translations of numbers need them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

# Offsets, values that the words may stand for, and whether they are a number for sure.
Found = tuple[int, int, set[Fraction | str], bool]

LONGEST = 100  # digits of a number; more are a code, and Python converts no more than 4,300
_DIGIT = dict(zip("零一二三四五六七八九〇两兩○", (*range(10), 0, 2, 2, 0), strict=True))
_PLACES = {"十": 10, "百": 100, "千": 1000}
_GROUPS = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}
_NUMERALS = re.compile(
    "[零一二三四五六七八九〇两兩○十百千万萬亿億]+(?:点[零一二三四五六七八九]+[万亿]?)?"
)
# A digit and a place make a number for sure, but for these.
_SURE = re.compile("[一二三四五六七八九两][十百千万亿]|十[一二三四五六七八九]")
_IDIOMS = re.compile("千万|十分|万一|一百一|百分之|三十六计|一千零一夜|十全十美|九牛|万分|百姓")
_VAGUE = {"半": (Fraction(1, 2), 30, 50), "双": (2,), "俩": (2,)}


def chinese(text: str) -> Iterator[Found]:
    """The numbers in Chinese numerals."""
    for match in _NUMERALS.finditer(text):
        start, end = match.span()
        if text[start - 1 : start].isdigit() and match[0][0] not in _DIGIT:
            continue  # the scale of digits
        if end - start > LONGEST:
            continue
        value = chinese_value(match[0])
        values: set[Fraction | str] = {Fraction(_DIGIT[c]) for c in match[0] if c in _DIGIT}
        values |= {value, value / 100}
        if value < 100:
            values |= {value + 1900, value + 2000}
        if value <= 12:
            values.add(value + 12)
        sure = _SURE.search(match[0]) and not _IDIOMS.search(text, start, end + 2)
        yield start, end, values, bool(sure)
    for match in re.finditer("|".join(_VAGUE), text):
        yield *match.span(), set(map(Fraction, _VAGUE[match[0]])), False


def chinese_value(word: str) -> Fraction:
    """The value of Chinese numerals, read by places or, as years are, digit by digit."""
    if "点" in word:
        whole, _, behind = word.partition("点")
        decimals = "".join(str(_DIGIT[c]) for c in behind if c in _DIGIT)
        return (chinese_value(whole) + Fraction(f"0.{decimals}")) * _GROUPS.get(behind[-1], 1)
    if all(c in _DIGIT for c in word):
        return Fraction("".join(str(_DIGIT[c]) for c in word))
    total = group = digit = 0
    for character in word:
        if character in _DIGIT:
            digit = _DIGIT[character]
        elif character in _PLACES:
            group += (digit or 1) * _PLACES[character]
            digit = 0
        else:
            size = _GROUPS[character]
            if total < size:  # 三万亿, 一亿
                total = (total + group + digit or 1) * size
            else:
                total += (group + digit) * size
            group = digit = 0
    return Fraction(total + group + digit)


_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
    " sixteen seventeen eighteen nineteen"
)
_ORDINALS = (
    "zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth"
    " thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
_SMALL = {word: i for words in (_UNITS, _ORDINALS) for i, word in enumerate(words.split())}
for _number, _word in enumerate(_TENS.split(), start=2):
    _SMALL |= {
        _word: 10 * _number,
        _word[:-1] + "ieth": 10 * _number,
        _word[:-1] + "ies": 10 * _number,
    }
_LARGE = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_OTHERS: dict[str, tuple[int, ...]] = {
    "a": (1,), "an": (1,), "another": (1,), "once": (1,), "single": (1,), "no": (0,), "none": (0,),
    "both": (2,), "couple": (2,), "pair": (2,), "twice": (2,), "double": (2,), "doubled": (2,),
    "triple": (3,), "dozen": (12,), "dozens": (12,), "half": (30, 50), "quarter": (15, 25),
    "noon": (12,), "midnight": (0, 24), "decade": (10,), "century": (100,), "hundreds": (100,),
    "thousands": (1000,), "million": (10**6,), "millions": (10**6,),
}  # fmt: skip
for _number, _word in enumerate(MONTHS, start=1):
    _OTHERS |= {_word: (_number,), _word[:3]: (_number,)}
_ENGLISH = re.compile(r"[A-Za-z]+")
_JOINT = re.compile(r"-|\s+(?:and\s+)?")


def english(text: str) -> Iterator[Found]:
    """The numbers in English words, months among them."""
    run: list[re.Match[str]] = []
    for match in (*_ENGLISH.finditer(text), None):
        word = match[0].lower() if match else ""
        goes_on = word in _SMALL or word in _LARGE
        if run and not (match and goes_on and _JOINT.fullmatch(text, run[-1].end(), match.start())):
            yield run[0].start(), run[-1].end(), _english_values(run), False
            run = []
        if match and (word in _SMALL or (run and goes_on)):
            run.append(match)
        elif match and word in _OTHERS:
            yield *match.span(), set(map(Fraction, _OTHERS[word])), False


def _english_values(run: Sequence[re.Match[str]]) -> set[Fraction | str]:
    """The value of number words in a row, and that of each alone."""
    values: set[Fraction | str] = set()
    total = group = 0
    for match in run:
        word = match[0].lower()
        if word in _SMALL:
            values.add(Fraction(_SMALL[word]))
            group += _SMALL[word]
        elif word == "hundred":
            group = (group or 1) * 100
        else:
            total, group = total + (group or 1) * _LARGE[word], 0
    values.add(Fraction(total + group))
    return values
