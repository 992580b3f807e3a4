"""Other translations of one sentence: the n-best list of a search, and samples."""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Sequence
from dataclasses import dataclass

from core.cancel import CancelToken
from core.decoding.options import SamplingOptions, SearchOptions
from core.decoding.scoring import length_penalty
from core.text.encoding import EncodedSegment, SegmentEncoder
from core.translation.careful import Found
from core.translation.chunks import encode_parts
from core.translation.composing import Composer
from core.translation.faults import Source
from core.translation.mending import mend
from core.translation.outputs import Output
from core.translation.result import Translation
from core.translation.search import OutputSearch


@dataclass(frozen=True)
class Variants:
    """Finds other translations; used by one thread at a time.

    Attributes:
        search, encoder, composer: those of the translator.
        longest, easy: where the translator cuts a sentence.
    """

    search: OutputSearch
    encoder: SegmentEncoder
    composer: Composer
    longest: int
    easy: int

    def n_best(
        self,
        sentence: str,
        count: int,
        options: SearchOptions,
        cancel: CancelToken | None = None,
    ) -> tuple[Translation, ...]:
        """Up to ``count`` different translations of ``sentence``, best first.

        Raises:
            BundleError: the model predicts NaN, or nothing that is allowed.
            Cancelled: ``cancel`` was cancelled.
        """
        # Some outputs differ in their pieces alone, so a few more are looked for.
        beam = max(options.beam, count + count // 2)
        wide = dataclasses.replace(options, beam=beam, n_best=beam)

        def outputs(source: EncodedSegment) -> Sequence[Output]:
            [found] = self.search([source], wide, cancel)
            judged, target = Source(source, self.encoder.language), self.composer.target_language
            return [mend(output, judged, target) for output in found]

        begin = time.perf_counter()
        parts = encode_parts(sentence, self.encoder, self.longest, self.easy)
        best: list[tuple[float, list[Found]]] = [(0.0, [])]
        for part in parts:
            found = _distinct(outputs(part.source)) if part.source.translatable else []
            each: list[tuple[float, tuple[Output, ...]]] = [
                (one.hypothesis.score * len(part.source.ids), (one,)) for one in found
            ]
            grown = [
                (score + more, [*before, Found(part, output)])
                for score, before in best
                for more, output in each or [(0.0, ())]  # nothing in it is translated
            ]
            best = sorted(grown, key=lambda one: -one[0])[:count]
        return self._composed(sentence, [found for _, found in best], begin)

    def sample(
        self,
        sentence: str,
        count: int,
        options: SamplingOptions,
        seed: int,
        alpha: float,
        cancel: CancelToken | None = None,
    ) -> tuple[Translation, ...]:
        """Up to ``count`` different translations of ``sentence`` drawn at random, best first.

        Args:
            sentence: a segment.
            count: how many are drawn; those that read alike count once.
            options: of the sampling.
            seed: the same one draws the same on the same computer.
            alpha: exponent of the length penalty in their scores, so that these compare with
                those of a search.
            cancel: asked before every step.

        Raises:
            BundleError: the model predicts NaN, or nothing that is allowed.
            Cancelled: ``cancel`` was cancelled.
        """
        begin = time.perf_counter()
        parts = encode_parts(sentence, self.encoder, self.longest, self.easy)
        drawn = [
            self.search.sample(part.source, count, options, seed, cancel)
            if part.source.translatable
            else ()
            for part in parts
        ]
        found = [
            [
                Found(part, (_scored(outputs[index], alpha),) if outputs else ())
                for part, outputs in zip(parts, drawn, strict=True)
            ]
            for index in range(count)
        ]
        composed = self._composed(sentence, found, begin)
        return tuple(sorted(composed, key=lambda translation: -translation.score))

    def _composed(
        self, sentence: str, found: Sequence[Sequence[Found]], begin: float
    ) -> tuple[Translation, ...]:
        """Each of ``found`` as a translation, those that read alike once."""
        seconds = (time.perf_counter() - begin) / max(len(found), 1)
        translations: dict[str, Translation] = {}
        for each in found:
            translation = self.composer.translation(sentence, each, seconds / len(each))
            translations.setdefault(translation.translation, translation)
        return tuple(translations.values())


def _distinct(outputs: Sequence[Output]) -> list[Output]:
    """Each text once, the first of them."""
    return list({output.text: output for output in reversed(outputs)}.values())[::-1]


def _scored(output: Output, alpha: float) -> Output:
    """``output`` with the score that a search would give it."""
    hypothesis = output.hypothesis
    score = hypothesis.log_probability / length_penalty(len(hypothesis.ids) + 1, alpha)
    return dataclasses.replace(output, hypothesis=dataclasses.replace(hypothesis, score=score))
