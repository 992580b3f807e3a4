"""Whether a difference between two scores says anything."""

from __future__ import annotations

from enum import StrEnum

SIGNIFICANT = 0.05  # p values below this are called no chance


class Verdict(StrEnum):
    """What a test says of a change: sure, or as good as none."""

    BETTER = "better"
    WORSE = "worse"
    SAME = "same"
    UNKNOWN = "unknown"


def verdict(before: float, after: float, p_value: float | None) -> Verdict:
    """What became of a score, where larger is better; ``None`` is the p value of no test."""
    if p_value is None:
        return Verdict.UNKNOWN
    if p_value >= SIGNIFICANT or before == after:
        return Verdict.SAME
    return Verdict.BETTER if after > before else Verdict.WORSE
