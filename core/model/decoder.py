"""What every decoder is: target ids and the memory of a source to features and attention weights.

A decoder runs in two ways that give the same: over a whole target that is known (teacher forcing),
and step by step for the search. Which one a config names: :mod:`core.model.decoder_kinds`.
"""

from __future__ import annotations

from typing import NamedTuple

import torch
from torch import Tensor, nn

from core.model.attention import Memory
from core.model.config import ModelConfig
from core.model.embeddings import make_embedding


class Trace(NamedTuple):
    """What a decoder makes of a known target.

    Attributes:
        features: ``[B, T, embedding_size]``.
        attention: weights ``[B, H, T, S]``.
        tops: states of the top layer ``[B, T, hidden]`` where contexts come on top of them, else
            the features.
    """

    features: Tensor
    attention: Tensor
    tops: Tensor


class Decoder(nn.Module):
    """Embeddings of the target and a bias for the output; what is between, a subclass knows.

    Its state is one tensor whose first dimension are the rows of the search, so that the search
    can pick rows of it; all rows have read the same number of tokens.
    """

    def __init__(self, config: ModelConfig) -> None:
        super().__init__()
        self.config = config
        self.embedding = make_embedding(config.target_vocabulary, config.embedding_size)
        self.scale = config.embedding_size**0.5
        self.bias = nn.Parameter(torch.zeros(config.target_vocabulary))
        self.dropout = nn.Dropout(config.dropout)

    def prepare(self, states: Tensor) -> tuple[Tensor, Tensor]:
        """Encoder states ``[B, S, width]`` to the keys and values of a :class:`Memory`."""
        raise NotImplementedError

    def forward(self, target: Tensor, memory: Memory) -> tuple[Tensor, Tensor]:
        """Teacher forcing: ids ``[B, T]`` (from ``<sos>`` on) to features
        ``[B, T, embedding_size]`` and attention weights ``[B, H, T, S]``."""
        raise NotImplementedError

    def trace(self, target: Tensor, memory: Memory) -> Trace:
        """As :meth:`forward`, with the top layer's states."""
        features, weights = self(target, memory)
        return Trace(features, weights, features)

    def initial_state(self, memory: Memory) -> Tensor:
        """The state before the first step, ``[N, ...]``."""
        raise NotImplementedError

    def step(self, tokens: Tensor, state: Tensor, memory: Memory) -> tuple[Tensor, Tensor, Tensor]:
        """One position: tokens ``[N]`` and state to features ``[N, embedding_size]``, the new state
        and weights ``[N, H, S]``; each row of the memory is that of N / B successive tokens.

        Nothing is dropped, and no gradient is wanted.
        """
        raise NotImplementedError

    def embed(self, tokens: Tensor) -> Tensor:
        """Ids ``[...]`` to what the layers read ``[..., embedding_size]``."""
        x: Tensor = self.embedding(tokens) * self.scale
        return x
