"""Results of a report, as values and as JSON (without a sentence of the sets)."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from statistics import fmean
from typing import Any

from benchmarks.quality.examples import Examples
from benchmarks.quality.scoring import Group, Outputs

FORMAT = 1


@dataclass(frozen=True)
class SetResult:
    """A model's results on one set.

    Attributes:
        translated: how much of the source is translated text: ``"all"``, ``"part"`` or ``""``.
        sha256: of the pairs that were used.
        seconds: that translating took when it was done.
    """

    name: str
    domain: str
    translated: str
    sha256: str
    seconds: float
    group: Group
    by_length: tuple[Group, ...]
    examples: Examples


@dataclass(frozen=True)
class ModelResult:
    """All results of a model; ``previous`` is ``None`` where it has no predecessor.

    Attributes:
        figures, previous: of the models, as :func:`benchmarks.quality.bundles.Model.figures`
            gives them, with ``name`` and ``sha256``.
        everyday: what the models say to the project's own everyday sentences.
    """

    source_language: str
    target_language: str
    figures: Mapping[str, Any]
    previous: Mapping[str, Any] | None
    sets: tuple[SetResult, ...]
    by_domain: tuple[Group, ...]
    by_length: tuple[Group, ...]
    everyday: Outputs

    @property
    def name(self) -> str:
        """The model's name."""
        return str(self.figures["name"])

    @property
    def same_model(self) -> bool:
        """Whether the previous model is this very one."""
        return self.previous is not None and self.previous["sha256"] == self.figures["sha256"]

    @property
    def compared(self) -> bool:
        """Whether there is another model to compare with."""
        return self.previous is not None and not self.same_model

    def mean(self, metric: str, when: str = "now") -> float | None:
        """Mean over the sets of the score ``metric``, all sets alike; ``None`` without model."""
        found = [getattr(result.group, when) for result in self.sets]
        if None in found:
            return None
        return fmean(getattr(quality, metric).score for quality in found)

    def share(self, kind: str, when: str = "now") -> float | None:
        """Share of all sentences that are ``repeating``, ``looping``, ``empty`` or ``copied``."""
        found = [getattr(result.group, when) for result in self.sets]
        if None in found:
            return None
        sizes = [result.group.sentences for result in self.sets]
        return fmean([getattr(quality, kind) for quality in found], sizes)

    def verdicts(self, metric: str) -> Counter[str]:
        """On how many sets it is better, worse, or the same within chance."""
        return Counter(result.group.verdict(metric) for result in self.sets)


@dataclass(frozen=True)
class Report:
    """All results of one run.

    Attributes:
        created: local time.
        against: the previous models' place as given, ``""`` if none.
        lines: pairs used of each set at most, ``None`` for all.
        options, machine: of the search, of the computer.
        precision: ``"bf16"`` or ``"fp32"``, what the models computed in.
    """

    created: str
    against: str
    lines: int | None
    precision: str
    options: Mapping[str, Any]
    machine: Mapping[str, Any]
    models: tuple[ModelResult, ...]


def as_json(report: Report) -> str:
    """The report's figures as one JSON object; neither sources nor outputs are in it."""
    fields = {"format": FORMAT, **asdict(report)}
    for model in fields["models"]:
        del model["everyday"]
        for result in model["sets"]:
            del result["examples"]
    return json.dumps(fields, ensure_ascii=False, indent=1) + "\n"
