"""One training step, and the loop around it; knows nothing of who listens."""

from __future__ import annotations

import math
import time
from collections.abc import Iterator
from dataclasses import dataclass

import torch
from torch import nn

from core.errors import TrainingError
from core.model.seq2seq import Seq2Seq
from core.text.vocab import PAD
from core.training.batching import Batch
from core.training.loss import guided_alignment, linear_cross_entropy
from core.training.optimizers import Optimizers
from core.training.schedule import Budget, Schedule


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a model learns.

    Attributes:
        learning_rate: of AdamW; Muon's updates are scaled to match (Liu et al. 2025).
        muon: whether hidden matrices take Muon.
        weight_decay: decoupled decay per update, times the learning rate.
        clip: largest norm of the gradient.
        label_smoothing: share of the target spread over the vocabulary.
        guided: weight of the alignment loss on the alignment head.
        dropout: probability of dropping an activation; ``None`` leaves the model's own.
        schedule: factor on the learning rate over the run.
    """

    learning_rate: float = 2e-3
    muon: bool = True
    weight_decay: float = 0.0
    clip: float = 1.0
    label_smoothing: float = 0.1
    guided: float = 0.0
    dropout: float | None = None
    schedule: Schedule = Schedule()


@dataclass(frozen=True, slots=True)
class StepReport:
    """One update.

    ``loss`` is plain cross-entropy per target piece, ``alignment_loss`` the cross-entropy of the
    alignment per aligned target piece, both natural log; ``tokens`` are the target pieces learnt.
    ``elapsed`` is in seconds, ``progress`` from 0 to 1.
    """

    step: int
    loss: float
    alignment_loss: float
    tokens: int
    learning_rate: float
    gradient_norm: float
    elapsed: float
    progress: float


class Trainer:
    """Updates a model's weights, batch by batch.

    Args:
        model: in fp32; computed in bfloat16 under autocast if ``precision`` says so.
        recipe: how it learns.
        precision: ``torch.bfloat16`` or ``torch.float32``.
    """

    def __init__(self, model: Seq2Seq, recipe: Recipe, precision: torch.dtype) -> None:
        self.model = model
        if recipe.dropout is not None:
            model.set_dropout(recipe.dropout)
        self.recipe = recipe
        self.precision = precision
        self.device = next(model.parameters()).device
        self.optimizers = Optimizers(
            model,
            learning_rate=recipe.learning_rate,
            muon=recipe.muon,
            decay=recipe.weight_decay,
        )
        self.steps = 0
        self.elapsed = 0.0

    def run(self, batches: Iterator[Batch], budget: Budget) -> Iterator[StepReport]:
        """Train until the budget is spent; every report is a place to stop.

        Time between a report and the next request for one does not count.

        Raises:
            TrainingError: the loss is no longer a number; the weights are those before.
        """
        self.model.train()
        while (progress := budget.progress(self.steps, self.elapsed)) < 1:
            begin = time.perf_counter()
            batch = next(batches, None)
            if batch is None:
                return
            factor = self.recipe.schedule.factor(self.steps + 1, progress)
            loss, alignment_loss, norm = self._update(batch, factor)
            self.steps += 1
            self.elapsed += time.perf_counter() - begin
            yield StepReport(
                step=self.steps,
                loss=loss,
                alignment_loss=alignment_loss,
                tokens=batch.target_tokens,
                learning_rate=self.recipe.learning_rate * factor,
                gradient_norm=norm,
                elapsed=self.elapsed,
                progress=budget.progress(self.steps, self.elapsed),
            )

    def _update(self, batch: Batch, factor: float) -> tuple[float, float, float]:
        """Learn one batch: its plain and alignment loss (see :class:`StepReport`) and gradient's
        norm."""
        smoothed, plain, guided = self.losses(batch, self.recipe.label_smoothing)
        tokens = batch.target_tokens
        total = (smoothed + self.recipe.guided * guided) / tokens
        total.backward()  # type: ignore[no-untyped-call]
        norm = float(nn.utils.clip_grad_norm_(self.model.parameters(), self.recipe.clip))
        if not math.isfinite(norm):
            self.model.zero_grad(set_to_none=True)
            raise TrainingError(
                f"the loss diverged at update {self.steps + 1}",
                remedy="Use a lower learning rate.",
            )
        self.optimizers.step(factor)
        links = max(1.0, float(batch.link_shares.sum()))
        return float(plain) / tokens, float(guided.detach()) / links, norm

    def losses(
        self, batch: Batch, smoothing: float
    ) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        """Sums over the batch: smoothed and plain cross-entropy, and the alignment loss."""
        model, device = self.model, self.device
        lower = self.precision is torch.bfloat16
        with torch.autocast(device.type, torch.bfloat16, enabled=lower):
            output = model(
                batch.source.to(device), batch.lengths.to(device), batch.target_in.to(device)
            )
            real = (batch.target_out != PAD).flatten().nonzero().squeeze(1).to(device)
            features = output.features.flatten(0, 1).index_select(0, real)
            wanted = batch.target_out.to(device).flatten().index_select(0, real)
            decoder = model.decoder
            smoothed, plain = linear_cross_entropy(
                features, decoder.embedding.weight, decoder.bias, wanted, smoothing
            )
        guided = torch.zeros((), device=device)
        if self.recipe.guided and len(batch.links):
            shown = model.alignment(output.attention)
            guided = guided_alignment(shown, batch.links.to(device), batch.link_shares.to(device))
        return smoothed, plain, guided
