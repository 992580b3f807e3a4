"""The curves of a run: every validation, and enough of the updates' losses to draw them."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Iterator, Mapping
from typing import Any

from core.events import Validation
from core.training.trainer import StepReport

MOST_POINTS = 600  # of the training loss; a screen is no wider


class History:
    """Fills while a run goes on; its state is JSON."""

    def __init__(self) -> None:
        self._validations: list[dict[str, Any]] = []
        self._steps: list[tuple[int, float]] = []
        self._every = 1

    @classmethod
    def of(cls, state: Mapping[str, Any]) -> History:
        """What :meth:`state` gave."""
        history = cls()
        history._validations = list(state["validations"])
        history._steps = [(int(step), float(loss)) for step, loss in state["steps"]]
        history._every = int(state["every"])
        return history

    @property
    def loss_before(self) -> float:
        """Held-out loss before the first update; not a number before the first validation."""
        return float(self._validations[0]["loss"]) if self._validations else math.nan

    def step(self, report: StepReport) -> None:
        """Remember an update's loss; of many, every second, fourth and so on."""
        if report.replayed or report.step % self._every:
            return
        self._steps.append((report.step, report.loss))
        if len(self._steps) > MOST_POINTS:
            self._every *= 2
            self._steps = [point for point in self._steps if point[0] % self._every == 0]

    def validation(self, event: Validation) -> None:
        """Remember a validation."""
        values = dataclasses.asdict(event).items()
        self._validations.append({name: value for name, value in values if value is not None})

    def events(self) -> Iterator[Validation]:
        """The validations so far, for whoever did not hear them."""
        return (Validation(**values) for values in self._validations)

    def state(self) -> dict[str, Any]:
        """Everything as JSON values."""
        return {"every": self._every, "steps": self._steps, "validations": self._validations}

    def curves(self) -> dict[str, Any]:
        """What a receipt tells: points of the training loss, and the validations."""
        return {
            "training": [[step, round(loss, 4)] for step, loss in self._steps],
            "validations": self._validations,
        }
