"""Attention of a decoder over encoder states; the weights are always at hand.

Here are what all attentions have in common, heads, and additive energies; products are in
:mod:`core.model.attention_products`, windows in :mod:`core.model.attention_local`, and
:func:`core.model.attention_kinds.make_attention` finds the one that a config names.
"""

from __future__ import annotations

from typing import NamedTuple

import torch
from torch import Tensor, nn

from core.model.config import ModelConfig


class Memory(NamedTuple):
    """What the decoder reads of a source sentence.

    ``keys`` and ``values`` are ``[N, H, S, D]`` (one head of full width but for multi-head; those
    of a Transformer decoder's layers stand behind one another among the heads; without attention
    D is 0); ``mask`` is additive ``[N, 1, 1, S]`` or ``None`` where nothing is padded; ``start``
    is the mean encoder state ``[N, width]``, from which a decoder begins that asks an attention.
    ``finals`` ``[N, layers, 2, width]`` are h and c (0 where the cell has none) of each layer of a
    recurrent encoder behind the last real word, for decoders that begin from these; else ``None``.
    """

    keys: Tensor
    values: Tensor
    mask: Tensor | None
    start: Tensor
    finals: Tensor | None = None


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


class Attention(nn.Module):
    """What a decoder asks of the encoder's states.

    Args:
        config: the model's shape.
        query_width: size of the decoder's states; ``decoder_width`` unless told.
    """

    heads = 1

    def __init__(self, config: ModelConfig, query_width: int | None = None) -> None:
        super().__init__()
        self.query_width = query_width or config.decoder_width
        self.strength = config.attention_strength

    def prepare(self, states: Tensor) -> tuple[Tensor, Tensor]:
        """Encoder states ``[B, S, width]`` to keys and values, each ``[B, H, S, D]``."""
        raise NotImplementedError

    def forward(
        self, states: Tensor, memory: Memory, positions: Tensor | None = None
    ) -> tuple[Tensor, Tensor]:
        """What the decoder states ask for.

        Args:
            states: decoder states ``[B, T, query_width]``.
            memory: with the keys and values of :meth:`prepare`.
            positions: of the states in the target, from 0, ``[B or 1, T]``; local attention alone
                looks at them.

        Returns:
            Contexts ``[B, T, width]``, times the config's ``attention_strength``, and weights
            ``[B, H, T, S]`` (float32), which sum to 1 over the real source and are 0 on padding.
        """
        raise NotImplementedError

    def _answer(self, contexts: Tensor) -> Tensor:
        return contexts if self.strength == 1 else contexts * self.strength


class MultiHeadAttention(Attention):
    """softmax(Q Kᵀ / √D) V in several heads (Vaswani et al. 2017, eq. 1)."""

    def __init__(self, config: ModelConfig, query_width: int | None = None) -> None:
        super().__init__(config, query_width)
        self.heads = config.attention_heads
        self.query = nn.Linear(self.query_width, config.width)
        self.key = nn.Linear(config.width, config.width)
        self.value = nn.Linear(config.width, config.width)
        self.scale = (config.width // config.attention_heads) ** -0.5

    def _split(self, x: Tensor) -> Tensor:
        batch, size, width = x.shape
        return x.view(batch, size, self.heads, width // self.heads).transpose(1, 2)

    def prepare(self, states: Tensor) -> tuple[Tensor, Tensor]:
        """See :meth:`Attention.prepare`; D is ``width / heads``."""
        keys = self._split(self.key(states) * self.scale)
        return keys.contiguous(), self._split(self.value(states)).contiguous()

    def forward(
        self, states: Tensor, memory: Memory, positions: Tensor | None = None
    ) -> tuple[Tensor, Tensor]:
        """See :meth:`Attention.forward`."""
        query = self._split(self.query(states)).to(memory.keys.dtype)  # [B, H, T, D]
        contexts, weights = attend(query, memory.keys, memory.values, memory.mask)
        return self._answer(contexts.transpose(1, 2).flatten(2)), weights


class AdditiveAttention(Attention):
    """v · tanh(W s + U h) (Bahdanau et al. 2015, appendix A.1.2), also called concat.

    ``W[s; h]`` of Luong et al. 2015 (eq. 8) is the same: its left half is this W, its right half U.
    """

    def __init__(self, config: ModelConfig, query_width: int | None = None) -> None:
        super().__init__(config, query_width)
        self.query = nn.Linear(self.query_width, config.width)
        self.key = nn.Linear(config.width, config.width, bias=False)
        self.energy = nn.Linear(config.width, 1, bias=False)

    def prepare(self, states: Tensor) -> tuple[Tensor, Tensor]:
        """See :meth:`Attention.prepare`; one head, D is ``width``."""
        return self.key(states)[:, None], states[:, None]

    def forward(
        self, states: Tensor, memory: Memory, positions: Tensor | None = None
    ) -> tuple[Tensor, Tensor]:
        """See :meth:`Attention.forward`."""
        query = self.query(states)[:, None, :, None]  # [B, 1, T, 1, width]
        energies = self.energy(torch.tanh(query + memory.keys[:, :, None])).squeeze(-1).float()
        if memory.mask is not None:
            energies = energies + memory.mask  # [B, 1, T, S]
        weights = energies.softmax(dim=-1)
        contexts = weights.to(memory.values.dtype) @ memory.values  # [B, 1, T, width]
        return self._answer(contexts.squeeze(1)), weights
