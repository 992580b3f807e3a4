"""The life of a run: train, validate, show a sample, obey, keep; a generator of events."""

from __future__ import annotations

import contextlib
import math
from collections.abc import Iterator
from dataclasses import asdict

import torch

from core.cancel import Cancelled, CancelToken
from core.errors import TrainingError
from core.events import (
    Discarded,
    Event,
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
from core.training.checkpoint import load_best, load_checkpoint, save_checkpoint
from core.training.control import Command, JobControl
from core.training.distributed import ALONE, Workers
from core.training.keeping import Best, Result, Saving, keep
from core.training.schedule import Budget
from core.training.stream import Position
from core.training.trainer import Recipe, StepReport, Trainer
from core.training.validation import (
    Held,
    HeldTranslator,
    SampleTranslator,
    measure_scores,
    validate,
)

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
        scored: held-out pairs translated and scored at every validation.
        translate: how held-out pairs are translated; by their texts if ``None``.
        workers: the processes that train together; the leading one validates and saves.
        saving: where and how often the run's state is kept, to go on from after a crash.
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
        scored: int = 0,
        translate: HeldTranslator | None = None,
        workers: Workers = ALONE,
        saving: Saving | None = None,
    ) -> None:
        self.loaded, self.held, self.control = loaded, held, control
        self.trainer = Trainer(loaded.model, recipe, precision, workers)
        self.best: Best | None = None
        self.loss_before = float("nan")
        self._batches, self._budget, self._validations = batches, budget, validations
        self._patience, self._vain = patience, 0
        self._translate = translate or SampleTranslator(loaded)
        self._scored, self._workers, self._saving = scored, workers, saving

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
        yield keep(
            self.loaded, self.trainer, self.best, result, len(self.held.pairs), self.loss_before
        )

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
        if unseen and self._workers.leads and self.control.ending is Command.STOP:
            yield self._validate(None)  # else a short run would have taught nothing

    def resume(self, saving: Saving) -> None:
        """Take up the state that an earlier run saved.

        Raises:
            InputError: there is no whole checkpoint of this model.
        """
        extra = load_checkpoint(saving.folder, self.trainer)
        saving.stream.position = Position(**extra["position"])
        self.loss_before, self._vain = extra["loss_before"], extra["vain"]
        weights = load_best(saving.folder)
        if weights is not None:
            self.best = Best(extra["best"]["loss"], extra["best"]["step"], weights)

    def _training(self) -> Iterator[Event]:
        if self.trainer.steps == 0:
            yield from self._measure()
        if self._ended():
            return
        progress = self._budget.progress(self.trainer.steps, self.trainer.elapsed)
        measured, speed = int(progress * self._validations), _Speed(self.trainer.elapsed)
        saved = self.trainer.elapsed
        for report in self.trainer.run(self._batches, self._budget):
            yield speed.step(report)
            yield from self._pause()
            due = int(report.progress * self._validations)
            if due > measured:
                measured = due
                yield from self._measure()
            if self._saving and report.elapsed - saved >= self._saving.seconds:
                self._save(self._saving)
                saved = report.elapsed
            if self._ended():
                return

    def _measure(self) -> Iterator[Event]:
        """Validate and show samples; a command to end cuts it short."""
        if not self._workers.leads:
            return
        with contextlib.suppress(Cancelled):
            yield self._validate(self.control.cancel)
            yield from self._pause()
            for pair in self.held.pairs[:SAMPLES]:
                with self.trainer.averaged():
                    (text,) = self._translate([pair], self.control.cancel)
                yield Sample(self.trainer.steps, pair.source, pair.target, text)
                yield from self._pause()
        if self._exhausted():
            yield Message(
                f"{self._vain} validations in a row brought nothing better; the best state is kept"
            )

    def _pause(self) -> Iterator[Event]:
        """Wait while told to."""
        if self.control.paused:
            yield Paused(self.trainer.steps)
            self.control.wait_while_paused()
            if self.control.ending is None:
                yield Resumed(self.trainer.steps)

    def _exhausted(self) -> bool:
        return self._patience is not None and self._vain >= self._patience

    def _ended(self) -> bool:
        """Whether the leading process was told to end or sees no more gain."""
        wish = self.control.ending is not None or self._exhausted()
        return self._workers.agree(wish, self.trainer.device)

    def _save(self, saving: Saving) -> None:
        if not self._workers.leads:
            return
        best = self.best
        extra = {
            "position": asdict(saving.stream.position),
            "loss_before": self.loss_before,
            "vain": self._vain,
            "best": None if best is None else {"loss": best.loss, "step": best.step},
        }
        save_checkpoint(saving.folder, self.trainer, extra, best.weights if best else None)

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
            with self.trainer.averaged():
                state = self.loaded.model.state_dict()
                weights = {name: value.detach().cpu().clone() for name, value in state.items()}
            self.best = Best(loss, self.trainer.steps, weights)
        scored = self.held.pairs[: self._scored]
        with self.trainer.averaged():
            texts = self._translate(scored, cancel)
        references = [pair.target for pair in scored]
        bleu, chrf = measure_scores(texts, references, self.loaded.target_language)
        return Validation(self.trainer.steps, loss, better, bleu, chrf)


class _Speed:
    """Tokens per second, smoothed, and the time left at the present pace."""

    def __init__(self, elapsed: float) -> None:
        self._rate: float | None = None
        self._elapsed = elapsed

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
