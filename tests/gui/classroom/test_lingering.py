"""Children that have said their last word and whose process is there for a while longer."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from core.paths import HOME_VARIABLE
from core.training.run_folder import RunFolder, unfinished_runs
from gui.jobs.child import Patience
from gui.jobs.library import LibraryThread
from gui.jobs.train_command import TrainPlan
from gui.viewmodels.class_run import ClassRun
from gui.viewmodels.class_runs import ClassRuns
from gui.viewmodels.learning import Learning, RunState
from gui.viewmodels.teaching_run import TeachingRun
from tests.gui.classroom.conftest import FAKE

PLAN = TrainPlan("mine", "plain", "plain", Path("/tmp/tea.tsv"), ("zh", "en"))
# Two seconds after its last word it is ended by force: a busy machine may take one to hear of it.
PATIENCE = Patience(stop=10_000, leave=10_000, discard=10_000, close=2_000)


def child(behaviour: str, steps: int = 2_000) -> tuple[str, ...]:
    return (sys.executable, str(FAKE), behaviour, str(steps), "0.005")


@pytest.fixture
def runs(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ClassRuns]:
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path))
    window, thread = QObject(), LibraryThread()  # which outlives its runs, as in the program
    model = ClassRuns(
        2,
        thread,
        PATIENCE,
        begin=lambda _: child("linger"),
        go_on=lambda _: child("well"),
        parent=window,
    )
    yield model
    model.shutdown()
    thread.shutdown()


def left(qtbot: QtBot, runs: ClassRuns) -> ClassRun:
    """A run that has just said that it was left, and that lies on the disk."""
    run = runs.add(PLAN)
    qtbot.waitUntil(lambda: bool(run.learning.steps), timeout=20_000)
    with RunFolder(PLAN.name) as folder:  # as the program that trains does
        folder.remember({"kind": "train", "options": {}})
        folder.checkpoint.mkdir()
        (folder.checkpoint / "state.json").write_text('{"steps": 3}')
    runs.leave(run)
    qtbot.waitUntil(lambda: run.state is RunState.LEFT, timeout=20_000)
    assert run.has_child and not run.live
    return run


def kept_on_disk() -> list[str]:
    return [run.name for run in unfinished_runs("train")]


def test_a_run_is_forgotten_when_nothing_writes_it_any_more(qtbot: QtBot, runs: ClassRuns) -> None:
    run = left(qtbot, runs)
    runs.discard(run)
    assert run.state is RunState.DISCARDING and runs.names == ("mine",)
    assert kept_on_disk() == ["mine"] and not runs.worth_keeping
    qtbot.waitUntil(lambda: not runs.runs, timeout=20_000)
    qtbot.waitUntil(lambda: not kept_on_disk(), timeout=20_000)


def test_what_goes_on_waits_for_the_child_before(qtbot: QtBot, runs: ClassRuns) -> None:
    run = left(qtbot, runs)
    before = run.run
    runs.go_on(run)
    assert run.state is RunState.WAITING and run.run is before
    qtbot.waitUntil(lambda: run.state is RunState.LEARNING, timeout=20_000)
    assert run.run is not before
    qtbot.waitUntil(lambda: len(runs.findChildren(TeachingRun)) == 1, timeout=20_000)


def test_what_waits_for_the_child_before_can_be_discarded(qtbot: QtBot, runs: ClassRuns) -> None:
    run = left(qtbot, runs)
    runs.go_on(run)
    runs.discard(run)
    qtbot.waitUntil(lambda: not runs.runs and not kept_on_disk(), timeout=20_000)
    again = runs.add(PLAN)  # of the same name: from nothing, by the child that begins
    assert not again.resumed


def test_closing_forgets_what_was_discarded(qtbot: QtBot, runs: ClassRuns) -> None:
    runs.discard(left(qtbot, runs))
    runs.shutdown()
    qtbot.waitUntil(lambda: not kept_on_disk(), timeout=20_000)


def test_a_retired_run_is_deleted_after_its_child(qtbot: QtBot) -> None:
    run, learning = TeachingRun(PATIENCE), Learning("mine", "plain")
    run.start(learning, child("linger", steps=5))
    qtbot.waitUntil(lambda: learning.state is RunState.KEPT, timeout=20_000)
    assert run.has_child
    said: list[str] = []
    run.gone.connect(lambda *_: said.append("gone"))
    run.destroyed.connect(lambda: said.append("deleted"))
    run.retire()
    qtbot.waitUntil(lambda: "deleted" in said, timeout=20_000)
    assert said == ["gone", "deleted"]
    idle = TeachingRun(PATIENCE)
    with qtbot.waitSignal(idle.destroyed, timeout=5_000):
        idle.retire()
