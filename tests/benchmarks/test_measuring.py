"""Statistics against NumPy, and the order of turns."""

from __future__ import annotations

import subprocess
import sys
import time

import numpy as np
import pytest

from benchmarks.measuring import (
    fit_line,
    interleaved,
    machine,
    paired_ratios,
    peak_memory,
    summary,
)


@pytest.mark.parametrize("count", [1, 2, 3, 4, 15])
def test_quartiles_are_those_of_numpy(count: int) -> None:
    values = np.random.default_rng(count).exponential(size=count)
    found = summary(values.tolist(), digits=9)
    expected = np.quantile(values, [0, 0.25, 0.5, 0.75, 1]).tolist()
    names = ["min", "lower quartile", "median", "upper quartile", "max"]
    assert [found[name] for name in names] == pytest.approx(expected, abs=1e-8)
    assert found["of"] == count


def test_turns_are_taken_round_by_round() -> None:
    order: list[str] = []

    def case(name: str) -> list[float]:
        order.append(name)
        return [float(len(order)), 0.5]

    times = interleaved({n: lambda n=n: case(n) for n in "abc"}, 3)
    assert order == list("abcabcabc")
    assert times["b"] == [[2.0, 0.5], [5.0, 0.5], [8.0, 0.5]]


def test_there_is_a_pause_before_every_turn() -> None:
    begin = time.perf_counter()
    interleaved({"a": lambda: [0.0], "b": lambda: [0.0]}, 3, pause=0.02)
    assert time.perf_counter() - begin >= 6 * 0.02


def test_ratios_are_taken_within_a_round() -> None:
    # The second round was slow for both: what they are to each other stays the same.
    slow, fast = [[3.0, 5.0, 4.0], [40.0]], [[1.0, 3.0], [20.0]]
    assert paired_ratios(slow, fast) == [2.0, 2.0]
    with pytest.raises(ValueError):
        paired_ratios(slow, fast[:1])


def test_the_line_is_that_of_numpy() -> None:
    x = [10, 25, 50, 100, 200]
    y = [14.0, 30.0, 71.0, 120.0, 250.0]
    slope, intercept = np.polyfit(x, y, 1)
    line = fit_line(x, y)
    assert (line.slope, line.intercept) == pytest.approx((slope, intercept))
    assert line.r_squared == pytest.approx(np.corrcoef(x, y)[0, 1] ** 2)
    assert fit_line([1, 2, 3], [2, 4, 6]).r_squared == pytest.approx(1)


@pytest.mark.skipif(sys.platform != "linux", reason="others count what the parent held")
def test_the_peak_counts_this_process_alone() -> None:
    program = "from benchmarks.measuring import peak_memory as p; a = p(); b = bytearray(10**8)"
    program += "; print(a, p())"
    held = bytearray(2 * 10**8)  # would be inherited by ru_maxrss
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60
    )
    before, after = map(float, done.stdout.split())
    assert before < 100
    assert after - before == pytest.approx(100, abs=5)
    assert peak_memory() > len(held) / 1e6


def test_the_machine_is_described() -> None:
    found = machine()
    assert found["processor"]
    assert found["cores"] >= 1
