"""The past of a run: every validation, its samples, and enough of the updates' losses."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from core.events import Event, Sample, Validation, parse_event
from core.training.trainer import StepReport

MOST_POINTS = 600  # of the training loss; a screen is no wider


class History:
    """Fills while a run goes on; its state is JSON."""

    def __init__(self) -> None:
        self._validations: list[dict[str, Any]] = []
        self._samples: list[str] = []  # as JSON lines
        self._steps: list[tuple[int, float]] = []
        self._every = 1

    @classmethod
    def of(cls, state: Mapping[str, Any]) -> History:
        """What :meth:`state` gave."""
        history = cls()
        history._validations = list(state["validations"])
        history._samples = list(state.get("samples", ()))  # runs begun before have none
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

    def validation(self, event: Validation, samples: Sequence[Sample] = ()) -> None:
        """Remember a validation and, of its ``samples``, those whose words are known."""
        values = dataclasses.asdict(event).items()
        self._validations.append({name: value for name, value in values if value is not None})
        self._samples += [sample.to_json() for sample in samples if sample.source_words]

    def events(self) -> Iterator[Event]:
        """The validations and samples so far, for whoever did not hear them."""
        yield from (Validation(**values) for values in self._validations)
        yield from map(parse_event, self._samples)

    def state(self) -> dict[str, Any]:
        """Everything as JSON values."""
        return {
            "every": self._every,
            "steps": self._steps,
            "validations": self._validations,
            "samples": self._samples,
        }

    def curves(self) -> dict[str, Any]:
        """What a receipt tells: points of the training loss, and the validations."""
        return {
            "training": [[step, round(loss, 4)] for step, loss in self._steps],
            "validations": self._validations,
        }
