"""Penalties, loops and options."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np
import pytest
import torch

from core.decoding.options import OutputLimits, SamplingOptions, SearchOptions
from core.decoding.scoring import coverage_penalty, length_penalty, loop_ends
from core.errors import OptionError


def test_length_penalty_is_that_of_the_paper() -> None:
    assert length_penalty(1, 0.7) == 1
    assert length_penalty(19, 0.5) == pytest.approx(2)
    assert length_penalty(40, 0) == 1


def test_coverage_penalty_is_that_of_the_paper() -> None:
    coverage = np.random.default_rng(0).uniform(0.1, 2, size=(2, 3, 4)).astype(np.float32)
    padding = np.array([[False] * 4, [False, False, True, True]])
    coverage[1, :, 2:] = 0
    found = coverage_penalty(torch.from_numpy(coverage), torch.from_numpy(padding), 0.3)
    for b, k in np.ndindex(2, 3):
        real = coverage[b, k][~padding[b]]
        assert float(found[b, k]) == pytest.approx(
            0.3 * np.log(np.minimum(real, 1)).sum(), abs=1e-5
        )


def test_a_source_position_never_attended_stays_finite() -> None:
    found = coverage_penalty(torch.zeros(1, 1, 3), torch.zeros(1, 3, dtype=torch.bool), 1.0)
    assert -100 < float(found) < -10


def completes_a_loop(said: tuple[int, ...], copies: int, span: int) -> bool:
    """Whether ``said`` ends with so many copies of one n-gram that fill the span."""
    for n in range(1, len(said) + 1):
        for times in range(copies, len(said) // n + 1):
            if times * n >= span and said[-times * n :] == said[-n:] * times:
                return True
    return False


@pytest.mark.parametrize(("copies", "span"), [(2, 2), (3, 2), (3, 5), (3, 8), (4, 6)])
def test_loop_ends_are_just_the_pieces_that_complete_a_loop(copies: int, span: int) -> None:
    for length in range(11):
        for said in itertools.product((4, 5), repeat=length):
            expected = {piece for piece in (4, 5) if completes_a_loop((*said, piece), copies, span)}
            assert set(loop_ends(said, copies, span)) == expected, said


def test_no_loop_is_forbidden_without_the_guard() -> None:
    assert loop_ends((4,) * 50, 0, 8) == []


@pytest.mark.parametrize(
    ("kind", "values", "named"),
    [
        (SearchOptions, {"beam": 0}, "beam"),
        (SearchOptions, {"beam": 2, "n_best": 3}, "n_best"),
        (SearchOptions, {"n_best": 0}, "n_best"),
        (SearchOptions, {"length_penalty": -0.1}, "length_penalty"),
        (SearchOptions, {"length_penalty": float("nan")}, "length_penalty"),
        (SearchOptions, {"coverage_penalty": float("inf")}, "coverage_penalty"),
        (SearchOptions, {"patience": 0.5}, "patience"),
        (SearchOptions, {"loop_copies": 1}, "loop_copies"),
        (SearchOptions, {"loop_span": 1}, "loop_span"),
        (SearchOptions, {"min_length_ratio": -1}, "min_length_ratio"),
        (SearchOptions, {"min_length_ratio": 3.0}, "max_length_ratio"),
        (SearchOptions, {"max_length_offset": -1}, "max_length_offset"),
        (SamplingOptions, {"temperature": 0}, "temperature"),
        (SamplingOptions, {"top_k": -1}, "top_k"),
        (SamplingOptions, {"top_p": 0}, "top_p"),
        (SamplingOptions, {"top_p": 1.1}, "top_p"),
    ],
)
def test_an_option_out_of_range_is_named(kind: Any, values: dict[str, float], named: str) -> None:
    with pytest.raises(OptionError, match=f"^{named} is"):
        kind(**values)


def test_the_shortest_length_never_exceeds_the_longest() -> None:
    limits = OutputLimits(min_length_ratio=0.5, max_length_ratio=0.5, max_length_offset=0)
    assert [limits.bounds(length) for length in (1, 3, 4)] == [(0, 0), (1, 1), (2, 2)]
