"""Commands to a running job, given by one thread and obeyed by another at the next step."""

from __future__ import annotations

import threading
from enum import StrEnum

from core.cancel import CancelToken


class Command(StrEnum):
    """What a job can be told."""

    PAUSE = "pause"
    RESUME = "resume"
    STOP = "stop"
    DISCARD = "discard"


class JobControl:
    """The latest wishes of whoever runs a job.

    ``cancel`` is cancelled by ``stop`` and ``discard``, for what takes long between two events.
    """

    def __init__(self) -> None:
        self.cancel = CancelToken()
        self._changed = threading.Condition()
        self._paused = False
        self._ending: Command | None = None

    def give(self, command: Command) -> None:
        """Tell the job; ``stop`` and ``discard`` also end a pause."""
        with self._changed:
            if command in (Command.STOP, Command.DISCARD):
                # Discarding after a stop is still possible; keeping after a discard is not.
                if self._ending is not Command.DISCARD:
                    self._ending = command
                self.cancel.cancel()
            else:
                self._paused = command is Command.PAUSE
            self._changed.notify_all()

    @property
    def paused(self) -> bool:
        """Whether the job should wait."""
        return self._paused and self._ending is None

    @property
    def ending(self) -> Command | None:
        """``stop`` or ``discard`` once given."""
        return self._ending

    def wait_while_paused(self) -> None:
        """Block until the job should go on or end."""
        with self._changed:
            self._changed.wait_for(lambda: not self._paused or self._ending is not None)
