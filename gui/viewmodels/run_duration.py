"""How long teaching will take, from what it took the last time."""

from __future__ import annotations

import math
import time
from collections.abc import Callable

from gui.i18n import number, tr
from gui.settings import MOST_BESIDE, Settings
from gui.viewmodels.learning import Learning


class RunDuration:
    """Remembers what a run takes beside learning: loading the model, comparing, saving.

    Args:
        settings: where that is kept.
        clock: seconds.
    """

    def __init__(self, settings: Settings, clock: Callable[[], float] = time.monotonic) -> None:
        self._beside, self._clock = settings.teach_beside, clock
        self._begun: float | None = None

    def begin(self) -> None:
        """A run is started from its beginning."""
        self._begun = self._clock()

    def forget(self) -> None:
        """Another run takes its place, of which this is not the beginning."""
        self._begun = None

    def end(self, run: Learning) -> None:
        """``run`` was kept; what it took is remembered unless it was paused."""
        begun, self._begun = self._begun, None
        if begun is not None and run.finished is not None and not run.rested:
            seconds = round(self._clock() - begun - run.finished.seconds)
            self._beside.set(min(max(seconds, 1), MOST_BESIDE))

    def words(self, pairs: int, minutes: float) -> str:
        """When a run with so many pairs will be done, as a sentence."""
        from core.training.limits import FEW_PAIRS, FEW_SECONDS  # light, and in memory by now

        learning = min(minutes * 60, FEW_SECONDS) if pairs < FEW_PAIRS else minutes * 60
        whole = math.ceil((learning + self._beside.value) / 60)
        return tr("Ready in about {minutes} min.", minutes=number(whole))
