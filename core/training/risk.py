"""Learning what whole outputs are worth: minimum risk training (Shen et al. 2016).

Cross-entropy raises the references piece by piece, as if what stands before were always right.
This raises outputs that the search itself finds: those more like the reference, at the cost of
those less like it. For one source with outputs y_i worth r_i the risk is

    R = sum_i Q_i (1 - r_i),    Q_i = exp s_i / sum_j exp s_j

(their equations 11 and 13), where s_i is what the search ranks by: the log-probability of y_i,
``<eos>`` included, divided by the length penalty of Wu et al. 2016. Its gradient by s_i is
Q_i (E[r] - r_i) with E[r] = sum_j Q_j r_j. Outputs are found by the search instead of drawn, as in
Edunov et al. 2018.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from core.decoding.scoring import length_penalty
from core.model.seq2seq import Seq2Seq
from core.text.vocab import EOS, PAD, SOS
from core.training.loss import row_cross_entropy
from core.translation.search import pad


@dataclass(frozen=True, slots=True)
class Judged:
    """A source, outputs of the search for it, best first, and their rewards from 0 to 1.

    All are ids without ``<eos>``; there are as many rewards as outputs.
    """

    source: tuple[int, ...]
    outputs: tuple[tuple[int, ...], ...]
    rewards: tuple[float, ...]

    @property
    def gain(self) -> float:
        """What the best output is worth more than the first."""
        return max(self.rewards) - self.rewards[0]


def expected_risk(scores: Tensor, rewards: Tensor, owners: Tensor, sources: int) -> Tensor:
    """The risk of every source, ``[B]``.

    Args:
        scores: what the search ranks by, ``[N]``.
        rewards: 0 to 1, ``[N]``.
        owners: whose output each is, from 0 to B - 1, ``[N]``; everyone has one.
        sources: B.
    """
    empty = scores.new_zeros(sources)
    best = empty.scatter_reduce(0, owners, scores.detach(), "amax", include_self=False)
    shares = (scores - best[owners]).exp()  # no overflow
    total = empty.index_add(0, owners, shares)
    return empty.index_add(0, owners, shares * (1 - rewards)) / total


def mean_risk(model: Seq2Seq, judged: Sequence[Judged], alpha: float) -> Tensor:
    """The mean risk of some sources, to differentiate.

    Args:
        model: that learns.
        judged: the sources, of like length, each with at least one output.
        alpha: the length penalty's exponent.
    """
    device = model.output_bias.device
    outputs = [(i, output) for i, one in enumerate(judged) for output in one.outputs]
    owners = torch.tensor([i for i, _ in outputs], device=device)
    worth = [reward for one in judged for reward in one.rewards]
    rewards = torch.tensor(worth, dtype=torch.float32, device=device)
    source, lengths = (part.to(device) for part in pad([one.source for one in judged]))
    memory = model.select_memory(model.encode(source, lengths), owners)  # a row for each output
    read, _ = pad([(SOS, *output) for _, output in outputs])
    wanted, sizes = pad([(*output, EOS) for _, output in outputs])
    places = (wanted != PAD).flatten().nonzero().squeeze(1)
    rows = (places // wanted.shape[1]).to(device)
    features = model.decoder(read.to(device), memory)[0].flatten(0, 1)
    losses = row_cross_entropy(
        features.index_select(0, places.to(device)),
        model.output_weight,
        model.output_bias,
        wanted.flatten().index_select(0, places).to(device),
    )
    totals = losses.new_zeros(len(outputs)).index_add(0, rows, losses)
    penalties = [length_penalty(size, alpha) for size in sizes.tolist()]
    scores = -totals / torch.tensor(penalties, device=device)
    return expected_risk(scores, rewards, owners, len(judged)).mean()
