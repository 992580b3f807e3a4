"""What a translation says again though its source says it once.

Something said twice may well be right. It is a loop where both times look at the same words of
the source, and the source itself does not say them again.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from core.text.repetition import find_repetition
from core.translation.result import Span, Translation, Word

Copies = tuple[Span, ...]

_STUTTER = 3  # words that, said twice in a row, are a loop whatever they look at


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
    words = _spoken(translation.target_words)
    doubled = _doubled(translation.source_words)
    behind = thrice[-1][1] if thrice else 0
    for first, again, length in _pairs(_texts(words), phrase):
        copies = [words[at : at + length] for at in (first, again)]
        spans = tuple((copy[0][1].start, copy[-1][1].end) for copy in copies)
        stutter = first + length == again and length >= _STUTTER and not doubled
        rows = [[index for index, _ in copy] for copy in copies]
        if spans[1][0] >= behind and (stutter or _of_the_same(translation, rows, shared)):
            found.append(spans)
            behind = spans[1][1]
    return found


def _of_the_same(translation: Translation, rows: list[list[int]], shared: float) -> bool:
    """Whether two stretches of a translation look at the same words, which the source has once."""
    looks = _looks(translation)
    most = looks[rows[1]].sum(axis=0).argmax() if looks.size else 0
    return _overlap(looks, *rows) >= shared and int(most) not in _said_again(translation)


def _spoken(words: Sequence[Word]) -> list[tuple[int, Word]]:
    """The words but for marks, with their places."""
    return [(i, word) for i, word in enumerate(words) if any(map(str.isalnum, word.text))]


def _texts(words: Sequence[tuple[int, Word]]) -> list[str]:
    return [word.text.casefold() for _, word in words]


def _doubled(words: Sequence[Word]) -> bool:
    """Whether a source says two words or more twice in a row itself."""
    pairs = _pairs(_texts(_spoken(words)), len(words) + 1)
    return any(first + length == again for first, again, length in pairs)


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
