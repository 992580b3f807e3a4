"""Whether a model that is taught has forgotten what it knew: a paired test after every look.

The same general sentences are scored by the base and by the model as it is now. Of each measure
(log-probability of a piece, chrF) the mean difference d of n sentences has a standard error s. A
fall counts when it is surely larger than the measure's tolerance m,

    d + t s < -m,    t = the 1 - alpha / k quantile of Student's distribution, n - 1 degrees,

k being all looks at all measures that the run may take (Bonferroni): however often one looks, the
chance of ending a run that forgets no more than m is at most alpha. Without the tolerance any run
would end: a model that learns anything changes all its probabilities a little.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

ALPHA = 0.05
LOG_PROBABILITY, CHRF = "log-probability", "chrF"
# Tolerated falls of a sentence's mean: natural log per piece; points of 100.
TOLERANCES = {LOG_PROBABILITY: 0.05, CHRF: 1.5}


@dataclass(frozen=True, slots=True)
class Change:
    """The mean paired difference to the base, its standard error, and how many sentences."""

    mean: float
    error: float
    sentences: int

    @classmethod
    def between(cls, base: NDArray[np.float64], now: NDArray[np.float64]) -> Change:
        """From the scores of the same sentences, ``[n]`` each, at least two."""
        difference = now - base
        error = difference.std(ddof=1) / math.sqrt(len(difference))
        return cls(float(difference.mean()), float(error), len(difference))


class Brake:
    """Judges the changes of one run.

    Args:
        looks: how often it will be asked at most.
        tolerances: the largest fall of each measure that does no harm, by its name.
        alpha: chance of a false alarm in the whole run.
    """

    def __init__(
        self, looks: int, tolerances: Mapping[str, float] = TOLERANCES, alpha: float = ALPHA
    ) -> None:
        self.tolerances = tolerances
        self._normal = NormalDist().inv_cdf(1 - alpha / (looks * len(tolerances)))

    def fallen(self, changes: Mapping[str, Change]) -> Sequence[str]:
        """The measures that have surely fallen by more than is tolerated."""
        return [
            name
            for name, change in changes.items()
            if change.mean + self._quantile(change) * change.error < -self.tolerances[name]
        ]

    def _quantile(self, change: Change) -> float:
        """Student's, by its expansion around the normal one (Abramowitz & Stegun 26.7.5)."""
        z, degrees = self._normal, change.sentences - 1
        first = (z**3 + z) / 4
        second = (5 * z**5 + 16 * z**3 + 3 * z) / 96
        return z + first / degrees + second / degrees**2
