"""Commands to a job from another thread."""

from __future__ import annotations

import threading
import time

import pytest

from core.cancel import Cancelled
from core.training.control import Command, JobControl


def test_nothing_was_said_at_first() -> None:
    control = JobControl()
    assert not control.paused
    assert control.ending is None
    control.cancel.check()
    control.wait_while_paused()  # returns at once


@pytest.mark.parametrize(
    ("given", "ending"),
    [
        (["stop"], "stop"),
        (["discard"], "discard"),
        (["stop", "discard"], "discard"),
        (["discard", "stop"], "discard"),
        (["pause", "stop"], "stop"),
        (["stop", "resume"], "stop"),
    ],
)
def test_an_ending_stays_and_discarding_wins(given: list[str], ending: str) -> None:
    control = JobControl()
    for word in given:
        control.give(Command(word))
    assert control.ending == ending
    assert not control.paused
    with pytest.raises(Cancelled):
        control.cancel.check()


@pytest.mark.parametrize("word", [Command.RESUME, Command.STOP, Command.DISCARD])
def test_a_pause_blocks_until_a_word_from_another_thread(word: Command) -> None:
    control = JobControl()
    control.give(Command.PAUSE)
    assert control.paused
    timer = threading.Timer(0.1, control.give, (word,))
    begin = time.monotonic()
    timer.start()
    control.wait_while_paused()
    assert time.monotonic() - begin > 0.09
    assert not control.paused
    timer.join()
