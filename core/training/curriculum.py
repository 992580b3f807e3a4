"""A curriculum from easy to hard pairs (competence-based: Platanios et al. 2019).

At competence c, from 0 to 1, examples are drawn from the share c of all pairs that is easiest.
"""

from __future__ import annotations

from core.training.hyperparameters import BatchOptions

# Examples that are drawn before the competence is looked at anew.
DRAWN = 1024


def competence(options: BatchOptions, progress: float) -> float:
    """The share of pairs, easiest first, that take part at ``progress`` (0 to 1) of the run.

    With t = progress, T = ``curriculum_share`` and c_0 = ``competence``:

    - linear: c(t) = min(1, t (1 - c_0) / T + c_0) (eq. 6)
    - root: c(t) = min(1, sqrt(t (1 - c_0²) / T + c_0²)) (eq. 7 with p = 2)
    """
    if options.curriculum == "none":
        return 1.0
    passed, first = progress / options.curriculum_share, options.competence
    if options.curriculum == "linear":
        return min(1.0, passed * (1 - first) + first)
    return float(min(1.0, (passed * (1 - first**2) + first**2) ** 0.5))
