"""Cyclic garbage is collected in the UI thread alone.

Python collects in whichever thread happens to allocate; a widget that is part of a cycle would
then be destroyed by the thread that translates, which Qt does not survive.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

INTERVAL = 1000  # milliseconds


class GarbageCollector(QObject):
    """Takes over from the interpreter: same thresholds, but by a timer of the UI thread."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thresholds = gc.get_threshold()
        gc.disable()
        self._timer = QTimer(self, interval=INTERVAL)
        self._timer.timeout.connect(self.collect_if_due)
        self._timer.start()

    def collect_if_due(self) -> None:
        """Collect the oldest generation whose threshold is passed."""
        counts = gc.get_count()
        for generation in (2, 1, 0):
            if counts[generation] > self._thresholds[generation]:
                gc.collect(generation)
                return

    def settle(self) -> None:
        """What lives now (a library just imported) lives on: never look at it again.

        Cycles that are garbage by now would live on, too: loading a model makes a thousand objects
        of them. Those of the first time stay, for to look for them takes a tenth of a second in
        which a window that has just opened does not answer.
        """
        if gc.get_freeze_count():
            gc.collect()
        gc.freeze()

    def release(self) -> None:
        """Give the work back to the interpreter."""
        self._timer.stop()
        gc.enable()
