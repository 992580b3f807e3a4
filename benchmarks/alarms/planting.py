"""Faults planted in good translations."""

from __future__ import annotations

import itertools
import random
import re
from collections.abc import Callable

from benchmarks.alarms.cases import PLANTED
from core.translation.result import Translation

_DIGITS = re.compile(r"(?<![0-9.,])[0-9]{1,4}(?![0-9.,]*[0-9])")
_CLAUSE = re.compile(r"[,;，；]\s*")
_STOPS = '.。!！?？”" '
_LEAST_CLAUSE = 3  # words


def change_number(translation: Translation, chance: random.Random) -> str | None:
    """The translation with another number in the place of one written in digits."""
    found = list(_DIGITS.finditer(translation.translation))
    if not found:
        return None
    match = chance.choice(found)
    value = int(match[0])
    other = str(value + chance.choice((1, 2, 3, 7, 10, 20)))
    return translation.translation[: match.start()] + other + translation.translation[match.end() :]


def delete_clause(translation: Translation, chance: random.Random) -> str | None:
    """The translation without one of its clauses, of three words or more."""
    text = translation.translation
    end = len(text.rstrip(_STOPS))
    marks = [(0, 0), *(match.span() for match in _CLAUSE.finditer(text[:end])), (end, end)]
    clauses: list[str] = []  # the translation without each
    for before, behind in itertools.pairwise(marks):
        inside = [
            w for w in translation.target_words if before[1] <= w.start and w.end <= behind[0]
        ]
        if len(inside) >= _LEAST_CLAUSE:
            last = behind == marks[-1]  # with it goes the mark before it, else the one behind it
            first, rest = (before[0], end) if last else (before[1], behind[1])
            clauses.append(text[:first] + text[rest:])
    return chance.choice(clauses) if len(clauses) > 1 else None


def repeat_phrase(translation: Translation, chance: random.Random) -> str | None:
    """The translation with three to six of its words said twice, one time after the other."""
    words = [w for w in translation.target_words if any(map(str.isalnum, w.text))]
    if len(words) < 6:
        return None
    size = chance.randint(3, min(6, len(words) // 2))
    first = chance.randrange(len(words) - size)
    begin, end = words[first].start, words[first + size - 1].end
    text = translation.translation
    blank = " " if text[begin:end].isascii() else ""
    return text[:end] + blank + text[begin:end] + text[end:]


PLANTERS: dict[str, Callable[[Translation, random.Random], str | None]] = dict(
    zip(PLANTED, (change_number, delete_clause, repeat_phrase), strict=True)
)
