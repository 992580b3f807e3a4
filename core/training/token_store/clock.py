"""How often a long build tells how far it is."""

from __future__ import annotations

import time

TELL_EVERY = 5.0  # seconds between two messages about progress


class Clock:
    """Says now and then that it is time to tell how far the work is."""

    def __init__(self) -> None:
        self._told = time.monotonic()

    def due(self) -> bool:
        """Whether :data:`TELL_EVERY` seconds went by since this was last true."""
        now = time.monotonic()
        if now - self._told < TELL_EVERY:
            return False
        self._told = now
        return True
