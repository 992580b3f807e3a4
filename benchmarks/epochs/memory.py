"""How much memory another process holds of its own; needs the standard library alone."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

_OWN = re.compile(r"^RssAnon:\s*(\d+) kB", re.MULTILINE)
INTERVAL = 0.005  # seconds between two looks


def own_memory(process: int) -> float:
    """Memory that is no part of a file, in MB; 0 where the system does not tell, or it ended."""
    try:
        found = _OWN.search(Path(f"/proc/{process}/status").read_text())
    except OSError:
        return 0.0
    return int(found[1]) * 1024 / 1e6 if found else 0.0


class Watch:
    """Looks at a process again and again; a context manager.

    Args:
        process: its number.
        look: its memory in MB.
        interval: seconds between two looks.

    The store is mapped into memory, and how many of its pages stay there is the system's choice;
    so the most that a process ever held (:func:`benchmarks.measuring.peak_memory`) says little.
    """

    def __init__(
        self,
        process: int,
        look: Callable[[int], float] = own_memory,
        interval: float = INTERVAL,
    ) -> None:
        self.before = self.peak = look(process)
        self._process, self._memory, self._interval = process, look, interval
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)

    def _look(self) -> None:
        while not self._ended.wait(self._interval):
            self.peak = max(self.peak, self._memory(self._process))

    def __enter__(self) -> Watch:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._ended.set()
        self._thread.join()
        self.peak = max(self.peak, self._memory(self._process))
