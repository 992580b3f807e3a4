"""An engine as a process of its own: requests and answers are lines of JSON.

Each line in is ``{"do": NAME, ...}``, each line out what the command NAME gave for the rest. The
engine ends when its input does; what goes wrong in it ends it, too, with a traceback.
Both ends need the standard library alone, so that an engine runs in an environment of its own.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

from benchmarks.measuring import peak_memory

ROOT = Path(__file__).parents[2]
PATIENCE = 3600.0  # seconds for one answer
_TOLD = 2000  # last characters of an engine's messages that an error repeats


class EngineError(Exception):
    """An engine ended without an answer."""


def serve(commands: Mapping[str, Callable[..., Mapping[str, Any]]]) -> None:
    """Answer the requests on standard input; ``memory`` is answered for every engine."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what libraries print is no answer
    for line in sys.stdin:
        request = json.loads(line)
        name = request.pop("do")
        given = {"peak": peak_memory()} if name == "memory" else commands[name](**request)
        answers.write(json.dumps(given) + "\n")
        answers.flush()


class Engine:
    """A running engine; a context manager that ends it."""

    def __init__(
        self, name: str, command: Sequence[str], environment: Mapping[str, str] | None = None
    ) -> None:
        self.name = name
        self._messages = tempfile.TemporaryFile()
        self._process = subprocess.Popen(
            command,
            cwd=ROOT,
            env={**os.environ, **(environment or {})},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._messages,
            encoding="utf-8",
        )

    def ask(self, do: str, *, patience: float = PATIENCE, **fields: Any) -> dict[str, Any]:
        """The answer to the command ``do``.

        Raises:
            EngineError: it ended instead of answering, or took more than ``patience`` seconds.
        """
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        guard = threading.Timer(patience, self._process.kill)
        guard.start()
        try:
            self._process.stdin.write(json.dumps({"do": do, **fields}) + "\n")
            self._process.stdin.flush()
            line = self._process.stdout.readline()
        except BrokenPipeError:
            line = ""
        finally:
            guard.cancel()
        if not line:
            raise EngineError(f"{self.name} gave no answer to {do!r}\n{self._last_messages()}")
        answer: dict[str, Any] = json.loads(line)
        return answer

    def _last_messages(self) -> str:
        self._process.wait()
        self._messages.seek(0)
        return self._messages.read().decode("utf-8", "replace")[-_TOLD:]

    def close(self) -> None:
        """Let the engine end, and wait for it."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        try:
            self._process.stdin.close()
        except BrokenPipeError:  # it ended before
            pass
        self._process.wait()
        self._process.stdout.close()
        self._messages.close()

    def __enter__(self) -> Engine:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
