"""What a translation says again though its source says it once.

Something said twice may well be right. It is a loop where both times look at the same words of
the source, and the source itself does not say them again.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from core.text.repetition import find_repetition
from core.translation.result import Span, Translation, Word

Copies = tuple[Span, ...]


def find_loops(translation: Translation, phrase: int, shared: float) -> list[Copies]:
    """The places of each phrase that is said again, in order.

    Args:
        translation: with words and alignment.
        phrase: words of a phrase that may not come again later; two that follow each other need
            but two words.
        shared: how much of what the first copy looks at the second one looks at, at least, of 1.
    """
    thrice: Copies = ()
    if not find_repetition(translation.source, 1):
        thrice = find_repetition(translation.translation)
    found: list[Copies] = [thrice] if thrice else []
    words = [w for w in enumerate(translation.target_words) if any(map(str.isalnum, w[1].text))]
    looks = _looks(translation)
    said_again = _said_again(translation)
    behind = thrice[-1][1] if thrice else 0
    for first, again, length in _pairs([word.text.casefold() for _, word in words], phrase):
        rows = [[index for index, _ in words[at : at + length]] for at in (first, again)]
        spans = tuple(_span([word for _, word in words[at : at + length]]) for at in (first, again))
        if spans[1][0] < behind or _overlap(looks, *rows) < shared or looks[rows[1]].size == 0:
            continue
        if int(looks[rows[1]].sum(axis=0).argmax()) in said_again:
            continue
        found.append(spans)
        behind = spans[1][1]
    return found


def _span(words: list[Word]) -> Span:
    return words[0].start, words[-1].end


def _looks(translation: Translation) -> NDArray[np.float64]:
    """Attention ``[target words, source words]``."""
    shape = (len(translation.target_words), len(translation.source_words))
    return np.asarray(translation.alignment, float).reshape(shape)


def _said_again(translation: Translation) -> set[int]:
    """The words of the source that it has more than once."""
    texts = [word.text.casefold() for word in translation.source_words]
    times = Counter(texts)
    return {index for index, text in enumerate(texts) if times[text] > 1}


def _overlap(looks: NDArray[np.float64], first: list[int], again: list[int]) -> float:
    """How much of what two stretches look at is the same, 0 to 1."""
    both = [looks[rows].sum(axis=0) for rows in (first, again)]
    totals = [row.sum() for row in both]
    if not all(totals):
        return 0.0
    shares = [row / total for row, total in zip(both, totals, strict=True)]
    return float(np.minimum(*shares).sum())


def _pairs(words: list[str], phrase: int) -> Iterator[tuple[int, int, int]]:
    """Phrases said twice: where first, where again, and their length; later ones of a place
    that was told are passed over."""
    starts: dict[tuple[str, str], list[int]] = {}  # of two words, where they were said
    told = 0
    for again, two in enumerate(itertools.pairwise(words)):
        best = (0, 0)
        for first in starts.setdefault(two, []) if again >= told else ():
            length = _common(words, first, again)
            adjacent = first + length == again
            if length >= (2 if adjacent else phrase) and length > best[0]:
                best = (length, first)
        if best[0]:
            yield best[1], again, best[0]
            told = again + best[0]
        starts.setdefault(two, []).append(again)


def _common(words: list[str], first: int, again: int) -> int:
    """How many words from ``first`` on are those from ``again`` on, without overlap."""
    length = 0
    while (
        again + length < len(words)
        and first + length < again
        and words[first + length] == words[again + length]
    ):
        length += 1
    return length
