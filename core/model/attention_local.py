"""Attention within a window of the source (Luong et al. 2015, section 3.2)."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from core.model.attention import Memory
from core.model.attention_products import GeneralAttention
from core.model.config import ModelConfig


class LocalAttention(GeneralAttention):
    """Energies hₜᵀ W h̄ₛ (general) of the source words s with |s - pₜ| <= D alone.

    Words count from 0. The window's middle pₜ is the step t itself (local-m, monotonic), or

        pₜ = S · sigmoid(vᵀ tanh(W_p hₜ))                                   (eq. 9; local-p)

    with S real source words, in float, and weights are then multiplied by a Gaussian around it:

        align(hₜ, h̄ₛ) · exp(-(s - pₜ)² / (2 σ²)),  σ = D / 2                (eq. 10)

    Two things differ from the paper. Behind the Gaussian the weights are normalised once more, so
    that they sum to 1: that is the softmax of energies less (s - pₜ)² / (2 σ²). And an output
    longer than the source keeps looking at the last real word and those before it, where the
    paper's window would be empty: pₜ of local-m is at most S - 1.
    """

    def __init__(self, config: ModelConfig, query_width: int | None = None) -> None:
        super().__init__(config, query_width)
        self.window = config.attention_window
        self.predictive = config.attention == "local-p"
        if self.predictive:
            self.place = nn.Linear(self.query_width, self.query_width, bias=False)
            self.middle = nn.Linear(self.query_width, 1, bias=False)

    def forward(
        self, states: Tensor, memory: Memory, positions: Tensor | None = None
    ) -> tuple[Tensor, Tensor]:
        """See :meth:`Attention.forward`; ``positions`` are 0 to T - 1 unless told."""
        energies = (states[:, None].to(memory.keys.dtype) @ memory.keys.mT).float()  # [B, 1, T, S]
        size = energies.shape[-1]
        offsets = torch.arange(size, device=energies.device) - self._middle(
            states, memory, positions
        )  # [B, 1, T, S]
        energies = energies.masked_fill(offsets.abs() > self.window, float("-inf"))
        if self.predictive:
            energies = energies - 2 * (offsets / self.window).square()
        if memory.mask is not None:
            energies = energies + memory.mask
        weights = energies.softmax(dim=-1)
        contexts = weights.to(memory.values.dtype) @ memory.values  # [B, 1, T, width]
        return self._answer(contexts.squeeze(1)), weights

    def _middle(self, states: Tensor, memory: Memory, positions: Tensor | None) -> Tensor:
        """pₜ in float32, ``[B or 1, 1, T, 1]``."""
        size: Tensor | int = memory.keys.shape[2]
        if memory.mask is not None:
            size = (memory.mask == 0).sum(-1, keepdim=True)  # [B, 1, 1, 1]
        if self.predictive:
            place = self.middle(torch.tanh(self.place(states))).float()  # [B, T, 1]
            middle: Tensor = size * place.sigmoid()[:, None]
            return middle
        if positions is None:
            positions = torch.arange(states.shape[1], device=states.device)[None]
        return positions.float()[:, None, :, None].clamp(max=size - 1)
