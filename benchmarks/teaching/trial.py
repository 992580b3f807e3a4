"""One run of the terminal program in a process of its own: what it said, and when."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.speed.protocol import ROOT
from core.events import Event, Step, parse_event

PROGRAM = (sys.executable, "-m", "core.cli")
_FIRST = 60.0  # seconds until the time left is asked to be right
_LAST = 10.0  # seconds before the end, where a share says nothing any more


@dataclass(frozen=True, slots=True)
class Told:
    """An event, and the seconds since the program was started."""

    seconds: float
    event: Event


@dataclass(frozen=True, slots=True)
class Trial:
    """A finished run: its events, its whole time in seconds, and the most memory it held, in MB."""

    told: tuple[Told, ...]
    seconds: float
    peak: float

    def all_of(self, kind: type[Event]) -> list[Any]:
        """The events of one kind."""
        return [told.event for told in self.told if isinstance(told.event, kind)]


def environment(home: Path) -> dict[str, str]:
    """The environment of a program whose models and settings lie in ``home``."""
    return {**os.environ, "ATTUNE_HOME": str(home), "PYTHONPATH": str(ROOT)}


def run_trial(arguments: Sequence[str], home: Path, command: str = "tune") -> Trial:
    """Run ``attune-cli COMMAND`` with ``arguments`` to its end.

    Raises:
        RuntimeError: it failed; the message ends with what it said.
    """
    begin = time.perf_counter()
    told: list[Told] = []
    # A stop must come from its standard input, which therefore stays open.
    with subprocess.Popen(
        [*PROGRAM, "--events", command, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=environment(home),
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            told.append(Told(time.perf_counter() - begin, parse_event(line)))
        # Not wait(): only this call tells what the one child has used.
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(
            f"{command} {' '.join(arguments)}: exit {process.returncode}, {told[-1:]}"
        )
    return Trial(tuple(told), time.perf_counter() - begin, usage.ru_maxrss * 1024 / 1e6)


def evaluated(model: str, file: Path, home: Path, precision: str) -> dict[str, Any]:
    """BLEU and chrF of a model of ``home`` on a file of pairs."""
    sides = [line.split("\t")[:2] for line in file.read_text("utf-8").splitlines()]
    places = []
    for name, texts in zip(("source", "reference"), zip(*sides, strict=True), strict=True):
        place = home / f"{file.stem}.{name}"
        place.write_text("".join(f"{text}\n" for text in texts), "utf-8")
        places.append(place)
    found = subprocess.run(
        [*PROGRAM, "evaluate", "--model", model, "--json", "--precision", precision,
         "--source", str(places[0]), "--reference", str(places[1])],
        check=True, capture_output=True, text=True, env=environment(home),
    )  # fmt: skip
    scores: dict[str, Any] = json.loads(found.stdout)
    return scores


def wrong_by(steps: Sequence[tuple[float, float | None]], end: float) -> list[float]:
    """How wrong the time left was, as shares of the true time left.

    Args:
        steps: the seconds at which an update was told, and the time left that it told.
        end: the seconds at which all was done.

    Returns:
        A share for every update after the first minute, but for the last ten seconds.
    """
    begin = steps[0][0] if steps else 0.0
    return [
        (left - (end - seconds)) / (end - seconds)
        for seconds, left in steps
        if left is not None and seconds - begin >= _FIRST and end - seconds >= _LAST
    ]


def told_time_left(trial: Trial) -> list[float]:
    """:func:`wrong_by` of a trial."""
    steps = [(t.seconds, t.event.remaining) for t in trial.told if isinstance(t.event, Step)]
    return wrong_by(steps, trial.seconds)


def after_the_last_update(trial: Trial) -> dict[str, float | None]:
    """Seconds from the last update to the end, and what the update had told of them."""
    last, step = next(
        (t.seconds, t.event) for t in reversed(trial.told) if isinstance(t.event, Step)
    )
    return {"after the last update": round(trial.seconds - last, 1), "told then": step.remaining}


def share_within(wrong: Sequence[float], most: float) -> float:
    """The share of values, 0 to 1, that are wrong by ``most`` at most."""
    return sum(abs(value) <= most for value in wrong) / len(wrong) if wrong else float("nan")


def receipt_of(model: str, home: Path) -> Mapping[str, Any]:
    """The receipt of a model of ``home``."""
    receipt: Mapping[str, Any] = json.loads(
        (home / "data" / "models" / model / "receipt.json").read_text("utf-8")
    )
    return receipt
