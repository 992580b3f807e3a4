"""An engine that learns nothing: its turns go to a journal."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from benchmarks.speed.protocol import serve


class FakeTrainer:
    def load(self, journal: str, name: str, seconds: float) -> dict[str, Any]:
        self.journal, self.name, self.seconds = Path(journal), name, seconds
        return {"version": "none", "parameters": 7}

    def train(self, updates: int) -> dict[str, Any]:
        with self.journal.open("a") as file:
            file.write(f"{self.name} {updates}\n")
        return {"seconds": self.seconds, "processor": 1.0, "pairs": 64, "tokens": 900, "loss": 5.0}


if __name__ == "__main__":
    engine = FakeTrainer()
    serve({"load": engine.load, "train": engine.train})
