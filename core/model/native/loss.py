"""Cross-entropy of scores in C, and its gradient in their place."""

from __future__ import annotations

import ctypes
from typing import NamedTuple

import torch
from torch import Tensor

from core.model.native.library import Library, LossStruct

_ROWS = 64  # whose gradients of the bias are summed apart


class Losses(NamedTuple):
    """What a model is told of its scores.

    Attributes:
        likely: minus the log-probability of each row's target, ``[N]``.
        spread: minus the mean of all log-probabilities of each row, ``[N]``.
        bias_gradient: ``[V]``; zero if nothing is learnt.
    """

    likely: Tensor
    spread: Tensor
    bias_gradient: Tensor


def cross_entropy(
    code: Library,
    scores: Tensor,
    bias: Tensor,
    targets: Tensor,
    smoothing: float,
    *,
    learning: bool,
) -> Losses:
    """Losses of ``scores`` plus ``bias``, all on the processor.

    Args:
        code: the compiled code.
        scores: ``[N, V]`` float32 or bfloat16, contiguous; if ``learning``, the gradients of the
            summed, smoothed loss take their place.
        bias: ``[V]`` float32.
        targets: ``[N]`` int64.
        smoothing: share of the probability spread evenly over the vocabulary.
        learning: whether gradients are wanted.

    Raises:
        ValueError: the tensors are of other kinds or shapes.
        IndexError: a target is none of the vocabulary.
    """
    rows, vocabulary = scores.shape
    fits = (
        scores.is_contiguous()
        and scores.dtype in (torch.float32, torch.bfloat16)
        and (bias.dtype, bias.shape) == (torch.float32, (vocabulary,))
        and (targets.dtype, targets.shape) == (torch.int64, (rows,))
    )
    if not fits:
        raise ValueError(f"scores {scores.dtype}, bias {bias.shape}, targets {targets.shape}")
    bias, targets = bias.contiguous(), targets.contiguous()
    likely, spread = torch.empty(2, rows, dtype=torch.float32).unbind()
    sums = torch.empty(-(-rows // _ROWS) if learning else 0, vocabulary, dtype=torch.float32)
    struct = LossStruct(
        rows, vocabulary, torch.get_num_threads() - 1, scores.dtype == torch.bfloat16, learning,
        smoothing, scores.data_ptr(), bias.data_ptr(), targets.data_ptr(), likely.data_ptr(),
        spread.data_ptr(), sums.data_ptr(),
    )  # fmt: skip
    if code.loss(ctypes.addressof(struct)):
        raise IndexError(f"a target is none of the vocabulary of {vocabulary}")
    return Losses(likely, spread, sums.sum(0))
