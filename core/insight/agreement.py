"""Whether attention agrees with other evidence of what the model read a word from.

Attention is a weight inside the model and need not be the reason for its output (Jain & Wallace
2019, "Attention is not Explanation"). Plain values without torch: the window shows them.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

Weights = tuple[float, ...]

# Of support; chosen on 35 sentences of our own (docs/faithfulness.md).
SUPPORTED, NOT_OPPOSED = 1.0, 0.6


class Verdict(Enum):
    """How attention stands to the evidence."""

    AGREES = "agrees"
    DOUBTFUL = "doubtful"
    DISAGREES = "disagrees"


@dataclass(frozen=True, slots=True)
class Measure:
    """Evidence for each source word of what one translated word was read from.

    Attributes:
        weights: one per source word, at least 0, summing to 1 (or all 0: there is no evidence).
        tau: Kendall's rank correlation with attention; ``None`` where either is all of one weight.
        found: the weight on the source word that attention looks at most, by the largest weight:
            1 where both have the same top word.
    """

    weights: Weights
    tau: float | None
    found: float

    @property
    def support(self) -> float:
        """How far it supports attention by the top word and by the ranks: -1 to 2."""
        return self.found + (self.tau or 0.0)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known of one translated word.

    Attributes:
        word: its index in the translation.
        attention: the weights shown for it, one per source word.
        erasure: what its log-probability loses without each source word.
        gradient: how much it hangs on each source word's embeddings.
        drop: the largest loss by erasure, in nats; 0 where nothing was lost.
        verdict: ``None`` where there is nothing to judge (fewer than two source words).
    """

    word: int
    attention: Weights
    erasure: Measure
    gradient: Measure
    drop: float
    verdict: Verdict | None


def evidence_of(
    word: int, attention: Sequence[float], drops: Sequence[float], norms: Sequence[float]
) -> Evidence:
    """Judge the attention of translated word ``word``.

    Args:
        word: its index.
        attention: a weight per source word.
        drops: what the word's log-probability loses without each source word, in nats.
        norms: of gradient times input, per source word.
    """
    erasure, gradient = measure(attention, drops), measure(attention, norms)
    return Evidence(
        word=word,
        attention=tuple(attention),
        erasure=erasure,
        gradient=gradient,
        drop=max(0.0, *drops) if drops else 0.0,
        verdict=judge(erasure, gradient) if len(attention) > 1 else None,
    )


def measure(attention: Sequence[float], evidence: Sequence[float]) -> Measure:
    """``evidence``, of which only what is above 0 counts, beside ``attention``."""
    kept = [max(0.0, value) for value in evidence]
    total = sum(kept)
    weights = tuple(value / total for value in kept) if total > 0 else tuple(kept)
    looked = max(range(len(weights)), key=attention.__getitem__, default=None)
    return Measure(
        weights=weights,
        tau=kendall_tau(attention, weights),
        found=0.0 if looked is None or total <= 0 else weights[looked] / max(weights),
    )


def kendall_tau(first: Sequence[float], second: Sequence[float]) -> float | None:
    """Rank correlation τ-b (Kendall 1945), which allows for ties; ``None`` where it is undefined.

    (P - Q) / √((n₀ - n₁)(n₀ - n₂)) with P pairs ordered alike and Q otherwise, n₀ pairs in all,
    n₁ and n₂ of them tied in the first and in the second.
    """
    alike = untied_first = untied_second = 0
    for i in range(len(first)):
        for j in range(i):
            one = (first[i] > first[j]) - (first[i] < first[j])
            other = (second[i] > second[j]) - (second[i] < second[j])
            alike += one * other
            untied_first += one != 0
            untied_second += other != 0
    if not untied_first or not untied_second:
        return None
    return alike / math.sqrt(untied_first * untied_second)


def judge(erasure: Measure, gradient: Measure) -> Verdict:
    """How attention stands to both measures.

    They disagree where neither supports it (the measures are noisy themselves), and agree where
    both do, one of them perhaps less.
    """
    less, more = sorted((erasure.support, gradient.support))
    if more < SUPPORTED:
        return Verdict.DISAGREES
    return Verdict.AGREES if less >= NOT_OPPOSED else Verdict.DOUBTFUL
