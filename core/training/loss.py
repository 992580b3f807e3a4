"""Cross-entropy with label smoothing (Szegedy et al. 2016), fused with the output layer.

The scores of a batch over a whole vocabulary are by far its largest tensor. They are made and
turned into their gradients in chunks of rows that fit the processor's cache, and only the
gradients, in the features' own precision, exist all at once.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import torch
from torch import Tensor
from torch.autograd.function import once_differentiable

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
        size = weight.shape[0]
        cast = weight.to(features.dtype)
        grads = features.new_empty(len(features) if learning else 0, size)  # [N, V]
        grad_bias = torch.zeros_like(bias)
        smoothed = features.new_zeros((), dtype=torch.float32)
        plain = features.new_zeros((), dtype=torch.float32)
        for rows in chunks(features):
            wanted = targets[rows, None]
            scores = (features[rows] @ cast.T).float().add_(bias)  # [C, V]
            normaliser = scores.logsumexp(-1)
            likely = normaliser - scores.gather(1, wanted).squeeze(1)
            plain += likely.sum()
            if smoothing:
                spread = normaliser - scores.mean(-1)
                smoothed += (1 - smoothing) * likely.sum() + smoothing * spread.sum()
            if not learning:
                continue
            # The gradient of the scores is softmax minus the smoothed one-hot target.
            grad = scores.sub_(normaliser[:, None]).exp_()
            if smoothing:
                grad.sub_(smoothing / size)
            grad.scatter_add_(1, wanted, grad.new_full(wanted.shape, smoothing - 1))
            grad_bias += grad.sum(0)
            grads[rows] = grad
        if not learning:
            return (smoothed if smoothing else plain.clone()), plain
        grad_features = grads @ cast
        grad_weight = (grads.T @ features).to(weight.dtype)
        ctx.save_for_backward(grad_features, grad_weight, grad_bias)
        return (smoothed if smoothing else plain.clone()), plain

    @staticmethod
    @once_differentiable
    def backward(ctx: Any, grad: Tensor, _: Tensor) -> Any:
        features, weight, bias = ctx.saved_tensors
        return features * grad.to(features.dtype), weight * grad, bias * grad, None, None, None


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
