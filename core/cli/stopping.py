"""Ctrl+C and its like as a wish that a job grants at its next step."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from types import FrameType

INTERRUPT = (signal.SIGINT,)


def all_endings() -> tuple[signal.Signals, ...]:
    """Every polite way to end a program: Ctrl+C, ``kill``, and a closed terminal.

    A closed terminal is none for a program started with ``nohup``.
    """
    endings = [signal.SIGINT, signal.SIGTERM]
    if sys.platform != "win32" and signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:
        endings.append(signal.SIGHUP)
    return tuple(endings)


@contextlib.contextmanager
def stopped_by(
    signals: Sequence[signal.Signals], stop: Callable[[], None], told: str
) -> Iterator[None]:
    """Inside the block the first of ``signals`` calls ``stop``; the second does the usual.

    Args:
        signals: which.
        stop: asks the job to end.
        told: what a person reads at that moment.
    """
    usual = {number: signal.getsignal(number) for number in signals}

    def restore() -> None:
        for number, handler in usual.items():
            signal.signal(number, handler)

    def obey(signum: int, frame: FrameType | None) -> None:
        restore()
        stop()
        # Not print, which the signal may have interrupted; and the terminal may be gone.
        with contextlib.suppress(OSError):
            os.write(2, f"\n{told}\n".encode())

    for number in signals:
        signal.signal(number, obey)
    try:
        yield
    finally:
        restore()
