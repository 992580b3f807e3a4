"""How long teaching is said to take."""

from __future__ import annotations

from core.events import Finished, Paused
from gui.settings import Settings
from gui.viewmodels.learning import Learning
from gui.viewmodels.run_duration import RunDuration


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def kept(seconds: float, *, paused: bool = False) -> Learning:
    run = Learning("mine", "base")
    if paused:
        run.apply(Paused(3))
    run.apply(Finished("mine", "/mine", 9, 9, 2.0, 1.0, seconds))
    return run


def test_what_a_run_took_beside_learning_counts_the_next_time(settings: Settings) -> None:
    clock = Clock()
    duration = RunDuration(settings, clock)
    assert duration.words(100, 3) == "Ready in about 4 min."
    duration.begin()
    clock.now += 400
    duration.end(kept(180.0))
    assert settings.teach_beside.value == 220
    assert duration.words(100, 3) == "Ready in about 7 min."
    assert duration.words(3, 3) == "Ready in about 5 min."  # few: three quarters of a minute
    assert RunDuration(settings).words(100, 3) == "Ready in about 7 min."


def test_pauses_and_runs_gone_on_with_tell_nothing(settings: Settings) -> None:
    clock = Clock()
    duration = RunDuration(settings, clock)
    duration.begin()
    clock.now += 4000
    duration.end(kept(180.0, paused=True))
    duration.end(kept(180.0))
    assert settings.teach_beside.value == 60
    duration.begin()
    duration.forget()
    clock.now += 300
    duration.end(kept(180.0))
    assert settings.teach_beside.value == 60
    duration.begin()
    clock.now += 100_000
    duration.end(kept(180.0))
    assert settings.teach_beside.value == 3600
