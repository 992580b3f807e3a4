"""Bfloat16 under autocast, where a processor's LSTM layers cannot have it."""

from __future__ import annotations

import torch
from torch import Tensor


def in_halves(x: Tensor) -> bool:
    """Whether autocast asks a processor for bfloat16."""
    return (
        x.device.type == "cpu"
        and torch.is_autocast_enabled("cpu")
        and torch.get_autocast_dtype("cpu") == torch.bfloat16
    )


def lacks_halves(x: Tensor) -> bool:
    """Whether it asks for what oneDNN has no LSTM layer for, as without AVX-512.

    Everything else is emulated there, slower than fp32; its LSTM layer is refused.
    """
    return in_halves(x) and not torch.ops.mkldnn._is_mkldnn_bf16_supported()
