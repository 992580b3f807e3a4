"""Running a job for a person at a terminal or, with ``--events``, for a program."""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Callable, Iterator

from core.cli.progress import ProgressBar
from core.cli.stopping import INTERRUPT, stopped_by
from core.events import (
    Changed,
    Compared,
    Discarded,
    Event,
    Finished,
    Left,
    Message,
    Paused,
    Resumed,
    Sample,
    Started,
    Step,
    Validation,
    Warned,
)
from core.significance import Verdict, verdict
from core.training.control import Command, JobControl

# How long a job whose owner went away may take to end by itself.
ORPHAN_SECONDS = 20.0
_VERDICTS = {
    Verdict.BETTER: " (better)",
    Verdict.WORSE: " (worse)",
    Verdict.SAME: " (may be chance)",
    Verdict.UNKNOWN: "",
}


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
        match event:
            case Step():
                self._draw(event)
            case Message(text=text) | Warned(text=text) if text:
                self.line(text)
            case Started(pairs=pairs, rejected=rejected, held_out=held_out):
                self.line(f"{pairs} pairs to learn, {held_out} held out, {rejected} rejected")
            case Validation():
                self.line(_validation(event))
            case Compared():
                self.line(_comparison(event))
            case Changed() | Warned():
                pass  # the receipt tells all changes; a warning without words is over
            case Sample(source=source, translation=translation):
                self.line(f"  {source} → {translation}")
            case Finished(model=model, path=path, loss_before=before, loss_after=after):
                self.line(f"kept as {model} in {path}: held-out loss {before:.4f} → {after:.4f}")
            case Discarded():
                self.line("discarded: nothing is kept")
            case Left():
                self.line(f"left at update {event.step}: go on with --resume")
            case Paused() | Resumed():
                self.line(event.kind)
            case _:
                self.line(event.to_json())

    def _draw(self, step: Step) -> None:
        self._bar.draw(
            step.progress,
            f"update {step.step}  loss {step.loss:.3f}  {step.tokens_per_second:.0f} tokens/s",
            step.remaining,
        )


def _validation(event: Validation) -> str:
    parts = [
        f"update {event.step}: held-out loss {event.loss:.4f}{' (best)' if event.best else ''}"
    ]
    if event.bleu is not None:
        parts.append(f"BLEU {event.bleu:.1f}")
    if event.general_change is not None:
        parts.append(f"general {event.general_change:+.3f} nats")
    return ", ".join(parts)


def _comparison(event: Compared) -> str:
    found = verdict(event.chrf_before, event.chrf_after, event.chrf_p_value)
    return (
        f"{event.name}, {event.sentences} sentences: "
        f"BLEU {event.bleu_before:.1f} → {event.bleu_after:.1f}, "
        f"chrF {event.chrf_before:.1f} → {event.chrf_after:.1f}{_VERDICTS[found]}"
    )
