"""Runs come and go; their threads and processes leave nothing behind and collide with nothing."""

from __future__ import annotations

import gc
import sys

import pytest
from PySide6.QtCore import QThread
from pytestqt.qtbot import QtBot

from core.events import Discarded, Finished
from gui.jobs.child import ChildJob, Patience
from gui.viewmodels.learning import Learning, RunState
from gui.viewmodels.teaching_run import TeachingRun

pytestmark = pytest.mark.slow


def saying(*lines: str) -> tuple[str, ...]:
    """The command line of a child that prints ``lines`` and ends."""
    return (sys.executable, "-S", "-E", "-c", f"print({chr(10).join(lines)!r}, flush=True)")


def test_many_short_runs_leave_no_thread(qtbot: QtBot) -> None:
    run = TeachingRun()
    kept: list[str] = []
    run.kept.connect(kept.append)
    finished = Finished("mine", "/m", 1, 1, 4.0, 3.0, 1.0).to_json()
    for _ in range(15):
        for _ in range(3):  # a new one starts while the one before is leaving
            run.start(Learning("mine", "zh-en"), saying(finished))
        qtbot.waitUntil(lambda: not run.findChildren(ChildJob), timeout=20_000)
        gc.collect()
    assert len(kept) == 15
    assert not run.findChildren(QThread)


def test_what_an_old_child_still_says_does_not_touch_the_new_run(qtbot: QtBot) -> None:
    run = TeachingRun(Patience(close=300))
    old, new = Learning("old", "zh-en"), Learning("new", "zh-en")
    run.start(old, saying(Discarded(1).to_json()))
    run.start(new, (sys.executable, "-c", "input()"))
    qtbot.waitUntil(lambda: old.state is RunState.DISCARDED, timeout=10_000)
    assert run.learning is new and new.state is RunState.STARTING
    run.shutdown()
    qtbot.waitUntil(lambda: not run.findChildren(ChildJob))


@pytest.mark.parametrize("command", ["pause", "resume", "stop", "discard"])
def test_commands_without_a_run_do_nothing(qtbot: QtBot, command: str) -> None:
    run = TeachingRun()
    with qtbot.assertNotEmitted(run.changed):
        getattr(run, command)()
