"""Learning a teacher's whole distribution over the next piece, not one piece alone.

Word-level knowledge distillation (Hinton et al. 2015; Kim & Rush 2016, section 3.1): for every
place t the loss is the cross-entropy of the student's distribution q under the teacher's p,

    - sum_k p(k | y_<t, x) log q(k | y_<t, x)

whose gradient is that of KL(p, q).
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor

from core.model.seq2seq import Seq2Seq
from core.training.batching import Batch

# Rows whose scores over a whole vocabulary are held at a time, of teacher and student.
CHUNK = 512


@dataclass(frozen=True)
class Teacher:
    """A model that does not learn, and how much of the loss of replayed batches is its.

    Attributes:
        model: of the student's shape and on its device; never updated.
        weight: share of the loss, from 0 to 1; the rest is what the pairs themselves say.
    """

    model: Seq2Seq
    weight: float

    def loss(self, batch: Batch, features: Tensor, places: Tensor, student: Seq2Seq) -> Tensor:
        """The cross-entropy summed over the batch's target pieces (natural log).

        Args:
            batch: on the processor.
            features: the student's at the real target places ``[N, C]``.
            places: these places among all ``[N]``, on the device.
            student: gives the output layer.
        """
        device = features.device
        with torch.no_grad():
            output = self.model(
                batch.source.to(device), batch.lengths.to(device), batch.target_in.to(device)
            )
            wanted = output.features.flatten(0, 1).index_select(0, places)
        total = features.new_zeros((), dtype=torch.float32)
        for begin in range(0, len(features), CHUNK):
            rows = slice(begin, begin + CHUNK)
            with torch.no_grad():
                likely = self.model.logits(wanted[rows]).float().softmax(-1)  # [C, V]
            scores = student.logits(features[rows]).float().log_softmax(-1)  # [C, V]
            total = total - (likely * scores).sum()
        return total
