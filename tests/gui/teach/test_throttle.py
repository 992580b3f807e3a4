"""Nothing is lost, nothing is late, and the listener is not flooded."""

from __future__ import annotations

from gui.jobs.throttle import Throttle


class Clock:
    """Stands still until it is set."""

    now = 100.0

    def __call__(self) -> float:
        return self.now


def test_first_at_once_rest_together_when_due() -> None:
    clock = Clock()
    batches: list[tuple[int, ...]] = []
    throttle = Throttle(batches.append, interval=0.5, clock=clock)
    for value in range(50):
        throttle.push(value)
    assert batches == [(0,)]
    assert throttle.due == 100.5
    clock.now = 100.5
    throttle.flush()
    assert batches[1] == tuple(range(1, 50))
    assert throttle.due is None


def test_a_value_that_comes_late_takes_those_before_along() -> None:
    clock = Clock()
    batches: list[tuple[str, ...]] = []
    throttle = Throttle(batches.append, interval=0.5, clock=clock)
    throttle.push("a")
    throttle.push("b")
    clock.now = 100.6
    throttle.push("c")
    throttle.push("d")
    assert batches == [("a",), ("b", "c")]
    assert throttle.due == 101.1


def test_flush_delivers_what_waits_and_nothing_twice() -> None:
    batches: list[tuple[str, ...]] = []
    throttle = Throttle(batches.append, interval=60.0)
    throttle.push("a")
    throttle.push("b")
    throttle.flush()
    throttle.flush()
    assert batches == [("a",), ("b",)]
