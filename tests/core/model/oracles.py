"""The model's equations once more, in NumPy: one sentence, one position, one head at a time."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def array(tensor: torch.Tensor) -> Floats:
    return tensor.detach().double().numpy()


def linear(layer: Any, x: Floats) -> Floats:
    y = x @ array(layer.weight).T
    return y if layer.bias is None else y + array(layer.bias)


def layer_norm(layer: Any, x: Floats) -> Floats:
    centred = x - x.mean(-1, keepdims=True)
    spread = np.sqrt((centred**2).mean(-1, keepdims=True) + layer.eps)
    return centred / spread * array(layer.weight) + array(layer.bias)


def softmax(x: Floats) -> Floats:
    powers = np.exp(x - x.max(-1, keepdims=True))
    return powers / powers.sum(-1, keepdims=True)


def sigmoid(x: Floats) -> Floats:
    return 1 / (1 + np.exp(-x))


def rotary(x: Floats) -> Floats:
    """[S, D]: coordinates i and i + D/2 are a complex number turned by position * 10000^(-2i/D)."""
    half = x.shape[1] // 2
    numbers = x[:, :half] + 1j * x[:, half:]
    for position in range(len(x)):
        for i in range(half):
            numbers[position, i] *= np.exp(1j * position * 10000.0 ** (-2 * i / x.shape[1]))
    return np.concatenate((numbers.real, numbers.imag), axis=1)


def self_attention_layer(layer: Any, x: Floats) -> Floats:
    """Pre-norm: x + Attention(LN(x)), then x + FFN(LN(x)), for one sentence [S, width]."""
    width = x.shape[1]
    size = width // layer.heads
    q, k, v = np.split(linear(layer.query_key_value, layer_norm(layer.attention_norm, x)), 3, 1)
    heads = []
    for head in range(layer.heads):
        part = slice(head * size, (head + 1) * size)
        weights = softmax(rotary(q[:, part]) @ rotary(k[:, part]).T / np.sqrt(size))
        heads.append(weights @ v[:, part])
    x = x + linear(layer.output, np.concatenate(heads, axis=1))
    inner = np.maximum(0, linear(layer.expand, layer_norm(layer.feed_forward_norm, x)))
    return x + linear(layer.contract, inner)


def _gates(layer: Any, x: Floats, h: Floats, count: int) -> tuple[list[Floats], list[Floats]]:
    of_input = x @ array(layer.weight_ih_l0).T + array(layer.bias_ih_l0)
    of_state = h @ array(layer.weight_hh_l0).T + array(layer.bias_hh_l0)
    return np.split(of_input, count), np.split(of_state, count)


def lstm_cell(layer: Any, x: Floats, h: Floats, c: Floats) -> tuple[Floats, Floats]:
    """Hochreiter & Schmidhuber 1997 with forget gates (Gers et al. 2000)."""
    of_input, of_state = _gates(layer, x, h, 4)
    i, f, g, o = (a + b for a, b in zip(of_input, of_state, strict=True))
    c = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
    return sigmoid(o) * np.tanh(c), c


def gru_cell(layer: Any, x: Floats, h: Floats) -> Floats:
    """Cho et al. 2014, the reset gate applied behind the state's matrix as in cuDNN."""
    (xr, xz, xn), (hr, hz, hn) = _gates(layer, x, h, 3)
    r, z = sigmoid(xr + hr), sigmoid(xz + hz)
    return (1 - z) * np.tanh(xn + r * hn) + z * h


def run(cell: str, layer: Any, xs: Floats, h: Floats | None = None) -> Floats:
    """A recurrent layer over [S, inputs]: its states [S, hidden]."""
    hidden = layer.hidden_size
    h = np.zeros(hidden) if h is None else h
    c = np.zeros(hidden)
    states = []
    for x in xs:
        if cell == "lstm":
            h, c = lstm_cell(layer, x, h, c)
        else:
            h = gru_cell(layer, x, h)
        states.append(h)
    return np.stack(states)


def encode(model: Any, source: list[int]) -> Floats:
    """Encoder states [S, width] of one sentence."""
    encoder, config = model.encoder, model.config
    x = array(encoder.embedding.weight)[source] * np.sqrt(config.width)
    if config.encoder == "transformer":
        for layer in encoder.layers:
            x = self_attention_layer(layer, x)
        return layer_norm(encoder.norm, x)
    for number, (ahead, behind) in enumerate(zip(encoder.ahead, encoder.behind, strict=True)):
        states = np.concatenate(
            (run(config.cell, ahead, x), run(config.cell, behind, x[::-1])[::-1]), axis=1
        )
        x = x + states if number else states
    return x


def attend(model: Any, query: Floats, states: Floats) -> tuple[Floats, Floats]:
    """Context [width] and weights [H, S] of one decoder state."""
    attention, config = model.decoder.attention, model.config
    if config.attention == "additive":
        u = array(attention.key.weight) @ states.T  # [width, S]
        w = linear(attention.query, query)[:, None]
        weights = softmax(array(attention.energy.weight)[0] @ np.tanh(w + u))[None]
        return weights[0] @ states, weights
    q, k, v = (linear(attention.query, query), linear(attention.key, states),
               linear(attention.value, states))  # fmt: skip
    size = config.width // config.attention_heads
    contexts, weights = [], []
    for head in range(config.attention_heads):
        part = slice(head * size, (head + 1) * size)
        weights.append(softmax(k[:, part] @ q[part] / np.sqrt(size)))
        contexts.append(weights[-1] @ v[:, part])
    return np.concatenate(contexts), np.stack(weights)


def decode(model: Any, states: Floats, target: list[int]) -> tuple[Floats, Floats]:
    """Log-probabilities [T, V] after each of ``target`` and attention weights [T, H, S]."""
    decoder, cell = model.decoder, model.config.cell
    embeddings = array(decoder.embedding.weight)
    start = np.tanh(linear(decoder.start, states.mean(0)))
    bottom = run(cell, decoder.bottom, embeddings[target] * np.sqrt(model.config.width), start)
    answers = [attend(model, state, states) for state in bottom]
    contexts = np.stack([context for context, _ in answers])
    h = bottom
    for layer in decoder.upper:
        h = h + run(cell, layer, np.concatenate((h, contexts), axis=1))
    joined = layer_norm(decoder.norm, np.concatenate((h, contexts), axis=1))
    features = linear(decoder.contract, np.maximum(0, linear(decoder.expand, joined)))
    scores = features @ embeddings.T + array(decoder.bias)
    return np.log(softmax(scores)), np.stack([weights for _, weights in answers])
