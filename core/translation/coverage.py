"""Words of a source that nothing translates, and translations of an unlikely length."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from core.text.function_words import FUNCTION_WORDS
from core.translation.result import Rows, Word

_RUN = re.compile(r"[A-Za-z0-9](?:[!-~]*[A-Za-z0-9/])?")


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words ``first`` to ``last`` of a source, of which ``count`` carry meaning."""

    first: int
    last: int
    count: int


def carries_meaning(word: Word, language: str) -> bool:
    """Whether ``word`` is neither a mark nor a word that serves the grammar."""
    text = word.text.casefold()
    return any(map(str.isalnum, text)) and text not in FUNCTION_WORDS[language]


def unread_stretches(
    words: Sequence[Word], alignment: Rows, language: str, least: float
) -> list[Stretch]:
    """Where no word of the translation looks.

    Marks and words that serve the grammar belong to a stretch if words around them do.

    Args:
        words: of the source, S.
        alignment: ``[target words, S]``.
        language: of the source.
        least: how much all words of the translation together look at a word that was read.
    """
    read = np.asarray(alignment, float).reshape(-1, len(words)).sum(axis=0)
    found: list[Stretch] = []
    run: list[int] = []
    for index, word in enumerate(words):
        if not carries_meaning(word, language):
            continue
        if read[index] < least:
            run.append(index)
        elif run:
            found.append(Stretch(run[0], run[-1], len(run)))
            run = []
    if run:
        found.append(Stretch(run[0], run[-1], len(run)))
    return found


@dataclass(frozen=True, slots=True)
class LengthModel:
    """How long translations are (Gale & Church 1993, "A Program for Aligning Sentences").

    Attributes:
        ratio: characters of a translation for one of its source; blanks do not count.
        variance: of a translation's length, for one character of its source.
    """

    ratio: float
    variance: float

    def deviation(self, source: str, translation: str) -> float:
        """How many standard deviations ``translation`` is longer than expected; or shorter, < 0.

        What stands in both, as addresses, names and numbers do, is as long in either language, so
        it does not count.
        """
        given, found = map(characters, without_shared(source, translation))
        if not given:
            return 0.0
        return (found - self.ratio * given) / math.sqrt(self.variance * given)


def without_shared(source: str, translation: str) -> tuple[str, str]:
    """Both texts without the runs of Latin letters, digits and their marks that are in both."""
    runs = [Counter(_RUN.findall(text)) for text in (source, translation)]
    shared = runs[0] & runs[1]
    return _less(source, shared), _less(translation, shared)


def _less(text: str, runs: Counter[str]) -> str:
    """``text`` without as many of these runs as are counted."""
    left = runs.copy()

    def drop(found: re.Match[str]) -> str:
        left[found[0]] -= 1
        return "" if left[found[0]] >= 0 else found[0]

    return _RUN.sub(drop, text)


def characters(text: str) -> int:
    """Characters of ``text`` but for blanks."""
    return sum(not character.isspace() for character in text)
