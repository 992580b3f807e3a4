"""The life of a run: train, validate, show a sample, obey; a generator of events."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import torch
from torch import Tensor

from core.events import Event, Paused, Resumed, Sample, Step, Validation
from core.store.loading import Loaded
from core.training.batching import Batch
from core.training.control import JobControl
from core.training.schedule import Budget
from core.training.trainer import Recipe, StepReport, Trainer
from core.training.validation import Held, SampleTranslator, validate


@dataclass(frozen=True)
class Best:
    """The best weights so far: their held-out loss and the update they come from."""

    loss: float
    step: int
    weights: dict[str, Tensor]


class Run:
    """Trains a model on batches until its budget is spent or a command ends it.

    Args:
        loaded: the model and its vocabularies.
        batches: an endless stream.
        held: pairs that are never trained on.
        recipe: how it learns.
        budget: how long.
        validations: how many on the way; one before the first update comes on top.
        control: commands from outside.
        precision: floating-point type to compute in.
    """

    def __init__(
        self,
        loaded: Loaded,
        batches: Iterator[Batch],
        held: Held,
        *,
        recipe: Recipe,
        budget: Budget,
        validations: int,
        control: JobControl,
        precision: torch.dtype,
    ) -> None:
        self.loaded, self.held, self.control = loaded, held, control
        self.trainer = Trainer(loaded.model, recipe, precision)
        self.best: Best | None = None
        self.loss_before = float("nan")
        self._batches, self._budget = batches, budget
        self._interval = 1 / validations
        self._translate = SampleTranslator(loaded)

    def events(self) -> Iterator[Event]:
        """Train; every event is a place to stop."""
        first = self._validate()
        self.loss_before = first.loss
        yield first
        yield self._sample()
        due = self._interval
        speed = _Speed()
        for report in self.trainer.run(self._batches, self._budget):
            yield speed.step(report)
            if self.control.paused:
                yield Paused(report.step)
                self.control.wait_while_paused()
                yield Resumed(report.step)
            if self.control.ending is not None:
                return
            if report.progress >= due:
                yield self._validate()
                yield self._sample()
                due = (int(report.progress / self._interval) + 1) * self._interval

    def _validate(self) -> Validation:
        loss = validate(self.trainer, self.held)
        better = self.best is None or loss < self.best.loss
        if better:
            weights = {k: v.detach().clone() for k, v in self.loaded.model.state_dict().items()}
            self.best = Best(loss, self.trainer.steps, weights)
        return Validation(self.trainer.steps, loss, better)

    def _sample(self) -> Sample:
        pair = self.held.pairs[0]
        text = self._translate(pair.source)
        return Sample(self.trainer.steps, pair.source, pair.target, text)


class _Speed:
    """Tokens per second, smoothed, and the time left at the present pace."""

    def __init__(self) -> None:
        self._rate: float | None = None
        self._elapsed = 0.0

    def step(self, report: StepReport) -> Step:
        rate = report.tokens / max(1e-6, report.elapsed - self._elapsed)
        self._elapsed = report.elapsed
        self._rate = rate if self._rate is None else 0.9 * self._rate + 0.1 * rate
        left = report.elapsed * (1 / report.progress - 1) if report.progress > 0 else None
        return Step(
            step=report.step,
            loss=report.loss,
            learning_rate=report.learning_rate,
            gradient_norm=report.gradient_norm,
            tokens_per_second=self._rate,
            elapsed=report.elapsed,
            progress=report.progress,
            remaining=left,
        )
