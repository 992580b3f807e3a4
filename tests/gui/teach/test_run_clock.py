"""The time that a run has been under way."""

from __future__ import annotations

from core.events import Started, Step
from gui.viewmodels.learning import Learning, RunState
from gui.viewmodels.run_clock import LONG, RunClock
from gui.viewmodels.teaching_run import TeachingRun


def test_it_counts_while_it_runs() -> None:
    now = [100.0]
    clock = RunClock(lambda: now[0])
    assert clock.seconds == 0.0
    clock.run(True)
    now[0] += 5
    clock.run(True)  # it does already
    assert clock.seconds == 5.0
    clock.run(False)
    now[0] += 70
    clock.run(False)
    assert clock.seconds == 5.0
    clock.run(True)
    now[0] += 2
    assert clock.seconds == 7.0


def test_a_run_is_late_until_its_first_update(qtbot: object) -> None:
    now, run = [0.0], TeachingRun()
    run._clock = RunClock(lambda: now[0])
    run._clock.run(True)
    run.learning = Learning("mine", "zh-en")
    now[0] = LONG - 1
    assert not run.late
    now[0] = LONG
    assert run.late
    run.learning.apply(Started("mine", 10, 1, 2))
    assert run.late  # nothing has been learnt by it
    run.learning.state = RunState.STOPPING
    assert not run.late
    run.learning.state = RunState.LEARNING
    run.learning.apply(Step(1, 2.0, 1e-3, 1.0, 900.0, 3.0, 0.1, None))
    assert not run.late
    assert run.elapsed == LONG
    run.learning.apply(Step(900, 2.0, 1e-3, 1.0, 900.0, 300.0, 0.5, None))
    assert run.elapsed == 300.0  # it was begun another day
