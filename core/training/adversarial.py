"""Adversarial training on embeddings: the fast gradient method (Miyato et al. 2017, section 3).

Of the embeddings E and their gradient g = ∇_E L, E + r with r = ε g / ‖g‖₂ is the place at distance
ε where the loss is greatest to first order; the model is to do well there, too:

    L' = L(E) + L(E + r),  r being a constant

Miyato et al. scale the gradient of each sentence; here g is that of the whole table in a batch, so
that one more pass over the batch is all it takes.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

import torch
from torch import Tensor


@contextlib.contextmanager
def moved(table: Tensor, distance: float) -> Iterator[None]:
    """Within this block ``table`` ``[V, width]`` lies ``distance`` up its gradient.

    Afterwards it is bit for bit as before. Without a gradient it stays where it is.
    """
    if table.grad is None:
        yield
        return
    kept = table.detach().clone()
    with torch.no_grad():
        norm = table.grad.norm()
        table.add_(table.grad * (distance / norm.clamp_min(1e-12)))
    try:
        yield
    finally:
        with torch.no_grad():
            table.copy_(kept)
