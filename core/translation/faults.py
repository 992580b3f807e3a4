"""What an output lacks of its source, and what it says too often."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from core.text.currencies import Amount, find_amounts
from core.text.dates import Date, find_dates
from core.text.encoding import EncodedSegment
from core.text.languages import ENGLISH
from core.text.negation import find_denials, may_deny
from core.text.number_sides import Sided, find_sided, unsided
from core.text.numbers import Number, find_numbers, invented, missing
from core.text.repetition import find_repetition, rambles
from core.text.vocab import UNK
from core.text.weekdays import Weekday, find_weekdays, unnamed
from core.translation.outputs import Output

# A word that gets less attention than this from all pieces of an output together was not read; so
# many of them in a row are more than articles and particles (by language of the source).
_UNREAD = 0.2
_LEAST_RUN, _LEAST_RUN_ENGLISH = 4, 5


@dataclass(frozen=True)
class Source:
    """A segment, and what a translation of it ought to show."""

    encoded: EncodedSegment
    language: str

    @cached_property
    def said(self) -> str:
        """Its text with blanks in the place of protected spans."""
        spans = [(span.start, span.end) for span in self.encoded.protected]
        return without(self.encoded.text, spans)

    @cached_property
    def numbers(self) -> tuple[Number, ...]:
        """Its numbers, but for those in protected spans."""
        return find_numbers(self.said, self.language)

    @cached_property
    def sided(self) -> tuple[Sided, ...]:
        """Those of them below zero or before Christ."""
        return find_sided(self.said, self.language, self.numbers)

    @cached_property
    def amounts(self) -> tuple[Amount, ...]:
        """Those of them that are money."""
        return find_amounts(self.said, self.language, self.numbers)

    @cached_property
    def dates(self) -> tuple[Date, ...]:
        """Its days of a month."""
        return find_dates(self.said, self.language)

    @cached_property
    def weekdays(self) -> tuple[Weekday, ...]:
        """Its days of the week."""
        return find_weekdays(self.said, self.language)

    @cached_property
    def denies(self) -> bool:
        """Whether it says beyond doubt that something is not so."""
        return bool(find_denials(self.said, self.language, self.encoded.words))

    @cached_property
    def repeats(self) -> bool:
        """Whether it says something three times in a row itself."""
        return bool(find_repetition(self.encoded.text, 1))

    @cached_property
    def rambles(self) -> bool:
        """Whether it says something three times, in a row or not."""
        return self.repeats or rambles(self.encoded.text)


@dataclass(frozen=True, slots=True)
class Faults:
    """What is wrong with an output.

    Attributes:
        unknown: copies that the output made too few or too many of.
        missing: numbers of the source that it does not show.
        invented: numbers it shows that the source does not.
        unsided: numbers below zero or before Christ of which it does not tell that.
        unnamed: days of the week in the source that it does not name.
        misnamed: those it names that the source does not.
        affirms: whether the source denies something, and nothing in it does.
        repeats: whether it says something three times in a row, and the source does not.
        rambles: whether it says something long three times, and the source does not.
        unread: words of the source that it passes over, in stretches.
    """

    unknown: int
    missing: tuple[Number, ...]
    invented: tuple[Number, ...]
    unsided: tuple[Sided, ...]
    unnamed: tuple[Weekday, ...]
    misnamed: tuple[Weekday, ...]
    affirms: bool
    repeats: bool
    rambles: bool
    unread: int

    @property
    def lost(self) -> bool:
        """Whether the model lost its way, as it does in sentences too long for it."""
        return self.rambles or self.unread > 0

    @property
    def weight(self) -> float:
        """How bad they are; 0 if there is none."""
        numbers = len(self.missing) + 0.5 * len(self.invented) + len(self.unsided)
        days = len(self.unnamed) + 0.5 * len(self.misnamed)
        lost = self.unknown + numbers + days + self.affirms
        return lost + 3 * (self.repeats + self.rambles) + self.unread / 4


_NONE = Faults(0, (), (), (), (), (), affirms=False, repeats=False, rambles=False, unread=0)


def find_faults(output: Output, source: Source, target_language: str) -> Faults:
    """The faults of ``output`` as a translation of ``source``; none where that is plain."""
    if source.encoded.plain:
        return _NONE
    unknown = output.hypothesis.ids.count(UNK) - source.encoded.ids.count(UNK)
    text = without(output.text, [*output.atoms(source.encoded), *output.tagged.tags])
    shown = find_numbers(text, target_language)
    days = find_weekdays(text, target_language)
    return Faults(
        unknown=abs(unknown),
        missing=tuple(missing(source.numbers, shown)),
        invented=tuple(invented(source.numbers, shown)),
        unsided=unsided(source.sided, text, target_language),
        unnamed=unnamed(source.weekdays, days),
        misnamed=unnamed(days, source.weekdays),
        affirms=source.denies and not may_deny(text, target_language),
        repeats=not source.repeats and bool(find_repetition(text)),
        rambles=not source.rambles and rambles(text),
        unread=_unread(output, source),
    )


def without(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """``text`` with blanks in the place of ``spans``."""
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def _unread(output: Output, source: Source) -> int:
    """Words that are letters or digits and that no piece of the output attends to, in stretches."""
    encoded = source.encoded
    read = np.zeros(len(encoded.words))
    columns = output.copied.attention.sum(axis=0)  # [S]
    np.maximum.at(read, list(encoded.piece_words), columns)
    least = _LEAST_RUN_ENGLISH if source.language == ENGLISH else _LEAST_RUN
    total = run = 0
    for (start, end), share in zip(encoded.words, read, strict=True):
        if share < _UNREAD:
            run += encoded.text[start:end].isalnum()
        elif run:
            total += run if run >= least else 0
            run = 0
    return total + (run if run >= least else 0)
