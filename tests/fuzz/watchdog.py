"""What ends an input that takes too long."""

from __future__ import annotations

import signal
import types

MOST_SECONDS = 2.0  # of the processor, for one input
MOST_WAITING = 30.0  # seconds by the clock, for an input that waits instead of computing
_TICK = 0.1  # seconds of the processor
_KNOCK = 0.5  # seconds by the clock
_WORKS = hasattr(signal, "setitimer")  # not on Windows


class TooSlow(BaseException):
    """An input took longer than it may; no ``except Exception`` can hold it."""


class Watchdog:
    """A context in which :class:`TooSlow` is raised where an input takes too long.

    Seconds of the processor count, for a machine may be busy with other things. One clock ticks
    for all inputs: to set one for each would take longer than most of them.

    Attributes:
        slowest: seconds of the processor that an input took, down to a tenth.
    """

    def __init__(self, seconds: float = MOST_SECONDS, waiting: float = MOST_WAITING) -> None:
        self._most, self._longest = seconds, waiting
        self._ticks = self._knocks = 0
        self._watching = False
        self._former: list[object] = []
        self.slowest = 0.0

    def __enter__(self) -> Watchdog:
        if _WORKS:
            self._former = [
                signal.signal(signal.SIGPROF, self._tick),
                signal.signal(signal.SIGALRM, self._knock),
            ]
            signal.setitimer(signal.ITIMER_PROF, _TICK, _TICK)
            signal.setitimer(signal.ITIMER_REAL, _KNOCK, _KNOCK)
        return self

    def __exit__(self, *_: object) -> None:
        if _WORKS:
            for timer in (signal.ITIMER_PROF, signal.ITIMER_REAL):
                signal.setitimer(timer, 0)
            for number, former in zip((signal.SIGPROF, signal.SIGALRM), self._former, strict=True):
                signal.signal(number, former)  # type: ignore[arg-type]

    def watch(self) -> None:
        """An input begins."""
        self._ticks = self._knocks = 0
        self._watching = True

    def rest(self) -> None:
        """It ended."""
        self._watching = False
        self.slowest = max(self.slowest, self._ticks * _TICK)

    def _tick(self, _: int, __: types.FrameType | None) -> None:
        self._ticks += 1
        self._bark(self._ticks * _TICK, self._most, "of the processor")

    def _knock(self, _: int, __: types.FrameType | None) -> None:
        self._knocks += 1
        self._bark(self._knocks * _KNOCK, self._longest, "by the clock")

    def _bark(self, seconds: float, most: float, whose: str) -> None:
        if self._watching and seconds > most:
            self._watching = False  # once: what clears up may take its time
            raise TooSlow(f"longer than {most} s {whose}")
