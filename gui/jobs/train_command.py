"""The command lines of the child processes that train a system from nothing."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from core.field_types import checked
from core.files import parse_json
from core.formats import FIELD, known_version
from core.parts import Value
from gui.jobs.terminal_program import terminal_program

FORMAT_VERSION = 1
BUDGETS = ("minutes", "epochs", "steps")
"""What ends a run: time, rounds through the pairs, or updates."""


@dataclass(frozen=True, slots=True)
class TrainPlan:
    """What is trained, on what and for how long.

    Attributes:
        name: of the model to make.
        system: what the system is called.
        preset: the name of the one that it begins with.
        changes: options that differ from it.
        file: pairs, one a line.
        about: the file's name as a person knows it.
        languages: codes of what it reads and writes.
        budget, amount: one of :data:`BUDGETS`, and how many.
        threads: processors that it may use.
        pinned: sentences to translate again at every validation.
        composed: whether this is all that was asked for.
        attends: whether the system has attention.
    """

    name: str
    system: str
    preset: str
    file: Path
    languages: tuple[str, str]
    changes: tuple[tuple[str, Value], ...] = ()
    about: str = ""
    budget: str = "minutes"
    amount: float = 5.0
    threads: int = 1
    pinned: tuple[str, ...] = ()
    composed: bool = True
    attends: bool = True

    def on(self, file: Path) -> TrainPlan:
        """The same with its pairs in another file."""
        return replace(self, file=file)

    def to_json(self) -> str:
        """As one JSON object."""
        fields = {FIELD: FORMAT_VERSION, **asdict(self), "file": str(self.file)}
        return json.dumps(fields, ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> TrainPlan:
        """What :meth:`to_json` gave.

        Raises:
            InputError: a newer program gave it.
            ValueError: it is nothing of the kind.
        """
        try:
            found: dict[str, Any] = parse_json(text)
            known_version(found, FORMAT_VERSION, Path())
            found.pop(FIELD, None)  # the first plans had none, and were the same otherwise
            source, target = found["languages"]
            return checked(
                cls,
                {
                    **found,
                    "file": Path(found["file"]),
                    "languages": (source, target),
                    "changes": tuple((str(n), v) for n, v in found["changes"]),
                    "pinned": tuple(found["pinned"]),
                },
            )
        except (TypeError, KeyError, AttributeError) as error:
            raise ValueError(f"no plan of a run: {error}") from error


def train_command(plan: TrainPlan) -> tuple[str, ...]:
    """The command line of a new run."""
    return terminal_program("train", str(plan.file.resolve()), *_options(plan))


def train_on_command(plan: TrainPlan) -> tuple[str, ...]:
    """The command line that goes on with a run that was left, as it was asked for."""
    return terminal_program("train", f"--go-on={plan.name}")


def _options(plan: TrainPlan) -> tuple[str, ...]:
    # Joined by "=", since a name or a sentence may begin with a hyphen.
    return (
        f"--name={plan.name}",
        f"--preset={plan.preset}",
        f"--languages={'-'.join(plan.languages)}",
        f"--{plan.budget}={plan.amount:.10g}",
        f"--threads={plan.threads}",
        *(f"--pin={sentence}" for sentence in plan.pinned),
        *(_option(name, value) for name, value in plan.changes),
    )


def _option(name: str, value: Value) -> str:
    dashed = name.replace("_", "-")
    if isinstance(value, bool):
        return f"--{dashed}" if value else f"--no-{dashed}"
    return f"--{dashed}={value}"
