"""``python -m benchmarks.teaching.window PAIRS``: the real window while a model learns.

It translates sentences of the file one by one, first alone, then while the model learns the file,
in a home of its own; on the screen there is, or none with ``QT_QPA_PLATFORM=offscreen``.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.epochs.memory import Watch
from benchmarks.measuring import machine, summary
from benchmarks.speed.protocol import ROOT
from benchmarks.teaching.gaps import Gaps
from benchmarks.teaching.processes import family_memory
from benchmarks.teaching.trial import share_within, wrong_by

if TYPE_CHECKING:
    from gui.app import Composition
    from gui.pages.teach import TeachPage

RESULTS = ROOT / "benchmarks" / "results"
PATIENCE = 1200.0  # seconds for anything to happen
REST = 1.5  # seconds between two sentences, as a person who reads them would take
WITHIN = 0.25
LOOK = 0.25  # seconds between two looks at memory


def arguments(given: Sequence[str] | None = None) -> argparse.Namespace:
    """The options of the command line."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.teaching.window",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("pairs", type=Path)
    parser.add_argument("--sentences", type=int, default=40, help="translated before learning")
    parser.add_argument("--minutes", type=int, default=3)
    parser.add_argument("--picture", type=Path, help="keep the window as it looks near the end")
    parser.add_argument("--out", type=Path, default=RESULTS, help="folder for the results")
    return parser.parse_args(given)


def wait(until: Callable[[], bool], what: str) -> None:
    """Let the event loop run until ``until`` holds.

    Raises:
        TimeoutError: it never does.
    """
    from PySide6.QtCore import QEventLoop, QTimer

    loop, deadline = QEventLoop(), time.perf_counter() + PATIENCE
    timer = QTimer(interval=10)
    timer.timeout.connect(lambda: loop.quit() if until() else None)
    timer.start()
    QTimer.singleShot(int(PATIENCE * 1000), loop.quit)
    loop.exec()
    timer.stop()
    if time.perf_counter() >= deadline:
        raise TimeoutError(what)


def rest(seconds: float) -> None:
    """Let the event loop run for so long."""
    end = time.perf_counter() + seconds
    wait(lambda: time.perf_counter() >= end, "rest")


class Typist:
    """Types one sentence after the other into the window and waits for each translation."""

    def __init__(self, parts: Composition, sentences: Iterator[str]) -> None:
        self._parts, self._sentences = parts, sentences
        self._seconds: list[float] = []
        parts.thread.finished_request.connect(lambda done: self._seconds.append(done.seconds))

    def type(self) -> float:
        """The seconds that the next sentence took, without the wait for the end of typing."""
        before = len(self._seconds)
        self._parts.window.translate.source.editor.replace_text(next(self._sentences))
        wait(lambda: len(self._seconds) > before, "a translation")
        rest(REST)
        return self._seconds[-1]


def learn(page: TeachPage, typist: Typist, options: argparse.Namespace) -> dict[str, Any]:
    """Teach the file, typing all the while; what was measured, as JSON values."""
    model = page.model
    told: list[tuple[float, float | None]] = []
    typed: list[float] = []
    begin = time.perf_counter()

    def note() -> None:
        latest = model.learning.latest if model.learning else None
        if latest is not None and (not told or told[-1][1] != latest.remaining):
            told.append((time.perf_counter() - begin, latest.remaining))

    def near_the_end() -> bool:
        return model.learning is not None and model.learning.progress > 0.85

    model.run.changed.connect(note)
    model.start()
    with Watch(os.getpid(), family_memory, LOOK) as memory, Gaps() as gaps:
        wait(lambda: bool(told), "the first update")
        learnt_from = time.perf_counter()
        wanted = options.picture
        while model.run.busy:
            typed.append(typist.type())
            if wanted is not None and near_the_end():
                page.window().grab().save(str(wanted))
                wanted = None
        seconds = time.perf_counter() - begin
    learning = model.learning
    assert learning is not None
    if learning.finished is None:
        raise RuntimeError(f"the run ended as {learning.state}: {learning.failure}")
    wrong = wrong_by(told, seconds)
    return {
        "seconds": round(seconds, 1),
        "until the first update, s": round(learnt_from - begin, 1),
        "updates": learning.finished.steps,
        "gap": {"p99, ms": round(1000 * gaps.p99, 1), "worst, ms": round(1000 * gaps.worst, 1),
                "beats": len(gaps.seconds)},
        "memory at most, MB": {"window and child": round(memory.peak),
                               "window at the start": round(memory.before)},
        "sentence, s": summary(typed),
        "time left": {"asked": len(wrong),
                      "within a quarter": round(share_within(wrong, WITHIN), 3),
                      "worst": round(max(wrong, key=abs), 3) if wrong else None},
    }  # fmt: skip


def measure(options: argparse.Namespace) -> dict[str, Any]:
    """Everything, as JSON values; must run before anything has made an application."""
    from PySide6.QtWidgets import QApplication

    from gui.app import compose, dress
    from gui.garbage import GarbageCollector
    from gui.pages.teach import TeachPage

    app = QApplication(["attune"])
    dress(app)
    parts = compose()
    garbage = GarbageCollector(app)
    loaded: list[Any] = []
    parts.thread.loaded.connect(garbage.settle)
    parts.thread.loaded.connect(loaded.append)
    parts.window.show()
    wait(lambda: bool(loaded), "a model")
    lines = options.pairs.read_text("utf-8").splitlines()
    typist = Typist(parts, (line.split("\t")[0] for line in lines))
    rest(8.0)  # it measures which precision is fastest
    alone = [typist.type() for _ in range(options.sentences)]
    page = parts.window.open("teach")
    assert isinstance(page, TeachPage)
    page.model.choose(options.pairs)
    page.model.form.set_minutes(options.minutes)
    wait(lambda: page.model.can_start, "the check")
    result = {
        "machine": machine(),
        "precision": loaded[-1].precision,
        "alone, sentence, s": summary(alone),
        "while learning": learn(page, typist, options),
        "alone again, sentence, s": summary([typist.type() for _ in range(options.sentences)]),
    }
    before = [result["alone, sentence, s"]["median"], result["alone again, sentence, s"]["median"]]
    meanwhile = result["while learning"]["sentence, s"]["median"]
    result["slower by"] = round(meanwhile / statistics.fmean(before), 2)
    parts.shutdown()
    return result


def main(given: Sequence[str] | None = None) -> None:
    """Measure and write."""
    options = arguments(given)
    with tempfile.TemporaryDirectory(prefix="attune-window-") as home:
        os.environ["ATTUNE_HOME"] = home
        from core.environment import prepare_environment

        prepare_environment()
        result = measure(options)
    options.out.mkdir(parents=True, exist_ok=True)
    text = json.dumps(result, indent=1)
    (options.out / "teaching-window.json").write_text(text + "\n", "utf-8")
    print(text)
    sys.stdout.flush()
    os._exit(0)  # what Qt frees at the interpreter's end is none of this


if __name__ == "__main__":
    main()
