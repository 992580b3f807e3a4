"""Values arrive at their pace, listeners hear of them at the screen's."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic
from typing import Generic, TypeVar

T = TypeVar("T")


class Throttle(Generic[T]):
    """Collects values and delivers them together, at most once per interval.

    The first value after a rest is delivered at once; of the others its owner has to deliver
    those that wait at the time ``due``. None is lost and none overtakes another.

    Args:
        deliver: called with the values since the last delivery, oldest first.
        interval: least time between two deliveries, in seconds (0.3 is 3.3 Hz).
        clock: the time in seconds.
    """

    def __init__(
        self,
        deliver: Callable[[tuple[T, ...]], object],
        interval: float = 0.3,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self._deliver = deliver
        self._interval = interval
        self._clock = clock
        self._waiting: list[T] = []
        self._next = clock()

    @property
    def due(self) -> float | None:
        """When to call :meth:`flush`; None where nothing waits."""
        return self._next if self._waiting else None

    def push(self, value: T) -> None:
        """Deliver ``value`` now, or with the others when the interval is over."""
        self._waiting.append(value)
        if self._clock() >= self._next:
            self.flush()

    def flush(self) -> None:
        """Deliver all that waits, now; the next interval starts here."""
        if self._waiting:
            values, self._waiting = tuple(self._waiting), []
            self._next = self._clock() + self._interval
            self._deliver(values)
