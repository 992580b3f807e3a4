"""How the loss hangs on each state of a recurrent encoder: gradients that vanish are seen.

Through a recurrence h_t = f(x_t, h_{t-1}) the gradient of the loss L reaches an early state as a
product of as many matrices as there are steps between (Bengio et al. 1994; Pascanu et al. 2013):

    ∂L/∂h_t = ∂L/∂h_S · ∏_{k=t+1}^{S} ∂h_k/∂h_{k-1}  (and what the loss reads of h_t itself)

Where their norms are below 1, what was read early is not learnt from.
"""

from __future__ import annotations

import contextlib
import copy
from collections.abc import Iterator, Sequence
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

from core.model.seq2seq import Seq2Seq
from core.text.vocab import PAD
from core.training.batching import Batch

DIGITS = 4  # of a norm that is told


def gradient_norms(model: Seq2Seq, batches: Sequence[Batch]) -> tuple[float, ...]:
    """Mean ‖∂L/∂h_t‖ by the steps between t and the end of the reading; none without recurrence.

    L is a sentence's mean loss per target piece; of several layers and directions, the norm is that
    of all their states together. Nothing is dropped, and no weight gets a gradient.

    Args:
        model: comes back as it was.
        batches: their sources hold no padding.
    """
    if not any(isinstance(module, nn.RNNBase) for module in model.encoder.modules()):
        return ()
    # A GPU's fused layers cannot all be taken step by step; a few sentences are soon done here.
    here = model if model.output_bias.device.type == "cpu" else copy.deepcopy(model).cpu()
    training = here.training
    here.eval()
    try:
        found = [_norms(here, batch) for batch in batches]  # each [rows, S]
    finally:
        here.train(training)
    longest = max((norms.shape[1] for norms in found), default=0)
    columns = [[n[:, d] for n in found if n.shape[1] > d] for d in range(longest)]
    return tuple(float(f"{float(torch.cat(column).mean()):.{DIGITS}g}") for column in columns)


def single(batch: Batch) -> Iterator[Batch]:
    """The rows of ``batch``, each as a batch without padding in its source."""
    for row, length in enumerate(batch.lengths.tolist()):
        rows = slice(row, row + 1)
        none = batch.links[:0], batch.link_shares[:0]
        yield Batch(
            batch.source[rows, :length], batch.lengths[rows], batch.target_in[rows],
            batch.target_out[rows], *none,
        )  # fmt: skip


def _norms(model: Seq2Seq, batch: Batch) -> Tensor:
    """The norms of each sentence by distance from the end ``[B, S]``."""
    with stepwise(model.encoder) as runs:
        features = model(batch.source, batch.lengths, batch.target_in).features
    losses = functional.cross_entropy(
        model.logits(features).transpose(1, 2),  # [B, V, T]
        batch.target_out,
        ignore_index=PAD,
        reduction="none",
    )  # [B, T]
    total = (losses.sum(1) / (batch.target_out != PAD).sum(1)).sum()
    states = [state for run in runs for state in run]
    # Of a state that nothing reads there is none.
    gradients: tuple[Tensor | None, ...] = torch.autograd.grad(total, states, allow_unused=True)
    squares = [
        torch.zeros(len(losses)) if g is None else g.float().square().sum((0, 2)) for g in gradients
    ]
    by_run = torch.stack(squares).view(len(runs), -1, len(losses)).sum(0)  # [S, B]
    return by_run.sqrt().flip(0).T


@contextlib.contextmanager
def stepwise(module: nn.Module) -> Iterator[list[list[Tensor]]]:
    """Within this block the recurrent layers of ``module`` run step by step, with the same results.

    The list gets the states h_t ``[1, B, hidden]`` of each run of a layer, in its order, as places
    of the graph through which alone what follows depends on them.
    """
    runs: list[list[Tensor]] = []
    layers = [layer for layer in module.modules() if isinstance(layer, nn.RNNBase)]
    for layer in layers:
        layer.forward = _stepping(layer, runs)
    try:
        yield runs
    finally:
        for layer in layers:
            del layer.forward


def _stepping(layer: nn.RNNBase, runs: list[list[Tensor]]) -> Any:
    fused = layer.forward

    def forward(x: Tensor, state: Any = None) -> tuple[Tensor, Any]:
        states: list[Tensor] = []
        for place in range(x.shape[1]):
            _, state = fused(x[:, place : place + 1], state)
            # An LSTM's cell goes on beside its state.
            states.append(state[0] if isinstance(state, tuple) else state)
        runs.append(states)
        return torch.cat(states).transpose(0, 1), state

    return forward
