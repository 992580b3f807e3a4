"""Running a job for a person at a terminal or, with ``--events``, for a program."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from types import FrameType

from core.events import (
    Discarded,
    Event,
    Finished,
    Message,
    Sample,
    Started,
    Step,
    Validation,
)  # fmt: skip
from core.training.control import Command, JobControl

# How long a job whose owner went away may take to end by itself.
ORPHAN_SECONDS = 20


def run_job(make: Callable[[JobControl], Iterator[Event]], *, events: bool) -> int:
    """Run the job that ``make`` returns to its end.

    With ``events``, each event is a JSON line and commands are read from standard input;
    ``make`` is called after listening began, so that a stop is heard while torch loads.
    """
    control = JobControl()
    if not events:
        _show(make(control), control)
        return 0
    threading.Thread(target=_obey, args=(control,), daemon=True).start()
    for event in make(control):
        sys.stdout.write(event.to_json() + "\n")
        sys.stdout.flush()
    return 0


def _obey(control: JobControl) -> None:
    """Give the job every command read; whoever started it went away when the input ends."""
    for line in sys.stdin:
        word = line.strip()
        if word in tuple(Command):
            control.give(Command(word))
        elif word:
            print(f"unknown command {word!r}", file=sys.stderr)
    control.give(Command.DISCARD)
    # The job ends by itself at its next step; one that hangs must not outlive its owner.
    time.sleep(ORPHAN_SECONDS)
    os._exit(1)


def _show(job: Iterator[Event], control: JobControl) -> None:
    """Print the job for a person; the first Ctrl+C stops it and keeps the best state."""

    def interrupt(signum: int, frame: FrameType | None) -> None:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        print("\nstopping; what was learnt is kept (again: give up)", file=sys.stderr)
        control.give(Command.STOP)

    signal.signal(signal.SIGINT, interrupt)
    for event in job:
        _tell(event)


def _tell(event: Event) -> None:
    match event:
        case Message(text=text):
            line = text
        case Started(pairs=pairs, rejected=rejected, held_out=held_out):
            line = f"{pairs} pairs to learn, {held_out} held out, {rejected} rejected"
        case Step(step=step, loss=loss, tokens_per_second=rate, progress=progress):
            bar = "█" * round(progress * 24)
            print(
                f"\r{bar:░<24} {progress:4.0%}  update {step}  loss {loss:.3f}  "
                f"{rate:.0f} tokens/s ",
                end="",
                file=sys.stderr,
                flush=True,
            )
            return
        case Validation(step=step, loss=loss, best=best):
            line = f"\nupdate {step}: held-out loss {loss:.4f}{' (best)' if best else ''}"
        case Sample(source=source, translation=translation):
            line = f"  {source} → {translation}"
        case Finished(model=model, path=path, loss_before=before, loss_after=after):
            line = f"kept as {model} in {path}: held-out loss {before:.4f} → {after:.4f}"
        case Discarded():
            line = "discarded"
        case _:
            line = event.to_json()
    print(line, file=sys.stderr, flush=True)
