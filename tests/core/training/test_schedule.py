"""Learning rates and budgets by hand."""

from __future__ import annotations

import math

import pytest

from core.errors import OptionError
from core.training.schedule import Budget, Schedule


@pytest.mark.parametrize(
    ("step", "progress", "factor"),
    [
        (1, 0.0, 0.25),
        (3, 0.01, 0.75),
        (4, 0.02, 1.0),
        (50, 0.5, 1.0),  # the plateau
        (60, 0.6, 1.0),
        (70, 0.8, 0.5),
        (80, 0.9, 0.25),
        (90, 1.0, 0.0),
    ],
)
def test_rise_plateau_and_fall(step: int, progress: float, factor: float) -> None:
    assert Schedule(warmup=4, decay=0.4).factor(step, progress) == pytest.approx(factor)


def test_the_floor_holds() -> None:
    schedule = Schedule(warmup=0, decay=0.5, floor=0.1)
    assert schedule.factor(1, 0.0) == 1
    assert schedule.factor(9, 0.75) == pytest.approx(0.55)
    assert schedule.factor(9, 1.0) == pytest.approx(0.1)


def test_a_fall_that_begins_within_the_rise_wins() -> None:
    assert Schedule(warmup=10, decay=1.0).factor(9, 0.5) == 0.5


def test_no_decay_stays_on_the_plateau() -> None:
    assert Schedule(warmup=2, decay=0.0).factor(100, 1.0) == 1


def test_a_budget_ends_with_whichever_comes_first() -> None:
    both = Budget(steps=10, seconds=100)
    assert both.progress(5, 20) == 0.5
    assert both.progress(1, 60) == 0.6
    assert both.progress(10, 0) == 1
    assert both.progress(99, 0) == 1
    assert Budget(steps=4).progress(1, 1e9) == 0.25
    assert Budget(seconds=4).progress(10**9, 1) == 0.25
    assert Budget().progress(10**9, 1e9) == 0


@pytest.mark.parametrize("limit", [{"steps": 0}, {"seconds": 0.0}, {"seconds": -1}])
def test_nothing_to_spend_is_refused(limit: dict[str, float]) -> None:
    with pytest.raises(OptionError, match=next(iter(limit))):
        Budget(**limit)  # type: ignore[arg-type]


def test_a_budget_of_no_number_is_refused() -> None:
    with pytest.raises(OptionError):
        Budget(seconds=math.nan)
