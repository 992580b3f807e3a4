"""Nothing is lost, nothing is late, and the listener is not flooded."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from gui.jobs.throttle import Throttle


def test_first_at_once_rest_together_last_always(qtbot: QtBot) -> None:
    throttle = Throttle(interval=100)
    batches: list[tuple[int, ...]] = []
    throttle.delivered.connect(batches.append)
    for value in range(50):
        throttle.push(value)
    assert batches == [(0,)]
    qtbot.waitUntil(lambda: len(batches) == 2)
    assert batches[1] == tuple(range(1, 50))
    qtbot.wait(250)
    assert len(batches) == 2


def test_flush_delivers_what_waits_and_nothing_twice(qtbot: QtBot) -> None:
    throttle = Throttle(interval=60_000)
    batches: list[tuple[str, ...]] = []
    throttle.delivered.connect(batches.append)
    throttle.push("a")
    throttle.push("b")
    throttle.flush()
    throttle.flush()
    assert batches == [("a",), ("b",)]
