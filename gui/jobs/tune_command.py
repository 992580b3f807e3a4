"""The command lines of the child processes that teach."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from gui.jobs.terminal_program import terminal_program


@dataclass(frozen=True, slots=True)
class Wishes:
    """How to teach; ``None`` leaves it to the program.

    Attributes:
        minutes: how long at most.
        strength: ``gentle``, ``normal`` or ``strong``.
        epochs: rounds through the pairs, if that is less.
        learning_rate: instead of the strength's.
        batch_tokens: padded positions of a batch.
        frozen: parts that do not learn: ``embeddings``, ``encoder``, ``decoder``.
        replay: share of the updates that go to general sentences.
        brake: whether it ends when general sentences become clearly worse.
        pinned: sentences to translate again at every validation.
    """

    minutes: int = 3
    strength: str = "normal"
    epochs: float | None = None
    learning_rate: float | None = None
    batch_tokens: int | None = None
    frozen: tuple[str, ...] = ()
    replay: float | None = None
    brake: bool = True
    pinned: tuple[str, ...] = ()

    def options(self) -> tuple[str, ...]:
        """As options of the command line."""
        numbers = {
            "epochs": self.epochs,
            "learning-rate": self.learning_rate,
            "batch-tokens": self.batch_tokens,
            "replay": self.replay,
        }
        return (
            f"--minutes={self.minutes:g}",
            f"--strength={self.strength}",
            *(f"--{name}={value:g}" for name, value in numbers.items() if value is not None),
            *((f"--frozen={','.join(self.frozen)}",) if self.frozen else ()),
            *(() if self.brake else ("--no-brake",)),
            *(f"--pin={sentence}" for sentence in self.pinned),
        )


def tune_command(file: Path, base: str, name: str, wishes: Wishes) -> tuple[str, ...]:
    """The command line that teaches the model ``base`` the pairs in ``file``."""
    # Joined by "=", since a name may begin with a hyphen.
    return terminal_program(
        "tune", str(file.resolve()), f"--base={base}", f"--name={name}", *wishes.options()
    )


def resume_command(name: str) -> tuple[str, ...]:
    """The command line that goes on with the unfinished run of the model ``name``."""
    return terminal_program("tune", f"--resume={name}")
