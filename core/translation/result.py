"""What a translation is: plain frozen values, safe to hand to another thread."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

Span = tuple[int, int]  # where something begins and ends, in characters
Rows = tuple[tuple[float, ...], ...]  # weights: a row per target word, one per source word in it
# A word of this confidence or more is called sure, one of less than that unsure (as measured:
# docs/confidence.md).
SURE, UNSURE = 0.6, 0.4


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


class AlarmKind(StrEnum):
    """What may be wrong with a translation."""

    UNTRANSLATED = "untranslated"  # words of the source that nothing translates
    LOOP = "loop"  # something is said again that the source says once
    RUNAWAY = "runaway"  # it is far too long
    TRUNCATED = "truncated"  # it is far too short, or ends before the source does
    NUMBER = "number"  # a number is missing, or one that the source does not know
    WEEKDAY = "weekday"  # the same of a day of the week
    NAME = "name"  # the same of a name in foreign letters
    NEGATION = "negation"  # the source denies something, and the translation does not
    GUESSED = "guessed"  # the model is not sure of several words in a row


@dataclass(frozen=True, slots=True)
class Alarm:
    """What looks wrong in a translation, and where.

    Attributes:
        kind: what it is.
        source: places in the segment; none where it is the translation's alone.
        target: places in the translation; none where something is missing.
        text: the words that it is about, as they stand there.
    """

    kind: AlarmKind
    source: tuple[Span, ...]
    target: tuple[Span, ...]
    text: str


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
        confidences: for each target word how probable it is that it is right, 0 to 1
            (:mod:`core.translation.confidence`); ``None`` for one that the model did not choose,
            such as a copy.
        copied: indices into ``target_words`` of words copied from the source.
        alternatives: the n-best list, best first; the first is this translation.
        notes: codes of what was done to the input: ``"traditional"`` (converted to
            Simplified), ``"copied"`` (nothing to translate, copied as it is),
            ``"truncated"`` (longer than the model can follow, cut into parts).
        seconds: time spent on this segment.
        alarms: what looks wrong in it.
    """

    source: str
    translation: str
    score: float
    source_words: tuple[Word, ...] = ()
    target_words: tuple[Word, ...] = ()
    alignment: tuple[tuple[float, ...], ...] = ()
    confidences: tuple[float | None, ...] = ()
    copied: tuple[int, ...] = ()
    alternatives: tuple[Alternative, ...] = ()
    notes: tuple[str, ...] = ()
    seconds: float = 0.0
    alarms: tuple[Alarm, ...] = ()


@dataclass(frozen=True, slots=True)
class WordChoice:
    """A word that may stand at a place of a translation.

    Attributes:
        word: the word.
        probability: that it stands there, given what stands before; 0 to 1.
        begun: the translation up to the word, the word included.
    """

    word: str
    probability: float
    begun: str


@dataclass(frozen=True, slots=True)
class Completed:
    """A translation with a given beginning, which has ``locked`` characters there."""

    translation: Translation
    locked: int


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
