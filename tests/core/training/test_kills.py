"""Tuning that is killed again and again loses no more than what was not saved yet.

``ATTUNE_KILLS=50`` kills fifty times.
"""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from core.events import Finished, Step, parse_event
from core.store.bundle import read_bundle
from core.store.model_store import ModelStore
from core.training.control import Command, JobControl
from core.training.tuning import resume

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[3]
KILLS = int(os.environ.get("ATTUNE_KILLS", "2"))
# Saves after every update, so that many kills strike while a checkpoint is written.
PROGRAM = (
    "import sys; from core.training import tuning; tuning.SAVE_SECONDS = 0.0\n"
    "from core.cli.program import main; sys.exit(main(sys.argv[1:]))"
)


@dataclass
class Tally:
    """What the kills found."""

    last_step: int = 0
    lost: list[int] = field(default_factory=list)
    within_a_write: int = 0


def start(home: Path, *what: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-c", PROGRAM, "--events", "tune", *what],
        cwd=ROOT,
        env={**os.environ, "ATTUNE_HOME": str(home)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )


def steps(child: subprocess.Popen[bytes]) -> list[int]:
    """The updates that the killed child still told of."""
    assert child.stdout is not None
    found = []
    for line in child.stdout.read().splitlines(keepends=True):
        if line.endswith(b"\n") and isinstance(event := parse_event(line.decode()), Step):
            found.append(event.step)
    return found


def one_life(home: Path, rng: random.Random, tally: Tally, *what: str) -> None:
    """Start or go on, wait for an update, and some time later kill."""
    child = start(home, *what)
    assert child.stdout is not None
    first = None
    for line in child.stdout:
        if isinstance(event := parse_event(line.decode()), Step):
            first = event.step
            break
    assert first is not None, child.wait()
    time.sleep(rng.uniform(0, 0.7))
    child.kill()
    child.wait()
    if tally.last_step:
        tally.lost.append(tally.last_step + 1 - first)
    tally.last_step = max([first, *steps(child)])
    folder = home / "data" / "runs" / "mine"
    hidden = (".checkpoint.partial", ".checkpoint.old")
    tally.within_a_write += any((folder / name).exists() for name in hidden)
    child.stdout.close()
    assert child.stdin is not None
    child.stdin.close()


@pytest.mark.skipif(os.name == "nt", reason="no such signal")
@pytest.mark.timeout(max(120, 30 * KILLS))
def test_killed_again_and_again(
    tmp_path: Path, tiny_bundle: Path, lesson: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(tiny_bundle, tmp_path / "data" / "models" / "tiny")
    rng, tally = random.Random(11), Tally()
    one_life(
        tmp_path, rng, tally, str(lesson), "--base", "tiny", "--name", "mine", "--minutes", "600",
        "--no-brake",
    )  # fmt: skip
    store = ModelStore(tmp_path / "none", tmp_path / "data" / "models")
    for _ in range(KILLS - 1):
        one_life(tmp_path, rng, tally, "--resume", "mine")
        assert store.damaged() == ()
        assert [card.name for card in store.list()] == ["tiny"]
    monkeypatch.setenv("ATTUNE_HOME", str(tmp_path))
    control = JobControl()
    for event in resume("mine", control, store):
        if isinstance(event, Step):
            control.give(Command.STOP)
    assert isinstance(event, Finished)
    read_bundle(Path(event.path))  # every hash fits
    assert not (tmp_path / "data" / "runs" / "mine").exists()
    print(f"{KILLS} kills, {tally.within_a_write} within a write, updates lost: {tally.lost}")
    # The update after the last checkpoint, and one that was learnt while it was killed.
    assert all(0 <= lost <= 2 for lost in tally.lost), tally.lost
