"""Linear layers as the C code reads them."""

from __future__ import annotations

from typing import NamedTuple

import torch
from torch import Tensor
from torch.nn import functional

from core.model.native.arena import Arena
from core.model.native.library import BYTES, FLOATS, HALVES, Library, MatrixStruct


class LaidOut(NamedTuple):
    """A linear layer in blocks of outputs, filled up (see ``products.h``)."""

    outputs: int
    inputs: int
    weights: Tensor
    scales: Tensor | None
    bias: Tensor

    def struct(self, arena: Arena) -> MatrixStruct:
        """The layer, its numbers in ``arena``."""
        parts = (arena.address(part) for part in (self.weights, self.scales, self.bias))
        return MatrixStruct(self.outputs, self.inputs, kind_of(self.weights, self.scales), *parts)

    def tensors(self) -> list[Tensor]:
        """What must lie in the arena."""
        parts = (self.weights, self.scales, self.bias)
        return [part for part in parts if part is not None]


def kind_of(values: Tensor, scales: Tensor | None) -> int:
    """What the numbers of a matrix are."""
    if scales is not None:
        return BYTES
    return HALVES if values.dtype == torch.bfloat16 else FLOATS


def lay_out(values: Tensor, scales: Tensor | None, bias: Tensor, code: Library) -> LaidOut:
    """A matrix ``[R, C]`` (float32, bfloat16, or int8 with ``scales`` ``[R]``) and its bias."""
    outputs, inputs = values.shape
    more = -outputs % code.block
    bias = functional.pad(bias.float(), (0, more))
    if scales is None:
        floats = functional.pad(values, (0, 0, 0, more)) if more else values
        weights = floats.view(-1, code.block, inputs).transpose(1, 2)
        return LaidOut(outputs, inputs, weights, None, bias)
    fill = -inputs % code.group
    integers = functional.pad(values, (0, fill, 0, more)) if fill or more else values
    if code.offset:  # of bytes with a sign it is the first bit turned round
        integers = integers.contiguous().view(torch.uint8) ^ code.offset
    weights = integers.view(-1, code.block, integers.shape[1] // 4, 4).transpose(1, 2)
    return LaidOut(outputs, inputs, weights, functional.pad(scales.float(), (0, more)), bias)
