"""Who is measured, how each is started, and which of its settings are tried."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.speed.protocol import ROOT, Engine

PEERS = ROOT / "benchmarks" / ".peers"
OURS = "benchmarks.speed.attune_engine"
Settings = Mapping[str, Any]

# What a thread does that waits for others: as `core.environment` has it for our own engine (steady
# beside other programs), or the library's own way.
_WAITING: dict[str, dict[str, str]] = {
    "short": {"OMP_WAIT_POLICY": "PASSIVE", "GOMP_SPINCOUNT": "10000"},
    "as it comes": {},
}


@dataclass(frozen=True)
class Contender:
    """An engine with a model.

    Attributes:
        name: short, without blanks.
        label: as the reader sees it.
        module: the program that serves it.
        fields: of the command ``load``, the same in every run.
        python: what runs it.
        start: settings to begin from, further fields; ``waiting`` goes to the environment.
        sentence, document: other values of settings to try, for either.
        fixed: whether its outputs are held to the common length.
    """

    name: str
    label: str
    module: str
    fields: Settings
    python: Path = Path(sys.executable)
    start: Settings = field(default_factory=dict)
    sentence: Mapping[str, Sequence[Any]] = field(default_factory=dict)
    document: Mapping[str, Sequence[Any]] = field(default_factory=dict)
    fixed: bool = True

    @property
    def ours(self) -> bool:
        """Whether it is Attune."""
        return self.module == OURS

    def launch(self, settings: Settings) -> Engine:
        """Its process, with nothing loaded."""
        environment = _WAITING[settings.get("waiting", "as it comes")]  # ours sets its own
        return Engine(self.name, [str(self.python), "-m", self.module], environment)

    def load(self, engine: Engine, settings: Settings) -> dict[str, Any]:
        """Let ``engine`` load the model."""
        chosen = {key: value for key, value in settings.items() if key != "waiting"}
        workers = chosen.pop("workers", None)
        if workers is not None:
            chosen["inter"], chosen["intra"] = workers
        return engine.ask("load", **self.fields, **chosen)


def ours(model: Path, precisions: Sequence[str], default: str, threads: int) -> list[Contender]:
    """Attune in every precision, and the default one with its own lengths."""

    def contender(name: str, label: str, precision: str, *, fixed: bool) -> Contender:
        fields = {"model": str(model), "precision": precision, "threads": threads}
        return Contender(name, label, OURS, fields, fixed=fixed)

    ordered = sorted(precisions, key=lambda precision: precision != default)
    found = [contender(f"attune-{p}", f"Attune {p}", p, fixed=True) for p in ordered]
    found.append(
        contender("attune-free", f"Attune {default}, its own lengths", default, fixed=False)
    )
    return found


def peers(threads: int) -> list[Contender]:
    """CTranslate2 and transformers, each to be tuned."""
    python = PEERS / "bin" / "python"
    one = (1, threads)  # workers, threads of each
    many = (threads, 1)
    waiting = ["as it comes"]

    def ctranslate2(shape: str, precision: str, label: str) -> Contender:
        return Contender(
            f"ct2-{shape}-{precision}",
            f"CTranslate2 {precision}, {label}",
            "benchmarks.speed.ctranslate2_engine",
            {"shape": shape, "precision": precision, "models": str(PEERS / "models")},
            python,
            {"workers": one, "batch": 32, "waiting": "short"},
            sentence={"waiting": waiting, "workers": [(1, 1)] if threads > 1 else []},
            document={"workers": [many], "waiting": waiting, "batch": [16, 64]},
        )

    return [
        ctranslate2("opus", "int8", "OPUS-MT's size"),
        ctranslate2("opus", "float32", "OPUS-MT's size"),
        ctranslate2("equal", "int8", "28 M, 6+6 layers"),
        ctranslate2("equal", "float32", "28 M, 6+6 layers"),
        ctranslate2("shallow", "int8", "28 M, 7+2 layers"),
        Contender(
            "marian",
            "transformers float32, OPUS-MT's size",
            "benchmarks.speed.transformers_engine",
            {
                "shape": "opus",
                "precision": "float32",
                "models": str(PEERS / "models"),
                "threads": threads,
            },
            python,
            {"batch": 32, "waiting": "short"},
            sentence={"waiting": waiting},
            document={"waiting": waiting},
        ),
    ]
