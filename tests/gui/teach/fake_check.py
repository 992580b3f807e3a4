"""Stands in for ``attune-cli --events check --second-pass``: doubts what says "wrong".

Usage: ``python fake_check.py BEHAVIOUR FILE``
"""

from __future__ import annotations

import os
import sys
import threading
import time
from pathlib import Path

sys.path.insert(0, str(Path.cwd()))  # the supervisor starts its children where core is

from core.events import Checked, Doubted, Event, Failed, Scored

AT_ONCE = 4  # pairs


def say(event: Event) -> None:
    print(event.to_json(), flush=True)


def end_with_owner() -> None:
    sys.stdin.read()
    os._exit(1)


def main() -> int:
    behaviour, file = sys.argv[1], Path(sys.argv[2])
    if behaviour == "refuse":
        say(Failed("the model is damaged", "zh-en", "Install Attune again."))
        return 1
    if behaviour != "deaf":
        threading.Thread(target=end_with_owner, daemon=True).start()
    lines = file.read_text("utf-8").splitlines()
    say(Doubted(1, "numbers", "the window knows that already"))
    for done in range(0, len(lines), AT_ONCE):
        say(Scored(done, done, len(lines)))
        if behaviour == "late" and not done:
            time.sleep(3)
        if behaviour in ("slow", "deaf", "late") and done:
            time.sleep(60)
        for line in range(done + 1, min(done + AT_ONCE, len(lines)) + 1):
            if "wrong" in lines[line - 1]:
                say(Doubted(line, "misaligned", "0.12"))
    say(Scored(len(lines), len(lines), len(lines)))
    say(Checked(len(lines), len(lines), len(lines), len(lines)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
