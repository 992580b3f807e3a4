"""Places where a job rests: between its events, and within what it can begin again."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from typing import TypeVar

from core.cancel import Cancelled, CancelToken
from core.events import Event, Paused, Resumed
from core.training.control import JobControl

T = TypeVar("T")


def rest(control: JobControl, step: int) -> Iterator[Event]:
    """Wait while the job is told to, after update ``step``."""
    if control.paused:
        yield Paused(step)
        control.wait_while_paused()
        if control.ending is None:
            yield Resumed(step)


def begun_again(
    work: Callable[[CancelToken], T], token: CancelToken, control: JobControl, step: int
) -> Generator[Event, None, T | None]:
    """What ``work`` gives, which a pause cuts short and which then begins again.

    Args:
        work: asks the token it is given at every step; must leave no trace when cut short.
        token: ``control.interruption`` or ``control.dismissal``.
        control: of the job.
        step: the update after which it rests.

    Returns:
        ``None`` where ``token`` was cancelled for good, not by a pause.
    """
    while True:
        try:
            return work(token)
        except Cancelled:
            yield from rest(control, step)
            if token.cancelled and not control.paused:
                return None
