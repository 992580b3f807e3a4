"""The attention that a config names."""

from __future__ import annotations

from torch import Tensor

from core.model.attention import AdditiveAttention, Attention, Memory, MultiHeadAttention
from core.model.attention_local import LocalAttention
from core.model.attention_products import DotAttention, GeneralAttention
from core.model.config import ModelConfig


class NoAttention(Attention):
    """Of a decoder that reads nothing but the encoder's last states.

    It has no contexts, and where weights are asked for all real source words have the same.
    """

    def prepare(self, states: Tensor) -> tuple[Tensor, Tensor]:
        """See :meth:`Attention.prepare`; D is 0."""
        empty = states[:, None, :, :0]  # [B, 1, S, 0]
        return empty, empty

    def forward(
        self, states: Tensor, memory: Memory, positions: Tensor | None = None
    ) -> tuple[Tensor, Tensor]:
        """See :meth:`Attention.forward`; contexts are ``[B, T, 0]``."""
        batch, steps, _ = states.shape
        size = memory.keys.shape[2]
        energies = states.new_zeros(batch, 1, steps, size).float()
        if memory.mask is not None:
            energies = energies + memory.mask
        return states[..., :0], energies.softmax(dim=-1)


_KINDS: dict[str, type[Attention]] = {
    "multi-head": MultiHeadAttention,
    "additive": AdditiveAttention,
    "dot": DotAttention,
    "scaled-dot": DotAttention,
    "general": GeneralAttention,
    "local-m": LocalAttention,
    "local-p": LocalAttention,
    "none": NoAttention,
}


def make_attention(config: ModelConfig) -> Attention:
    """The attention ``config.attention`` of a recurrent decoder."""
    return _KINDS[config.attention](config)
