"""Penalties, loops and options."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np
import pytest
import torch

from core.decoding.options import OutputLimits, SamplingOptions, SearchOptions
from core.decoding.scoring import (
    all_loop_ends,
    block_size,
    coverage_penalty,
    length_penalty,
    loop_ends,
    top_candidates,
)
from core.errors import BundleError, OptionError
from core.model.native import library


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


@pytest.mark.parametrize(("copies", "span"), [(0, 8), (2, 2), (3, 2), (3, 8)])
def test_the_loops_of_many_outputs_are_those_of_each(copies: int, span: int) -> None:
    for length in range(12):
        said = np.random.default_rng(length).integers(4, 6, size=(40, length))
        expected = [
            (row, token)
            for row, ids in enumerate(said.tolist())
            for token in loop_ends(tuple(ids), copies, span)
        ]
        assert all_loop_ends(said, copies, span) == expected


@pytest.mark.parametrize("vocabulary", [1, 2, 13, 60, 97, 144, 12_000])
@pytest.mark.parametrize("levels", [4, 10**6])  # few levels make many ties
@pytest.mark.parametrize("chosen_by", ["C", "torch"])
def test_the_best_continuations_are_those_of_a_full_sort(
    vocabulary: int, levels: int, chosen_by: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if chosen_by == "torch":
        monkeypatch.setattr(library, "find", lambda: None)
    elif library.find() is None:
        pytest.skip("nothing was compiled")
    random = np.random.default_rng(vocabulary)
    for batch, width, count in ((1, 1, 2), (3, 4, 8), (2, 5, 10)):
        logs = -random.integers(0, levels, size=(batch * width, vocabulary)).astype(np.float32)
        logs[random.random(logs.shape) < 0.2] = -np.inf
        totals = -random.integers(0, levels, size=batch * width).astype(np.float32)
        totals[1:2] = -np.inf  # a dead hypothesis
        extra = random.random((batch, 3))
        found, brought = top_candidates(
            torch.from_numpy(logs), torch.from_numpy(totals), batch, count, torch.tensor(extra)
        )
        assert brought == extra.tolist()
        sums = (logs + totals[:, None]).reshape(batch, -1)
        for sentence, best in enumerate(found):
            order = np.argsort(-sums[sentence], kind="stable")[:count]
            assert best.totals == sums[sentence][order].tolist()
            real = [i for i, total in enumerate(best.totals) if total > -np.inf]
            positions = [best.hypotheses[i] * vocabulary + best.tokens[i] for i in real]
            assert positions == order[: len(real)].tolist()
            likely = logs.reshape(batch, -1)[sentence][positions]
            assert [best.log_probabilities[i] for i in real] == likely.tolist()


@pytest.mark.parametrize("chosen_by", ["C", "torch"])
@pytest.mark.parametrize("place", [0, 70, 149])
@pytest.mark.parametrize("wrong", [np.nan, np.inf])
def test_what_is_no_number_is_refused(
    place: int, wrong: float, chosen_by: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if chosen_by == "torch":
        monkeypatch.setattr(library, "find", lambda: None)
    logs = torch.zeros(2, 150)
    logs[1, place] = wrong
    with pytest.raises(BundleError, match="not numbers"):
        top_candidates(logs, torch.zeros(2), 1, 4, torch.zeros(1, 0))


def test_blocks_divide_the_vocabulary() -> None:
    assert [block_size(size) for size in (1, 13, 60, 12_000)] == [1, 1, 6, 100]


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
