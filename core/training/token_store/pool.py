"""Child processes that cut pairs into words side by side, in the order of the input."""

from __future__ import annotations

import contextlib
import os
import queue
import subprocess
import sys
import tempfile
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as StillRunning
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Protocol

import core
from core.cancel import Cancelled, CancelToken
from core.errors import TrainingError
from core.training.checks import Pair, Rejection
from core.training.token_store.cutter import Cutter, Sides, read_pairs, write_pairs

CHUNK = 500  # lines given to a child at a time
_AHEAD = 3  # chunks in work or waiting for each child
_LISTEN = 0.2  # seconds between two looks at the cancel token


@dataclass(frozen=True, slots=True)
class CutPair:
    """A good pair and its packed sides."""

    pair: Pair
    source: str
    target: str


Item = CutPair | Rejection


class _Worker(Protocol):
    def cut(self, pairs: Sequence[Sides]) -> list[Sides]: ...


class Pool:
    """A context in which pairs are cut.

    Args:
        languages: codes of source and target.
        units: what each is cut into.
        workers: child processes, started when they are needed; 0 cuts in this process.
    """

    def __init__(self, languages: Sides, units: Sides, workers: int) -> None:
        self._children = [_Child(languages, units) for _ in range(workers)]
        self._idle: queue.LifoQueue[_Worker] = queue.LifoQueue()
        for child in self._children:
            self._idle.put(child)
        if not self._children:
            self._idle.put(Cutter(languages, units))
        self._threads = ThreadPoolExecutor(max(1, workers), "cutter")
        self._ahead = _AHEAD * max(1, workers)

    def __enter__(self) -> Pool:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for child in self._children:
            child.end()
        self._threads.shutdown(cancel_futures=True)
        for child in self._children:
            child.close()

    def cut(self, items: Iterable[Pair | Rejection], cancel: CancelToken) -> Iterator[Item]:
        """Every item in its place, the pairs among them cut.

        Raises:
            TrainingError: the system ended a child.
            Cancelled: ``cancel`` was cancelled.
        """
        rest = iter(items)
        running: deque[Future[list[Item]]] = deque()
        while True:
            while len(running) < self._ahead and (chunk := list(islice(rest, CHUNK))):
                running.append(self._threads.submit(self._cut_chunk, chunk))
            if not running:
                return
            yield from _await(running.popleft(), cancel)

    def _cut_chunk(self, chunk: Sequence[Pair | Rejection]) -> list[Item]:
        pairs = [(item.source, item.target) for item in chunk if isinstance(item, Pair)]
        if not pairs:
            sides: list[Sides] = []
        else:
            worker = self._idle.get()
            try:
                sides = worker.cut(pairs)
            finally:
                self._idle.put(worker)
        packed = iter(sides)
        return [CutPair(i, *next(packed)) if isinstance(i, Pair) else i for i in chunk]


def _await(chunk: Future[list[Item]], cancel: CancelToken) -> list[Item]:
    while True:
        cancel.check()
        with contextlib.suppress(StillRunning):
            return chunk.result(timeout=_LISTEN)


class _Child:
    """One child process, started at its first use; one thread at a time talks to it."""

    def __init__(self, languages: Sides, units: Sides) -> None:
        self._given = ("--languages", *languages, "--units", *units)
        self._process: subprocess.Popen[bytes] | None = None
        # Not a pipe: nobody reads it while the child works.
        self._complaints = tempfile.TemporaryFile()
        self._ended = False

    def _started(self) -> subprocess.Popen[bytes]:
        if self._ended:
            raise Cancelled
        if self._process is None:
            root = str(Path(core.__file__).resolve().parent.parent)
            path = os.pathsep.join(filter(None, (root, os.environ.get("PYTHONPATH"))))
            single = {"OMP_NUM_THREADS": "1", "TOKENIZERS_PARALLELISM": "false"}
            self._process = subprocess.Popen(
                [sys.executable, "-m", Cutter.__module__, *self._given],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self._complaints,
                env={**os.environ, **single, "PYTHONPATH": path},
            )
        return self._process

    def cut(self, pairs: Sequence[Sides]) -> list[Sides]:
        """See :meth:`Cutter.cut`."""
        process = self._started()
        assert process.stdin is not None
        assert process.stdout is not None
        lines = [b""]
        with contextlib.suppress(BrokenPipeError):  # told below with the child's own words
            process.stdin.write(b"%d\n" % len(pairs) + write_pairs(pairs))
            process.stdin.flush()
            lines = [process.stdout.readline() for _ in range(2 * len(pairs))]
        if not lines[-1].endswith(b"\n"):
            raise self._failure(process)
        return read_pairs(lines)

    def _failure(self, process: subprocess.Popen[bytes]) -> Exception:
        code = process.wait()
        self._complaints.seek(0)
        said = self._complaints.read().decode(errors="replace").strip()
        if code < 0 or not said:
            return TrainingError(
                f"a process that cuts text into words was ended from outside (code {code})",
                remedy="Free some memory, or use fewer processes.",
            )
        return RuntimeError(f"a process that cuts text into words failed:\n{said}")

    def end(self) -> None:
        """End the process, or never start it; whoever waits for it is told."""
        self._ended = True
        if self._process is not None:
            self._process.kill()

    def close(self) -> None:
        """Give back what the process held."""
        if self._process is not None:
            with self._process as process, contextlib.suppress(BrokenPipeError):
                assert process.stdin is not None
                process.stdin.close()
        self._complaints.close()
