"""Words of a source that nothing translates, and translations of an unlikely length."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from core.text.function_words import FUNCTION_WORDS
from core.translation.alignment import Rows
from core.translation.result import Word


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
        """How many standard deviations ``translation`` is longer than expected; or shorter, < 0."""
        given, found = characters(source), characters(translation)
        if not given:
            return 0.0
        return (found - self.ratio * given) / math.sqrt(self.variance * given)


def characters(text: str) -> int:
    """Characters of ``text`` but for blanks."""
    return sum(not character.isspace() for character in text)
