"""The event loop's gap: how long the window does not answer, measured with a real timer."""

from __future__ import annotations

import time

from PySide6.QtCore import Qt, QTimer


class Gaps:
    """Time between two beats of a timer that wants to beat every 2 ms, less those 2 ms."""

    INTERVAL = 2

    def __init__(self) -> None:
        self.seconds: list[float] = []
        self._last = 0.0
        self._timer = QTimer(interval=self.INTERVAL)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)

    def _beat(self) -> None:
        now = time.perf_counter()
        self.seconds.append(now - self._last - self.INTERVAL / 1000)
        self._last = now

    def __enter__(self) -> Gaps:
        self._last = time.perf_counter()
        self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._timer.stop()

    @property
    def worst(self) -> float:
        """The longest gap in seconds."""
        return max(self.seconds)

    @property
    def p99(self) -> float:
        """The gap in seconds that 99 % are not longer than."""
        return sorted(self.seconds)[int(0.99 * (len(self.seconds) - 1))]
