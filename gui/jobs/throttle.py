"""Values arrive at their pace, listeners hear of them at the screen's."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal


class Throttle(QObject):
    """Collects values and delivers them together, at most once per interval.

    The first value after a rest is delivered at once, the last one never later than one
    interval after it came; none is lost and none overtakes another.

    Args:
        interval: least time between two deliveries, in milliseconds (300 is 3.3 Hz).
    """

    delivered = Signal(object)  # tuple of the values since the last delivery, oldest first

    def __init__(self, interval: int = 300, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._waiting: list[object] = []
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(interval)
        self._timer.timeout.connect(self._on_timeout)

    def push(self, value: object) -> None:
        """Deliver ``value`` now, or with the others when the interval is over."""
        self._waiting.append(value)
        if not self._timer.isActive():
            self.flush()

    def flush(self) -> None:
        """Deliver all that waits, now; the next interval starts here."""
        if self._waiting:
            values, self._waiting = tuple(self._waiting), []
            self._timer.start()
            self.delivered.emit(values)

    def close(self) -> None:
        """Deliver all that waits, and leave no timer running."""
        self.flush()
        self._timer.stop()

    def _on_timeout(self) -> None:
        self.flush()
