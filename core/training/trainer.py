"""One training step, and the loop around it; knows nothing of who listens."""

from __future__ import annotations

import contextlib
import dataclasses
import math
import time
from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

import torch
from torch import Tensor, nn
from torch.nn.parallel import DistributedDataParallel

from core.errors import TrainingError
from core.model.seq2seq import Seq2Seq
from core.training.adversarial import moved
from core.training.averaging import WeightAverage
from core.training.batching import Batch
from core.training.distillation import Teacher
from core.training.distributed import ALONE, Workers
from core.training.hyperparameters import Recipe
from core.training.objective import Objective
from core.training.optimizers import Optimizers
from core.training.reading import Reading
from core.training.schedule import Budget


class DivergenceError(TrainingError):
    """The loss is no longer a number."""


@dataclass(frozen=True, slots=True)
class StepReport:
    """One update.

    ``loss`` is plain cross-entropy per target piece, ``alignment_loss`` the cross-entropy of the
    alignment per aligned target piece, both natural log; ``tokens`` are the target pieces learnt.
    ``elapsed`` is in seconds, ``progress`` from 0 to 1. ``replayed`` marks an update of nothing but
    replayed batches, whose loss tells nothing of what is taught.
    """

    step: int
    loss: float
    alignment_loss: float
    tokens: int
    learning_rate: float
    gradient_norm: float
    elapsed: float
    progress: float
    replayed: bool = False


class _Clock:
    """Seconds since it was made, without the rests."""

    def __init__(self) -> None:
        self._seconds, self._begun = 0.0, time.perf_counter()

    def stop(self) -> float:
        """The seconds so far."""
        self._seconds += time.perf_counter() - self._begun
        self._begun = time.perf_counter()
        return self._seconds

    def rest(self) -> Iterator[None]:
        """A place to rest."""
        self.stop()
        yield
        self._begun = time.perf_counter()


