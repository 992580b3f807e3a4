"""Memory of a process and of all that it has started; Linux only, by the standard library."""

from __future__ import annotations

import re
import threading
from pathlib import Path
from types import TracebackType

_SHARE = re.compile(r"^Pss:\s*(\d+) kB", re.MULTILINE)
INTERVAL = 0.25  # seconds between two looks


def family(process: int) -> list[int]:
    """The process and its children, their children and so on; without those that ended."""
    children: dict[int, list[int]] = {}
    for place in Path("/proc").glob("[0-9]*/stat"):
        try:
            # Its name stands in brackets and may hold anything; then come its state and parent.
            parent = int(place.read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
        children.setdefault(parent, []).append(int(place.parent.name))
    found = [process]
    for member in found:
        found += children.get(member, [])
    return found


def memory(process: int) -> float:
    """Its memory in MB, what it shares with others divided among them; 0 if it has ended."""
    try:
        found = _SHARE.search(Path(f"/proc/{process}/smaps_rollup").read_text())
    except OSError:
        return 0.0
    return int(found[1]) * 1024 / 1e6 if found else 0.0


class MemoryWatch:
    """The most that a process and its children ever held together, in MB; a context manager."""

    def __init__(self, process: int) -> None:
        self._process = process
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self.first = self.peak = self._now()

    def _now(self) -> float:
        return sum(memory(member) for member in family(self._process))

    def _look(self) -> None:
        while not self._ended.wait(INTERVAL):
            self.peak = max(self.peak, self._now())

    def __enter__(self) -> MemoryWatch:
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
