"""Watches a session from outside: its memory, its words, its silence, and what it leaves behind."""

from __future__ import annotations

import contextlib
import json
import os
import queue
import secrets
import signal
import subprocess
import sys
import tempfile
import threading
from collections import Counter, deque
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from time import monotonic
from typing import IO, Any

import psutil

from tests.soak.memory import Sample
from tests.soak.session import Limits
from tests.soak.usual import is_usual

_ROOT = Path(__file__).resolve().parents[2]
MARK = "ATTUNE_SOAK"  # in the environment of all that a session starts
_EVERY = 0.5  # seconds between two samples
_SILENCE = 2.0  # times the patience without a word: it hangs
_LAST = 40  # acts and lines that are told when it fails


@dataclass
class Outcome:
    """What became of a session."""

    seed: str
    seconds: float = 0.0
    texts: int = 0
    sentences: int = 0
    processor: float = 0.0  # seconds that the window's process computed
    code: int | None = None
    acts: Counter[str] = field(default_factory=Counter)
    children: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    last: deque[str] = field(default_factory=lambda: deque(maxlen=_LAST))
    samples: list[Sample] = field(default_factory=list)
    left: list[str] = field(default_factory=list)  # threads, processes, files


class Watcher:
    """Runs one session in a home and a folder for temporary files of its own.

    Args:
        hear: is told all that the session says.
        measured: is told of every sample of memory.
    """

    def __init__(
        self,
        seed: str,
        limits: Limits,
        hear: Callable[[str], None] = lambda _line: None,
        measured: Callable[[Sample], None] = lambda _sample: None,
    ) -> None:
        self._hear, self._measured = hear, measured
        self.outcome = Outcome(seed)
        self._limits = limits
        self._token = secrets.token_hex(8)
        self._words: queue.SimpleQueue[str | None] = queue.SimpleQueue()

    def run(self) -> Outcome:
        """Start the session, watch it to its end, look round."""
        began = monotonic()
        with tempfile.TemporaryDirectory(prefix="attune soak 测试 ") as folder:
            home, temporary = Path(folder) / "home", Path(folder) / "temporary"
            home.mkdir()
            temporary.mkdir()
            with self._start(home, temporary) as process:
                self._watch(process)
            self.outcome.code = process.returncode
            if process.returncode:
                self.outcome.faults.append(f"the program ended with code {process.returncode}")
            self._look_for_processes()
            self._look_for_files(home, temporary)
        self.outcome.seconds = monotonic() - began
        return self.outcome

    def _start(self, home: Path, temporary: Path) -> subprocess.Popen[str]:
        offline = _ROOT / "tests" / "offline"
        return subprocess.Popen(
            [sys.executable, "-X", "faulthandler", "-m", "tests.soak.session",
             self.outcome.seed, json.dumps(asdict(self._limits))],
            cwd=_ROOT, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            text=True, encoding="utf-8", errors="replace",
            env={
                **os.environ, MARK: self._token, "PYTHONPATH": str(offline),
                "ATTUNE_TEST_NETWORK": "none", "ATTUNE_HOME": str(home / "attune"),
                "HOME": str(home), "XDG_CACHE_HOME": str(home / "cache"),
                "XDG_CONFIG_HOME": str(home / "config"), "XDG_RUNTIME_DIR": str(home),
                "TMPDIR": str(temporary), "QT_QPA_PLATFORM": "offscreen", "PYTHONUTF8": "1",
            },
        )  # fmt: skip

    # -- while it runs ----------------------------------------------------------------------

    def _watch(self, process: subprocess.Popen[str]) -> None:
        for pipe, prefix in ((process.stdout, ""), (process.stderr, "stderr: ")):
            reader = threading.Thread(target=self._read, args=(pipe, prefix), daemon=True)
            reader.start()
        open_pipes, heard, sampled = 2, monotonic(), 0.0
        seen, silence = psutil.Process(process.pid), _SILENCE * self._limits.patience
        while open_pipes:
            try:
                word = self._words.get(timeout=_EVERY)
            except queue.Empty:
                word = ""
            now = monotonic()
            if word is None:
                open_pipes -= 1
            elif word:
                heard = now
                self._take(word)
            elif now - heard > silence:
                self.outcome.faults.append(f"no act in {silence:g} s: it hangs")
                process.send_signal(signal.SIGABRT)  # it tells where each thread stands
                heard = now
            if now - sampled > _EVERY:
                sampled = now
                self._sample(seen)

    def _read(self, pipe: IO[str], prefix: str) -> None:
        for line in pipe:
            self._words.put(prefix + line.rstrip("\n"))
        self._words.put(None)

    def _take(self, line: str) -> None:
        outcome = self.outcome
        self._hear(line)
        if not line.startswith("{"):
            if not is_usual(line):
                outcome.faults.append(line)
            return
        word: dict[str, Any] = json.loads(line)
        kind = word["kind"]
        outcome.texts = word.get("texts", outcome.texts)
        outcome.sentences = word.get("sentences", outcome.sentences)
        outcome.last.append(line[:300])
        if kind == "act":
            outcome.acts[word["name"]] += 1
        elif kind == "child":
            outcome.children[word["command"]] += 1
        elif kind == "fault":
            outcome.faults.append(word["what"])
        elif kind == "end":
            outcome.left += [f"thread {name}" for name in word["threads"]]
            outcome.left += [f"child {command}" for command in word["children"]]
            outcome.left += ["job of the thread pool"] * word["jobs"]

    def _sample(self, process: psutil.Process) -> None:
        with contextlib.suppress(psutil.Error):
            held = process.memory_info().rss
            if not held:  # it has just ended
                return
            self.outcome.processor = sum(process.cpu_times()[:2])
            below = 0
            for child in process.children(recursive=True):
                with contextlib.suppress(psutil.Error):
                    below += child.memory_info().rss
            sample = Sample(self.outcome.texts, held, below)
            self.outcome.samples.append(sample)
            self._measured(sample)

    # -- afterwards -------------------------------------------------------------------------

    def _look_for_processes(self) -> None:
        for process in psutil.process_iter():
            with contextlib.suppress(psutil.Error):
                if process.environ().get(MARK) == self._token:
                    self.outcome.left.append(f"process {' '.join(process.cmdline())}")
                    process.kill()

    def _look_for_files(self, home: Path, temporary: Path) -> None:
        """What should be gone; files that the user has made lie in folders called ``file-``."""
        own = [p for p in temporary.iterdir() if not p.name.startswith("file-")]
        self.outcome.left += [f"file {path.name}" for path in own]
        for path in home.rglob("*"):
            for_child = path.is_file() and "teach" in path.parts  # written for one to read
            if ".tmp" in path.name or path.name.startswith("tmp") or for_child:
                self.outcome.left.append(f"file {path.relative_to(home)}")