class Trainer:
    """Updates a model's weights, a few batches at a time.

    Args:
        model: in fp32, on the device to train on.
        recipe: how it learns.
        precision: ``torch.bfloat16`` (autocast) or ``torch.float32``.
        workers: the processes that train together; each gets batches of its own.
        teacher: see :class:`Objective`.
    """

    def __init__(
        self,
        model: Seq2Seq,
        recipe: Recipe,
        precision: torch.dtype,
        workers: Workers = ALONE,
        teacher: Teacher | None = None,
    ) -> None:
        self.model = model
        if recipe.dropout is not None:
            model.set_dropout(recipe.dropout)
        self.recipe = recipe
        self.workers = workers
        self.device = next(model.parameters()).device
        self.optimizers = self._fresh_optimizers()
        self.average = WeightAverage(model, recipe.ema) if recipe.ema is not None else None
        self._reading = Reading.of(recipe)
        self._objective = Objective(model, recipe.guided > 0, precision, teacher, self._reading)
        self._shared = DistributedDataParallel(self._objective) if workers.count > 1 else None
        self.steps = 0
        self.elapsed = 0.0

    def _fresh_optimizers(self) -> Optimizers:
        return Optimizers(
            self.model,
            learning_rate=self.recipe.learning_rate,
            kind=self.recipe.optimizer,
            decay=self.recipe.weight_decay,
            momentum=self.recipe.momentum,
        )

    def retreat(self, weights: Mapping[str, Tensor]) -> None:
        """Go back to ``weights``, and go on from there at half the learning rate."""
        self.model.load_state_dict(weights)
        self.model.zero_grad(set_to_none=True)
        self.optimizers = self._fresh_optimizers()  # what they remember is no number either
        self.slow_down()
        if self.average is not None:
            self.average = WeightAverage(self.model, self.average.decay)

    def retire(self, weights: Mapping[str, Tensor]) -> None:
        """Learn no more, and have these ``weights``: what only learning needs is let go.

        On a processor the model takes them as they are, so that they are not in memory twice.
        """
        self.model.zero_grad(set_to_none=True)
        self.average = None
        self.optimizers.forget()
        self._objective.teacher = None
        self.take(weights)

    def take(self, weights: Mapping[str, Tensor]) -> None:
        """Let the model have ``weights``, on a processor the very tensors; it must not learn on."""
        self.model.load_state_dict(weights, assign=self.device.type == "cpu")

    def slow_down(self) -> None:
        """Halve the learning rate."""
        half = self.recipe.learning_rate / 2
        self.recipe = dataclasses.replace(self.recipe, learning_rate=half)
        self.optimizers.learning_rate = half

    def run(self, batches: Iterator[Batch], budget: Budget) -> Iterator[StepReport]:
        """Train until the budget is spent; every report is a place to stop.

        Time between a report and the next request for one does not count.

        Raises:
            DivergenceError: the loss is no longer a number; the weights are those before.
        """
        return (report for report in self.phases(batches, budget) if report is not None)

    def phases(self, batches: Iterator[Batch], budget: Budget) -> Iterator[StepReport | None]:
        """The same as :meth:`run` with places to rest within an update, where ``None`` is told.

        Whoever stops there has lost the update and its batches, and nothing else.
        """
        self.model.train()
        while (progress := budget.progress(self.steps, self.elapsed)) < 1:
            clock = _Clock()
            group = list(islice(batches, self.recipe.accumulate))
            if len(group) < self.recipe.accumulate:
                return
            factor = self.recipe.schedule.factor(self.steps + 1, progress)
            self._reading.gold_share = self.recipe.feeding.gold_share(progress)
            loss, alignment_loss, norm, tokens = yield from self._update(group, factor, clock)
            self.steps += 1
            self.elapsed += self._leading_seconds(clock.stop())
            yield StepReport(
                step=self.steps,
                loss=loss,
                alignment_loss=alignment_loss,
                tokens=tokens,
                learning_rate=self.recipe.learning_rate * factor,
                gradient_norm=norm,
                elapsed=self.elapsed,
                progress=budget.progress(self.steps, self.elapsed),
                replayed=all(batch.replayed for batch in group),
            )

    def spend(self, seconds: float) -> None:
        """Count what the leading process did beside training as time of the run.

        All processes call this at the same place.
        """
        self.elapsed += self._leading_seconds(seconds)

    def _leading_seconds(self, seconds: float) -> float:
        """The leading process's clock, so that all end and slow down together."""
        return self._totals(seconds if self.workers.leads else 0.0)[0]

    def _totals(self, *values: float) -> list[float]:
        """The sum of each value over all processes."""
        if self.workers.count == 1:
            return list(values)
        mine = torch.tensor(values, dtype=torch.float64, device=self.device)
        found: list[float] = self.workers.total(mine).tolist()
        return found

    def _update(
        self, batches: Sequence[Batch], factor: float, clock: _Clock
    ) -> Generator[None, None, tuple[float, float, float, int]]:
        """Learn from some batches: plain and alignment loss (see :class:`StepReport`), the
        gradient's norm, and the target pieces of all processes."""
        self.model.zero_grad(set_to_none=True)  # an update that was given up has left some
        tokens, places, links = self._totals(
            sum(batch.target_tokens for batch in batches),
            sum(batch.target_out.numel() for batch in batches),
            sum(float(batch.link_shares.sum()) for batch in batches),
        )
        divisor = places if self.recipe.loss_mean == "steps" else tokens
        sums = yield from self._gradients(batches, divisor, clock)
        if self.recipe.adversarial:
            table = self.model.encoder.embedding.weight
            with moved(table, self.recipe.adversarial):
                # No rest here: whoever looks at the weights then must find them in their place.
                for _ in self._gradients(batches, divisor, clock):
                    pass
        norm = nn.utils.clip_grad_norm_(self.model.parameters(), self.recipe.clip)
        # The one place where a GPU is waited for; its update runs while the next batch is made.
        figures = torch.cat((self.workers.total(sums), norm.double()[None])).tolist()
        loss, alignment_loss = figures[0] / tokens, figures[1] / max(1.0, links)
        self._check(figures[2])
        self.optimizers.step(factor)
        if self.average is not None:
            self.average.update()
        return loss, alignment_loss, figures[2], int(tokens)

    def _gradients(
        self, batches: Sequence[Batch], divisor: float, clock: _Clock
    ) -> Generator[None, None, Tensor]:
        """Add the gradients of some batches; the sums of their plain and alignment losses."""
        sums = torch.zeros(2, dtype=torch.float64, device=self.device)
        for number, batch in enumerate(batches, start=1):
            # Gradients are summed over processes once, with the last batch.
            alone = self._shared is not None and number < len(batches)
            with self._shared.no_sync() if alone and self._shared else contextlib.nullcontext():
                forward = self._shared or self._objective
                smoothed, plain, guided = forward(batch, self.recipe.label_smoothing)
                total = (smoothed + self.recipe.guided * guided) / divisor
                yield from clock.rest()
                # Processes average their gradients; the count is already that of all.
                (total * self.workers.count).backward()
            sums += torch.stack((plain, guided.detach())).double()
            yield from clock.rest()
        return sums

    def _check(self, norm: float) -> None:
        """Raise if the gradient's norm is no number, before any weight takes it up."""
        if not math.isfinite(norm):
            self.model.zero_grad(set_to_none=True)
            raise DivergenceError(
                f"the loss diverged at update {self.steps + 1}",
                remedy="Use a lower learning rate.",
            )

    def losses(self, batch: Batch, smoothing: float) -> tuple[Tensor, Tensor, Tensor]:
        """Sums over the batch: smoothed and plain cross-entropy, and the alignment loss."""
        found: tuple[Tensor, Tensor, Tensor] = self._objective(batch, smoothing)
        return found

    def log_probabilities(self, batch: Batch) -> Tensor:
        """Mean log-probability of a target piece of each pair ``[B]``, ``<eos>`` included."""
        found: Tensor = self._objective.log_probabilities(batch)
        return found

    def averaged(self) -> contextlib.AbstractContextManager[None]:
        """Within this block the model has the weights that would be kept."""
        return contextlib.nullcontext() if self.average is None else self.average.in_use()
