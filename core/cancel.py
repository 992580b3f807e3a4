"""Cooperative cancellation: one token per job, asked at every step."""

from __future__ import annotations

import threading


class Cancelled(Exception):
    """Raised inside a job whose token was cancelled; not an error."""


class CancelToken:
    """A flag set by one thread and asked by another."""

    def __init__(self) -> None:
        self._event = threading.Event()

    def cancel(self) -> None:
        """Ask the job to stop at its next step."""
        self._event.set()

    @property
    def cancelled(self) -> bool:
        """Whether someone asked the job to stop."""
        return self._event.is_set()

    def check(self) -> None:
        """Raise :class:`Cancelled` if someone asked the job to stop."""
        if self.cancelled:
            raise Cancelled
