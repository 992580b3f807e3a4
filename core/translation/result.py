"""What a translation is: plain frozen values, safe to hand to another thread."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a segment or of its translation.

    ``start`` and ``end`` are character offsets into the segment's own text (source side) or
    into :attr:`Translation.translation` (target side); ``text`` is that very slice.
    """

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Alternative:
    """One entry of the n-best list: a whole output and its score."""

    translation: str
    score: float


@dataclass(frozen=True, slots=True)
class Translation:
    """A translated segment.

    Attributes:
        source: the segment as typed.
        translation: its translation.
        score: length-normalised log-probability (natural log, 0 is certain).
        source_words: words of ``source``.
        target_words: words of ``translation``.
        alignment: one row per target word, one weight per source word; rows sum to 1
            (or are all 0 where a side has no words).
        copied: indices into ``target_words`` of words copied from the source.
        alternatives: the n-best list, best first; the first is this translation.
        notes: codes of what was done to the input: ``"traditional"`` (converted to
            Simplified), ``"copied"`` (nothing to translate, copied as it is),
            ``"truncated"`` (longer than the model can follow, cut into parts).
        seconds: time spent on this segment.
    """

    source: str
    translation: str
    score: float
    source_words: tuple[Word, ...] = ()
    target_words: tuple[Word, ...] = ()
    alignment: tuple[tuple[float, ...], ...] = ()
    copied: tuple[int, ...] = ()
    alternatives: tuple[Alternative, ...] = ()
    notes: tuple[str, ...] = ()
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class SegmentResult:
    """One segment of a text, translated.

    Attributes:
        index: position of the segment in the text, from 0.
        total: number of segments in the text.
        start, end: offsets of the segment in the whole source text.
        gap: what stands in the translated text between the previous segment (or the
            beginning) and this one: blanks, line ends, indents, bullets.
        translation: the result.
    """

    index: int
    total: int
    start: int
    end: int
    gap: str
    translation: Translation
