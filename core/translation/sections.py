"""A translation of a sentence that was cut into parts, taken apart again."""

from __future__ import annotations

import dataclasses
from bisect import bisect_left
from collections.abc import Sequence

from core.translation.chunks import Part
from core.translation.result import Translation, Word


def section_starts(shown: Translation, parts: Sequence[Part]) -> list[int]:
    """Where in the translation ``shown`` that of each of ``parts`` begins.

    The alignment tells: a word is of the part that it looks at most.
    """
    starts = [0]
    begins = [word.start for word in shown.source_words]
    looks = [max(range(len(row)), key=row.__getitem__, default=0) for row in shown.alignment]
    for part in parts[1:]:
        first = bisect_left(begins, part.start)
        words = zip(shown.target_words, looks, strict=False)
        start = next((word.start for word, look in words if look >= first), len(shown.translation))
        starts.append(max(start, starts[-1]))
    return starts


def is_cut(shown: Translation, offset: int) -> bool:
    """Whether no word of the translation looks at both sides of ``offset`` in the source."""
    cut = bisect_left([word.start for word in shown.source_words], offset)
    return not any(any(row[:cut]) and any(row[cut:]) for row in shown.alignment)


def section(
    shown: Translation, parts: Sequence[Part], starts: Sequence[int], index: int
) -> Translation:
    """The translation of part ``index`` alone, as it stands in ``shown``."""
    part, start = parts[index], starts[index]
    ends = (*starts, len(shown.translation))
    text = shown.translation[start : ends[index + 1]]
    sources = _within(shown.source_words, part.start, part.start + len(part.source.text))
    targets = _within(shown.target_words, start, ends[index + 1])
    return dataclasses.replace(
        shown,
        source=part.source.text,
        translation=text.rstrip(),
        source_words=_moved(shown.source_words[sources], part.start),
        target_words=_moved(shown.target_words[targets], start),
        alignment=tuple(row[sources] for row in shown.alignment[targets]),
        confidences=shown.confidences[targets],
        copied=tuple(
            word - targets.start for word in shown.copied if targets.start <= word < targets.stop
        ),
        alarms=(),
        seconds=0.0,
    )


def _within(words: Sequence[Word], start: int, end: int) -> slice:
    """Which of ``words`` begin from ``start`` to ``end``."""
    begins = [word.start for word in words]
    return slice(bisect_left(begins, start), bisect_left(begins, end))


def _moved(words: tuple[Word, ...], start: int) -> tuple[Word, ...]:
    return tuple(Word(word.text, word.start - start, word.end - start) for word in words)
