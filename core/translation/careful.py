"""Searches that are judged: what a first search got wrong is searched again.

A wider beam brings more hypotheses, of which the best is taken that lacks least; a sentence that
was not read to its end is cut at a clause and each half searched by itself. What is then still
wrong is mended. A sentence without faults costs one search.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass

from core.cancel import CancelToken
from core.decoding.options import SearchOptions
from core.text.encoding import EncodedSegment, SegmentEncoder
from core.translation.chunks import Part, encode_clauses
from core.translation.faults import Faults, Source, find_faults
from core.translation.mending import mend
from core.translation.outputs import Output
from core.translation.search import OutputSearch

BEAM = 8  # of the second search, at least
FAULT = 2.0  # how much of its score a hypothesis may lose to spare a fault
_LEAST_TO_HALVE = 16  # source pieces


@dataclass(frozen=True, slots=True)
class Found:
    """A part of a text and its outputs, best first; none where there is nothing to translate."""

    part: Part
    outputs: tuple[Output, ...] = ()


@dataclass(slots=True)
class _Judged:
    """The outputs of a source, best first, and the faults of the first."""

    source: Source
    outputs: tuple[Output, ...]
    faults: Faults


class CarefulSearch:
    """Finds outputs for encoded segments; see the module."""

    def __init__(self, search: OutputSearch, encoder: SegmentEncoder, target_language: str) -> None:
        self._search = search
        self._encoder = encoder
        self._target = target_language

    def __call__(
        self, parts: Sequence[Part], options: SearchOptions, cancel: CancelToken | None = None
    ) -> list[list[Found]]:
        """Each of ``parts`` with its outputs, almost always as one.

        Raises:
            BundleError: the model predicts NaN, or nothing that is allowed.
            Cancelled: ``cancel`` was cancelled.
        """
        searched = [part for part in parts if part.source.translatable]
        judged = self._first([part.source for part in searched], options, cancel)
        halved = self._halved(judged, options, cancel)
        self._again(
            [one for one, halves in zip(judged, halved, strict=True) if not halves], options, cancel
        )
        found = iter(
            [
                _moved(part, halves) if halves else [self._mended(part, best, options)]
                for part, best, halves in zip(searched, judged, halved, strict=True)
            ]
        )
        return [next(found) if part.source.translatable else [Found(part)] for part in parts]

    def _first(
        self,
        sources: Sequence[EncodedSegment],
        options: SearchOptions,
        cancel: CancelToken | None,
    ) -> list[_Judged]:
        """The outputs of a search."""
        language = self._encoder.language
        found = self._search(sources, options, cancel)
        return [
            _Judged(
                Source(source, language),
                outputs,
                find_faults(outputs[0], Source(source, language), self._target),
            )
            for source, outputs in zip(sources, found, strict=True)
        ]

    def _again(
        self, judged: Sequence[_Judged], options: SearchOptions, cancel: CancelToken | None
    ) -> None:
        """Search those with faults more widely, and put the outputs with fewest faults first."""
        faulty = [one for one in judged if one.faults.weight > 0]
        again = self._search([one.source.encoded for one in faulty], wider(options), cancel)
        for one, outputs in zip(faulty, again, strict=True):
            both = (*one.outputs, *outputs)
            faults = [find_faults(output, one.source, self._target) for output in both]
            worth = [
                output.hypothesis.score - FAULT * fault.weight
                for output, fault in zip(both, faults, strict=True)
            ]
            order = sorted(range(len(both)), key=worth.__getitem__, reverse=True)
            one.outputs = tuple(both[i] for i in order)
            one.faults = faults[order[0]]

    def _halved(
        self, judged: Sequence[_Judged], options: SearchOptions, cancel: CancelToken | None
    ) -> list[list[Found]]:
        """The halves of what the model lost its way in, where they are better; else nothing."""
        cut: dict[int, list[Part]] = {}
        for index, whole in enumerate(judged):
            if whole.faults.lost and len(whole.source.encoded.ids) >= _LEAST_TO_HALVE:
                parts = encode_clauses(whole.source.encoded, self._encoder)
                if len(parts) > 1:
                    cut[index] = parts
        found: list[list[Found]] = [[] for _ in judged]
        if not cut:
            return found
        halves = iter(self([part for parts in cut.values() for part in parts], options, cancel))
        for index, parts in cut.items():
            pieces = [piece for _ in parts for piece in next(halves)]
            language = self._encoder.language
            weight = sum(
                find_faults(p.outputs[0], Source(p.part.source, language), self._target).weight
                for p in pieces
                if p.outputs
            )
            if weight < judged[index].faults.weight:
                found[index] = pieces
        return found

    def _mended(self, part: Part, best: _Judged, options: SearchOptions) -> Found:
        kept = best.outputs[: options.n_best]
        return Found(part, tuple(mend(output, best.source, self._target) for output in kept))


def wider(options: SearchOptions) -> SearchOptions:
    """Those of the second search."""
    beam = max(BEAM, options.beam)
    # Two words more than once is no loop by the first search's measure.
    return dataclasses.replace(options, beam=beam, n_best=beam, loop_span=2)


def _moved(part: Part, halves: Sequence[Found]) -> list[Found]:
    """``halves`` of ``part`` as parts of the text that it is of."""
    return [
        Found(Part(part.start + half.part.start, half.part.source), half.outputs) for half in halves
    ]
