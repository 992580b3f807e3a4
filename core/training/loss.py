"""Cross-entropy with label smoothing (Szegedy et al. 2016), fused with the output layer.

The scores of a batch over a whole vocabulary are by far its largest tensor. They are made in the
features' own precision and turned into their gradients in one pass in C, in their place, or by
torch in chunks of rows whose fp32 copies fit the processor's cache.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from typing import Any

import torch
from torch import Tensor
from torch.autograd.function import once_differentiable

from core.model.native import library
from core.model.native.library import Library
from core.model.native.loss import cross_entropy

# Rows whose fp32 scores stay in the processor's cache while they are turned into gradients.
CHUNK = 128
# A GPU wants few large steps; this many rows by 16,000 scores are 256 MB.
GPU_CHUNK = 4096


def chunks(features: Tensor) -> Iterator[slice]:
    """The rows of ``features`` in runs so short that their scores are no burden."""
    size = CHUNK if features.device.type == "cpu" else GPU_CHUNK
    for begin in range(0, len(features), size):
        yield slice(begin, begin + size)


class _LinearCrossEntropy(torch.autograd.Function):
    @staticmethod
    def forward(
        ctx: Any,
        features: Tensor,
        weight: Tensor,
        bias: Tensor,
        targets: Tensor,
        smoothing: float,
        learning: bool,
    ) -> tuple[Tensor, Tensor]:
        cast = weight.to(features.dtype)
        likely, spread, grads, grad_bias = _losses(
            features, cast, bias, targets, smoothing, learning
        )
        plain = likely.sum()
        smoothed = (1 - smoothing) * plain + smoothing * spread.sum() if smoothing else plain
        if learning:
            grad_features = grads @ cast
            grad_weight = (grads.T @ features).to(weight.dtype)
            ctx.save_for_backward(grad_features, grad_weight, grad_bias)
        return smoothed.clone(), plain

    @staticmethod
    @once_differentiable
    def backward(ctx: Any, grad: Tensor, _: Tensor) -> Any:
        features, weight, bias = ctx.saved_tensors
        return features * grad.to(features.dtype), weight * grad, bias * grad, None, None, None


class _RowCrossEntropy(torch.autograd.Function):
    @staticmethod
    def forward(
        ctx: Any, features: Tensor, weight: Tensor, bias: Tensor, targets: Tensor, learning: bool
    ) -> Tensor:
        cast = weight.to(features.dtype)
        likely, _, grads, _ = _losses(features, cast, bias, targets, 0.0, learning)
        if learning:
            ctx.save_for_backward(features, weight, grads)
        return likely

    @staticmethod
    @once_differentiable
    def backward(ctx: Any, grad: Tensor) -> Any:
        features, weight, grads = ctx.saved_tensors
        grads.mul_(grad[:, None].to(grads.dtype))  # in their place: they are as large as the scores
        # Autocast, under which the scores may have become less exact, is over here.
        grad_features = (grads @ weight.to(grads.dtype)).to(features.dtype)
        grad_weight = (grads.T @ features.to(grads.dtype)).to(weight.dtype)
        grad_bias = grads.sum(0, dtype=torch.float32)
        return grad_features, grad_weight, grad_bias, None, None


def _losses(
    features: Tensor, cast: Tensor, bias: Tensor, targets: Tensor, smoothing: float, learning: bool
) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """See :func:`_by_torch`; in C where it can be."""
    code = library.find() if features.device.type == "cpu" else None
    dtype = torch.get_autocast_dtype("cpu") if torch.is_autocast_enabled("cpu") else features.dtype
    known = {dtype, features.dtype} <= {torch.float32, torch.bfloat16} and len(features) > 0
    lose = _by_torch if code is None or not known else functools.partial(_natively, code)
    return lose(features, cast, bias.float(), targets.long(), smoothing, learning)


def _by_torch(
    features: Tensor, cast: Tensor, bias: Tensor, targets: Tensor, smoothing: float, learning: bool
) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Losses of the targets and of all pieces ``[N]``, gradients of scores ``[N, V]`` and bias."""
    size = cast.shape[0]
    grads = features.new_empty(len(features) if learning else 0, size)  # [N, V]
    grad_bias = torch.zeros_like(bias)
    likely, spread = torch.empty(2, len(features), device=features.device).unbind()
    for rows in chunks(features):
        wanted = targets[rows, None]
        scores = (features[rows] @ cast.T).float().add_(bias)  # [C, V]
        normaliser = scores.logsumexp(-1)
        likely[rows] = normaliser - scores.gather(1, wanted).squeeze(1)
        spread[rows] = normaliser - scores.mean(-1)
        if not learning:
            continue
        # The gradient of the scores is softmax minus the smoothed one-hot target.
        grad = scores.sub_(normaliser[:, None]).exp_()
        if smoothing:
            grad.sub_(smoothing / size)
        grad.scatter_add_(1, wanted, grad.new_full(wanted.shape, smoothing - 1))
        grad_bias += grad.sum(0)
        grads[rows] = grad
    return likely, spread, grads, grad_bias


