"""Learning rate over a run: warm-up, a plateau, a linear descent (Hägele et al. 2024)."""

from __future__ import annotations

from dataclasses import dataclass

from core.errors import OptionError


@dataclass(frozen=True, slots=True)
class Budget:
    """How long a run lasts: updates, seconds, or whichever comes first."""

    steps: int | None = None
    seconds: float | None = None

    def __post_init__(self) -> None:
        for name in ("steps", "seconds"):
            value = getattr(self, name)
            if value is not None and not value > 0:
                raise OptionError(f"{name} is {value}", remedy="Give more than 0, or no limit.")

    def progress(self, steps: int, seconds: float) -> float:
        """Share of the budget that is spent, 0 to 1 (0 for a run without end)."""
        by_steps = steps / self.steps if self.steps else 0.0
        by_seconds = seconds / self.seconds if self.seconds else 0.0
        return min(1.0, max(by_steps, by_seconds))


@dataclass(frozen=True, slots=True)
class Schedule:
    """Factor on the learning rate.

    Attributes:
        warmup: updates over which the factor rises linearly to 1.
        decay: share of the budget, at its end, over which it falls linearly.
        floor: factor at the very end.
    """

    warmup: int = 150
    decay: float = 0.7
    floor: float = 0.0

    def factor(self, step: int, progress: float) -> float:
        """The factor for update ``step`` (from 1) at ``progress`` (0 to 1) of the budget."""
        rising = min(1.0, step / self.warmup) if self.warmup else 1.0
        if self.decay <= 0:
            return rising
        left = max(0.0, 1.0 - progress)
        falling = min(1.0, left / self.decay)
        return min(rising, self.floor + (1 - self.floor) * falling)
