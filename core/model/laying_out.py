"""Layers for translating, made of a trained model's weights by the names that these have."""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import Tensor, nn

from core.model.config import ModelConfig
from core.model.embeddings import SOURCE_TABLE
from core.model.native.encoder import EncoderParts, LayerParts
from core.model.packed import Layer, Linear, Lookup, Matrix, Rows, make_linear, side_by_side

Weights = Callable[[str], Matrix]
"""A weight by the name it has in ``Seq2Seq``."""

GATE_WEIGHTS = ("weight_ih_l0", "weight_hh_l0", "bias_ih_l0", "bias_hh_l0")


class Layers:
    """Makes layers out of weights, for activations of ``dtype``."""

    def __init__(self, weights: Weights, dtype: torch.dtype) -> None:
        self.weights, self.dtype = weights, dtype

    def floats(self, name: str) -> Tensor:
        """The weight ``name``, as floats."""
        found = self.weights(name)
        return (found.floats() if isinstance(found, Rows) else found).to(self.dtype)

    def matrix(self, name: str) -> Matrix:
        """The matrix ``name``, integers or floats of the type of activations."""
        found = self.weights(name)
        return found if isinstance(found, Rows) else found.to(self.dtype)

    def linear(self, name: str, *, bias: bool = True) -> Linear:
        """The linear layer ``name``."""
        of_outputs = self.floats(f"{name}.bias") if bias else None
        return make_linear(self.weights(f"{name}.weight"), of_outputs, self.dtype)

    def norm(self, name: str) -> tuple[Tensor, Tensor]:
        """Weight and bias of the normalisation ``name``."""
        return self.floats(f"{name}.weight"), self.floats(f"{name}.bias")

    def layer(self, name: str) -> Layer:
        """The matrix and bias of the linear layer ``name``."""
        return self.matrix(f"{name}.weight"), self.floats(f"{name}.bias")

    def fill(self, module: nn.Module, name: str) -> None:
        """Give the layers inside ``module``, made without weights, those of ``name``."""
        for part, child in list(module.named_children()):
            place = f"{name}.{part}"
            made: Callable[[Tensor], Tensor]
            if isinstance(child, nn.Linear):
                made = self.linear(place, bias=child.bias is not None)
            elif isinstance(child, nn.Embedding):
                made = Lookup(self.weights(f"{place}.weight"), self.dtype)
            else:
                self.fill(child, place)
                continue
            delattr(module, part)  # a module gives way to no plain function
            setattr(module, part, made)
        for part, _ in list(module.named_parameters(recurse=False)):
            weight = nn.Parameter(self.floats(f"{name}.{part}"), requires_grad=False)
            setattr(module, part, weight)


def encoder_parts(layers: Layers, config: ModelConfig) -> EncoderParts:
    """The weights of an encoder of self-attention."""

    def of_layer(name: str) -> LayerParts:
        return LayerParts(
            layers.norm(f"{name}.attention_norm"),
            layers.layer(f"{name}.query_key_value"),
            layers.layer(f"{name}.output"),
            layers.norm(f"{name}.feed_forward_norm"),
            layers.layer(f"{name}.expand"),
            layers.layer(f"{name}.contract"),
        )

    return EncoderParts(
        layers.matrix(SOURCE_TABLE),
        [of_layer(f"encoder.layers.{index}") for index in range(config.encoder_layers)],
        layers.norm("encoder.norm"),
    )


def cell_names(config: ModelConfig) -> list[str]:
    """The recurrent layers, the bottom one first."""
    return ["decoder.bottom", *(f"decoder.upper.{i}" for i in range(config.decoder_layers - 1))]


def gates_of(layers: Layers, name: str) -> Layer:
    """All of an LSTM as one linear layer of input and state side by side, i, f, o, g."""
    of_input, of_state, *biases = (f"{name}.{part}" for part in GATE_WEIGHTS)
    matrix = side_by_side(
        _matrix_output_last(layers.matrix(of_input)),
        _matrix_output_last(layers.matrix(of_state)),
    )
    return matrix, _output_last(layers.floats(biases[0]) + layers.floats(biases[1]))


def _output_last(gates: Tensor) -> Tensor:
    """The gates i, f, g, o of an LSTM as i, f, o, g, so that those with a sigmoid are together."""
    i, f, g, o = gates.chunk(4)
    return torch.cat((i, f, o, g))


def _matrix_output_last(gates: Matrix) -> Matrix:
    """:func:`_output_last` of the rows of a matrix."""
    if isinstance(gates, Rows):
        return Rows(_output_last(gates.values), _output_last(gates.scales))
    return _output_last(gates)
