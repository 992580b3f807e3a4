"""How fast one sentence could be at best on this machine (Williams et al. 2009, "Roofline").

Encoder and decoder step each take at least the time of their multiply-adds at the speed of a large
matrix product, and at least the time of reading their weights (and the attention's keys and values)
once at the speed of reading as many bytes again and again, caches included. What is left out
(normalisation, softmax, the search, words and text) only adds to it, so it is a bound from below.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

BYTES = {"fp32": 4, "bf16": 2, "int8": 1}  # of a weight
_GATES = {"lstm": 4, "gru": 3}


@dataclass(frozen=True, slots=True)
class Work:
    """Multiply-adds, and numbers read from memory."""

    multiply_adds: int
    numbers: int


@dataclass(frozen=True, slots=True)
class Peaks:
    """What the machine reaches.

    Attributes:
        multiply_adds: per second, by precision.
        reading: bytes per second, by the name of the working set.
    """

    multiply_adds: dict[str, float]
    reading: dict[str, float]


def encoder_work(config: dict[str, Any], source: int) -> Work:
    """Reading a sentence of ``source`` pieces.

    Args:
        config: the fields of :class:`core.model.config.ModelConfig`.
        source: pieces.

    Raises:
        ValueError: the encoder is no Transformer or the attention not multi-head: not counted.
    """
    if config["encoder"] != "transformer" or config["attention"] != "multi-head":
        raise ValueError("only a Transformer encoder with multi-head attention is counted")
    width, inner, layers = config["width"], config["feed_forward"], config["encoder_layers"]
    # Query, key, value and output; expand and contract; then keys and values for the decoder.
    weights = layers * (4 * width * width + 2 * width * inner) + 2 * width * width
    scores = layers * 2 * source * source * width  # Q Kᵀ and its product with V
    start = width * config["decoder_width"]
    return Work(source * weights + scores + start, weights + start)


def step_work(config: dict[str, Any], source: int, rows: int) -> Work:
    """One decoder step of ``rows`` hypotheses over ``source`` pieces."""
    width, hidden = config["width"], config["decoder_width"]
    gates = _GATES[config["cell"]] * hidden
    upper = config["decoder_layers"] - 1
    weights = (
        gates * (width + hidden)  # the bottom layer
        + hidden * width  # the attention's query
        + upper * gates * (hidden + width + hidden)
        + (hidden + width) * 2 * hidden  # expand
        + 2 * hidden * width  # contract
        + width * config["target_vocabulary"]  # output
    )
    attended = 2 * source * width  # keys and values, of each row
    return Work(rows * (weights + attended), weights + rows * attended)


def least_seconds(
    config: dict[str, Any], source: int, steps: int, beam: int, precision: str, peaks: Peaks
) -> dict[str, float]:
    """The bound for one sentence, and its parts.

    Args:
        config: of the model.
        source: pieces read.
        steps: pieces written, the end symbol included; the first step has one hypothesis.
        beam: hypotheses of the other steps.
        precision: a key of :data:`BYTES`.
        peaks: of the machine.
    """
    speed, size = peaks.multiply_adds[precision], BYTES[precision]

    def bound(work: Work, place: str) -> tuple[float, float]:
        return work.multiply_adds / speed, work.numbers * size / peaks.reading[place]

    encoder = bound(encoder_work(config, source), f"encoder {precision}")
    first = bound(step_work(config, source, 1), f"decoder {precision}")
    other = bound(step_work(config, source, beam), f"decoder {precision}")
    computing = encoder[0] + first[0] + (steps - 1) * other[0]
    reading = encoder[1] + first[1] + (steps - 1) * other[1]
    total = max(encoder) + max(first) + (steps - 1) * max(other)
    return {"multiply-adds": computing, "memory": reading, "bound": total}


def working_sets(config: dict[str, Any], precisions: list[str]) -> dict[str, int]:
    """Bytes of the weights of the encoder and of a decoder step, for :class:`Peaks`."""
    sets = {}
    for precision in precisions:
        sets[f"encoder {precision}"] = encoder_work(config, 1).numbers * BYTES[precision]
        sets[f"decoder {precision}"] = step_work(config, 0, 1).numbers * BYTES[precision]
    return sets
