"""Numbers written in words, Chinese and English, as far as translations of numbers need them."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

# Offsets, the value, others that the words may stand for, and whether they are a number for sure.
Found = tuple[int, int, Fraction, set[Fraction], bool]

LONGEST = 100  # digits of a number; more are a code, and Python converts no more than 4,300
_DIGIT = dict(zip("零一二三四五六七八九〇两兩○", (*range(10), 0, 2, 2, 0), strict=True))
_PLACES = {"十": 10, "百": 100, "千": 1000}
_GROUPS = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}
_NUMERALS = re.compile(
    "[零一二三四五六七八九〇两兩○十百千万萬亿億]+"
    "(?:点(?![零一二三四五六七八九]*[十百千分])[零一二三四五六七八九]+[万亿]?)?"  # not 三点二十分
)
# A digit and a place make a number for sure, but for these.
_SURE = re.compile(
    "[一二三四五六七八九两][十百千万亿]|十[一二三四五六七八九]|[零〇○一二三四五六七八九]{4}"
)
_IDIOMS = re.compile(
    "千万|十分|万一|一百一|十[一二三四]五|[百千万亿]分之|三十六计|一千零一夜|十全十美|九牛|万分|百姓"
)
_ROUGH = re.compile("[一二三四五六七八九]{2}")  # 五六百 is five or six hundred
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
        values: set[Fraction] = set()
        placed = any(character not in _DIGIT for character in match[0].partition("点")[0])
        rough = _ROUGH.search(match[0].partition("点")[0]) if placed else None
        if not placed:  # 三四 may be three or four
            values |= {Fraction(_DIGIT[sign]) for sign in match[0].partition("点")[0]}
        elif rough:
            word, first = match[0], rough.start()
            values |= {chinese_value(word[:i] + word[i + 1 :]) for i in (first, first + 1)}
        if value < 100:
            values |= {value + 1900, value + 2000}
        if value <= 12:
            values.add(value + 12)
        vague = rough or text.startswith("分之", end) or _IDIOMS.match(text, start)
        sure = _SURE.search(match[0]) and not vague
        yield start, end, value, values, bool(sure)
    for match in re.finditer("|".join(_VAGUE), text):
        values = set(map(Fraction, _VAGUE[match[0]]))
        yield *match.span(), min(values), values, False


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


_YEAR = re.compile("[一二][零〇○一二三四五六七八九]{3}(?=年)")
_ZERO = re.compile(r"(?<=[一二三四五六七八九十百千万])[〇○]|[〇○](?=[一二三四五六七八九])")


def in_digits(text: str) -> str:
    """Chinese ``text`` with its years in digits and without 〇, its length unchanged."""
    shown = _YEAR.sub(lambda match: "".join(str(_DIGIT[sign]) for sign in match[0]), text)
    return _ZERO.sub("零", shown)


_NUMBER = re.compile(r"\b[Nn]o\. ?(?=[A-Z0-9-]*[0-9])|(?<=\w )No (?=[0-9])")


def with_signs(text: str) -> str:
    """English ``text`` with # for the *no.* or *No* of a number, its length unchanged."""
    return _NUMBER.sub(lambda match: "#".rjust(len(match[0])), text)


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
    "thousands": (1000,), "millions": (10**6,), "billions": (10**9,), "centenary": (100,),
    "centennial": (100,),
}  # fmt: skip
for _number, _word in enumerate(MONTHS, start=1):
    _OTHERS |= {_word: (_number,), _word[:3]: (_number,)}
# Two decades are twenty years; four dozen, and some, may be forty.
_TIMES = {
    "decade": (10,), "decades": (10,), "century": (100,), "centuries": (100,), "dozen": (12, 10),
    "score": (20,), "grand": (1000,),
}  # fmt: skip
_ENGLISH = re.compile(r"[A-Za-z]+")
_LARGE_ARTICLE = re.compile(rf"\ba (?:{'|'.join(_LARGE)})\Z", re.IGNORECASE)
_AFTER_DIGITS = re.compile(r"[0-9][ -]?\Z")
_JOINT = re.compile(r"-|\s+(?:and\s+)?")


def english(text: str) -> Iterator[Found]:
    """The numbers in English words, months among them."""
    run: list[re.Match[str]] = []
    for match in (*_ENGLISH.finditer(text), None):
        word = match[0].lower() if match else ""
        if run and word == "and":
            continue
        goes_on = word in _SMALL or word in _LARGE
        if run and not (match and goes_on and _JOINT.fullmatch(text, run[-1].end(), match.start())):
            start = run[0].start() - (_LARGE_ARTICLE.search(text, 0, run[0].end()) is not None) * 2
            yield start, run[-1].end(), *_english_values(run, _TIMES.get(word, ())), False
            run = []
        if match and goes_on and (run or not _AFTER_DIGITS.search(text, 0, match.start())):
            run.append(match)
        elif match and word in _OTHERS:
            values = set(map(Fraction, _OTHERS[word]))
            yield *match.span(), min(values), values, False


def _english_values(
    run: Sequence[re.Match[str]], times: Sequence[int]
) -> tuple[Fraction, set[Fraction]]:
    """The value of number words in a row, and others: by what follows, and of each word alone."""
    words = [match[0].lower() for match in run]
    total = group = 0
    for word in words:
        if word in _SMALL:
            group += _SMALL[word]
        elif word == "hundred":
            group = (group or 1) * 100
        else:
            total, group = total + (group or 1) * _LARGE[word], 0
    value = Fraction(total + group)
    values = {value * size for size in times}
    if all(word in _SMALL for word in words):  # eleven forty-five, nineteen ninety
        numbers = [_SMALL[word] for word in words]
        values |= {Fraction(number) for number in numbers}
        pairs = itertools.pairwise(numbers)
        values |= {Fraction(ten + one) for ten, one in pairs if ten >= 20 and one < 10}
    return value, values
