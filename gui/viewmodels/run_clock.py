"""How long a run has been under way, also while its child has nothing to say. No Qt."""

from __future__ import annotations

import time
from collections.abc import Callable

LONG = 20.0  # seconds without a first update, after which a wait wants to be explained


class RunClock:
    """Counts the seconds in which it runs.

    Args:
        clock: seconds from some time on.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._before = 0.0  # the last rest
        self._since: float | None = None

    def run(self, running: bool) -> None:
        """Run from now on, or rest."""
        if running and self._since is None:
            self._since = self._clock()
        elif not running:
            self._before, self._since = self.seconds, None

    @property
    def seconds(self) -> float:
        """How long it has run so far."""
        return self._before + (self._clock() - self._since if self._since is not None else 0.0)
