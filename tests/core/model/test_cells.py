"""Recurrent cells against their published equations in NumPy, and fused against step by step."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import torch

from core.model.cells import make_rnn, run, step, written_out

from .oracles import Floats, array, sigmoid

CELLS = ["lstm", "gru", "rnn-tanh", "rnn-relu"]
INPUTS, HIDDEN, ROWS, STEPS = 3, 4, 2, 5


def numpy_step(cell: str, layer: Any, x: Floats, h: Floats, c: Floats) -> tuple[Floats, Floats]:
    """One row: every gate by itself, with its own W, U and b, as the papers write them."""
    names = {"lstm": "ifgo", "gru": "rzn"}.get(cell, "h")
    W = dict(zip(names, np.split(array(layer.weight_ih_l0), len(names)), strict=True))
    U = dict(zip(names, np.split(array(layer.weight_hh_l0), len(names)), strict=True))
    b = dict(zip(names, np.split(array(layer.bias_ih_l0), len(names)), strict=True))
    d = dict(zip(names, np.split(array(layer.bias_hh_l0), len(names)), strict=True))

    def sum_of(gate: str) -> Floats:
        total: Floats = W[gate] @ x + U[gate] @ h + b[gate] + d[gate]
        return total

    if cell == "lstm":  # Gers et al. 2000
        i, f, o = sigmoid(sum_of("i")), sigmoid(sum_of("f")), sigmoid(sum_of("o"))
        c = f * c + i * np.tanh(sum_of("g"))
        return o * np.tanh(c), c
    if cell == "gru":  # Cho et al. 2014, eq. 5 to 8; reset behind the matrix
        r, z = sigmoid(sum_of("r")), sigmoid(sum_of("z"))
        n = np.tanh(W["n"] @ x + b["n"] + r * (U["n"] @ h + d["n"]))
        return (1 - z) * n + z * h, c
    squash = np.tanh if cell == "rnn-tanh" else (lambda v: np.maximum(v, 0))
    return squash(sum_of("h")), c  # Elman 1990


def given(cell: str) -> tuple[Any, torch.Tensor, torch.Tensor]:
    """A layer in float64, inputs [N, T, I] and a state [N, 2, H]."""
    torch.manual_seed(11)
    layer = make_rnn(cell, INPUTS, HIDDEN).double()
    x = torch.randn(ROWS, STEPS, INPUTS, dtype=torch.float64)
    state = torch.randn(ROWS, 2, HIDDEN, dtype=torch.float64)
    if cell != "lstm":
        state[:, 1] = 0
    return layer, x, state


@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize("advance", [step, written_out])
def test_every_step_is_the_published_equations(cell: str, advance: Any) -> None:
    layer, x, state = given(cell)
    for position in range(STEPS):
        wanted = np.stack([
            np.stack(numpy_step(cell, layer, array(x[row, position]), *array(state[row])))
            for row in range(ROWS)
        ])  # fmt: skip
        with torch.no_grad():
            state = advance(cell, layer, x[:, position], state)
        np.testing.assert_allclose(state, wanted, atol=1e-12)


@pytest.mark.parametrize("cell", CELLS)
def test_the_fused_layer_is_its_steps_forth_and_back(cell: str) -> None:
    layer, x, first = given(cell)
    x.requires_grad_()
    states, last = run(cell, layer, x, first)
    (fused,) = torch.autograd.grad(states.square().sum(), x)
    state, rows = first, []
    for position in range(STEPS):
        state = written_out(cell, layer, x[:, position], state)
        rows.append(state[:, 0])
    torch.testing.assert_close(torch.stack(rows, dim=1), states)
    torch.testing.assert_close(state, last)
    (stepwise,) = torch.autograd.grad(torch.stack(rows).square().sum(), x)
    torch.testing.assert_close(stepwise, fused)


def test_gradients_fade_along_a_vanilla_state_and_not_along_an_lstm_s_memory() -> None:
    # A squeezed state of small weights halves the gradient at least; an open forget gate keeps it.
    torch.manual_seed(2)
    vanilla, lstm = make_rnn("rnn-tanh", 2, 6), make_rnn("lstm", 2, 6)
    with torch.no_grad():
        vanilla.weight_hh_l0.copy_(0.5 * torch.eye(6))
        lstm.bias_hh_l0[6:12] = 20.0  # forget nothing
    norms = {}
    for cell, layer in (("rnn-tanh", vanilla), ("lstm", lstm)):
        first = torch.zeros(1, 2, 6, requires_grad=True)
        _, last = run(cell, layer, torch.zeros(1, 20, 2), first)
        part = 1 if cell == "lstm" else 0
        (gradient,) = torch.autograd.grad(last[:, part].sum(), first)
        norms[cell] = float(gradient[:, part].norm())
    assert norms["rnn-tanh"] < 6 * 0.5**20
    assert norms["lstm"] > 1
