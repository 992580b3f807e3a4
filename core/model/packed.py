"""Products for inference on a processor: weights are laid out once, not at every call.

A matrix is a float tensor or :class:`Rows` of 8-bit integers. Float matrices go into the blocked
layout of oneDNN, in which a product with a few rows takes half to a quarter of the time. Integer
ones are multiplied as integers: each row of the input is rounded to 8 bits by a scale of its own
(dynamic quantisation), so that its result hangs on no other row, and sums are exact.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import torch
from torch import Tensor
from torch.nn import functional

from core.model.native import library
from core.model.native.linear import NativeLinear

# Fewer outputs than this are not worth a layout of their own.
_FEWEST_ROWS = 16


class Rows(NamedTuple):
    """A matrix ``[R, C]`` as int8 ``values`` times a float32 scale ``[R]`` for each row."""

    values: Tensor
    scales: Tensor

    def floats(self) -> Tensor:
        """The matrix as float32."""
        return self.values * self.scales[:, None]


Matrix = Tensor | Rows
Layer = tuple[Matrix, Tensor]
"""A linear layer: its matrix ``[R, C]`` and its bias ``[R]``."""
Linear = Callable[[Tensor], Tensor]
"""``x Wᵀ + b``: ``[..., C]`` to ``[..., R]``."""


def has_byte_products() -> bool:
    """Whether this processor adds products of bytes without overflow (VNNI and the like)."""
    able = torch.cpu.get_capabilities()
    if able["architecture"] != "x86_64":
        return True
    return any(able.get(name) for name in ("avx512_vnni", "avx_vnni", "amx_int8"))


def make_linear(matrix: Matrix, bias: Tensor | None, dtype: torch.dtype) -> Linear:
    """The product with ``matrix`` for inputs of ``dtype`` (float32 for :class:`Rows`)."""
    if isinstance(matrix, Rows):
        code = library.find()
        if code is not None and code.takes_all:
            of_outputs = torch.zeros(len(matrix.values)) if bias is None else bias
            return NativeLinear(code, matrix.values, matrix.scales, of_outputs)
        return IntegerLinear(matrix, bias)
    matrix = matrix.to(dtype)
    bias = None if bias is None else bias.to(dtype)
    if matrix.shape[0] < _FEWEST_ROWS or not _can_block(dtype):
        return PlainLinear(matrix, bias)
    return BlockedLinear(matrix, bias)


def split(matrix: Matrix) -> tuple[Tensor, Tensor | None]:
    """Values, and scales where these are integers."""
    return (matrix.values, matrix.scales.float()) if isinstance(matrix, Rows) else (matrix, None)


def united(values: Tensor | None, scales: Tensor | None) -> Matrix:
    """What :func:`split` has split."""
    assert values is not None
    return values if scales is None else Rows(values, scales)


def side_by_side(first: Matrix, second: Matrix) -> Matrix:
    """``[R, C]`` and ``[R, D]`` as ``[R, C + D]``, of integers to the greater scale of each row."""
    if not (isinstance(first, Rows) and isinstance(second, Rows)):
        floats = (part.floats() if isinstance(part, Rows) else part for part in (first, second))
        return torch.cat(tuple(floats), dim=1)
    scales = torch.maximum(first.scales, second.scales)
    parts = [
        (part.values * (part.scales / scales)[:, None]).round().to(torch.int8)
        for part in (first, second)
    ]
    return Rows(torch.cat(parts, dim=1), scales)


def _can_block(dtype: torch.dtype) -> bool:
    """Whether oneDNN is there, and takes ``dtype`` on this processor."""
    if not torch.backends.mkldnn.is_available():  # type: ignore[no-untyped-call]
        return False
    return dtype == torch.float32 or bool(torch.ops.mkldnn._is_mkldnn_bf16_supported())


class PlainLinear:
    """The product with W as it is."""

    def __init__(self, weight: Tensor, bias: Tensor | None) -> None:
        self.weight, self.bias = weight, bias

    def __call__(self, x: Tensor) -> Tensor:
        """See :data:`Linear`."""
        return functional.linear(x, self.weight, self.bias)


class _InBlocks:
    """A product that takes few different numbers of rows.

    For each of them oneDNN makes and keeps a program of half a megabyte, which takes as long as
    the product itself: so many rows are multiplied block by block, and few are filled up.
    """

    _SIZES = (1, 2, 4, 8, 16, 24, 32, 48, 64, 96, 128)

    def __call__(self, x: Tensor) -> Tensor:
        """See :data:`Linear`."""
        rows = x if x.dim() == 2 else x.flatten(0, -2)  # [M, C]
        most = self._SIZES[-1]
        if rows.shape[0] <= most:
            product = self._block(rows)
        else:
            product = torch.cat([self._block(part) for part in torch.split(rows, most)])
        return product if x.dim() == 2 else product.view(*x.shape[:-1], -1)

    def _filled(self, count: int) -> int:
        """How many rows ``count`` become, filled up."""
        return next(size for size in self._SIZES if size >= count)

    def _block(self, rows: Tensor) -> Tensor:
        """The product of a few rows."""
        raise NotImplementedError


class BlockedLinear(_InBlocks):
    """The product with W in oneDNN's layout."""

    def __init__(self, weight: Tensor, bias: Tensor | None) -> None:
        self.bias = bias
        self.weight = torch.ops.mkldnn._reorder_linear_weight(weight, None)

    def _block(self, rows: Tensor) -> Tensor:
        count = rows.shape[0]
        filled = self._filled(count)
        if filled > count:
            rows = functional.pad(rows, (0, 0, 0, filled - count))
        product: Tensor = torch.ops.mkldnn._linear_pointwise.default(
            rows, self.weight, self.bias, "none", [], ""
        )
        return product[:count]


