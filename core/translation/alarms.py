"""What looks wrong in a translation: coverage, length, repetition, numbers, names, "not", guesses.

Alarms ask nothing of the model: they read a translation's words, their alignment and, where it is
known, how sure the model is of them, so that one that
was decoded, one that a person steered and one that was given are judged alike. The limits were
chosen by ``python -m benchmarks.alarms --tune`` (docs/confidence.md).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from core.text.currencies import find_amounts, unpriced
from core.text.languages import CHINESE, ENGLISH, HAN_PATTERN, LETTER_PATTERN
from core.text.negation import find_denials, may_deny
from core.text.number_sides import find_sided, unsided
from core.text.numbers import find_numbers, invented, missing
from core.text.protected import find_protected
from core.text.weekdays import find_weekdays, unnamed
from core.translation.coverage import LengthModel, Stretch, carries_meaning, unread_stretches
from core.translation.faults import without
from core.translation.guesses import find_guesses
from core.translation.loops import find_loops
from core.translation.result import Alarm, AlarmKind, Span, Translation, Word

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9+#.'’-]*[A-Za-z0-9+#]")
_LOOKS = 0.2  # how much a wrong number looks at the one whose place it took, at least


@dataclass(frozen=True, slots=True)
class AlarmLimits:
    """Where alarm is given, for translations out of one language.

    Attributes:
        read: attention of a word that was read, as in :func:`unread_stretches`.
        unread: words that carry meaning in a stretch that nothing translates, at least.
        tail: the same where the stretch ends the source, which is then truncated.
        lengths: how long translations are.
        longest, shortest: standard deviations from that, at least; ``shortest`` is negative.
        guess: mean confidence of words in a row that are called guessed, at most.
        phrase, shared: of :func:`find_loops`.
    """

    read: float
    unread: int
    tail: int
    lengths: LengthModel
    longest: float
    shortest: float
    guess: float
    phrase: int = 6
    shared: float = 0.3


LIMITS = {
    CHINESE: AlarmLimits(0.1, 2, 2, LengthModel(2.52, 7.679), 4.0, -2.5, guess=0.26),
    ENGLISH: AlarmLimits(0.05, 2, 1, LengthModel(0.407, 1.688), 4.0, -1.75, guess=0.15),
}


def find_alarms(
    translation: Translation,
    source_language: str,
    target_language: str,
    limits: AlarmLimits | None = None,
) -> tuple[Alarm, ...]:
    """What looks wrong in ``translation``, which has its words and alignment.

    Args:
        translation: of a segment; one that was copied as it is has no alarm unless there was
            something to translate.
        source_language, target_language: codes.
        limits: where alarm is given; by default :data:`LIMITS` of the source language.
    """
    if "copied" in translation.notes or not translation.source_words:
        return tuple(_of_silence(translation.source, source_language))
    limits = limits or LIMITS[source_language]
    return (
        *_of_coverage(translation, source_language, limits),
        *_of_loops(translation, limits),
        *_of_numbers(translation, source_language, target_language),
        *_of_weekdays(translation, source_language, target_language),
        *_of_names(translation, source_language),
        *_of_negation(translation, source_language, target_language),
        *_of_guesses(translation, limits),
    )


def _of_silence(source: str, language: str) -> Iterator[Alarm]:
    """A segment that stayed as it is though it has text of its language."""
    letters = HAN_PATTERN if language == CHINESE else LETTER_PATTERN
    if letters.search(_unprotected(source)):
        yield Alarm(AlarmKind.UNTRANSLATED, ((0, len(source)),), ((0, len(source)),), source)


# --- coverage and length -------------------------------------------------------------------------


def _of_coverage(translation: Translation, language: str, limits: AlarmLimits) -> Iterator[Alarm]:
    """Words that nothing translates; a translation that is too short or too long."""
    words = translation.source_words
    deviation = limits.lengths.deviation(translation.source, translation.translation)
    last = max((i for i, word in enumerate(words) if carries_meaning(word, language)), default=-1)
    truncated = False
    for stretch in unread_stretches(words, translation.alignment, language, limits.read):
        ends = stretch.last == last
        if stretch.count >= (limits.tail if ends else limits.unread):
            kind = AlarmKind.TRUNCATED if ends else AlarmKind.UNTRANSLATED
            truncated |= ends
            yield _about_source(kind, translation, stretch, _end(translation) if ends else ())
    if deviation <= limits.shortest and not truncated:
        whole = Stretch(0, len(words) - 1, len(words))
        yield _about_source(AlarmKind.TRUNCATED, translation, whole, _end(translation))
    if deviation >= limits.longest:
        yield _runaway(translation, limits.lengths)


def _about_source(
    kind: AlarmKind, translation: Translation, stretch: Stretch, target: tuple[Span, ...]
) -> Alarm:
    words = translation.source_words
    span = (words[stretch.first].start, words[stretch.last].end)
    return Alarm(kind, (span,), target, translation.source[slice(*span)])


def _end(translation: Translation) -> tuple[Span, ...]:
    """The last word of a translation, behind which something is missing."""
    return tuple((word.start, word.end) for word in translation.target_words[-1:])


def _runaway(translation: Translation, lengths: LengthModel) -> Alarm:
    """A translation too long, from where its like would have ended."""
    expected = lengths.ratio * len("".join(translation.source.split()))
    seen = 0.0
    words = translation.target_words
    begin = len(translation.translation)
    for word in words:
        seen += len(word.text)
        if seen > expected:
            begin = word.start
            break
    end = words[-1].end if words else begin
    return Alarm(AlarmKind.RUNAWAY, (), ((begin, end),), translation.translation[begin:end])


# --- repetition ----------------------------------------------------------------------------------


def _of_loops(translation: Translation, limits: AlarmLimits) -> Iterator[Alarm]:
    for copies in find_loops(translation, limits.phrase, limits.shared):
        said = translation.translation[slice(*copies[0])]
        yield Alarm(AlarmKind.LOOP, (), copies, said)


# --- numbers and names ---------------------------------------------------------------------------


def _of_numbers(
    translation: Translation, source_language: str, target_language: str
) -> Iterator[Alarm]:
    """Numbers that one side has and the other has not, with their currency and their sign."""
    source, target = (_unprotected(text) for text in (translation.source, translation.translation))
    given, shown = find_numbers(source, source_language), find_numbers(target, target_language)
    wrong = [(number.start, number.end) for number in invented(given, shown)]
    lost = missing(given, shown)
    places = [(number.start, number.end) for number in lost]
    yield from _of_lost(AlarmKind.NUMBER, translation, places, wrong)
    money = find_amounts(target, target_language, shown)
    for amount in unpriced(find_amounts(source, source_language, given), shown, money):
        place = (amount.start, amount.end)
        yield Alarm(AlarmKind.NUMBER, (place,), (), translation.source[slice(*place)])
    for sided in unsided(find_sided(source, source_language, given), target, target_language):
        if sided.number not in lost:
            place = (sided.start, sided.end)
            yield Alarm(AlarmKind.NUMBER, (place,), (), translation.source[slice(*place)])


def _of_weekdays(
    translation: Translation, source_language: str, target_language: str
) -> Iterator[Alarm]:
    """Days of the week that one side names and the other does not."""
    given, shown = (
        find_weekdays(_unprotected(text), language)
        for text, language in (
            (translation.source, source_language),
            (translation.translation, target_language),
        )
    )
    lost = [(day.start, day.end) for day in unnamed(given, shown)]
    wrong = [(day.start, day.end) for day in unnamed(shown, given)]
    yield from _of_lost(AlarmKind.WEEKDAY, translation, lost, wrong)


def _of_lost(
    kind: AlarmKind, translation: Translation, lost: Sequence[Span], wrong: Sequence[Span]
) -> Iterator[Alarm]:
    """What the translation lost, with what took its place there, and what it made up."""
    alone = list(wrong)
    for place in lost:
        instead = _looking_at(translation, alone, place)
        if instead is not None:
            alone.remove(instead)
        said = translation.source[slice(*place)]
        yield Alarm(kind, (place,), () if instead is None else (instead,), said)
    for place in alone:
        yield Alarm(kind, (), (place,), translation.translation[slice(*place)])


def _looking_at(translation: Translation, places: Sequence[Span], span: Span) -> Span | None:
    """Which of ``places`` in the translation looks at ``span`` of the source most, if any does."""
    columns = _indices(translation.source_words, span)
    weights = np.asarray(translation.alignment, float)
    best, most = None, _LOOKS
    for place in places:
        rows = _indices(translation.target_words, place)
        looks = float(weights[np.ix_(rows, columns)].sum(axis=1).mean()) if rows else 0.0
        if looks >= most:
            best, most = place, looks
    return best


def _indices(words: Sequence[Word], span: Span) -> list[int]:
    return [i for i, word in enumerate(words) if word.start < span[1] and span[0] < word.end]


def _of_names(translation: Translation, source_language: str) -> Iterator[Alarm]:
    """Foreign words that one side has and the other has not.

    Out of Chinese, a word in Latin letters stays as it is; into it, a name may be translated, but
    none can be made up.
    """
    given, shown = (
        _names(_unprotected(text)) for text in (translation.source, translation.translation)
    )
    if source_language == CHINESE:
        text = translation.translation.casefold()
        for name, spans in given.items():
            if name.casefold() not in text:
                yield Alarm(AlarmKind.NAME, spans, (), name)
    else:
        text = translation.source.casefold()
        for name, spans in shown.items():
            if name.casefold() not in text:
                yield Alarm(AlarmKind.NAME, (), spans, name)


def _of_negation(
    translation: Translation, source_language: str, target_language: str
) -> Iterator[Alarm]:
    """What the source denies, where the translation denies nothing."""
    text, words = _unprotected(translation.source), translation.source_words
    if may_deny(_unprotected(translation.translation), target_language):
        return
    for span in find_denials(text, source_language, [(word.start, word.end) for word in words]):
        last = max(_indices(words, span), default=-1)
        following = words[last + 1 : last + 2]
        if last >= 0 and words[last].end == span[1] and following and following[0].text.isalnum():
            last += 1  # a word of its own says more with what it denies
        end = words[last].end if last >= 0 else span[1]
        yield Alarm(AlarmKind.NEGATION, (span,), (), translation.source[span[0] : end])


def _names(text: str) -> dict[str, tuple[Span, ...]]:
    """The foreign words of ``text``, and where each stands."""
    found: dict[str, tuple[Span, ...]] = {}
    for match in _NAME.finditer(text):
        found[match[0]] = (*found.get(match[0], ()), match.span())
    return found


# --- confidence ----------------------------------------------------------------------------------


def _of_guesses(translation: Translation, limits: AlarmLimits) -> Iterator[Alarm]:
    for span in find_guesses(translation, limits.guess):
        yield Alarm(AlarmKind.GUESSED, (), (span,), translation.translation[slice(*span)])


def _unprotected(text: str) -> str:
    """``text`` with blanks for addresses, code and the like."""
    return without(text, [(span.start, span.end) for span in find_protected(text)])
