"""What is cut short by a pause begins again; what is ended does not."""

from __future__ import annotations

import pytest

from core.cancel import CancelToken
from core.events import Event, Paused, Resumed
from core.training.control import Command, JobControl
from core.training.resting import begun_again


class Work:
    """Counts to ten, looking at the token; the control is told things on the way."""

    def __init__(self, control: JobControl, told: dict[int, Command]) -> None:
        self.control, self.told, self.counted = control, told, 0

    def __call__(self, token: CancelToken) -> str:
        for _ in range(10):
            self.counted += 1
            if word := self.told.get(self.counted):
                self.control.give(word)
            token.check()
        return "done"


def run(work: Work, token: CancelToken) -> tuple[list[Event], str | None]:
    """The events, each pause ended at once, and the result."""
    events: list[Event] = []
    job = begun_again(work, token, work.control, 7)
    while True:
        try:
            events.append(next(job))
        except StopIteration as end:
            return events, end.value
        if isinstance(events[-1], Paused) and work.control.ending is None:
            work.control.give(Command.RESUME)


def test_a_pause_costs_what_was_begun() -> None:
    control = JobControl()
    work = Work(control, {4: Command.PAUSE})
    assert run(work, control.interruption) == ([Paused(7), Resumed(7)], "done")
    assert work.counted == 4 + 10


@pytest.mark.parametrize("word", [Command.STOP, Command.LEAVE, Command.DISCARD])
def test_an_interruption_ends_it(word: Command) -> None:
    control = JobControl()
    assert run(Work(control, {4: word}), control.interruption) == ([], None)


def test_only_a_discard_dismisses() -> None:
    control = JobControl()
    assert run(Work(control, {4: Command.STOP}), control.dismissal) == ([], "done")
    assert run(Work(control, {4: Command.DISCARD}), control.dismissal) == ([], None)


def test_a_stop_in_a_pause_is_no_dismissal() -> None:
    control = JobControl()
    job = begun_again(Work(control, {4: Command.PAUSE}), control.dismissal, control, 7)
    assert next(job) == Paused(7)
    control.give(Command.STOP)
    with pytest.raises(StopIteration) as end:
        next(job)
    assert end.value.value == "done"
