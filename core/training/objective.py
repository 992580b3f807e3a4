"""The losses of a model on a batch, as one module."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from core.model.seq2seq import Seq2Seq
from core.text.vocab import PAD
from core.training.batching import Batch
from core.training.distillation import Teacher
from core.training.loss import guided_alignment, linear_cross_entropy
from core.training.reading import Reading


class Objective(nn.Module):
    """The losses of a model as one module, which is what several processes must share.

    Args:
        model: in fp32; computed in bfloat16 under autocast if ``precision`` says so.
        guided: whether the alignment loss is wanted.
        precision: ``torch.bfloat16`` or ``torch.float32``.
        teacher: what replayed batches are learnt from, beside their pairs.
        reading: what is read of a batch while the model learns; all of it if ``None``.
    """

    def __init__(
        self,
        model: Seq2Seq,
        guided: bool,
        precision: torch.dtype,
        teacher: Teacher | None = None,
        reading: Reading | None = None,
    ) -> None:
        super().__init__()
        self.model = model
        self.guided = guided
        self.precision = precision
        self.teacher = teacher
        self.reading = reading or Reading()

    def forward(self, batch: Batch, smoothing: float) -> tuple[Tensor, Tensor, Tensor]:
        """Sums over the batch: smoothed and plain cross-entropy, and the alignment loss."""
        device = self.model.output_bias.device
        reading = self.reading if self.model.training else Reading()
        lower = self.precision is torch.bfloat16
        places = (batch.target_out != PAD).flatten().nonzero().squeeze(1)
        wanted = batch.target_out.flatten().index_select(0, places)
        # What is counted and looked at lies on the processor still: a GPU never has to wait.
        source, lengths, target, real, wanted, links, shares = (
            part.to(device, non_blocking=True)
            for part in (
                reading.source(batch.source),
                batch.lengths,
                reading.target(batch.target_in),
                places,
                wanted,
                batch.links,
                batch.link_shares,
            )
        )
        gold = reading.gold(batch.target_in)
        with torch.autocast(device.type, torch.bfloat16, enabled=lower):
            if gold is None:
                output = self.model(source, lengths, target)
            else:
                output = self.model.free_forward(source, lengths, target, gold.to(device))
            features = output.features.flatten(0, 1).index_select(0, real)
            teacher = self.teacher if batch.replayed else None
            # Where nothing but the teacher is learnt from, the pairs only tell a loss to report.
            pairs_count = teacher is None or teacher.weight < 1
            with torch.set_grad_enabled(torch.is_grad_enabled() and pairs_count):
                smoothed, plain = linear_cross_entropy(
                    features, self.model.output_weight, self.model.output_bias, wanted, smoothing
                )
            if teacher is not None:
                learnt = teacher.loss(batch, features, real, self.model)
                smoothed = torch.lerp(smoothed, learnt, teacher.weight)
        guided = torch.zeros((), device=device)
        if self.guided and len(links):
            guided = guided_alignment(self.model.alignment(output.attention), links, shares)
        return smoothed, plain, guided

    def log_probabilities(self, batch: Batch) -> Tensor:
        """See :meth:`Trainer.log_probabilities`."""
        device = self.model.output_bias.device
        with torch.autocast(device.type, torch.bfloat16, enabled=self.precision is torch.bfloat16):
            features = self.model(
                batch.source.to(device), batch.lengths.to(device), batch.target_in.to(device)
            ).features  # [B, T, C]
            real = batch.target_out.to(device) != PAD  # [B, T]
            wanted = batch.target_out.to(device)[real, None]  # [N, 1]
            scores = self.model.logits(features[real]).float().log_softmax(-1)  # [N, V]
        likely = torch.zeros(real.shape, device=device)
        likely[real] = scores.gather(1, wanted).squeeze(1)
        return likely.sum(1) / real.sum(1)
