"""Attention of a decoder over encoder states; the weights are always at hand."""

from __future__ import annotations

from typing import NamedTuple

import torch
from torch import Tensor, nn

from core.model.config import ModelConfig


class Memory(NamedTuple):
    """What the decoder reads of a source sentence.

    ``keys`` and ``values`` are ``[N, H, S, D]`` (one head of full width if additive);
    ``mask`` is additive ``[N, 1, 1, S]`` or ``None`` where nothing is padded; ``start`` is the
    mean encoder state ``[N, width]`` that the decoder begins from.
    """

    keys: Tensor
    values: Tensor
    mask: Tensor | None
    start: Tensor


def attend(
    query: Tensor, keys: Tensor, values: Tensor, mask: Tensor | None
) -> tuple[Tensor, Tensor]:
    """softmax(Q Kᵀ + mask) V, every step written out.

    Args:
        query: ``[N, H, T, D]``; it or the keys have been divided by √D.
        keys, values: ``[N, H, S, D]``.
        mask: additive ``[N, 1, 1, S]``.

    Returns:
        Contexts ``[N, H, T, D]`` and weights ``[N, H, T, S]`` (float32).
    """
    energies = (query @ keys.transpose(2, 3)).float()  # [N, H, T, S]
    if mask is not None:
        energies = energies + mask
    weights = energies.softmax(dim=-1)
    return weights.to(values.dtype) @ values, weights


class MultiHeadAttention(nn.Module):
    """softmax(Q Kᵀ / √D) V in several heads (Vaswani et al. 2017, eq. 1)."""

    def __init__(self, config: ModelConfig) -> None:
        super().__init__()
        self.heads = config.attention_heads
        self.query = nn.Linear(config.decoder_width, config.width)
        self.key = nn.Linear(config.width, config.width)
        self.value = nn.Linear(config.width, config.width)
        self.scale = (config.width // config.attention_heads) ** -0.5

    def _split(self, x: Tensor) -> Tensor:
        batch, size, width = x.shape
        return x.view(batch, size, self.heads, width // self.heads).transpose(1, 2)

    def prepare(self, states: Tensor) -> tuple[Tensor, Tensor]:
        """Encoder states ``[B, S, width]`` to keys and values, each ``[B, H, S, D]``."""
        keys = self._split(self.key(states) * self.scale)
        return keys.contiguous(), self._split(self.value(states)).contiguous()

    def forward(self, states: Tensor, memory: Memory) -> tuple[Tensor, Tensor]:
        """Decoder states ``[B, T, decoder_width]`` to contexts ``[B, T, width]`` and
        weights ``[B, H, T, S]`` (float32)."""
        query = self._split(self.query(states)).to(memory.keys.dtype)  # [B, H, T, D]
        contexts, weights = attend(query, memory.keys, memory.values, memory.mask)
        return contexts.transpose(1, 2).flatten(2), weights


class AdditiveAttention(nn.Module):
    """v · tanh(W s + U h) (Bahdanau et al. 2015, appendix A.1.2)."""

    def __init__(self, config: ModelConfig) -> None:
        super().__init__()
        self.query = nn.Linear(config.decoder_width, config.width)
        self.key = nn.Linear(config.width, config.width, bias=False)
        self.energy = nn.Linear(config.width, 1, bias=False)

    def prepare(self, states: Tensor) -> tuple[Tensor, Tensor]:
        """Encoder states ``[B, S, width]`` to keys and values, each ``[B, 1, S, width]``."""
        return self.key(states)[:, None], states[:, None]

    def forward(self, states: Tensor, memory: Memory) -> tuple[Tensor, Tensor]:
        """As :meth:`MultiHeadAttention.forward`, with one head."""
        query = self.query(states)[:, None, :, None]  # [B, 1, T, 1, width]
        energies = self.energy(torch.tanh(query + memory.keys[:, :, None])).squeeze(-1).float()
        if memory.mask is not None:
            energies = energies + memory.mask  # [B, 1, T, S]
        weights = energies.softmax(dim=-1)
        contexts = weights.to(memory.values.dtype) @ memory.values  # [B, 1, T, width]
        return contexts.squeeze(1), weights
