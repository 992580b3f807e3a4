"""One model on all sets: translate, score, group, choose examples."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.quality.buckets import by_length
from benchmarks.quality.bundles import Model
from benchmarks.quality.examples import choose_examples
from benchmarks.quality.memory import Memory
from benchmarks.quality.results import ModelResult, SetResult
from benchmarks.quality.scoring import Group, Outputs, score_group, sentence_chrf
from benchmarks.quality.sets import TestSet, read_set
from benchmarks.quality.translating import Progress, Translating
from core.translation.translator import TranslateOptions

EVERYDAY = Path(__file__).parents[2] / "tests" / "fixtures" / "everyday.tsv"


@dataclass(frozen=True)
class Judge:
    """What all models are judged with.

    Attributes:
        sets: the test sets.
        options: of the search.
        memory: of translations and scores.
        tell: called with the direction and the results of every set that is done.
        progress: of translating.
    """

    sets: tuple[TestSet, ...]
    options: TranslateOptions
    memory: Memory
    tell: Callable[[Model, SetResult], None]
    progress: Progress

    def judge(self, model: Model, previous: Model | None) -> ModelResult:
        """The results of ``model``, and its differences from ``previous``.

        Raises:
            BundleError: a model cannot be loaded.
        """
        source, target = model.direction
        now = self._translating(model)
        other = previous and previous.sha256 != model.sha256
        before = self._translating(previous) if previous and other else None
        results, outputs = [], []
        for test_set in self.sets:
            said, seconds = self._outputs(test_set, model.direction, now, before)
            result = self._set(test_set, source, said, seconds)
            self.tell(model, result)
            results.append(result)
            outputs.append(said)
        everyday = self._outputs(read_set(EVERYDAY), model.direction, now, before)[0]
        return ModelResult(
            source_language=source,
            target_language=target,
            figures=_figures(model),
            previous=_figures(previous) if previous else None,
            sets=tuple(results),
            by_domain=self._by_domain(outputs),
            by_length=self._by_length(Outputs.joined(outputs), source),
            everyday=everyday,
        )

    def _translating(self, model: Model) -> Translating:
        return Translating(model, self.options, self.memory, self.progress)

    def _outputs(
        self,
        test_set: TestSet,
        direction: tuple[str, str],
        now: Translating,
        before: Translating | None,
    ) -> tuple[Outputs, float]:
        """What both models say to the sources of the set, and the new one's seconds."""
        sources, references = test_set.turned(direction[0])
        said = now.translate(test_set.name, sources)
        earlier = before.translate(test_set.name, sources).lines if before else None
        return Outputs(direction[1], sources, references, said.lines, earlier), said.seconds

    def _set(self, test_set: TestSet, source: str, outputs: Outputs, seconds: float) -> SetResult:
        chrf = sentence_chrf(outputs, outputs.now, self.memory)
        before = None
        if outputs.before is not None:
            before = sentence_chrf(outputs, outputs.before, self.memory)
        return SetResult(
            name=test_set.name,
            domain=test_set.provenance.domain,
            translated=test_set.provenance.reversed_from(source),
            sha256=test_set.sha256,
            seconds=seconds,
            group=score_group(test_set.name, outputs, self.memory),
            by_length=self._by_length(outputs, source),
            examples=choose_examples(outputs, chrf, before),
        )

    def _by_length(self, outputs: Outputs, source: str) -> tuple[Group, ...]:
        return tuple(
            score_group(label, outputs.chosen(rows), self.memory)
            for label, rows in by_length(outputs.sources, source)
        )

    def _by_domain(self, outputs: Sequence[Outputs]) -> tuple[Group, ...]:
        """Scores of all sentences of a domain together."""
        domains: dict[str, list[Outputs]] = {}
        for test_set, said in zip(self.sets, outputs, strict=True):
            domains.setdefault(test_set.provenance.domain, []).append(said)
        return tuple(
            score_group(domain, Outputs.joined(parts), self.memory)
            for domain, parts in sorted(domains.items())
        )


def _figures(model: Model) -> dict[str, Any]:
    return {"name": model.name, "sha256": model.sha256, **model.figures()}
