"""Every model of the family against the same equations written in NumPy."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np
import pytest
import torch
from torch.nn.functional import scaled_dot_product_attention

from core.model.config import ModelConfig
from core.model.encoder import SelfAttentionLayer, rotary_angles, rotate
from core.model.seq2seq import Seq2Seq
from core.text.vocab import PAD, SOS

from . import oracles

SOURCES = [[5, 9, 4, 7, 11], [8], [6, 6, 10]]
TARGETS = [[SOS, 4, 9, 5], [SOS, 7], [SOS, 12, 4, 4, 6, 8]]

FAMILY = [
    pytest.param(encoder, cell, attention, layers, id=f"{encoder}-{cell}-{attention}-{layers}")
    for encoder, cell, attention, layers in itertools.product(
        ("transformer", "bidirectional"), ("lstm", "gru"), ("multi-head", "additive"), (1, 2, 3)
    )
]


def make(encoder: str, cell: str, attention: str, layers: int, **changes: Any) -> Seq2Seq:
    fields: dict[str, Any] = {
        "width": 16, "encoder_layers": 2, "encoder_heads": 4, "feed_forward": 24,
        "decoder_width": 12, "attention_heads": 2, "dropout": 0.3,
    }  # fmt: skip
    torch.manual_seed(3)
    config = ModelConfig(
        12, 13, encoder=encoder, cell=cell, attention=attention, decoder_layers=layers,
        **{**fields, **changes},
    )  # fmt: skip
    model = Seq2Seq(config).eval()
    with torch.no_grad():
        for parameter in model.parameters():  # biases and norms away from 0 and 1
            parameter.add_(torch.randn_like(parameter) * 0.1)
    return model


def pad(rows: list[list[int]]) -> torch.Tensor:
    width = max(map(len, rows))
    return torch.tensor([row + [PAD] * (width - len(row)) for row in rows])


def lengths(rows: list[list[int]]) -> torch.Tensor:
    return torch.tensor([len(row) for row in rows])


def forward(model: Seq2Seq) -> tuple[torch.Tensor, torch.Tensor]:
    """Log-probabilities [B, T, V] and weights [B, H, T, S] of the padded batch."""
    with torch.inference_mode():
        output = model(pad(SOURCES), lengths(SOURCES), pad(TARGETS))
        return model.logits(output.features).log_softmax(-1), output.attention


@pytest.mark.parametrize(("encoder", "cell", "attention", "layers"), FAMILY)
def test_teacher_forcing_in_a_padded_batch_is_numpy_sentence_by_sentence(
    encoder: str, cell: str, attention: str, layers: int
) -> None:
    model = make(encoder, cell, attention, layers)
    scores, weights = forward(model)
    for row, (source, target) in enumerate(zip(SOURCES, TARGETS, strict=True)):
        wanted, attended = oracles.decode(model, oracles.encode(model, source), target)
        np.testing.assert_allclose(scores[row, : len(target)], wanted, atol=1e-5)
        found = weights[row, :, : len(target)].transpose(0, 1)  # [T, H, S]
        np.testing.assert_allclose(found[..., : len(source)], attended, atol=1e-5)
        assert not found[..., len(source) :].any()


@pytest.mark.parametrize(("encoder", "cell", "attention", "layers"), FAMILY)
def test_a_chain_of_steps_is_the_teacher_forced_pass(
    encoder: str, cell: str, attention: str, layers: int
) -> None:
    model = make(encoder, cell, attention, layers)
    scores, weights = forward(model)
    target = pad(TARGETS)
    with torch.inference_mode():
        memory = model.encode(pad(SOURCES), lengths(SOURCES))
        state = model.initial_state(memory)
        for position in range(target.shape[1]):
            step, state, shown = model.decode_step(target[:, position], state, memory)
            torch.testing.assert_close(step, scores[:, position], atol=1e-5, rtol=0)
            mean = weights[:, :, position].mean(1)
            torch.testing.assert_close(shown, mean, atol=1e-5, rtol=0)


@pytest.mark.parametrize("encoder", ["transformer", "bidirectional"])
@pytest.mark.parametrize("cell", ["lstm", "gru"])
def test_the_state_of_every_layer_is_the_cell_s(encoder: str, cell: str) -> None:
    model = make(encoder, cell, "multi-head", 3)
    states = oracles.encode(model, SOURCES[0])
    decoder = model.decoder
    with torch.inference_mode():
        memory = model.encode(pad(SOURCES[:1]), lengths(SOURCES[:1]))
        state = model.initial_state(memory)
        np.testing.assert_allclose(
            state[0, 0, 0], np.tanh(oracles.linear(decoder.start, states.mean(0))), atol=1e-5
        )
        assert not state[0, 1:].any()
        assert not state[0, 0, 1].any()
        before = oracles.array(state[0])  # [layers, 2, hidden]
        _, after, _ = model.decode_step(torch.tensor([7]), state, memory)
    step = oracles.lstm_cell if cell == "lstm" else _gru_pair
    h, c = step(decoder.bottom, oracles.array(decoder.embedding.weight)[7] * 4, *before[0])
    np.testing.assert_allclose(after[0, 0], np.stack((h, c)), atol=1e-5)
    context, _ = oracles.attend(model, h, states)
    for number, layer in enumerate(decoder.upper, start=1):
        own, c = step(layer, np.concatenate((h, context)), *before[number])
        np.testing.assert_allclose(after[0, number], np.stack((own, c)), atol=1e-5)
        h = h + own


def _gru_pair(
    layer: Any, x: oracles.Floats, h: oracles.Floats, unused: oracles.Floats
) -> tuple[oracles.Floats, oracles.Floats]:
    return oracles.gru_cell(layer, x, h), np.zeros_like(unused)


def test_a_self_attention_layer_is_numpy_s_and_blind_to_padding() -> None:
    torch.manual_seed(5)
    layer = SelfAttentionLayer(
        ModelConfig(9, 9, width=16, encoder_heads=4, feed_forward=24, attention_heads=4)
    ).eval()
    x = torch.randn(2, 6, 16)
    mask = torch.tensor([[True] * 6, [True] * 4 + [False] * 2])[:, None, None, :]
    with torch.inference_mode():
        found = layer(x, rotary_angles(6, 4), mask)
    np.testing.assert_allclose(
        found[0], oracles.self_attention_layer(layer, oracles.array(x[0])), atol=1e-5
    )
    np.testing.assert_allclose(
        found[1, :4], oracles.self_attention_layer(layer, oracles.array(x[1, :4])), atol=1e-5
    )


def test_positions_are_relative() -> None:
    # Turning query and key by their positions leaves a product of their distance alone.
    torch.manual_seed(6)
    query, key = torch.randn(2, 1, 1, 1, 8)

    def product(of_query: int, of_key: int) -> float:
        cosines, sines = rotary_angles(9, 8)
        q = rotate(query, cosines[of_query], sines[of_query])
        return float((q * rotate(key, cosines[of_key], sines[of_key])).sum())

    assert product(2, 5) == pytest.approx(product(5, 8), abs=1e-5)
    assert product(2, 5) != pytest.approx(product(5, 2), abs=1e-2)


def test_multi_head_attention_is_torch_s() -> None:
    model = make("bidirectional", "gru", "multi-head", 1)
    attention = model.decoder.attention
    torch.manual_seed(7)
    states, queries = torch.randn(3, 5, 16), torch.randn(3, 6, 12)
    with torch.inference_mode():
        memory = model.encode(pad(SOURCES), lengths(SOURCES))
        keys, values = attention.prepare(states)
        contexts, weights = attention(queries, memory._replace(keys=keys, values=values))

        def split(x: torch.Tensor) -> torch.Tensor:
            return x.unflatten(2, (2, 8)).transpose(1, 2)

        real = torch.arange(5) < lengths(SOURCES)[:, None]
        wanted = scaled_dot_product_attention(
            split(attention.query(queries)),
            split(attention.key(states)),
            split(attention.value(states)),
            attn_mask=real[:, None, None],
        )
    torch.testing.assert_close(contexts, wanted.transpose(1, 2).flatten(2))
    torch.testing.assert_close(weights.sum(-1), torch.ones(3, 2, 6))


@pytest.mark.parametrize("attention", ["multi-head", "additive"])
def test_attention_sums_to_one_over_the_words_and_is_0_on_padding(attention: str) -> None:
    _, weights = forward(make("transformer", "lstm", attention, 2))
    for row, source in enumerate(SOURCES):
        real = weights[row, ..., : len(source)]
        torch.testing.assert_close(real.sum(-1), torch.ones(real.shape[:-1]))
        assert (weights[row, ..., len(source) :] == 0).all()


@pytest.mark.parametrize("encoder", ["transformer", "bidirectional"])
def test_neighbours_and_padding_do_not_matter(encoder: str) -> None:
    model = make(encoder, "lstm", "multi-head", 2, encoder_layers=3)
    with torch.inference_mode():
        together = model.encoder(pad(SOURCES), lengths(SOURCES))
        wide = torch.nn.functional.pad(pad(SOURCES), (0, 4), value=PAD)
        for row, source in enumerate(SOURCES):
            alone = model.encoder(torch.tensor([source]), lengths([source]))[0]
            torch.testing.assert_close(together[row, : len(source)], alone, atol=2e-6, rtol=0)
            padded = model.encoder(wide, lengths(SOURCES))[row, : len(source)]
            torch.testing.assert_close(padded, alone, atol=2e-6, rtol=0)
        # What stands in the padding does not matter either.
        noise = pad(SOURCES)
        noise[1, 1:] = 9
        other = model.encode(noise, lengths(SOURCES)).start
        torch.testing.assert_close(other, model.encode(pad(SOURCES), lengths(SOURCES)).start)


def test_no_input_reaches_back_in_time() -> None:
    model = make("transformer", "lstm", "multi-head", 3)
    changed = [[*row[:-1], 10] for row in TARGETS]
    with torch.inference_mode():
        first = model(pad(SOURCES), lengths(SOURCES), pad(TARGETS)).features
        second = model(pad(SOURCES), lengths(SOURCES), pad(changed)).features
    for row, target in enumerate(TARGETS):
        last = len(target) - 1
        torch.testing.assert_close(first[row, :last], second[row, :last])
        assert not torch.allclose(first[row, last], second[row, last])
