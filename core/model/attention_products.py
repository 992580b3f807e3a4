"""Attention whose energies are products of a query and a key (Luong et al. 2015, eq. 8)."""

from __future__ import annotations

from torch import Tensor, nn

from core.model.attention import Attention, Memory, attend
from core.model.config import ModelConfig


class DotAttention(Attention):
    """hₜᵀ h̄ₛ (Luong et al. 2015, eq. 8, dot): decoder states are as wide as the encoder's.

    Scaled, it is divided by √width (Vaswani et al. 2017, eq. 1), in one head and without matrices.
    """

    def __init__(self, config: ModelConfig, query_width: int | None = None) -> None:
        super().__init__(config, query_width)
        self.scale = config.width**-0.5 if config.attention == "scaled-dot" else 1.0

    def prepare(self, states: Tensor) -> tuple[Tensor, Tensor]:
        """See :meth:`Attention.prepare`; one head, D is ``width``."""
        values = states[:, None]
        return (values if self.scale == 1 else values * self.scale), values

    def forward(
        self, states: Tensor, memory: Memory, positions: Tensor | None = None
    ) -> tuple[Tensor, Tensor]:
        """See :meth:`Attention.forward`."""
        query = states[:, None].to(memory.keys.dtype)  # [B, 1, T, width]
        contexts, weights = attend(query, memory.keys, memory.values, memory.mask)
        return self._answer(contexts.squeeze(1)), weights


class GeneralAttention(Attention):
    """hₜᵀ W h̄ₛ (Luong et al. 2015, eq. 8, general), also called multiplicative or bilinear."""

    def __init__(self, config: ModelConfig, query_width: int | None = None) -> None:
        super().__init__(config, query_width)
        self.key = nn.Linear(config.width, self.query_width, bias=False)

    def prepare(self, states: Tensor) -> tuple[Tensor, Tensor]:
        """See :meth:`Attention.prepare`; keys W h̄ are as wide as queries, values as states."""
        return self.key(states)[:, None], states[:, None]

    def forward(
        self, states: Tensor, memory: Memory, positions: Tensor | None = None
    ) -> tuple[Tensor, Tensor]:
        """See :meth:`Attention.forward`."""
        query = states[:, None].to(memory.keys.dtype)  # [B, 1, T, query_width]
        contexts, weights = attend(query, memory.keys, memory.values, memory.mask)
        return self._answer(contexts.squeeze(1)), weights
