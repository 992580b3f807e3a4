"""Running a job for a person at a terminal or, with ``--events``, for a program."""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Callable, Iterator

from core.cli.event_lines import told
from core.cli.progress import ProgressBar
from core.cli.stopping import INTERRUPT, stopped_by
from core.events import Event, Step
from core.training.control import Command, JobControl

# How long a job whose owner went away may take to end by itself.
ORPHAN_SECONDS = 20.0


def run_job(
    make: Callable[[JobControl], Iterator[Event]],
    *,
    events: bool,
    orphan_seconds: float | None = None,
) -> int:
    """Run the job that ``make`` returns to its end; the exit code.

    With ``events``, each event is a JSON line and commands are read from standard input.
    ``make`` is called after listening began, so that a stop is heard while torch loads. A job
    whose owner went away may take ``orphan_seconds`` (:data:`ORPHAN_SECONDS`) to end by itself.
    """
    control = JobControl()
    if events:
        patience = ORPHAN_SECONDS if orphan_seconds is None else orphan_seconds
        threading.Thread(target=_obey, args=(control, patience), daemon=True).start()
        for event in make(control):
            print(event.to_json(), flush=True)
    else:
        with stopped_by(
            INTERRUPT,
            lambda: control.give(Command.STOP),
            "stopping; what was learnt is kept (Ctrl+C again: give up)",
        ):
            screen = _Screen()
            for event in make(control):
                screen.show(event)
    return 0


def _obey(control: JobControl, orphan_seconds: float) -> None:
    """Give the job every command read; whoever started it went away when the input ends."""
    for word in _words(sys.stdin.fileno()):
        if word in tuple(Command):
            control.give(Command(word))
        elif word:
            print(f"unknown command {word!r}", file=sys.stderr)
    control.give(Command.LEAVE)
    # The job ends by itself at its next step; one that hangs must not outlive its owner.
    time.sleep(orphan_seconds)
    os._exit(1)


def _words(descriptor: int) -> Iterator[str]:
    """Lines without their edges, as they come.

    ``sys.stdin`` is not read: a thread that waits in it at the end of the program is fatal to
    the interpreter.
    """
    rest = b""
    while chunk := os.read(descriptor, 4096):
        *lines, rest = (rest + chunk).split(b"\n")
        yield from (line.decode("utf-8", errors="replace").strip() for line in lines)
    yield rest.decode("utf-8", errors="replace").strip()


class _Screen:
    """A progress bar, and lines above it, on standard error."""

    def __init__(self) -> None:
        self._bar = ProgressBar()
        self.line = self._bar.line

    def show(self, event: Event) -> None:
        """Tell a person of ``event``."""
        if isinstance(event, Step):
            self._draw(event)
        elif text := told(event):
            self.line(text)

    def _draw(self, step: Step) -> None:
        self._bar.draw(
            step.progress,
            f"update {step.step}  loss {step.loss:.3f}  {step.tokens_per_second:.0f} tokens/s",
            step.remaining,
        )
