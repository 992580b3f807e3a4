"""Sentences by the length of their source."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise

from core.text.languages import CHINESE

# First length of every bucket: Chinese characters without blanks, or English words.
_CHINESE_STARTS = (0, 11, 21, 41, 81)
_ENGLISH_STARTS = (0, 6, 11, 21, 41)


def length(source: str, language: str) -> int:
    """Characters without blanks where ``language`` is Chinese, else words between blanks."""
    words = source.split()
    return len("".join(words)) if language == CHINESE else len(words)


def unit(language: str) -> str:
    """What :func:`length` counts, as a word of the report."""
    return "characters" if language == CHINESE else "words"


def by_length(sources: Sequence[str], language: str) -> list[tuple[str, list[int]]]:
    """Label and indices of every bucket that has sentences, short ones first."""
    starts = _CHINESE_STARTS if language == CHINESE else _ENGLISH_STARTS
    found: list[list[int]] = [[] for _ in starts]
    for index, source in enumerate(sources):
        found[bisect_right(starts, length(source, language)) - 1].append(index)
    return [(label, rows) for label, rows in zip(_labels(starts), found, strict=True) if rows]


def _labels(starts: Sequence[int]) -> list[str]:
    ranges = [f"{max(1, a)}–{b - 1}" for a, b in pairwise(starts)]
    return [*ranges, f"{starts[-1]} and more"]
