"""Queries, keys and values to heads of their own, in C."""

from __future__ import annotations

import ctypes
from typing import Any

import torch
from torch import Tensor
from torch.autograd.function import once_differentiable

from core.model.native import library
from core.model.native.library import HeadsStruct, Library

MOST_WIDE = 256  # a head


def parted(joined: Tensor, cosines: Tensor, sines: Tensor, heads: int) -> Tensor | None:
    """Queries, keys and values apart, queries and keys turned by rotary positions.

    Args:
        joined: ``[B, S, 3 H D]`` float32 or bfloat16, as one matrix makes them.
        cosines, sines: ``[S, D / 2]`` float32; see :func:`core.model.encoder.rotary_angles`.
        heads: H.

    Returns:
        ``[3, B, H, S, D]``; ``None`` where there is no C code, or it does not know the tensors.
    """
    width = joined.shape[2] // 3 // heads
    known = (
        joined.device.type == "cpu"
        and joined.dtype in (torch.float32, torch.bfloat16)
        and cosines.dtype == sines.dtype == torch.float32
        and width <= MOST_WIDE
    )
    code = library.find() if known else None
    if code is None:
        return None
    found: Tensor = _Parted.apply(code, joined, cosines.contiguous(), sines.contiguous(), heads)  # type: ignore[no-untyped-call]
    return found


class _Parted(torch.autograd.Function):
    @staticmethod
    def forward(
        ctx: Any, code: Library, joined: Tensor, cosines: Tensor, sines: Tensor, heads: int
    ) -> Tensor:
        batch, size, width = joined.shape
        joined = joined.contiguous()
        parts = joined.new_empty(3, batch, heads, size, width // 3 // heads)
        _call(code, joined, parts, cosines, sines, back=False)
        ctx.save_for_backward(cosines, sines)
        ctx.code = code
        return parts

    @staticmethod
    @once_differentiable
    def backward(ctx: Any, of_parts: Tensor) -> Any:
        _, batch, heads, size, width = of_parts.shape
        of_joined = of_parts.new_empty(batch, size, 3 * heads * width)
        _call(ctx.code, of_joined, of_parts.contiguous(), *ctx.saved_tensors, back=True)
        return None, of_joined, None, None, None


def _call(
    code: Library, joined: Tensor, parts: Tensor, cosines: Tensor, sines: Tensor, *, back: bool
) -> None:
    _, batch, heads, size, width = parts.shape
    struct = HeadsStruct(
        batch, size, heads, width // 2, joined.dtype == torch.bfloat16, back,
        torch.get_num_threads() - 1,
        *(part.data_ptr() for part in (cosines, sines, joined, parts)),
    )  # fmt: skip
    if code.heads(ctypes.addressof(struct)):
        raise ValueError(f"heads of {width} are too wide")
