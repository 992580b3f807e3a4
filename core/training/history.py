"""The past of a run: validations, samples, gradients, and enough of the updates' losses."""

from __future__ import annotations

import dataclasses
import json
import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from core.events import Event, GradientFlow, Sample, Validation, parse_event
from core.training.trainer import StepReport

MOST_POINTS = 600  # of the training loss; a screen is no wider


class History:
    """Fills while a run goes on; its state is JSON."""

    def __init__(self) -> None:
        self._validations: list[dict[str, Any]] = []
        self._samples: list[str] = []  # as JSON lines
        self._flows: list[dict[str, Any]] = []
        self._steps: list[tuple[int, float]] = []
        self._norms: list[tuple[int, float]] = []
        self._every = 1

    @classmethod
    def of(cls, state: Mapping[str, Any]) -> History:
        """What :meth:`state` gave."""
        history = cls()
        history._validations = list(state["validations"])
        # Runs begun before have none of some.
        history._samples = list(state.get("samples", ()))
        history._flows = list(state.get("flows", ()))
        history._steps = [(int(step), float(loss)) for step, loss in state["steps"]]
        history._norms = [(int(step), float(norm)) for step, norm in state.get("norms", ())]
        history._every = int(state["every"])
        return history

    @property
    def loss_before(self) -> float:
        """Held-out loss before the first update; not a number before the first validation."""
        return float(self._validations[0]["loss"]) if self._validations else math.nan

    def step(self, report: StepReport) -> None:
        """Remember an update's loss and gradient; of many, every second, fourth and so on."""
        if report.replayed or report.step % self._every:
            return
        self._steps.append((report.step, report.loss))
        self._norms.append((report.step, report.gradient_norm))
        if len(self._steps) > MOST_POINTS:
            self._every *= 2
            self._steps = [point for point in self._steps if point[0] % self._every == 0]
            self._norms = [point for point in self._norms if point[0] % self._every == 0]

    def validation(
        self, event: Validation, samples: Sequence[Sample] = (), flow: GradientFlow | None = None
    ) -> None:
        """Remember a validation, its gradients and, of its ``samples``, those with known words."""
        values = dataclasses.asdict(event).items()
        self._validations.append({name: value for name, value in values if value is not None})
        self._samples += [sample.to_json() for sample in samples if sample.source_words]
        if flow is not None:
            self._flows.append(dataclasses.asdict(flow))

    def events(self) -> Iterator[Event]:
        """Validations, gradients and samples so far, for whoever did not hear them."""
        yield from (Validation(**values) for values in self._validations)
        yield from (GradientFlow(one["step"], tuple(one["norms"])) for one in self._flows)
        yield from map(parse_event, self._samples)

    def state(self) -> dict[str, Any]:
        """Everything as JSON values."""
        return {
            "every": self._every,
            "steps": self._steps,
            "norms": self._norms,
            "validations": self._validations,
            "samples": self._samples,
            "flows": self._flows,
        }

    def curves(self) -> dict[str, Any]:
        """What a receipt tells: points of the training loss, and the validations."""
        return {
            "training": [[step, round(loss, 4)] for step, loss in self._steps],
            "gradient_norms": [[step, round(norm, 4)] for step, norm in self._norms],
            "validations": self._validations,
        }

    def shown(self) -> dict[str, Any]:
        """What else the receipt of a model from nothing tells: its samples and gradients."""
        return {
            "samples": [json.loads(sample) for sample in self._samples],
            "gradient_flows": self._flows,
        }
