"""A child process whose words arrive one by one, from threads that only read.

Knows nothing of Qt: the threads below end with the pipes they read, and hold nothing else.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import core

_LONGEST_LINE = 1 << 20  # bytes; what is longer comes in parts, none of which is an event
_GRACE = 1.0  # seconds the pipes are read on after the end; a grandchild may hold them open
_LESS = 10  # how much more the child is "nice" than the window, which somebody waits for
if sys.platform == "win32":
    _FLAGS = subprocess.CREATE_NO_WINDOW | subprocess.BELOW_NORMAL_PRIORITY_CLASS
else:
    _FLAGS = 0


@dataclass(frozen=True, slots=True)
class Said:
    """A line without its end; ``aside`` is one of standard error."""

    line: str
    aside: bool


@dataclass(frozen=True, slots=True)
class Ended:
    """The process is gone, and all that it said was passed on before."""

    code: int


def crashed(code: int) -> bool:
    """Whether ``code`` tells of an end by a signal, or on Windows by an exception."""
    return code < 0 or code >= 0x80000000


class Process:
    """A running child; ``listener`` is called from other threads, ``Ended`` comes last.

    It computes when the window does not need the processor.

    Raises:
        OSError: the program could not be started.
    """

    def __init__(self, command: Sequence[str], listener: Callable[[Said | Ended], None]) -> None:
        self._listener = listener
        self._process = subprocess.Popen(
            command,
            bufsize=0,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            # ``-m`` looks in the working directory first: there must be our core, not the user's.
            cwd=Path(core.__file__).resolve().parent.parent,
            env={**os.environ, "PYTHONUTF8": "1", "PYTHONUNBUFFERED": "1"},
            creationflags=_FLAGS,
        )
        _let_others_go_first(self._process.pid)
        pipes = ((self._process.stdout, False), (self._process.stderr, True))
        self._readers = [
            threading.Thread(target=self._read, args=pipe, name="child reader", daemon=True)
            for pipe in pipes
        ]
        for reader in self._readers:
            reader.start()
        threading.Thread(target=self._wait, name="child waiter", daemon=True).start()

    def tell(self, word: str) -> None:
        """Write ``word`` as a line to the child."""
        stdin = self._process.stdin
        assert stdin is not None
        if not stdin.closed:
            with contextlib.suppress(OSError):  # it is leaving, and ``Ended`` will say so
                stdin.write(word.encode() + b"\n")

    def close_input(self) -> None:
        """Close the pipe that :meth:`tell` writes to; same thread as it."""
        assert self._process.stdin is not None
        self._process.stdin.close()

    def kill(self) -> None:
        """End the process at once."""
        self._process.kill()

    def _read(self, pipe: IO[bytes], aside: bool) -> None:
        rest = b""
        while chunk := pipe.read(1 << 16):
            *lines, rest = (rest + chunk).split(b"\n")
            if len(rest) > _LONGEST_LINE:
                lines.append(rest)
                rest = b""
            for line in lines:
                self._listener(Said(line.decode("utf-8", errors="replace"), aside))
        if rest:
            self._listener(Said(rest.decode("utf-8", errors="replace"), aside))
        pipe.close()

    def _wait(self) -> None:
        code = self._process.wait()
        for reader in self._readers:
            reader.join(_GRACE)
        self._listener(Ended(code))


def _let_others_go_first(process: int) -> None:
    """Lower the priority of a child that has just begun; its threads will have it from there.

    Not as low as it goes: what Linux calls idle stands behind even the "nicest" of other programs,
    and beside two of those a child did not so much as load torch within half a minute. The window
    wants no more than this: on two cores that others kept busy a sentence took 0.04 to 0.07 s,
    with a child as "nice" as here or without.
    """
    with contextlib.suppress(OSError):  # it has ended already
        if sys.platform != "win32":
            usual = os.getpriority(os.PRIO_PROCESS, 0)
            os.setpriority(os.PRIO_PROCESS, process, min(19, usual + _LESS))
