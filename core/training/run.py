"""The life of a run: train, validate, show a sample, obey, keep; a generator of events."""

from __future__ import annotations

import contextlib
import math
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from core.cancel import Cancelled, CancelToken
from core.errors import TrainingError
from core.events import (
    Discarded,
    Event,
    Finished,
    Message,
    Paused,
    Resumed,
    Sample,
    Started,
    Step,
    Validation,
)
from core.store.loading import Loaded
from core.training.batching import Batch
from core.training.control import Command, JobControl
from core.training.schedule import Budget
from core.training.trainer import Recipe, StepReport, Trainer
from core.training.validation import Held, SampleTranslator, validate


@dataclass(frozen=True)
class Best:
    """The best weights so far: their held-out loss and the update they come from."""

    loss: float
    step: int
    weights: dict[str, Tensor]


@dataclass(frozen=True)
class Result:
    """Where the best state of a run goes, and what its receipt tells of the run's making.

    ``pairs`` and ``rejected`` count the lines to learn from and those left out.
    """

    folder: Path
    pairs: int
    rejected: int
    receipt: Mapping[str, Any]
    parent: str | None = None


SAMPLES = 3  # held-out pairs translated again at every validation


class Run:
    """Trains a model on batches until its budget is spent or a command ends it.

    Args:
        loaded: the model and its vocabularies.
        batches: an endless stream.
        held: pairs that are never trained on.
        recipe: how it learns.
        budget: how long.
        validations: how many on the way; one before the first update comes on top.
        patience: validations without a new best after which the run ends; ``None`` for never.
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
        patience: int | None = None,
    ) -> None:
        self.loaded, self.held, self.control = loaded, held, control
        self.trainer = Trainer(loaded.model, recipe, precision)
        self.best: Best | None = None
        self.loss_before = float("nan")
        self._batches, self._budget, self._validations = batches, budget, validations
        self._patience, self._vain = patience, 0
        self._translate = SampleTranslator(loaded)

    def kept_as(self, result: Result) -> Iterator[Event]:
        """The whole job: train, then write the best state as a bundle unless told to discard.

        The last event is ``Finished`` or ``Discarded``.

        Raises:
            AttuneError: nothing can be learnt, or the result not written.
        """
        yield Started(
            model=result.folder.name,
            pairs=result.pairs,
            rejected=result.rejected,
            held_out=len(self.held.pairs),
            total_steps=self._budget.steps,
            seconds_limit=self._budget.seconds,
        )
        yield from self.events()
        if self.best is None or self.control.ending is Command.DISCARD:
            yield Discarded(self.trainer.steps)
            return
        yield Message("saving the model")
        yield self._keep(self.best, result)

    def events(self) -> Iterator[Event]:
        """Train; every event is a place to stop.

        A stop is also heard within validations and samples. A loss that diverges ends the run
        with what was best before.

        Raises:
            TrainingError: there is nothing to learn from, or the loss diverged before any gain.
        """
        try:
            with contextlib.suppress(Cancelled):
                yield from self._training()
        except TrainingError as error:
            if self.best is None or not self.best.step:
                raise
            yield Message(f"{error.sentence()} The best state before that is kept.")
        unseen = self.best is not None and self.best.step == 0 and self.trainer.steps > 0
        if unseen and self.control.ending is Command.STOP:
            yield self._validate(None)  # else a short run would have taught nothing

    def _training(self) -> Iterator[Event]:
        yield from self._measure()
        measured, speed = 0, _Speed()
        for report in self.trainer.run(self._batches, self._budget):
            yield speed.step(report)
            yield from self._obey()
            due = int(report.progress * self._validations)
            if due > measured:
                measured = due
                yield from self._measure()
                if self._patience is not None and self._vain >= self._patience:
                    yield Message(
                        f"{self._vain} validations in a row brought nothing better; "
                        "the best state is kept"
                    )
                    return

    def _measure(self) -> Iterator[Event]:
        yield self._validate(self.control.cancel)
        yield from self._obey()
        for pair in self.held.pairs[:SAMPLES]:
            text = self._translate(pair.source, self.control.cancel)
            yield Sample(self.trainer.steps, pair.source, pair.target, text)
            yield from self._obey()

    def _obey(self) -> Iterator[Event]:
        """Wait while paused; raises :class:`Cancelled` when told to end."""
        if self.control.paused:
            yield Paused(self.trainer.steps)
            self.control.wait_while_paused()
            self.control.cancel.check()
            yield Resumed(self.trainer.steps)
        self.control.cancel.check()

    def _validate(self, cancel: CancelToken | None) -> Validation:
        loss = validate(self.trainer, self.held, cancel)
        if not math.isfinite(loss):
            raise TrainingError(
                f"the held-out loss is {loss} after {self.trainer.steps} updates",
                remedy="Start from another model, or use a lower learning rate.",
            )
        if self.best is None:
            self.loss_before = loss
        better = self.best is None or loss < self.best.loss
        self._vain = 0 if better else self._vain + 1
        if better:
            weights = {k: v.detach().clone() for k, v in self.loaded.model.state_dict().items()}
            self.best = Best(loss, self.trainer.steps, weights)
        return Validation(self.trainer.steps, loss, better)

    def _keep(self, best: Best, result: Result) -> Finished:
        """Write the best state as a bundle."""
        receipt = {
            **result.receipt,
            "pairs": result.pairs,
            "held_out": len(self.held.pairs),
            "steps": self.trainer.steps,
            "best_step": best.step,
            "seconds": round(self.trainer.elapsed, 1),
            "learning_rate": self.trainer.recipe.learning_rate,
            "held_out_loss": {"before": self.loss_before, "after": best.loss},
            "finished": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
        }
        self.loaded.save(
            result.folder,
            name=result.folder.name,
            weights=best.weights,
            receipt=receipt,
            parent=result.parent,
            precision="bf16",  # what was learnt would drown in the steps of int8
        )
        return Finished(
            model=result.folder.name,
            path=str(result.folder),
            steps=self.trainer.steps,
            best_step=best.step,
            loss_before=self.loss_before,
            loss_after=best.loss,
            seconds=self.trainer.elapsed,
        )


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
