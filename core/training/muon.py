"""Muon (Jordan et al. 2024), whose matrices of one shape are made orthogonal together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import torch
from torch import Tensor

from core import runtime


class Muon(torch.optim.Muon):
    """``torch.optim.Muon``, sooner: the same update from a few large products.

    torch takes one matrix after the other, whose small products leave most of a processor idle, and
    always in bfloat16, which a processor without it in hardware only imitates.
    """

    @torch.no_grad()
    def step(self, closure: Any = None) -> None:  # type: ignore[override]
        """Update all weights that have a gradient."""
        if closure is not None:
            raise NotImplementedError("a closure is not called")
        for group in self.param_groups:
            learnt = [p for p in group["params"] if p.grad is not None]
            for together in _alike(learnt):
                updates = [self._update(p, group) for p in together]
                self._move(together, _orthogonal(updates, group), group)

    def _update(self, parameter: Tensor, group: dict[str, Any]) -> Tensor:
        """The gradient after momentum (Nesterov's), ``[R, C]``; the momentum is kept."""
        grad, state = parameter.grad, self.state[parameter]
        assert grad is not None
        if "momentum_buffer" not in state:
            state["momentum_buffer"] = torch.zeros_like(grad)
        buffer = state["momentum_buffer"].lerp_(grad, 1 - group["momentum"])
        return grad.lerp(buffer, group["momentum"]) if group["nesterov"] else buffer

    @staticmethod
    def _move(parameters: list[Tensor], updates: Tensor, group: dict[str, Any]) -> None:
        for parameter, update in zip(parameters, updates, strict=True):
            rate = group["lr"]
            if group["adjust_lr_fn"] == "match_rms_adamw":  # Liu et al. 2025, section 2.2
                rate *= 0.2 * max(parameter.shape) ** 0.5
            else:
                rate *= max(1.0, parameter.shape[0] / parameter.shape[1]) ** 0.5
            parameter.mul_(1 - group["lr"] * group["weight_decay"])
            parameter.add_(update, alpha=-rate)


def _alike(parameters: list[Tensor]) -> Iterator[list[Tensor]]:
    """Matrices of one shape on one device."""
    found: dict[object, list[Tensor]] = defaultdict(list)
    for parameter in parameters:
        found[parameter.shape, parameter.device].append(parameter)
    yield from found.values()


def _orthogonal(updates: list[Tensor], group: dict[str, Any]) -> Tensor:
    """Matrices ``[R, C]``, as many as N, to ``[N, R, C]`` whose singular values are about 1, by the
    Newton-Schulz iteration of Muon."""
    x = torch.stack(updates)
    x /= x.flatten(1).norm(dim=1).clamp_min(group["eps"])[:, None, None]
    if x.device.type != "cpu" or runtime.has_bf16():
        x = x.bfloat16()
    a, b, c = group["ns_coefficients"]
    standing = x.shape[1] > x.shape[2]  # then the smaller square is on its other side
    for _ in range(group["ns_steps"]):
        gram = x.mT @ x if standing else x @ x.mT
        even = torch.baddbmm(gram, gram, gram, beta=b, alpha=c)
        x = torch.baddbmm(x, *((x, even) if standing else (even, x)), beta=a)
    return x
