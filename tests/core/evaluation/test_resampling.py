"""The paired bootstrap for means, against what is known of them."""

from __future__ import annotations

import math

import numpy as np
import pytest
from numpy.typing import NDArray

from core.evaluation.resampling import compare_means


def standard_error(scores: NDArray[np.float64]) -> float:
    return float(scores.std(ddof=1) / math.sqrt(len(scores)))


def test_means_and_intervals() -> None:
    rng = np.random.default_rng(0)
    before, after = (rng.random(400) < 0.5).astype(float), (rng.random(400) < 0.8).astype(float)
    found = compare_means(before.tolist(), after.tolist())
    assert found.before == pytest.approx(before.mean() * 100)
    assert found.after == pytest.approx(after.mean() * 100)
    for scores, error in ((before, found.before_error), (after, found.after_error)):
        assert error == pytest.approx(1.96 * standard_error(scores) * 100, rel=0.15)
    assert found.p_value is not None
    assert found.p_value < 0.01


def test_a_small_difference_is_as_likely_as_a_paired_test_says() -> None:
    rng = np.random.default_rng(1)
    before = rng.random(200)
    noise = rng.normal(0.0, 0.2, 200)
    after = before + noise - noise.mean() + 0.018
    found = compare_means(before.tolist(), after.tolist())
    normal = abs((after - before).mean()) / standard_error(after - before)
    expected = math.erfc(normal / math.sqrt(2))
    assert 0.05 < expected < 0.5
    assert found.p_value == pytest.approx(expected, abs=0.05)


def test_equal_systems_and_few_sentences() -> None:
    assert compare_means([0.5, 1.0] * 20, [0.5, 1.0] * 20).p_value == 1
    assert compare_means([0.0] * 5, [1.0] * 5).p_value is None


def test_the_same_scores_give_the_same_numbers() -> None:
    scores = [float(i % 3 == 0) for i in range(50)], [float(i % 2 == 0) for i in range(50)]
    assert compare_means(*scores) == compare_means(*scores)


@pytest.mark.parametrize("scores", [([], []), ([1.0], [1.0, 0.0])])
def test_what_cannot_be_compared(scores: tuple[list[float], list[float]]) -> None:
    with pytest.raises(ValueError, match="as many scores"):
        compare_means(*scores)
