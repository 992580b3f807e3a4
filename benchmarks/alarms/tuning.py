"""Limits of alarms, fitted to cases that serve no other end."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import replace

from benchmarks.alarms.cases import GOOD, Case
from core.translation.alarms import AlarmLimits
from core.translation.coverage import LengthModel, characters

GRID: dict[str, tuple[float, ...]] = {
    "read": (0.05, 0.1, 0.15, 0.2, 0.3, 0.4),
    "unread": (2, 3, 4, 5, 6),
    "tail": (1, 2, 3, 4, 5),
    "longest": (2.0, 2.5, 3.0, 3.5, 4.0, 5.0),
    "shortest": (-1.5, -1.75, -2.0, -2.5, -3.0, -4.0),
    "guess": (0.1, 0.15, 0.2, 0.22, 0.24, 0.26, 0.28, 0.3),
    "phrase": (2, 3, 4, 5, 6),
    "shared": (0.3, 0.4, 0.5, 0.6, 0.7),
}
MOST_FALSE = 0.05  # of good translations
_ROUNDS = 3

Alarming = Callable[[Case, AlarmLimits], bool]


def fit_lengths(cases: Sequence[Case]) -> LengthModel:
    """How long good translations are: ratio and variance as Gale & Church 1993 estimate them."""
    pairs = [
        (characters(case.translation.source), characters(case.translation.translation))
        for case in cases
        if case.kind == GOOD
    ]
    ratio = sum(t for _, t in pairs) / sum(s for s, _ in pairs)
    variance = math.fsum((t - ratio * s) ** 2 / s for s, t in pairs) / len(pairs)
    return LengthModel(round(ratio, 3), round(variance, 3))


def rates(cases: Sequence[Case], limits: AlarmLimits, alarming: Alarming) -> tuple[float, float]:
    """The share of bad cases that are caught, and of good ones that alarm is given for."""
    caught = [alarming(case, limits) for case in cases if case.kind != GOOD]
    false = [alarming(case, limits) for case in cases if case.kind == GOOD]
    return sum(caught) / len(caught), sum(false) / len(false)


def tune(cases: Sequence[Case], begin: AlarmLimits, alarming: Alarming) -> AlarmLimits:
    """The limits that catch most with few false alarms, one limit after the other."""
    limits = replace(begin, lengths=fit_lengths(cases))

    def worth(tried: AlarmLimits) -> tuple[float, float]:
        caught, false = rates(cases, tried, alarming)
        # A false alarm costs two that are caught; beyond the most that is borne, a great deal.
        return caught - 2 * false - 20 * max(0.0, false - MOST_FALSE), -false

    for _ in range(_ROUNDS):
        for name, values in GRID.items():
            tried = [replace(limits, **{name: value}) for value in values]  # type: ignore[arg-type]
            limits = max((limits, *tried), key=worth)
    return limits
