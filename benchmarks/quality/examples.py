"""Sentences worth reading: the best, the worst and those that changed most."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from benchmarks.quality.scoring import Outputs

MOST = 10


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence with its outputs; ``chrf`` (0 to 100) is each output's own."""

    line: int
    source: str
    reference: str
    now: str
    chrf: float
    before: str | None = None
    chrf_before: float | None = None

    @property
    def change(self) -> float:
        """Points won since the previous model."""
        return self.chrf - self.chrf_before if self.chrf_before is not None else 0.0


@dataclass(frozen=True, slots=True)
class Examples:
    """At most :data:`MOST` of each kind, most extreme first."""

    best: tuple[Example, ...]
    worst: tuple[Example, ...]
    changed: tuple[Example, ...]


def choose_examples(
    outputs: Outputs, chrf: Sequence[float], chrf_before: Sequence[float] | None
) -> Examples:
    """The examples of a set, given the chrF of all its sentences.

    Of equal ones long references come first (they say more), then the set's order; a source
    that occurs again is shown once.
    """
    examples = [
        Example(
            index + 1, outputs.sources[index], outputs.references[index], outputs.now[index],
            chrf[index],
            outputs.before[index] if outputs.before is not None else None,
            chrf_before[index] if chrf_before is not None else None,
        )
        for index in range(len(outputs))
    ]  # fmt: skip
    changed = [e for e in examples if e.before is not None and e.before != e.now and e.change]
    return Examples(
        best=_first(examples, lambda example: -example.chrf),
        worst=_first(examples, lambda example: example.chrf),
        changed=_first(changed, lambda example: -abs(example.change)),
    )


def _first(examples: Sequence[Example], key: Callable[[Example], float]) -> tuple[Example, ...]:
    ordered = sorted(examples, key=lambda e: (key(e), -len(e.reference), e.line))
    once = {example.source: example for example in reversed(ordered)}
    return tuple(e for e in ordered if once[e.source] is e)[:MOST]
