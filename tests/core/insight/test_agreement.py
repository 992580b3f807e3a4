"""Rank correlation against counting pairs by hand, and what attention is judged by."""

from __future__ import annotations

import itertools
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.insight.agreement import Verdict, evidence_of, kendall_tau, measure

VALUES = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=2, max_size=7)


@given(VALUES)
def test_it_is_the_rank_correlation_with_ties(pairs: list[tuple[int, int]]) -> None:
    concordant = discordant = tied_first = tied_second = 0
    for (a, b), (c, d) in itertools.combinations(pairs, 2):
        tied_first += a == c
        tied_second += b == d
        if a != c and b != d:
            concordant += (a < c) == (b < d)
            discordant += (a < c) != (b < d)
    total = len(pairs) * (len(pairs) - 1) // 2
    below = (total - tied_first) * (total - tied_second)
    found = kendall_tau([a for a, _ in pairs], [b for _, b in pairs])
    if below == 0:
        assert found is None
    else:
        assert found == pytest.approx((concordant - discordant) / math.sqrt(below))


def test_a_case_worked_by_hand() -> None:
    # Of the six pairs five are ordered alike and one (3, 4) against the other.
    assert kendall_tau([1, 2, 3, 4], [1, 2, 4, 3]) == pytest.approx(4 / 6)
    assert kendall_tau([1, 2, 3], [1, 2, 3]) == 1
    assert kendall_tau([1, 2, 3], [3, 2, 1]) == -1


def test_evidence_is_shared_out_and_what_is_below_nothing_is_nothing() -> None:
    found = measure((0.7, 0.2, 0.1), (3.0, -5.0, 1.0))
    assert found.weights == (0.75, 0.0, 0.25)
    assert found.found == 1  # the same word is on top
    assert found.support == pytest.approx(1 + 1 / 3)
    assert measure((0.2, 0.7, 0.1), (3.0, -5.0, 1.0)).found == 0
    assert measure((0.7, 0.3), (-1.0, 0.0)).weights == (0.0, 0.0)


def test_the_verdict_follows_where_the_evidence_lies() -> None:
    attention = (0.05, 0.9, 0.05)
    assert evidence_of(0, attention, (0.1, 4.0, 0.0), (1, 9, 1)).verdict is Verdict.AGREES
    assert evidence_of(0, attention, (4.0, 0.0, 0.3), (9, 0.5, 1)).verdict is Verdict.DISAGREES
    assert evidence_of(0, attention, (4.0, 0.0, 0.3), (1, 9, 1)).verdict is Verdict.DOUBTFUL
    # Not on top, but near it (3/4 of the largest) and in much the same order.
    slanted = (0.2, 0.7, 0.1)
    assert evidence_of(0, slanted, (4.0, 3.0, 0.3), (3, 9, 1)).verdict is Verdict.AGREES
    assert evidence_of(0, (1.0,), (4.0,), (9,)).verdict is None


def test_a_word_that_needed_nothing_lost_nothing() -> None:
    found = evidence_of(2, (0.5, 0.5), (-0.1, -0.4), (1.0, 1.0))
    assert found.drop == 0
    assert found.word == 2
    assert found.erasure.tau is None
