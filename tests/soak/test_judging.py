"""What the soak judges by: growth of memory, texts that repeat with a seed, leftovers."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from random import Random

import pytest

from tests.soak import texts
from tests.soak.memory import Sample, growth
from tests.soak.session import Limits
from tests.soak.watching import MARK, Watcher

MB = 1_000_000


def samples(end: float, spikes: int = 0) -> list[Sample]:
    """200 of a window that warms up to 500 MB by a fifth, then goes to ``end`` times as much."""
    found = []
    for number in range(200):
        share = number / 199
        held = 500 * (share / 0.2) if share < 0.2 else 500 * (1 + (end - 1) * (share - 0.2) / 0.8)
        held += 400 if spikes and number % spikes == 0 else 0
        found.append(Sample(round(10_000 * share), round(held * MB), 0))
    return found


def test_growth_after_the_warm_up_counts_and_only_that() -> None:
    assert growth(samples(1.0)).share == pytest.approx(0.0, abs=1e-3)
    grown = growth(samples(1.3))
    assert grown.share == pytest.approx(0.21, abs=0.03)
    assert not grown.flat
    assert growth(samples(1.1)).flat


def test_a_short_run_warms_up_and_is_not_judged() -> None:
    short = [Sample(s.translations // 10, s.window, 0) for s in samples(1.3)]
    assert growth(short).share > 0.1
    assert growth(short).flat


def test_growth_per_thousand_translations_is_that_of_a_straight_line() -> None:
    # 150 MB over the 8,000 translations behind the warm-up.
    assert growth(samples(1.3)).per_thousand == pytest.approx(150 * MB / 8, rel=0.02)


def test_moments_with_another_model_in_memory_do_not_count() -> None:
    assert growth(samples(1.0, spikes=5)).share == pytest.approx(0.0, abs=1e-3)


def test_too_few_samples_are_no_proof() -> None:
    with pytest.raises(ValueError, match="too few"):
        growth(samples(1.0)[:5])
    with pytest.raises(ValueError, match="too few"):
        growth([])


def test_a_seed_repeats_its_texts_and_most_texts_are_new() -> None:
    def drawn(seed: str) -> list[str]:
        random = Random(seed)
        return [texts.any_text(random, "zh") for _ in range(300)]

    assert drawn("a") == drawn("a")
    assert drawn("a") != drawn("b")
    assert len(set(drawn("a"))) > 200


def test_a_process_and_files_left_behind_are_found(tmp_path: Path) -> None:
    watcher = Watcher("0", Limits())
    for name in ("file-1", "forgotten"):
        (tmp_path / "temporary" / name).mkdir(parents=True)
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "x.tmp1").touch()
    watcher._look_for_files(tmp_path / "home", tmp_path / "temporary")
    assert watcher.outcome.left == ["file forgotten", "file x.tmp1"]
    command = [sys.executable, "-S", "-c", "print(flush=True); input()"]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env={MARK: watcher._token}
    ) as process:
        assert process.stdout is not None
        process.stdout.readline()
        watcher._look_for_processes()
    assert process.returncode < 0
    assert len(watcher.outcome.left) == 3
