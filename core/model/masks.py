"""Masks and reversals for padded batches."""

from __future__ import annotations

import torch
from torch import Tensor


def padding_mask(lengths: Tensor, size: int) -> Tensor:
    """``True`` on real positions: ``[B] -> [B, size]``."""
    return torch.arange(size, device=lengths.device) < lengths[:, None]


def reversal(lengths: Tensor, size: int) -> Tensor:
    """Positions that reverse each row's real part and leave its padding: ``[B, size]``."""
    positions = torch.arange(size, device=lengths.device).expand(len(lengths), size)
    mirrored = lengths[:, None] - 1 - positions
    return torch.where(mirrored >= 0, mirrored, positions)
