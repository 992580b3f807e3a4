"""Masks and reversals for padded batches."""

from __future__ import annotations

import torch
from torch import Tensor


def padding_mask(lengths: Tensor, size: int) -> Tensor:
    """``True`` on real positions: ``[B] -> [B, size]``."""
    return torch.arange(size, device=lengths.device) < lengths[:, None]


def has_padding(real: Tensor) -> bool:
    """Whether some position of a :func:`padding_mask` is padding.

    On a GPU the answer is always yes: to look would make the processor wait for it.
    """
    return real.device.type != "cpu" or not bool(real.all())


def additive_mask(real: Tensor) -> Tensor:
    """0 where ``real`` is true, minus infinity where not (float32), to be added to energies."""
    return torch.zeros_like(real, dtype=torch.float32).masked_fill_(~real, float("-inf"))


def reversal(lengths: Tensor, size: int) -> Tensor:
    """Positions that reverse each row's real part and leave its padding: ``[B, size]``."""
    positions = torch.arange(size, device=lengths.device).expand(len(lengths), size)
    mirrored = lengths[:, None] - 1 - positions
    return torch.where(mirrored >= 0, mirrored, positions)
