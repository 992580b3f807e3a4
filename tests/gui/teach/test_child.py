"""The supervisor against children that behave and children that do not."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from core.events import (
    Discarded,
    Event,
    Failed,
    Finished,
    Message,
    Paused,
    Resumed,
    Started,
    Step,
    Validation,
)
from gui.jobs.child import ChildJob, Patience

FAKE = Path(__file__).with_name("fake_child.py")


class Run:
    """A job with all it said."""

    def __init__(self, job: ChildJob) -> None:
        self.job = job
        self.events: list[Event] = []
        self.batches = 0
        self.tails: list[str] = []
        job.events.connect(self._take)
        job.ended.connect(self.tails.append)

    def _take(self, events: tuple[Event, ...]) -> None:
        self.batches += 1
        self.events.extend(events)

    def of(self, kind: type[Event]) -> list[Event]:
        return [event for event in self.events if isinstance(event, kind)]


Start = Callable[..., Run]


@pytest.fixture
def start(qtbot: QtBot) -> Iterator[Start]:
    runs: list[Run] = []

    def begin(behaviour: str, steps: int = 40, pace: float = 0.005, **patience: int) -> Run:
        limits = {"stop": 5_000, "discard": 300, "close": 300, **patience}
        command = (sys.executable, str(FAKE), behaviour, str(steps), str(pace))
        run = Run(ChildJob(command, Patience(**limits)))
        runs.append(run)
        run.job.start()
        return run

    yield begin
    for run in runs:
        run.job.shutdown()
        assert not run.job.running


def ended(qtbot: QtBot, run: Run) -> None:
    qtbot.waitUntil(lambda: bool(run.tails) and not run.job.running, timeout=15_000)


def test_all_events_arrive_in_order_in_few_batches(qtbot: QtBot, start: Start) -> None:
    began = time.monotonic()
    run = start("well", steps=200, pace=0.002)
    ended(qtbot, run)
    seconds = time.monotonic() - began
    assert isinstance(run.events[0], Message) and isinstance(run.events[1], Started)
    assert [event.step for event in run.of(Step)] == list(range(1, 201))
    assert len(run.of(Validation)) == 21
    assert isinstance(run.events[-1], Finished)
    assert run.batches <= seconds / 0.3 + 5  # the throttle's pace, and what does not wait for it
    assert len(run.tails) == 1


def test_pause_holds_and_resume_goes_on(qtbot: QtBot, start: Start) -> None:
    run = start("well", steps=100_000, pace=0.01)
    qtbot.waitUntil(lambda: bool(run.of(Step)))
    run.job.pause()
    qtbot.waitUntil(lambda: bool(run.of(Paused)))
    steps = len(run.of(Step))
    qtbot.wait(400)
    assert len(run.of(Step)) == steps
    run.job.resume()
    qtbot.waitUntil(lambda: len(run.of(Step)) > steps)
    assert isinstance(run.of(Resumed)[0], Resumed)
    run.job.stop()
    ended(qtbot, run)
    assert isinstance(run.events[-1], Finished)


def test_discard_keeps_nothing(qtbot: QtBot, start: Start) -> None:
    run = start("well", steps=100_000, pace=0.01)
    qtbot.waitUntil(lambda: bool(run.of(Step)))
    run.job.discard()
    ended(qtbot, run)
    assert isinstance(run.events[-1], Discarded)
    assert not run.of(Finished) and not run.of(Failed)


def test_hanging_child_is_killed_after_discard(qtbot: QtBot, start: Start) -> None:
    run = start("hang")
    qtbot.waitUntil(lambda: bool(run.of(Step)))
    began = time.monotonic()
    run.job.discard()
    ended(qtbot, run)
    assert time.monotonic() - began < 5.0
    assert run.events[-1] == Discarded(step=3)


def test_child_deaf_to_stop_ends_only_when_silent(qtbot: QtBot, start: Start) -> None:
    run = start("deaf", steps=300, pace=0.01, stop=1_500)  # it talks for 3 s after the command
    qtbot.waitUntil(lambda: bool(run.of(Step)))
    run.job.stop()
    ended(qtbot, run)
    assert len(run.of(Step)) == 300
    assert isinstance(run.events[-1], Finished)


def test_silent_child_is_killed_after_stop(qtbot: QtBot, start: Start) -> None:
    run = start("hang", stop=300)
    qtbot.waitUntil(lambda: bool(run.of(Step)))
    run.job.stop()
    ended(qtbot, run)
    last = run.events[-1]
    assert isinstance(last, Failed) and last.remedy


def test_crash_becomes_a_sentence_with_a_remedy(qtbot: QtBot, start: Start) -> None:
    run = start("crash")
    ended(qtbot, run)
    last = run.events[-1]
    assert isinstance(last, Failed)
    assert "ended by the system" in last.what and "memory" in last.remedy
    assert "something about memory" in run.tails[0]


def test_traceback_stays_out_of_the_sentence_and_in_the_report(qtbot: QtBot, start: Start) -> None:
    run = start("traceback")
    ended(qtbot, run)
    last = run.events[-1]
    assert isinstance(last, Failed)
    assert "unexpectedly" in last.what and "details" in last.remedy
    lines = run.tails[0].splitlines()
    assert lines[0].startswith("Traceback ") and lines[1].startswith("  File ")
    assert lines[-1] == "RuntimeError: a bug in the trainer"


def test_users_error_is_told_as_the_child_told_it(qtbot: QtBot, start: Start) -> None:
    run = start("refuse")
    ended(qtbot, run)
    assert run.events == [
        Failed("no usable pairs", "pairs.tsv", "Add lines of the form source, tab, target.")
    ]


def test_users_error_on_standard_error_alone_is_told(qtbot: QtBot, start: Start) -> None:
    run = start("usage")
    ended(qtbot, run)
    last = run.events[-1]
    assert isinstance(last, Failed) and "zh-xx" in last.what


def test_garbage_between_events_is_kept_apart(qtbot: QtBot, start: Start) -> None:
    run = start("garbage")
    ended(qtbot, run)
    assert len(run.of(Step)) == 40
    assert isinstance(run.events[-1], Finished)
    assert "a library talks" in run.tails[0]


def test_child_that_lingers_after_its_last_word_is_ended(qtbot: QtBot, start: Start) -> None:
    run = start("linger")
    ended(qtbot, run)
    assert isinstance(run.events[-1], Finished)
    assert len(run.of(Finished)) == 1


def test_program_that_is_not_there(qtbot: QtBot) -> None:
    run = Run(ChildJob(("/nowhere/attune-cli",)))
    run.job.start()
    ended(qtbot, run)
    last = run.events[-1]
    assert isinstance(last, Failed) and "could not be started" in last.what
    assert last.where == "/nowhere/attune-cli"


@pytest.mark.parametrize("behaviour", ["well", "hang"])
def test_shutdown_ends_it_and_waits(qtbot: QtBot, start: Start, behaviour: str) -> None:
    run = start(behaviour, steps=100_000, pace=0.01)
    qtbot.waitUntil(lambda: bool(run.of(Step)))
    began = time.monotonic()
    run.job.shutdown()
    assert not run.job.running
    assert time.monotonic() - began < 5.0
