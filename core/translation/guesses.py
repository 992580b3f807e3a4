"""Stretches of a translation of which the model is not sure at all."""

from __future__ import annotations

from core.translation.result import Span, Translation

WORDS = 5  # of a stretch, at least; all of a translation that has fewer
_LEAST = 3


def find_guesses(translation: Translation, most: float) -> list[Span]:
    """Where words in a row have a mean confidence of at most ``most``; marks do not count.

    What was copied or given counts neither, nor does a translation of fewer than three words.
    """
    pairs = zip(translation.target_words, translation.confidences, strict=False)
    known = [
        (word, confidence)
        for word, confidence in pairs
        if confidence is not None and any(map(str.isalnum, word.text))
    ]
    if len(known) < _LEAST:
        return []
    size = min(WORDS, len(known))
    found: list[Span] = []
    for first in range(len(known) - size + 1):
        window = known[first : first + size]
        if sum(confidence for _, confidence in window) <= most * size:
            start, end = window[0][0].start, window[-1][0].end
            if found and start <= found[-1][1]:
                start = found.pop()[0]
            found.append((start, end))
    return found
