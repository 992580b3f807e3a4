"""The paired bootstrap for scores that are a mean over sentences (Koehn 2004)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from core.evaluation.comparison import LEAST_TESTED, RESAMPLES, Estimate

_SEED = 12345
_OUTSIDE = 2.5  # per cent of the resamples on either side of the interval


def compare_means(before: Sequence[float], after: Sequence[float]) -> Estimate:
    """Two systems' scores of the same sentences, each 0 to 1, as means from 0 to 100.

    The sentences are drawn anew with replacement :data:`RESAMPLES` times, the same ones for both.
    The p value is the share of draws whose difference strays from the mean of all draws' by as much
    as the two systems differ: small where the difference is hardly chance (as sacrebleu tests BLEU,
    Riezler & Maxwell 2005). The same scores always give the same numbers.

    Args:
        before, after: a score per sentence, in the same order; at least one.
    """
    one, other = np.asarray(before, float) * 100, np.asarray(after, float) * 100  # [N]
    if one.shape != other.shape or not len(one):
        raise ValueError(f"expected as many scores of both, not {len(one)} and {len(other)}")
    drawn = np.random.default_rng(_SEED).integers(len(one), size=(RESAMPLES, len(one)))
    means, others = one[drawn].mean(1), other[drawn].mean(1)  # [RESAMPLES]
    difference = abs(float(other.mean() - one.mean()))
    differences = others - means
    stray = np.abs(differences - differences.mean()) >= difference
    p_value = (int(stray.sum()) + 1) / (RESAMPLES + 1)
    if difference == 0:
        p_value = 1.0
    return Estimate(
        before=float(one.mean()),
        before_error=_error(means),
        after=float(other.mean()),
        after_error=_error(others),
        p_value=p_value if len(one) >= LEAST_TESTED else None,
    )


def _error(means: NDArray[np.float64]) -> float:
    """Half the width of the 95 % interval of resampled means."""
    low, high = np.percentile(means, [_OUTSIDE, 100 - _OUTSIDE])
    return float(high - low) / 2