def _natively(
    code: Library,
    features: Tensor,
    cast: Tensor,
    bias: Tensor,
    targets: Tensor,
    smoothing: float,
    learning: bool,
) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """:func:`_by_torch` in C: scores become gradients where they are, in one pass."""
    if learning:
        grads = features @ cast.T
        found = cross_entropy(code, grads, bias, targets, smoothing, learning=True)
        return found.likely, found.spread, grads, found.bias_gradient
    parts = [
        cross_entropy(code, features[rows] @ cast.T, bias, targets[rows], smoothing, learning=False)
        for rows in chunks(features)
    ]
    likely, spread, _ = (torch.cat(part) for part in zip(*parts, strict=True))
    return likely, spread, features.new_empty(0, len(cast)), bias


def linear_cross_entropy(
    features: Tensor, weight: Tensor, bias: Tensor, targets: Tensor, smoothing: float = 0.0
) -> tuple[Tensor, Tensor]:
    """Summed loss of ``features @ weight.T + bias`` against ``targets``.

    Args:
        features: ``[N, width]``.
        weight: ``[V, width]``.
        bias: ``[V]``.
        targets: ``[N]`` ids, without padding.
        smoothing: share of the probability spread evenly over the vocabulary.

    Returns:
        The smoothed sum, to differentiate, and the plain sum (natural log), to report.
    """
    learning = torch.is_grad_enabled() and features.requires_grad
    smoothed, plain = _LinearCrossEntropy.apply(  # type: ignore[no-untyped-call]
        features, weight, bias, targets, smoothing, learning
    )
    return smoothed, plain.detach()


def row_cross_entropy(features: Tensor, weight: Tensor, bias: Tensor, targets: Tensor) -> Tensor:
    """Loss of every row of ``features @ weight.T + bias`` against ``targets``, ``[N]``.

    The arguments are those of :func:`linear_cross_entropy`. What is made of the losses decides each
    row's share of the gradient, so all scores are kept until then, 4 bytes each in fp32; its
    gradient can be asked for once.
    """
    learning = torch.is_grad_enabled() and features.requires_grad
    found: Tensor = _RowCrossEntropy.apply(  # type: ignore[no-untyped-call]
        features, weight, bias, targets, learning
    )
    return found


def guided_alignment(attention: Tensor, links: Tensor, rows: Tensor) -> Tensor:
    """Cross-entropy of one head's attention against known alignments (Chen et al. 2016, eq. 9).

    Args:
        attention: ``[B, T, S]``, rows sum to 1.
        links: flat indices into ``attention`` of aligned (target, source) places.
        rows: for each link, the share of its target piece's links, summing to 1 per piece.

    Returns:
        The sum over target pieces.
    """
    chosen = attention.reshape(-1).index_select(0, links)
    return -(rows * chosen.clamp_min(1e-9).log()).sum()
