"""Phrases said again and again, as a model does that has lost its way."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from core.text.languages import HAN, HAN_PATTERN

_WORD = re.compile(r"[^\W_]+(?:(?:['’-]|(?<=[0-9])[.,](?=[0-9]))[^\W_]+)*")
_CHARACTER = re.compile(f"[{HAN}]|[^\\W_{HAN}]+")
TIMES = 3
_LONG, _LONG_CHINESE = 5, 8


def find_repetition(text: str, shortest: int | None = None) -> tuple[tuple[int, int], ...]:
    """Where a phrase is said three times or more in a row: the offsets of each time, or nothing.

    A phrase is a word or more, or two characters or more where ``text`` is Chinese (or
    ``shortest`` of them); punctuation and case do not count. Of several the first is given, in the
    shortest phrases it can be told in.
    """
    chinese, found = _words(text)
    words = [match[0].casefold() for match in found]
    for length in range(shortest or 1 + chinese, len(words) // TIMES + 1):
        begin, end = _run(words, length)
        if end:
            edges = range(begin, end + 1, length)
            return tuple((found[a].start(), found[b - 1].end()) for a, b in pairwise(edges))
    return ()


def rambles(text: str) -> bool:
    """Whether a phrase of five words, or eight Chinese characters, is said three times anywhere."""
    chinese, found = _words(text)
    words = [match[0].casefold() for match in found]
    size = _LONG_CHINESE if chinese else _LONG
    phrases = Counter(tuple(words[i : i + size]) for i in range(len(words) - size + 1))
    return max(phrases.values(), default=0) >= TIMES


def _words(text: str) -> tuple[bool, list[re.Match[str]]]:
    """Whether ``text`` is Chinese, and its words, or characters."""
    chinese = HAN_PATTERN.search(text) is not None
    return chinese, list((_CHARACTER if chinese else _WORD).finditer(text))


def _run(words: Sequence[str], length: int) -> tuple[int, int]:
    """The first run of ``length`` words said three times or more, whole times; or (0, 0)."""
    run = 0
    for place in range(len(words) - length):
        run = run + 1 if words[place] == words[place + length] else 0
        if run == (TIMES - 1) * length:
            begin = place - run + 1
            times = TIMES
            while words[begin : begin + length] == words[begin + times * length :][:length]:
                times += 1
            return begin, begin + times * length
    return 0, 0
