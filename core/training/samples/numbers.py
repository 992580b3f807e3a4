"""Numbers in English words, as people say them in Britain and in America."""

from __future__ import annotations

import random

MOST_DIGITS = 6

_ONES = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["_", "_", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


def number_words(number: int, *, british: bool) -> str:
    """``number`` from 0 to 999,999 in words, with ``and`` before tens where ``british``."""
    if not 0 <= number < 10**MOST_DIGITS:
        raise ValueError(f"no words for {number}")
    thousands, rest = divmod(number, 1000)
    if not thousands:
        return _below_thousand(rest, british=british)
    words = f"{_below_thousand(thousands, british=british)} thousand"
    if not rest:
        return words
    between = " and " if british and rest < 100 else " "
    return words + between + _below_thousand(rest, british=british)


def _below_thousand(number: int, *, british: bool) -> str:
    hundreds, rest = divmod(number, 100)
    if not hundreds:
        return _below_hundred(rest)
    words = f"{_ONES[hundreds]} hundred"
    if not rest:
        return words
    return f"{words} {'and ' if british else ''}{_below_hundred(rest)}"


def _below_hundred(number: int) -> str:
    if number < len(_ONES):
        return _ONES[number]
    tens, ones = divmod(number, 10)
    return _TENS[tens] + (f" {_ONES[ones]}" if ones else "")


def draw_number(chance: random.Random) -> tuple[str, str]:
    """A number of one to six digits, each length as likely, in words and in digits."""
    size = chance.randint(1, MOST_DIGITS)
    number = chance.randrange(10 ** (size - 1) if size > 1 else 0, 10**size)
    return number_words(number, british=chance.random() < 0.5), str(number)
