"""Recurrent cells: torch's fused layers, one step of them, and the equations in plain sight.

Symbols: x is what a layer reads ``[N, inputs]``, h its state ``[N, hidden]``, c the cell of an
LSTM, W the matrix of the input, U that of the state. torch keeps two biases, of which one would do;
both are added. A state is ``[N, 2, hidden]``: h, and c, which stays 0 where a cell has none.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import torch
from torch import Tensor, nn
from torch.nn import functional

from core.model.native.lstm import Lstm


def make_rnn(cell: str, inputs: int, hidden: int) -> nn.RNNBase:
    """One recurrent layer of the ``cell``, batch first, that runs over all places in one call."""
    if cell == "lstm":
        return Lstm(inputs, hidden)
    if cell == "gru":
        return nn.GRU(inputs, hidden, batch_first=True)
    return nn.RNN(inputs, hidden, nonlinearity=cell.removeprefix("rnn-"), batch_first=True)


class CellWeights(NamedTuple):
    """The weights of one layer, its gates one below the other: W, U, and a bias of each."""

    of_input: Tensor
    of_state: Tensor
    input_bias: Tensor
    state_bias: Tensor


def weights_of(layer: nn.Module) -> CellWeights:
    """Those of a layer that :func:`make_rnn` made."""
    names = ("weight_ih_l0", "weight_hh_l0", "bias_ih_l0", "bias_hh_l0")
    return CellWeights(*(layer.get_parameter(name) for name in names))


def run(cell: str, layer: nn.Module, x: Tensor, first: Tensor) -> tuple[Tensor, Tensor]:
    """A layer over all places at once, as one fused call.

    Args:
        cell: its cell.
        layer: from :func:`make_rnn`.
        x: ``[N, T, inputs]``.
        first: the state before the first place ``[N, 2, hidden]``.

    Returns:
        h of every place ``[N, T, hidden]``, and the state behind the last ``[N, 2, hidden]``.
    """
    h = first[:, 0].contiguous()[None]  # [1, N, hidden]
    if cell == "lstm":
        states, last = layer(x, (h, first[:, 1].contiguous()[None]))
        return states, torch.cat(last).transpose(0, 1)
    states, last = layer(x, h)
    return states, torch.cat((last, torch.zeros_like(last))).transpose(0, 1)


def step(cell: str, layer: nn.Module, x: Tensor, state: Tensor) -> Tensor:
    """One place: ``x`` ``[N, inputs]`` and a state ``[N, 2, hidden]`` to the new state."""
    weights = weights_of(layer)
    h = state[:, 0]
    if cell == "lstm":
        return torch.stack(torch.lstm_cell(x, (h, state[:, 1]), *weights), dim=1)
    fused = {
        "gru": torch.gru_cell,
        "rnn-tanh": torch.rnn_tanh_cell,
        "rnn-relu": torch.rnn_relu_cell,
    }
    new = fused[cell](x, h, *weights)
    return torch.stack((new, torch.zeros_like(new)), dim=1)


# --- the equations -------------------------------------------------------------------------------


def lstm_equations(weights: CellWeights, x: Tensor, h: Tensor, c: Tensor) -> tuple[Tensor, Tensor]:
    """The new h and c of an LSTM (Hochreiter & Schmidhuber 1997; f: Gers et al. 2000).

    i = σ(W_i x + U_i h + b_i), f = σ(W_f x + U_f h + b_f), o = σ(W_o x + U_o h + b_o),
    g = tanh(W_g x + U_g h + b_g), c' = f ⊙ c + i ⊙ g, h' = o ⊙ tanh(c').
    """
    gates = _of_input(weights, x) + _of_state(weights, h)  # [N, 4 hidden]
    i, f, g, o = gates.chunk(4, dim=1)
    new_c = torch.sigmoid(f) * c + torch.sigmoid(i) * torch.tanh(g)
    return torch.sigmoid(o) * torch.tanh(new_c), new_c


def gru_equations(weights: CellWeights, x: Tensor, h: Tensor) -> Tensor:
    """The new h of a GRU (Cho et al. 2014, eq. 5 to 8).

    r = σ(W_r x + U_r h + b_r), z = σ(W_z x + U_z h + b_z), h' = (1 − z) ⊙ n + z ⊙ h with
    n = tanh(W_n x + b_n + r ⊙ (U_n h + b'_n)). The paper has U_n (r ⊙ h); torch's layer, as
    cuDNN's, resets what the matrix gives, so that all three products of h are one.
    """
    xr, xz, xn = _of_input(weights, x).chunk(3, dim=1)
    hr, hz, hn = _of_state(weights, h).chunk(3, dim=1)
    n = torch.tanh(xn + torch.sigmoid(xr + hr) * hn)
    z = torch.sigmoid(xz + hz)
    return (1 - z) * n + z * h


def rnn_equations(
    weights: CellWeights, x: Tensor, h: Tensor, squash: Callable[[Tensor], Tensor]
) -> Tensor:
    """The new h of a vanilla RNN (Elman 1990): squash(W x + U h + b), of tanh or ReLU."""
    return squash(_of_input(weights, x) + _of_state(weights, h))


def written_out(cell: str, layer: nn.Module, x: Tensor, state: Tensor) -> Tensor:
    """:func:`step` by the equations: slower, and differentiable at each of its places."""
    weights, h = weights_of(layer), state[:, 0]
    if cell == "lstm":
        return torch.stack(lstm_equations(weights, x, h, state[:, 1]), dim=1)
    if cell == "gru":
        new = gru_equations(weights, x, h)
    else:
        new = rnn_equations(weights, x, h, torch.tanh if cell == "rnn-tanh" else functional.relu)
    return torch.stack((new, torch.zeros_like(new)), dim=1)


def _of_input(weights: CellWeights, x: Tensor) -> Tensor:
    return x @ weights.of_input.T + weights.input_bias


def _of_state(weights: CellWeights, h: Tensor) -> Tensor:
    return h @ weights.of_state.T + weights.state_bias
