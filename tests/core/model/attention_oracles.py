"""Every attention once more, in NumPy: one decoder state, one source word, one head at a time."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from . import oracles
from .oracles import Floats, array


def weigh(attention: Any, config: Any, query: Floats, states: Floats, step: int) -> Floats:
    """Weights [H, S] of a decoder state [query_width] over encoder states [S, width]."""
    kind = config.attention
    if kind == "none":
        return np.full((1, len(states)), 1 / len(states))
    if kind == "multi-head":
        return np.stack(
            [oracles.softmax(head) for head in _head_energies(attention, config, query, states)]
        )
    energies = np.array([energy(attention, kind, query, state) for state in states])
    if kind.startswith("local"):
        return window(attention, config, query, energies, step)[None]
    return oracles.softmax(energies)[None]


def energy(attention: Any, kind: str, query: Floats, state: Floats) -> float:
    """How well one source word fits."""
    if kind == "dot":
        return float(query @ state)
    if kind == "scaled-dot":
        return float(query @ state) / math.sqrt(len(state))
    if kind == "additive":  # v tanh(W [query; state]): W's halves are two layers
        both = np.concatenate((array(attention.query.weight), array(attention.key.weight)), axis=1)
        inner = both @ np.concatenate((query, state)) + array(attention.query.bias)
        return float(array(attention.energy.weight)[0] @ np.tanh(inner))
    return float(query @ array(attention.key.weight) @ state)  # general, and both local ones


def window(attention: Any, config: Any, query: Floats, energies: Floats, step: int) -> Floats:
    """Luong et al. 2015, eq. 9 and 10: softmax within the window, then a Gaussian; sum 1."""
    size, reach = len(energies), config.attention_window
    middle = float(min(step, size - 1))
    if config.attention == "local-p":
        inner = np.tanh(array(attention.place.weight) @ query)
        middle = size * float(oracles.sigmoid(array(attention.middle.weight)[0] @ inner))
    near = [place for place in range(size) if middle - reach <= place <= middle + reach]
    weights = np.zeros(size)
    weights[near] = oracles.softmax(energies[near])
    if config.attention == "local-p":
        sigma = reach / 2
        weights *= np.exp(-((np.arange(size) - middle) ** 2) / (2 * sigma**2))
    return weights / weights.sum()


def _head_energies(attention: Any, config: Any, query: Floats, states: Floats) -> list[Floats]:
    size = config.width // config.attention_heads
    q, k = oracles.linear(attention.query, query), oracles.linear(attention.key, states)
    parts = [slice(head * size, (head + 1) * size) for head in range(config.attention_heads)]
    return [k[:, part] @ q[part] / math.sqrt(size) for part in parts]


def attend(
    attention: Any, config: Any, query: Floats, states: Floats, step: int
) -> tuple[Floats, Floats]:
    """Context [width] and weights [H, S]."""
    weights = weigh(attention, config, query, states, step)
    if config.attention == "none":
        return np.zeros(0), weights
    values = states
    if config.attention == "multi-head":
        values = oracles.linear(attention.value, states)
    heads = np.split(values, len(weights), axis=1)
    context = np.concatenate([row @ head for row, head in zip(weights, heads, strict=True)])
    return config.attention_strength * context, weights
