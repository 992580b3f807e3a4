"""What the benchmark of teaching makes of what it hears."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from benchmarks.teaching.__main__ import arguments, markdown
from benchmarks.teaching.processes import family_memory
from benchmarks.teaching.trial import share_within, wrong_by


def test_the_time_left_is_judged_between_the_first_minute_and_the_last_seconds() -> None:
    steps = [(5.0, 900.0), (64.0, 200.0), (65.0, 148.0), (105.0, 95.0), (155.0, 30.0), (195.0, 9.0),
             (120.0, None)]  # fmt: skip
    wrong = wrong_by(steps, end=200.0)
    assert wrong == pytest.approx([148 / 135 - 1, 0.0, 30 / 45 - 1])
    assert share_within(wrong, 0.25) == pytest.approx(2 / 3)
    assert wrong_by([], 10.0) == []


def test_memory_of_a_family() -> None:
    held = "print(len(held := bytearray(60 << 20)), flush=True); input()"
    before = family_memory(os.getpid())
    with subprocess.Popen(
        [sys.executable, "-c", held], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as child:
        assert child.stdout is not None
        child.stdout.readline()  # it holds them now
        assert family_memory(child.pid) > 60
        assert family_memory(os.getpid()) > before + 50
        child.communicate("\n")
    assert family_memory(child.pid) == 0.0


def run(seed: int, bleu: float) -> dict[str, Any]:
    return {
        "kind": "taught", "seed": seed, "updates": 200 + seed, "ended by": "budget",
        "start to kept, s": 317.2, "peak memory, MB": 2100,
        "time left": {"within a quarter": 0.995},
        "scores": {"held": {"bleu": bleu, "chrf": 62.0}},
    }  # fmt: skip


def test_the_table_has_a_row_a_run_and_a_mean_with_its_spread() -> None:
    text = markdown(
        {"base": {"held": {"bleu": 31.6, "chrf": 59.2}}, "runs": [run(1, 34), run(2, 36)]}
    )
    rows = [[cell.strip() for cell in line.strip("| ").split("|")] for line in text.splitlines()]
    assert rows[2][0] == "base"
    assert rows[2][-1] == "31.6 / 59.2"
    assert rows[3] == ["taught", "1", "201", "budget", "317", "2,100", "100%", "34.0 / 62.0"]
    assert rows[5][0] == "taught, mean"
    assert rows[5][-1] == "35.0 ± 1.4 / 62.0 ± 0.0"


def test_a_kind_that_is_unknown_or_lacks_its_pairs_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SystemExit):
        arguments(["a", "b", "--kinds", "taught,tought"])
    with pytest.raises(SystemExit):
        arguments(["a", "b", "--kinds", "general"])
    found = arguments(["a", "b", "--kinds", "pushed, unbraked", "--seeds", "1,2"])
    assert (found.kinds, found.seeds) == (["pushed", "unbraked"], [1, 2])
