"""Every decoder once more, in NumPy: one sentence, one step, no cache."""

from __future__ import annotations

from typing import Any

import numpy as np

from . import attention_oracles, oracles
from .oracles import Floats, array, linear

Pair = tuple[Floats, Floats]  # h, and c or 0


def cell(name: str, layer: Any, x: Floats, state: Pair) -> Pair:
    """The new h and c of one layer."""
    if name == "lstm":
        return oracles.lstm_cell(layer, x, *state)
    if name == "gru":
        return oracles.gru_cell(layer, x, state[0]), state[1]
    of_input = array(layer.weight_ih_l0) @ x + array(layer.bias_ih_l0)
    of_state = array(layer.weight_hh_l0) @ state[0] + array(layer.bias_hh_l0)
    total = of_input + of_state
    return (np.tanh(total) if name == "rnn-tanh" else np.maximum(0, total)), state[1]


def feed_forward(decoder: Any, read: Floats) -> Floats:
    """Features behind a recurrent decoder's top."""
    inner = linear(decoder.expand, oracles.layer_norm(decoder.norm, read))
    return linear(decoder.contract, np.maximum(0, inner))


def attention_decoder(
    model: Any, xs: Floats, states: Floats, finals: Floats | None
) -> tuple[list[Floats], list[Floats]]:
    """Asks from the bottom layer; the others read the answer."""
    config, decoder = model.config, model.decoder
    remembered = _zeros(config)
    remembered[0] = (np.tanh(linear(decoder.start, states.mean(0))), remembered[0][1])
    features, weights = [], []
    for step, x in enumerate(xs):
        remembered[0] = cell(config.cell, decoder.bottom, x, remembered[0])
        top = remembered[0][0]
        context, seen = attention_oracles.attend(decoder.attention, config, top, states, step)
        for number, layer in enumerate(decoder.upper, start=1):
            read = np.concatenate((top, context))
            remembered[number] = cell(config.cell, layer, read, remembered[number])
            top = remembered[number][0] + (top if config.residual else 0)
        features.append(feed_forward(decoder, np.concatenate((top, context))))
        weights.append(seen)
    return features, weights


def feeding_decoder(
    model: Any, xs: Floats, states: Floats, finals: Floats | None
) -> tuple[list[Floats], list[Floats]]:
    """Asks from the top layer and reads the answer at the next step."""
    config, decoder = model.config, model.decoder
    remembered = _zeros(config)
    remembered[0] = (np.tanh(linear(decoder.start, states.mean(0))), remembered[0][1])
    fed = np.zeros(config.decoder_width)
    features, weights = [], []
    for step, x in enumerate(xs):
        top = _through(model, np.concatenate((x, fed)), remembered)
        context, seen = attention_oracles.attend(decoder.attention, config, top, states, step)
        fed = np.tanh(array(decoder.combine.weight) @ np.concatenate((context, top)))
        features.append(linear(decoder.contract, fed))
        weights.append(seen)
    return features, weights


def initial_state_decoder(
    model: Any, xs: Floats, states: Floats, finals: Floats | None
) -> tuple[list[Floats], list[Floats]]:
    """Reads of the source what its states begin with."""
    assert finals is not None
    config, decoder = model.config, model.decoder
    remembered = []
    for number in range(config.decoder_layers):
        h, c = finals[number]
        if not decoder.start.copies:
            h = np.tanh(linear(decoder.start.states[number], h))
            lstm = config.cell == "lstm"
            c = linear(decoder.start.cells[number], c) if lstm else np.zeros_like(h)
        remembered.append((h, c))
    features = [feed_forward(decoder, _through(model, x, remembered)) for x in xs]
    return features, [np.full((1, len(states)), 1 / len(states))] * len(xs)


def context_decoder(
    model: Any, xs: Floats, states: Floats, finals: Floats | None
) -> tuple[list[Floats], list[Floats]]:
    """Reads one context at every step."""
    assert finals is not None
    decoder = model.decoder
    context = np.tanh(linear(decoder.summary, finals[-1, 0]))
    remembered = _zeros(model.config)
    remembered[0] = (np.tanh(linear(decoder.start, context)), remembered[0][1])
    features = []
    for x in xs:
        top = _through(model, np.concatenate((x, context)), remembered)
        features.append(feed_forward(decoder, np.concatenate((top, context))))
    return features, [np.full((1, len(states)), 1 / len(states))] * len(xs)


def transformer_decoder(
    model: Any, xs: Floats, states: Floats, finals: Floats | None
) -> tuple[list[Floats], list[Floats]]:
    """Each place looks at itself and those before it."""
    config, decoder = model.config, model.decoder
    z, size = xs, config.width // config.attention_heads
    for layer in decoder.layers:
        q, k, v = np.split(
            linear(layer.query_key_value, oracles.layer_norm(layer.attention_norm, z)), 3, 1
        )
        mixed = np.zeros_like(z)
        for head in range(config.attention_heads):
            part = slice(head * size, (head + 1) * size)
            turned_q, turned_k = oracles.rotary(q[:, part]), oracles.rotary(k[:, part])
            for place in range(len(z)):
                row = turned_k[: place + 1] @ turned_q[place] / np.sqrt(size)
                mixed[place, part] = oracles.softmax(row) @ v[: place + 1, part]
        z = z + linear(layer.output, mixed)
        queries = oracles.layer_norm(layer.source_norm, z)
        answers = [
            attention_oracles.attend(layer.attention, config, query, states, 0) for query in queries
        ]
        z = z + linear(layer.source_output, np.stack([context for context, _ in answers]))
        inner = linear(layer.expand, oracles.layer_norm(layer.feed_forward_norm, z))
        z = z + linear(layer.contract, np.maximum(0, inner))
    return list(oracles.layer_norm(decoder.norm, z)), [weights for _, weights in answers]


def decode(
    model: Any, states: Floats, finals: Floats | None, target: list[int]
) -> tuple[Floats, Floats]:
    """Log-probabilities [T, V] after each of ``target`` and attention weights [T, H, S]."""
    config = model.config
    run = {
        "attention": feeding_decoder if config.input_feeding else attention_decoder,
        "initial-state": initial_state_decoder,
        "context": context_decoder,
        "transformer": transformer_decoder,
    }[config.decoder]
    embeddings = array(model.decoder.embedding.weight)
    features, weights = run(
        model, embeddings[target] * np.sqrt(embeddings.shape[1]), states, finals
    )
    scores = np.stack(features) @ array(model.output_weight).T + array(model.output_bias)
    return np.log(oracles.softmax(scores)), np.stack(weights)


def _zeros(config: Any) -> list[Pair]:
    nothing = np.zeros(config.decoder_width)
    return [(nothing, nothing)] * config.decoder_layers


def _through(model: Any, x: Floats, remembered: list[Pair]) -> Floats:
    """One step through all layers, which remember; the top states."""
    config = model.config
    for number, layer in enumerate((model.decoder.bottom, *model.decoder.upper)):
        remembered[number] = cell(config.cell, layer, x, remembered[number])
        h = remembered[number][0]
        x = x + h if number and config.residual else h
    return x
