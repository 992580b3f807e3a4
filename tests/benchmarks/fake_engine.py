"""An engine that computes nothing: its times are those it is told, its turns go to a journal."""

from __future__ import annotations

import itertools
import sys
import time
from pathlib import Path
from typing import Any

from benchmarks.speed.protocol import serve


class FakeEngine:
    def load(self, name: str, journal: str, seconds: list[float], lacks: int = 0, **rest: Any):
        self.name, self.journal, self.lacks = name, Path(journal), lacks
        self.seconds = itertools.cycle(seconds)
        return {"computes": "nothing", "settings": rest}

    def translate(self, texts, sources, targets, ratio, beam):
        with self.journal.open("a") as file:
            file.write(f"{self.name} {beam} {ratio}\n")
        steps = sum(targets) + len(targets) - self.lacks
        return {"seconds": next(self.seconds), "steps": steps}


def shout(text: str) -> dict[str, Any]:
    """Print as a library might, which is no answer."""
    print("a library's greeting")
    return {"text": text.upper()}


def fail() -> dict[str, Any]:
    raise ValueError("no such model")


def sleep() -> dict[str, Any]:
    time.sleep(600)
    return {}


if __name__ == "__main__":
    engine = FakeEngine()
    sys.argv[1:] and sys.exit("unexpected arguments")
    serve(
        {
            "load": engine.load,
            "translate": engine.translate,
            "shout": shout,
            "fail": fail,
            "sleep": sleep,
        }
    )
