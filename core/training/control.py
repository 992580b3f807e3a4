"""Commands to a running job, given by one thread and obeyed by another at the next step."""

from __future__ import annotations

import threading
from collections.abc import Collection
from enum import StrEnum

from core.cancel import CancelToken


class Command(StrEnum):
    """What a job can be told.

    ``stop`` keeps what was learnt as a model, ``discard`` nothing; ``leave`` ends the process and
    keeps the run, to be gone on with.
    """

    PAUSE = "pause"
    RESUME = "resume"
    STOP = "stop"
    LEAVE = "leave"
    DISCARD = "discard"


# Later ones overrule those before; what was told to end never goes on.
_ENDINGS = (None, Command.LEAVE, Command.STOP, Command.DISCARD)


class JobControl:
    """The latest wishes of whoever runs a job.

    ``cancel`` is cancelled by what ends a job, for what takes long between two events. For what can
    be begun again there are two that a pause cancels too, as long as it lasts: ``interruption``
    beside all that ends a job, ``dismissal`` beside :attr:`Command.DISCARD` alone.
    """

    def __init__(self) -> None:
        self.cancel = CancelToken()
        endings = (Command.STOP, Command.LEAVE, Command.DISCARD)
        self.interruption: CancelToken = _Interruption(self, endings)
        self.dismissal: CancelToken = _Interruption(self, (Command.DISCARD,))
        self._changed = threading.Condition()
        self._paused = False
        self._ending: Command | None = None

    def give(self, command: Command) -> None:
        """Tell the job; what ends it also ends a pause.

        Discarding after a stop is still possible; keeping after a discard is not.
        """
        with self._changed:
            if command in _ENDINGS:
                if _ENDINGS.index(command) > _ENDINGS.index(self._ending):
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
        """``stop``, ``leave`` or ``discard`` once given."""
        return self._ending

    def wait_while_paused(self) -> None:
        """Block until the job should go on or end."""
        with self._changed:
            self._changed.wait_for(lambda: not self._paused or self._ending is not None)


class _Interruption(CancelToken):
    """Cancelled while its job should rest, and by some endings."""

    def __init__(self, control: JobControl, endings: Collection[Command]) -> None:
        super().__init__()
        self._control, self._endings = control, endings

    @property
    def cancelled(self) -> bool:
        """Whether the job should rest or end."""
        return self._control.paused or self._control.ending in self._endings
