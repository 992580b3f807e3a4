"""A sentence searched once more against what looked wrong in its translation.

Each kind of alarm has searches that work against it, tried one after the other until an output has
the alarm no more: a wider beam whose every hypothesis is looked at, with a reward for covering the
source or with every repetition forbidden, and the sentence cut at its clauses.
"""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from core.cancel import CancelToken
from core.decoding.options import SearchOptions
from core.text.encoding import SegmentEncoder
from core.translation.careful import Found
from core.translation.chunks import Part, encode_clauses, encode_parts
from core.translation.composing import Composer
from core.translation.faults import Source
from core.translation.mending import mend
from core.translation.result import Alarm, AlarmKind, Translation
from core.translation.search import OutputSearch

BEAM = 12  # hypotheses kept, and looked at, by every search here
_COVERAGE = 0.2  # weight of the coverage penalty; Wu et al. 2016 found it best
_LONGER = 0.5  # by so much more the exponent of the length penalty favours longer output
_FEWEST = 0.7  # target pieces for each of the source, where the output was cut short
_MOST = 1.5  # the same where it ran away


@dataclass(frozen=True, slots=True)
class _Attempt:
    """A search against a fault; ``cut`` is whether each clause is searched by itself."""

    options: SearchOptions
    cut: bool = False


def _attempts(kind: AlarmKind, options: SearchOptions) -> Iterator[_Attempt]:
    """The searches against ``kind``, those that change least first."""
    wide = dataclasses.replace(options, beam=BEAM, n_best=BEAM)
    if kind in (AlarmKind.UNTRANSLATED, AlarmKind.TRUNCATED):
        longer = options.length_penalty + _LONGER
        covering = dataclasses.replace(wide, coverage_penalty=_COVERAGE, length_penalty=longer)
        yield _Attempt(covering)
        yield _Attempt(covering, cut=True)
        yield _Attempt(dataclasses.replace(covering, min_length_ratio=_FEWEST))
    elif kind in (AlarmKind.LOOP, AlarmKind.RUNAWAY):
        once = dataclasses.replace(wide, loop_copies=2, loop_span=4)
        yield _Attempt(once)
        yield _Attempt(once, cut=True)
        yield _Attempt(dataclasses.replace(once, max_length_ratio=_MOST, length_penalty=0.0))
    else:
        yield _Attempt(wide)
        yield _Attempt(wide, cut=True)
        yield _Attempt(dataclasses.replace(wide, coverage_penalty=_COVERAGE))


@dataclass(frozen=True)
class Retrier:
    """Searches again; used by one thread at a time.

    Attributes:
        search, encoder, composer: those of the translator.
        longest, easy: where it cuts a sentence.
    """

    search: OutputSearch
    encoder: SegmentEncoder
    composer: Composer
    longest: int
    easy: int

    def __call__(
        self,
        before: Translation,
        alarm: Alarm,
        options: SearchOptions,
        cancel: CancelToken | None = None,
    ) -> Translation | None:
        """Another translation of ``before``'s source without ``alarm``; ``None`` if none is found.

        The new one has fewer alarms than the one before.

        Raises:
            BundleError: the model predicts NaN, or nothing that is allowed.
            Cancelled: ``cancel`` was cancelled.
        """
        begin = time.perf_counter()
        for attempt in _attempts(alarm.kind, options):
            parts = encode_parts(before.source, self.encoder, self.longest, self.easy)
            if attempt.cut:
                whole = parts
                parts = [half for part in whole for half in self._clauses(part)]
                if len(parts) == len(whole):
                    continue
            for found in self._candidates(parts, attempt.options, cancel):
                translation = self.composer.translation(before.source, found, 0.0)
                if _is_gone(alarm, before, translation):
                    seconds = time.perf_counter() - begin
                    return dataclasses.replace(translation, seconds=seconds)
        return None

    def _clauses(self, part: Part) -> list[Part]:
        halves = encode_clauses(part.source, self.encoder)
        return [Part(part.start + half.start, half.source) for half in halves]

    def _candidates(
        self, parts: Sequence[Part], options: SearchOptions, cancel: CancelToken | None
    ) -> Iterator[list[Found]]:
        """Outputs of all parts: the best of each, the second of each, and so on."""
        searched = [part for part in parts if part.source.translatable]
        outputs = iter(self.search([part.source for part in searched], options, cancel))
        language, target = self.encoder.language, self.composer.target_language
        found = [Found(part, next(outputs) if part.source.translatable else ()) for part in parts]
        for rank in range(max((len(one.outputs) for one in found), default=0)):
            yield [
                dataclasses.replace(
                    one,
                    outputs=tuple(
                        mend(output, Source(one.part.source, language), target)
                        for output in one.outputs[min(rank, len(one.outputs) - 1) :][:1]
                    ),
                )
                for one in found
            ]


def _is_gone(alarm: Alarm, before: Translation, after: Translation) -> bool:
    """Whether ``after`` has less to be alarmed at, and not ``alarm``."""
    same = any((other.kind, other.text) == (alarm.kind, alarm.text) for other in after.alarms)
    return not same and len(after.alarms) < len(before.alarms)