class IntegerLinear(_InBlocks):
    """The product with W of 8-bit integers.

    A row of x becomes bytes, 128 standing for 0, by the scale peak / levels. Two products of
    bytes can overflow the 16 bits that older processors add them in; with 7 bits of x, 64 standing
    for 0, they cannot.
    """

    def __init__(self, matrix: Rows, bias: Tensor | None) -> None:
        levels, self.nought = (127.0, 128) if has_byte_products() else (63.0, 64)
        size, width = matrix.values.shape
        self.weight = torch.ops.onednn.qlinear_prepack(matrix.values, [1, width])
        self.scales = matrix.scales.float() / levels
        self.zeros = torch.zeros(size, dtype=torch.int32)
        self.bias = torch.zeros(()) if bias is None else bias.float()
        self.levels = torch.tensor(levels)
        # To bytes means towards zero; the half makes it nearest. One for each column: broadcast
        # both ways, three factors are multiplied number by number.
        self.zero = torch.full((width,), self.nought + 0.5)

    def _block(self, rows: Tensor) -> Tensor:
        count = rows.shape[0]
        filled = self._filled(count)
        peak = rows.abs().amax(1, keepdim=True)  # [M, 1]
        # Where all of a row is 0 it becomes any bytes, and the peak makes them 0 again.
        rounded = torch.addcmul(self.zero, rows, self.levels / peak)
        if filled == count:  # every operation counts where rows are few
            values = rounded.to(torch.uint8)
        else:
            values = torch.empty(filled, rows.shape[1], dtype=torch.uint8)
            values[:count] = rounded
        sums = torch.ops.onednn.qlinear_pointwise.default(
            values, 1.0, self.nought, self.weight, self.scales, self.zeros, None,
            1.0, 0, torch.float32, "none", [], "",
        )  # fmt: skip
        return torch.addcmul(self.bias, sums[:count], peak)


class Lookup:
    """Rows of a matrix of embeddings, as ``dtype``."""

    def __init__(self, matrix: Matrix, dtype: torch.dtype) -> None:
        self.dtype = dtype
        self.values = matrix.values if isinstance(matrix, Rows) else matrix.to(dtype)
        self.scales = matrix.scales.float()[:, None] if isinstance(matrix, Rows) else None

    def __call__(self, ids: Tensor) -> Tensor:
        """``ids`` ``[...]`` to ``[..., C]``."""
        found = functional.embedding(ids, self.values)
        if self.scales is not None:
            found = found * functional.embedding(ids, self.scales)
        return found.to(self.dtype)
