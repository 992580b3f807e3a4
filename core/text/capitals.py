"""English in capitals only, written as one speaks of it: models learn from what is not shouted."""

from __future__ import annotations

import re
from collections.abc import Callable

_WORD = re.compile(r"[A-Za-z]+(?:'[A-Za-z]+)*")
_SHOUTED = 0.75  # more of the words than this are in capitals
_ABBREVIATION = 5  # letters, at most


def unshouted(text: str, cost: Callable[[str], tuple[int, int]]) -> str:
    """``text`` in small letters if it shouts, its length unchanged.

    Each word takes the form that a vocabulary knows best: most are small, names begin with a
    capital, and abbreviations, which are short and known in neither form, stay.

    Args:
        text: normalised English.
        cost: of a word that a blank stands before: in how many pieces a vocabulary knows it, and
            how late it learnt them.
    """
    words = list(_WORD.finditer(text))
    long = [match[0] for match in words if len(match[0]) > 1]
    if sum(map(str.isupper, long)) <= _SHOUTED * len(long):
        return text
    parts: list[str] = []
    written = 0
    for number, match in enumerate(words):
        body, mark, clitic = match[0].partition("'")
        word = _spoken(body, cost, alone=len(words) == 1) + mark + clitic.lower()
        if number == 0:
            word = word[0].upper() + word[1:]
        parts += [text[written : match.start()], word]
        written = match.end()
    return "".join(parts) + text[written:]


def _spoken(word: str, cost: Callable[[str], tuple[int, int]], *, alone: bool) -> str:
    """The form of ``word`` that is not shouted; ``alone`` it is more likely an abbreviation."""
    if not word.isupper() or word == "I":
        return word
    small = word.lower()
    form = min(small, word.capitalize(), key=cost)
    pieces = cost(form)[0]
    unknown = pieces > 1 or (alone and cost(word)[0] <= pieces)
    return word if unknown and len(word) <= _ABBREVIATION else form
