"""``python -m benchmarks.teaching.commands PAIRS``: how soon a learning child does as it is told.

Pause and resume again and again, at any moment of the run (updates, validations, checkpoints), then
a stop; and in a second run a discard. An answer is the event that says so: ``paused``, ``resumed``,
the message that follows the last update, ``discarded``.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import tempfile
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from queue import SimpleQueue
from types import TracebackType
from typing import Any

from benchmarks.measuring import machine, summary
from benchmarks.speed.protocol import ROOT
from benchmarks.teaching.trial import PROGRAM, environment
from core.events import (
    Discarded,
    Event,
    Finished,
    Message,
    Paused,
    Resumed,
    Started,
    Step,
    parse_event,
)

RESULTS = ROOT / "benchmarks" / "results"
PATIENCE = 300.0  # seconds for one answer


class Child:
    """A run of ``attune-cli tune`` that can be told things; a context manager."""

    def __init__(self, arguments: Sequence[str], home: Path) -> None:
        self._process = subprocess.Popen(
            [*PROGRAM, "--events", "tune", *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=environment(home),
        )
        self._heard: SimpleQueue[tuple[float, Event | None]] = SimpleQueue()
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self._heard.put((time.perf_counter(), parse_event(line)))
        self._heard.put((time.perf_counter(), None))

    def told(self, *kinds: type[Event]) -> float:
        """The time of the next event of one of ``kinds``.

        Raises:
            EOFError: the child ended before.
            queue.Empty: it says nothing any more.
        """
        while True:
            when, event = self._heard.get(timeout=PATIENCE)
            if event is None:
                raise EOFError(f"no {kinds}")
            if isinstance(event, kinds):
                return when

    def ask(self, command: str, *kinds: type[Event]) -> float:
        """Seconds from ``command`` to its answer."""
        assert self._process.stdin is not None
        begin = time.perf_counter()
        self._process.stdin.write(f"{command}\n")
        self._process.stdin.flush()
        return self.told(*kinds) - begin

    def __enter__(self) -> Child:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._process.kill()
        self._process.wait()


def measure(options: argparse.Namespace, home: Path) -> dict[str, Any]:
    """Everything, as JSON values."""
    rng = random.Random(1)
    given = (str(options.pairs), f"--base={options.base}", f"--minutes={options.minutes}")
    pauses, resumes = [], []
    with Child((*given, "--name=stopped"), home) as child:
        child.told(Started)
        for _ in range(options.times):
            time.sleep(rng.uniform(0.2, 2.5))
            pauses.append(child.ask("pause", Paused))
            resumes.append(child.ask("resume", Resumed))
        child.told(Step)
        stop = child.ask("stop", Message, Finished)
        begin = time.perf_counter()
        kept = child.told(Finished) - begin
    with Child((*given, "--name=discarded"), home) as child:
        child.told(Step)
        time.sleep(rng.uniform(0.2, 2.5))
        discard = child.ask("discard", Discarded)
    return {
        "machine": machine(),
        "pause, s": summary(pauses),
        "resume, s": summary(resumes),
        "stop: the next word, s": round(stop, 3),
        "stop: from there to the kept model, s": round(kept, 1),
        "discard, s": round(discard, 3),
    }


def main(given: Sequence[str] | None = None) -> None:
    """Measure and write."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.teaching.commands",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("pairs", type=Path)
    parser.add_argument("--base", default="zh-en")
    parser.add_argument("--minutes", type=float, default=5.0)
    parser.add_argument("--times", type=int, default=40, help="pauses")
    parser.add_argument("--out", type=Path, default=RESULTS, help="folder for the results")
    options = parser.parse_args(given)
    with tempfile.TemporaryDirectory(prefix="attune-commands-") as home:
        text = json.dumps(measure(options, Path(home)), indent=1)
    options.out.mkdir(parents=True, exist_ok=True)
    (options.out / "teaching-commands.json").write_text(text + "\n", "utf-8")
    print(text)


if __name__ == "__main__":
    main()
