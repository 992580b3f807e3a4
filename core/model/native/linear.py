"""A linear layer of bytes in C, where torch has nothing sooner."""

from __future__ import annotations

import ctypes

import torch
from torch import Tensor

from core.model.native.arena import Arena
from core.model.native.layout import lay_out
from core.model.native.library import Library


class NativeLinear:
    """``x Wᵀ + b`` with W of 8-bit integers; each row of x is rounded by a scale of its own.

    Rounding, product and bias are one call, where torch makes six.

    Args:
        code: the compiled code.
        values: ``[R, C]`` int8.
        scales: of the rows of these, ``[R]``.
        bias: ``[R]``.
    """

    def __init__(self, code: Library, values: Tensor, scales: Tensor, bias: Tensor) -> None:
        self._product = code.product
        laid = lay_out(values, scales, bias, code)
        self._arena = Arena(laid.tensors())
        self._struct = laid.struct(self._arena)
        self._matrix = ctypes.addressof(self._struct)
        self._arena.forget()
        self._outputs, self._filled = laid.outputs, laid.bias.shape[0]

    def __call__(self, x: Tensor) -> Tensor:
        """``[..., C]`` to ``[..., R]``.

        Raises:
            MemoryError: there is no room for what lies between.
        """
        x = x.float().contiguous()
        found = torch.empty(*x.shape[:-1], self._filled)
        rows = found.numel() // self._filled
        helpers = torch.get_num_threads() - 1
        if self._product(self._matrix, rows, helpers, x.data_ptr(), found.data_ptr()):
            raise MemoryError(f"no room for a product of {rows} rows")
        return found if self._filled == self._outputs else found[..., : self._outputs].contiguous()
