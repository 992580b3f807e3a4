"""Every decoder: teacher forcing against NumPy, steps against teacher forcing."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np
import pytest
import torch

from core.model.config import ModelConfig
from core.model.seq2seq import Seq2Seq
from core.text.vocab import SOS

from . import decoder_oracles
from .oracles import array
from .test_attention_kinds import KINDS

SOURCE = torch.tensor([[5, 9, 4, 7], [8, 1, 1, 1], [6, 6, 10, 1]])
LENGTHS = torch.tensor([4, 1, 3])
TARGETS = torch.tensor([[SOS, 4, 9, 5, 8, 3], [SOS, 7, 12, 4, 4, 6], [SOS, 12, 5, 4, 6, 8]])
OTHERS = torch.tensor([[SOS, 4, 4, 4, 9, 5], [SOS, 5, 7, 11, 3, 4], [SOS, 8, 8, 9, 10, 6]])

CELLS = ("lstm", "gru", "rnn-tanh", "rnn-relu")
ATTENTIVE = [
    {"attention": attention, "cell": cell, "input_feeding": feeding}
    for attention, cell, feeding in itertools.product(KINDS, CELLS, (False, True))
]
FIXED = [
    {"decoder": decoder, "attention": "none", "cell": cell, "encoder": encoder}
    for decoder, cell, encoder in itertools.product(
        ("initial-state", "context"), CELLS, ("one-directional", "bidirectional")
    )
]
OTHER = [
    {"decoder": "transformer"},
    {"decoder": "transformer", "decoder_layers": 1, "cell": "gru", "attention_strength": 0.5},
    *({"residual": False, "input_feeding": feeding} for feeding in (False, True)),
    {"residual": False, "decoder": "initial-state", "attention": "none"},
    {"residual": False, "decoder": "context", "attention": "none", "decoder_layers": 3},
    *({"decoder_layers": 1, "input_feeding": feeding} for feeding in (False, True)),
    {"decoder_layers": 3, "input_feeding": True, "attention_strength": 0.5},
    {"decoder_layers": 1, "encoder_layers": 1, "decoder": "initial-state", "attention": "none"},
    {"decoder": "initial-state", "attention": "none", "decoder_width": 8},
    *({"embedding_width": 5, "input_feeding": feeding} for feeding in (False, True)),
    {"embedding_width": 5, "decoder": "context", "attention": "none"},
]


def make(**changes: Any) -> Seq2Seq:
    fields: dict[str, Any] = {
        "width": 8, "encoder": "one-directional", "encoder_layers": 2, "encoder_heads": 2,
        "decoder_width": 8 if "dot" in changes.get("attention", "") else 6, "feed_forward": 10,
        "attention_heads": 2, "attention_window": 1, "dropout": 0.3, "embeddings": "separate",
    }  # fmt: skip
    torch.manual_seed(3)
    model = Seq2Seq(ModelConfig(12, 13, **{**fields, **changes})).eval()
    with torch.no_grad():
        for parameter in model.parameters():  # biases and norms away from 0 and 1
            parameter.add_(torch.randn_like(parameter) * 0.1)
    return model


def name(changes: dict[str, Any]) -> str:
    return "-".join(f"{value}" for value in changes.values())


def forward(model: Seq2Seq, target: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """Log-probabilities [B, T, V] and weights [B, H, T, S]."""
    with torch.inference_mode():
        output = model(SOURCE, LENGTHS, target)
        return model.logits(output.features).log_softmax(-1), output.attention


def interleave(one: torch.Tensor, other: torch.Tensor) -> torch.Tensor:
    return torch.stack((one, other), dim=1).flatten(0, 1)


@pytest.mark.parametrize("changes", [*ATTENTIVE, *FIXED, *OTHER], ids=name)
def test_teacher_forcing_is_numpy_sentence_by_sentence(changes: dict[str, Any]) -> None:
    model = make(**changes)
    scores, weights = forward(model, TARGETS)
    for row, length in enumerate(LENGTHS.tolist()):
        with torch.inference_mode():
            states, finals = model.encoder.read(SOURCE[row : row + 1, :length], LENGTHS[row, None])
        wanted, attended = decoder_oracles.decode(
            model, array(states[0]), None if finals is None else array(finals[0]),
            TARGETS[row].tolist(),
        )  # fmt: skip
        np.testing.assert_allclose(scores[row], wanted, atol=2e-5)
        found = weights[row].transpose(0, 1)  # [T, H, S]
        np.testing.assert_allclose(found[..., :length], attended, atol=1e-5)
        assert not found[..., length:].any()


@pytest.mark.parametrize("changes", [*ATTENTIVE, *FIXED, *OTHER], ids=name)
def test_steps_of_two_hypotheses_that_change_places_are_teacher_forcing(
    changes: dict[str, Any],
) -> None:
    model = make(**changes)
    said = interleave(TARGETS, OTHERS)  # [N, T], two rows of each sentence
    passes = zip(forward(model, TARGETS), forward(model, OTHERS), strict=True)
    scores, weights = (interleave(*pair) for pair in passes)
    rows = torch.arange(6)
    with torch.inference_mode():
        memory = model.encode(SOURCE, LENGTHS)
        state = model.select(model.initial_state(memory), rows // 2)
        for place in range(said.shape[1]):
            if place == 3:
                rows = torch.tensor([1, 0, 2, 3, 5, 4])
                state = model.select(state, rows)
            before = state.clone()
            step, after, shown = model.decode_step(said[rows, place], state, memory)
            torch.testing.assert_close(step, scores[rows, place], atol=1e-5, rtol=0)
            mean = weights[rows, :, place].mean(1)
            torch.testing.assert_close(shown, mean, atol=1e-5, rtol=0)
            assert torch.equal(state, before)
            state = after


@pytest.mark.parametrize("changes", OTHER[:1] + FIXED[:1] + ATTENTIVE[:2], ids=name)
def test_every_weight_of_a_decoder_learns(changes: dict[str, Any]) -> None:
    model = make(**changes)
    output = model(SOURCE, LENGTHS, TARGETS)
    model.logits(output.features).log_softmax(-1)[..., 4].sum().backward()
    for parameter_name, parameter in model.named_parameters():
        # Adding the same to all energies of a softmax changes nothing.
        if not parameter_name.endswith("attention.key.bias"):
            assert parameter.grad is not None, parameter_name
            assert parameter.grad.any(), parameter_name


def test_what_stands_behind_a_place_does_not_matter_to_it() -> None:
    model = make(decoder="transformer")
    changed = TARGETS.clone()
    changed[:, 3:] = 11
    scores, _ = forward(model, TARGETS)
    others, _ = forward(model, changed)
    torch.testing.assert_close(scores[:, :3], others[:, :3])
    assert not torch.allclose(scores[:, 3:], others[:, 3:])


def test_the_shown_weights_are_a_head_of_the_last_layer() -> None:
    model = make(decoder="transformer", alignment_head=1)
    with torch.inference_mode():
        memory = model.encode(SOURCE, LENGTHS)
        _, _, shown = model.decode_step(TARGETS[:, 0], model.initial_state(memory), memory)
    _, weights = forward(model, TARGETS)
    torch.testing.assert_close(shown, weights[:, 1, 0])


def test_sutskever_s_decoder_begins_from_the_encoder_s_states_themselves() -> None:
    model = make(decoder="initial-state", attention="none", decoder_width=8)
    with torch.inference_mode():
        memory = model.encode(SOURCE, LENGTHS)
        assert memory.finals is not None
        assert torch.equal(model.initial_state(memory), memory.finals)


@pytest.mark.parametrize("dtype", [torch.float32, torch.bfloat16], ids=str)
def test_many_steps_are_counted_in_any_precision(dtype: torch.dtype) -> None:
    # bfloat16 itself counts to 256 alone.
    model = make(attention="local-m").to(dtype)
    source = torch.full((1, 400), 5)
    with torch.inference_mode():
        memory = model.encode(source, torch.tensor([400]))
        state = model.initial_state(memory)
        for _ in range(301):
            _, state, weights = model.decode_step(torch.tensor([4]), state, memory)
    assert weights.nonzero()[:, 1].tolist() == [299, 300, 301]
