"""Every attention against NumPy, in padded batches, and what its weights must be."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import torch

from core.model.attention import Attention, Memory
from core.model.attention_kinds import make_attention
from core.model.config import ModelConfig
from core.model.masks import additive_mask, padding_mask

from . import attention_oracles
from .oracles import array

KINDS = ("multi-head", "additive", "dot", "scaled-dot", "general", "local-m", "local-p")
LENGTHS = torch.tensor([6, 1, 4])
STEPS = 8  # more than any source is long
WIDTH = 8


def make(kind: str, **changes: Any) -> tuple[Attention, ModelConfig]:
    torch.manual_seed(1)
    fields: dict[str, Any] = {
        "width": WIDTH, "encoder_heads": 2, "attention_heads": 2, "attention_window": 2,
        "decoder_width": WIDTH if "dot" in kind else 6, "attention": kind,
    }  # fmt: skip
    config = ModelConfig(5, 5, **{**fields, **changes})
    attention = make_attention(config).eval()
    with torch.no_grad():
        for parameter in attention.parameters():  # far from evenly spread weights
            parameter.mul_(2)
    return attention, config


def source() -> torch.Tensor:
    torch.manual_seed(2)
    return torch.randn(3, 6, WIDTH)


def queries(config: ModelConfig) -> torch.Tensor:
    torch.manual_seed(3)
    return torch.randn(3, STEPS, config.decoder_width)


def remember(attention: Attention, states: torch.Tensor, lengths: torch.Tensor | None) -> Memory:
    keys, values = attention.prepare(states)
    mask = None
    if lengths is not None:
        mask = additive_mask(padding_mask(lengths, states.shape[1]))[:, None, None]
    return Memory(keys, values, mask, states.mean(1))


@pytest.mark.parametrize("strength", [1.0, 0.25])
@pytest.mark.parametrize("kind", KINDS)
def test_contexts_and_weights_are_numpy_s(kind: str, strength: float) -> None:
    attention, config = make(kind, attention_strength=strength)
    states, asked = source(), queries(config)
    with torch.inference_mode():
        contexts, weights = attention(asked, remember(attention, states, LENGTHS))
    for row, length in enumerate(LENGTHS.tolist()):
        for step in range(STEPS):
            context, wanted = attention_oracles.attend(
                attention, config, array(asked[row, step]), array(states[row, :length]), step
            )
            np.testing.assert_allclose(weights[row, :, step, :length], wanted, atol=1e-6)
            np.testing.assert_allclose(contexts[row, step], context, atol=1e-5)


@pytest.mark.parametrize("kind", [*KINDS, "none"])
def test_weights_sum_to_1_over_the_words_and_are_0_on_padding(kind: str) -> None:
    fixed = {"decoder": "context", "encoder": "bidirectional"} if kind == "none" else {}
    attention, config = make(kind, **fixed)
    _, weights = attention(queries(config), remember(attention, source(), LENGTHS))
    torch.testing.assert_close(weights.sum(-1), torch.ones(weights.shape[:-1]))
    assert weights.dtype is torch.float32
    for row, length in enumerate(LENGTHS.tolist()):
        assert (weights[row, ..., length:] == 0).all()
        if kind == "none":
            assert (weights[row, ..., :length] == torch.tensor(1 / length)).all()


@pytest.mark.parametrize("kind", KINDS)
def test_without_padding_there_is_no_mask_and_the_same_answer(kind: str) -> None:
    attention, config = make(kind)
    asked, states = queries(config), source()
    with torch.inference_mode():
        masked = attention(asked, remember(attention, states, torch.tensor([6, 6, 6])))
        plain = attention(asked, remember(attention, states, None))
    for mine, other in zip(plain, masked, strict=True):
        torch.testing.assert_close(mine, other)


@pytest.mark.parametrize("kind", ["local-m", "local-p"])
def test_nothing_outside_of_the_window_is_looked_at(kind: str) -> None:
    attention, config = make(kind, attention_window=1)
    _, weights = attention(queries(config), remember(attention, source(), None))
    places = [row.nonzero().flatten() for row in weights.flatten(0, 2)]
    assert all(1 <= len(seen) <= 3 for seen in places)
    assert all(seen[-1] - seen[0] == len(seen) - 1 for seen in places)
    if kind == "local-m":  # around the step, then around the last word
        assert [(int(seen[0]), int(seen[-1])) for seen in places[:STEPS]] == [
            (0, 1), (0, 2), (1, 3), (2, 4), (3, 5), (4, 5), (4, 5), (4, 5),
        ]  # fmt: skip


def test_steps_can_be_told() -> None:
    attention, config = make("local-m")
    asked, memory = queries(config), remember(attention, source(), LENGTHS)
    _, weights = attention(asked, memory)
    _, alone = attention(asked[:, 3:5], memory, torch.tensor([[3.0, 4.0]]))
    torch.testing.assert_close(alone, weights[:, :, 3:5])


@pytest.mark.parametrize("kind", KINDS)
def test_every_weight_learns(kind: str) -> None:
    attention, config = make(kind)
    asked = queries(config).requires_grad_()
    contexts, _ = attention(asked, remember(attention, source(), LENGTHS))
    contexts.square().sum().backward()
    assert asked.grad is not None
    assert asked.grad[0].abs().sum(-1).all()
    for name, parameter in attention.named_parameters():
        if name != "key.bias":  # adding the same to all energies changes no softmax
            assert parameter.grad is not None, name
            assert parameter.grad.any(), name
