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
from pathlib import Path

sys.path.insert(0, str(Path.cwd()))  # the supervisor starts its children where core is

from core.events import (
    Changed,
    Compared,
    Discarded,
    Event,
    Failed,
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


def validate(step: int, steps: int, behaviour: str) -> float:
    loss = 4.0 - 2.0 * step / steps
    general = {}
    if behaviour == "compare":
        general = {"general_loss": 3.0 + step / 100, "general_change": -step / 100}
    say(Validation(step, loss, best=True, bleu=10.0 + step, chrf=30.0 + step, **general))
    say(Sample(step, "请给我一杯热茶。", "A cup of hot tea, please.", f"tea at step {step}"))
    return loss


def finish(step: int, loss: float, behaviour: str) -> None:
    ended_by = "budget"
    if behaviour == "compare":
        ended_by = "forgetting"
        say(Compared("held-out", 12, 10.0, 2.0, 30.0, 3.0, 0.01, 30.0, 1.0, 31.0, 1.0, 0.4))
        say(Compared("general", 200, 25.0, 1.0, 22.0, 1.0, 0.001, 50.0, 1.0, 50.0, 1.0, None))
        say(Changed("held-out", "茶很香。", "The tea smells good.", "It is.", "The tea is.", 20.5))
        say(Changed("held-out", "水开了。", "It boils.", "It boils.", "Water <b>.", -40.0))
        say(Changed("general", "你好。", "Hello.", "Hi.", "Hello.", 60.0))
    say(Finished("mine", "/models/mine", step, step, 4.0, loss, step * 0.5, ended_by))


def obey(command: str, step: int) -> str:
    """What is left to do after ``command``: nothing, or ``"end"`` at once, or ``"keep"``."""
    if command == "pause":
        say(Paused(step))
        while (command := next_command(wait=True)) == "pause":
            pass
        say(Resumed(step))
    if command == "discard":
        say(Discarded(step))
    if command in ("leave", "close"):
        say(Left(step, "mine"))
    return {"discard": "end", "leave": "end", "close": "end", "stop": "keep"}.get(command, "")


def misbehave(behaviour: str) -> None:
    if behaviour == "garbage":
        print("warning: a library talks on standard output", flush=True)
        sys.stdout.buffer.write(b'\xff\xfe{broken\n\n[1,2]\n{"event":"step"}\n')
        sys.stdout.buffer.flush()
    elif behaviour == "crash":
        print("something about memory", file=sys.stderr, flush=True)
        os.kill(os.getpid(), signal.SIGKILL)
    elif behaviour == "diverge":
        say(Warned("divergence", "The loss diverged at update 4; going on at half the rate"))
    elif behaviour == "traceback":
        raise RuntimeError("a bug in the trainer")
    elif behaviour == "hang":
        hang()


def train(steps: int, pace: float, behaviour: str) -> None:
    say(Message("reading pairs"))
    held_out = 0 if behaviour == "few" else 12
    say(Started("mine", 120, 6, held_out, total_steps=steps, seconds_limit=180.0))
    loss = validate(0, steps, behaviour)
    if behaviour == "late":
        hang()
    for step in range(1, steps + 1):
        left = obey(next_command(wait=False), step)
        if left == "end" and behaviour == "linger":
            hang()
        if left == "end":
            return
        if left == "keep" and behaviour != "deaf":
            break
        time.sleep(pace)
        train_loss, rest = 5.0 - 3.0 * step / steps, (steps - step) * 0.5
        replayed = behaviour == "compare" and step % 5 == 0
        say(Step(step, train_loss, 1e-3, 0.5, 1234.0, step * 0.5, step / steps, rest, replayed,
                 memory=1_930_000_000))  # fmt: skip
        if step % 10 == 0:
            loss = validate(step, steps, behaviour)
        if step == 3:
            misbehave(behaviour)
    finish(step, loss, behaviour)
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
