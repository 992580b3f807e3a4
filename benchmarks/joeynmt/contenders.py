"""Who trains beside whom, and how each is started."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.speed.protocol import ROOT, Engine

PEER = ROOT / "benchmarks" / ".joeynmt" / "bin" / "python"
OURS = "benchmarks.joeynmt.attune_engine"
THEIRS = "benchmarks.joeynmt.joeynmt_engine"

# How a peer's threads wait for each other: as the library comes, or as `core.environment` has it
# for our long jobs.
WAITING: Mapping[str, Mapping[str, str]] = {
    "as it comes": {},
    "asleep": {"OMP_WAIT_POLICY": "PASSIVE", "GOMP_SPINCOUNT": "0"},
}


@dataclass(frozen=True)
class Contender:
    """An engine that trains a model.

    Attributes:
        name: short, without blanks.
        label: as the reader sees it.
        module: the program that serves it.
        fields: of the command ``load``.
        python: what runs it.
        environment: of its process.
    """

    name: str
    label: str
    module: str
    fields: Mapping[str, Any]
    python: Path = Path(sys.executable)
    environment: Mapping[str, str] = field(default_factory=dict)

    @property
    def ours(self) -> bool:
        """Whether it is Attune."""
        return self.module == OURS

    def launch(self) -> Engine:
        """Its process, with nothing loaded."""
        return Engine(self.name, [str(self.python), "-m", self.module], self.environment)


def ours(precisions: Sequence[str], order: str) -> list[Contender]:
    """Attune in every precision, on JoeyNMT's batches and, of pairs in random order, on its own."""
    cuts = {"the same": "the same batches"}
    if order == "random":  # pairs that lie sorted are in such batches already
        cuts["its own"] = "its own batches"
    return [
        Contender(
            f"attune-{precision}-{batches.replace(' ', '-')}",
            f"Attune {precision}, {label}",
            OURS,
            {"precision": precision, "batches": batches},
        )
        for batches, label in cuts.items()
        for precision in precisions
    ]


def peers(waiting: str = "as it comes") -> list[Contender]:
    """JoeyNMT without and with input feeding."""
    return [
        Contender(
            f"joeynmt-{name}",
            f"JoeyNMT fp32, {label}",
            THEIRS,
            {"input_feeding": feeding},
            PEER,
            WAITING[waiting],
        )
        for name, label, feeding in (
            ("plain", "no input feeding", False),
            ("feeding", "input feeding", True),
        )
    ]
