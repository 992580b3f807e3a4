"""Stands in for ``attune-cli --events tune``: prints events, obeys commands, or misbehaves.

Usage: ``python fake_child.py BEHAVIOUR [STEPS] [SECONDS_PER_STEP]``
"""

from __future__ import annotations

import os
import queue
import signal
import sys
import threading
import time

sys.path.insert(0, os.getcwd())  # the supervisor starts its children where core is

from core.events import (  # noqa: E402
    Discarded,
    Event,
    Failed,
    Finished,
    Message,
    Paused,
    Resumed,
    Sample,
    Started,
    Step,
    Validation,
)

commands: queue.Queue[str] = queue.Queue()


def say(event: Event) -> None:
    print(event.to_json(), flush=True)


def listen() -> None:
    for line in sys.stdin:
        commands.put(line.strip())
    commands.put("close")


def next_command(wait: bool) -> str:
    try:
        return commands.get(block=wait)
    except queue.Empty:
        return ""


def validate(step: int, steps: int) -> float:
    loss = 4.0 - 2.0 * step / steps
    say(Validation(step, loss, best=True, bleu=10.0 + step, chrf=30.0 + step))
    say(Sample(step, "请给我一杯热茶。", "A cup of hot tea, please.", f"tea at step {step}"))
    return loss


def finish(step: int, loss: float) -> None:
    say(Finished("mine", "/models/mine", step, step, 4.0, loss, step * 0.5))


def train(steps: int, pace: float, behaviour: str) -> None:
    say(Message("reading pairs"))
    say(Started("mine", 120, 6, 12, total_steps=steps, seconds_limit=180.0))
    loss = validate(0, steps)
    for step in range(1, steps + 1):
        command = next_command(wait=False)
        if command == "pause":
            say(Paused(step))
            command = next_command(wait=True)
            while command == "pause":
                command = next_command(wait=True)
            say(Resumed(step))
        if command == "discard":
            return say(Discarded(step))
        if command == "close":
            return None
        if command == "stop" and behaviour != "deaf":
            break
        time.sleep(pace)
        say(Step(step, 5.0 - 3.0 * step / steps, 1e-3, 0.5, 1234.0, step * 0.5, step / steps,
                 (steps - step) * 0.5))  # fmt: skip
        if step % 10 == 0:
            loss = validate(step, steps)
        if behaviour == "garbage" and step == 3:
            print("warning: a library talks on standard output", flush=True)
            sys.stdout.buffer.write(b"\xff\xfe{broken\n\n[1,2]\n{\"event\":\"step\"}\n")
            sys.stdout.buffer.flush()
        if behaviour == "crash" and step == 3:
            print("something about memory", file=sys.stderr, flush=True)
            os.kill(os.getpid(), signal.SIGKILL)
        if behaviour == "traceback" and step == 3:
            raise RuntimeError("a bug in the trainer")
        if behaviour == "hang" and step == 3:
            hang()
    finish(step, loss)
    if behaviour == "linger":
        hang()


def hang() -> None:
    """Answer nothing, not even the end of the input."""
    while True:
        time.sleep(60)


def main() -> int:
    behaviour, steps, pace = sys.argv[1], int(sys.argv[2]), float(sys.argv[3])
    if behaviour == "refuse":
        say(Failed("no usable pairs", "pairs.tsv", "Add lines of the form source, tab, target."))
        return 1
    if behaviour == "usage":
        print("attune-cli: there is no model called 'zh-xx'", file=sys.stderr)
        return 1
    threading.Thread(target=listen, daemon=True).start()
    train(steps, pace, behaviour)
    return 0


if __name__ == "__main__":
    sys.exit(main())
