"""Recurrent encoders against NumPy, one sentence at a time; padding never reaches a real state."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np
import pytest
import torch

from core.model import recurrent_encoder
from core.model.config import ModelConfig
from core.model.encoder import make_encoder
from core.text.vocab import PAD

from .oracles import Floats, array
from .test_cells import numpy_step

SOURCES = [[5, 9, 4, 7, 11], [8], [6, 6, 10]]
LENGTHS = torch.tensor([5, 1, 3])
SHAPES = list(
    itertools.product(
        ("one-directional", "bidirectional", "summed"),
        ("lstm", "gru", "rnn-tanh", "rnn-relu"),
        (True, False),
    )
)


def encoder_of(shape: str, cell: str, residual: bool, **changes: Any) -> Any:
    fields: dict[str, Any] = {
        "width": 6, "encoder_layers": 3, "decoder_layers": 3, "decoder_width": 6,
        "decoder": "initial-state", "attention": "none", "dropout": 0.5,
        "encoder": "bidirectional" if shape == "summed" else shape,
        "joining": "summed" if shape == "summed" else "joined",
    }  # fmt: skip
    torch.manual_seed(4)
    config = ModelConfig(12, 12, cell=cell, residual=residual, **{**fields, **changes})
    return make_encoder(config).eval()


def batch(noise: int = PAD) -> torch.Tensor:
    return torch.tensor([row + [noise] * (5 - len(row)) for row in SOURCES])


def numpy_run(cell: str, layer: Any, xs: Floats) -> tuple[Floats, Floats]:
    """States [S, size] of one direction, and the last h and c [2, size]."""
    h = c = np.zeros(layer.hidden_size)
    states = []
    for x in xs:
        h, c = numpy_step(cell, layer, x, h, c)
        states.append(h)
    return np.stack(states), np.stack((h, c))


def numpy_encoder(encoder: Any, source: list[int]) -> tuple[Floats, Floats]:
    """States [S, width] and the last ones of every layer [layers, 2, width]."""
    config, finals = encoder.config, []
    x = array(encoder.embedding.weight)[source] * np.sqrt(config.embedding_size)
    for number in range(config.encoder_layers):
        states, final = numpy_run(config.cell, encoder.ahead[number], x)
        if config.encoder == "bidirectional":
            back, last = numpy_run(config.cell, encoder.behind[number], x[::-1])
            if config.joining == "summed":
                states, final = states + back[::-1], final + last
            else:
                states = np.concatenate((states, back[::-1]), axis=1)
                final = np.concatenate((final, last), axis=1)
        x = x + states if number and config.residual else states
        finals.append(final)
    return x, np.stack(finals)


@pytest.mark.parametrize(("shape", "cell", "residual"), SHAPES)
@pytest.mark.parametrize("embedding_width", [0, 4])
def test_a_padded_batch_is_numpy_sentence_by_sentence(
    shape: str, cell: str, residual: bool, embedding_width: int
) -> None:
    encoder = encoder_of(shape, cell, residual, embedding_width=embedding_width)
    with torch.inference_mode():
        found = encoder.read(batch(), LENGTHS)
    for row, source in enumerate(SOURCES):
        states, finals = numpy_encoder(encoder, source)
        np.testing.assert_allclose(found.states[row, : len(source)], states, atol=1e-5)
        np.testing.assert_allclose(found.finals[row], finals, atol=1e-5)


@pytest.mark.parametrize(("shape", "cell", "residual"), SHAPES)
def test_neighbours_and_what_stands_in_the_padding_do_not_matter(
    shape: str, cell: str, residual: bool
) -> None:
    encoder = encoder_of(shape, cell, residual)
    with torch.inference_mode():
        found, noisy = encoder.read(batch(), LENGTHS), encoder.read(batch(noise=9), LENGTHS)
        torch.testing.assert_close(found.finals, noisy.finals)
        for row, source in enumerate(SOURCES):
            alone = encoder.read(torch.tensor([source]), LENGTHS[row : row + 1])
            real = slice(0, len(source))
            torch.testing.assert_close(found.states[row, real], alone.states[0])
            torch.testing.assert_close(noisy.states[row, real], alone.states[0])
            torch.testing.assert_close(found.finals[row], alone.finals[0])


def test_last_states_are_kept_only_for_who_begins_from_them() -> None:
    asking = encoder_of(
        "summed", "lstm", True, decoder="attention", attention="additive", decoder_layers=1
    )
    assert asking.read(batch(), LENGTHS).finals is None
    torch.testing.assert_close(asking(batch(), LENGTHS), asking.read(batch(), LENGTHS).states)


def test_every_layer_is_reached_by_gradients_under_dropout() -> None:
    for shape in ("one-directional", "bidirectional"):
        encoder = encoder_of(shape, "lstm", False).train()
        encoder.read(batch(), LENGTHS).finals.square().sum().backward()
        for name, weight in encoder.named_parameters():
            assert weight.grad is not None and weight.grad.any(), name


def test_under_autocast_packed_rows_stay_exact_enough() -> None:
    encoder = encoder_of("bidirectional", "lstm", False)
    with torch.inference_mode():
        wanted = encoder.read(batch(), LENGTHS)
        with torch.autocast("cpu", torch.bfloat16):
            found = encoder.read(batch(), LENGTHS)
    torch.testing.assert_close(found.finals.float(), wanted.finals, atol=0.05, rtol=0.1)


@pytest.mark.parametrize("shape", ["one-directional", "summed"])
def test_the_cells_of_an_lstm_and_their_gradients_are_those_of_packed_rows(
    shape: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def learnt() -> tuple[torch.Tensor, list[torch.Tensor]]:
        encoder = encoder_of(shape, "lstm", True)
        found = encoder.read(batch(), LENGTHS)
        weights = list(encoder.parameters())
        total = (found.finals**3).sum() + found.states[0].square().sum()
        return found.finals, list(torch.autograd.grad(total, weights))

    finals, gradients = learnt()
    monkeypatch.setattr(recurrent_encoder, "_with_cells", recurrent_encoder._packed)
    wanted, packed = learnt()
    torch.testing.assert_close(finals, wanted)
    torch.testing.assert_close(gradients, packed)
