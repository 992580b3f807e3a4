"""A Transformer decoder (Vaswani et al. 2017), with a cache of what was read for the search."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional

from core.model.attention import Memory, MultiHeadAttention
from core.model.config import ModelConfig
from core.model.decoder import Decoder
from core.model.encoder import rotary_angles, rotate, self_attention

Angles = tuple[Tensor, Tensor]


class DecoderLayer(nn.Module):
    """Attention to what is written, attention to the source, a feed-forward network; each reads
    normalised states and adds to them (pre-norm, Xiong et al. 2020)."""

    def __init__(self, config: ModelConfig) -> None:
        super().__init__()
        width = config.width
        self.heads = config.attention_heads
        self.attention_norm = nn.LayerNorm(width)
        self.query_key_value = nn.Linear(width, 3 * width)
        self.output = nn.Linear(width, width)
        self.source_norm = nn.LayerNorm(width)
        self.attention = MultiHeadAttention(config, width)
        self.source_output = nn.Linear(width, width)
        self.feed_forward_norm = nn.LayerNorm(width)
        self.expand = nn.Linear(width, config.feed_forward)
        self.contract = nn.Linear(config.feed_forward, width)
        self.dropout = nn.Dropout(config.dropout)

    def forward(
        self, x: Tensor, angles: Angles, mask: Tensor, memory: Memory
    ) -> tuple[Tensor, Tensor]:
        """All places at once.

        Args:
            x: ``[B, T, width]``.
            angles: of the places, each ``[T, D / 2]``.
            mask: true where a place may look at another, ``[1, 1, T, T]``.
            memory: with the keys and values of this layer.

        Returns:
            The states ``[B, T, width]`` and the weights over the source ``[B, H, T, S]``.
        """
        q, k, v = self._heads(x, angles).unbind(2)  # [B, T, H, D]
        q, k, v = (part.transpose(1, 2) for part in (q, k, v))  # [B, H, T, D]
        attended = self_attention(q, k, v, mask).transpose(1, 2).flatten(2)
        return self._rest(x + self.dropout(self.output(attended)), memory)

    def step(
        self, x: Tensor, angles: Angles, cache: Tensor, memory: Memory
    ) -> tuple[Tensor, Tensor]:
        """One place ``t``.

        Args:
            x: ``[N, width]``.
            angles: of the place, each ``[1, D / 2]``.
            cache: turned keys and values of this and all earlier places,
                ``[N, 2, t + 1, width]``; those of this place are written into it.
            memory: with the keys and values of this layer.

        Returns:
            The states ``[N, width]`` and the weights over the source ``[B, H, K, S]``.
        """
        qkv = self._heads(x[:, None], angles)  # [N, 1, 3, H, D]
        cache[:, :, -1] = qkv[:, 0, 1:].flatten(2)
        heads = cache.view(*cache.shape[:3], self.heads, -1).transpose(2, 3)
        keys, values = heads.unbind(1)  # [N, H, t + 1, D]
        query = qkv[:, :, 0].transpose(1, 2).to(keys.dtype)  # [N, H, 1, D]
        attended = self_attention(query, keys, values, None).flatten(1).to(x.dtype)  # [N, width]
        x = x + self.output(attended)
        grouped = x.view(memory.keys.shape[0], -1, x.shape[1])  # [B, K, width]
        states, weights = self._rest(grouped, memory)
        return states.flatten(0, 1), weights

    def _heads(self, x: Tensor, angles: Angles) -> Tensor:
        """Query, key and value of each head, the first two turned: ``[B, T, 3, H, D]``."""
        qkv = self.query_key_value(self.attention_norm(x))  # [B, T, 3 width]
        qkv = qkv.unflatten(2, (3, self.heads, -1))
        cosines, sines = (part.to(qkv.dtype)[:, None, None] for part in angles)
        return torch.cat((rotate(qkv[:, :, :2], cosines, sines), qkv[:, :, 2:]), dim=2)

    def _rest(self, x: Tensor, memory: Memory) -> tuple[Tensor, Tensor]:
        """What comes behind self-attention; ``x`` is ``[B, T, width]``."""
        contexts, weights = self.attention(self.source_norm(x), memory)
        x = x + self.dropout(self.source_output(contexts.to(x.dtype)))
        inner = functional.relu(self.expand(self.feed_forward_norm(x)))
        return x + self.dropout(self.contract(inner)), weights


class TransformerDecoder(Decoder):
    """A stack of layers with rotary positions (Su et al. 2021); the weights are the last one's.

    The state is ``[N, layers, 2, t, width]``: each layer's keys, turned by their place, and values
    of the t tokens read so far. It grows with every step.
    """

    def __init__(self, config: ModelConfig) -> None:
        super().__init__(config)
        self.heads = config.attention_heads
        self.layers = nn.ModuleList(DecoderLayer(config) for _ in range(config.decoder_layers))
        self.norm = nn.LayerNorm(config.width)

    def _each(self) -> list[DecoderLayer]:
        """The layers, from the lowest."""
        return [layer for layer in self.layers if isinstance(layer, DecoderLayer)]

    def prepare(self, states: Tensor) -> tuple[Tensor, Tensor]:
        """See :meth:`Decoder.prepare`: heads of all layers, ``[B, layers * H, S, D]``."""
        pairs = [layer.attention.prepare(states) for layer in self._each()]
        keys, values = (torch.cat(parts, dim=1) for parts in zip(*pairs, strict=True))
        return keys, values

    def _memories(self, memory: Memory) -> list[Memory]:
        """The memory as each layer sees it."""
        keys, values = (torch.split(part, self.heads, 1) for part in (memory.keys, memory.values))
        return [
            memory._replace(keys=own_keys, values=own_values)
            for own_keys, own_values in zip(keys, values, strict=True)
        ]

    def _angles(self, size: int, device: torch.device) -> Angles:
        """Of the places 0 to ``size`` - 1."""
        return rotary_angles(size, self.config.width // self.heads, device)

    def forward(self, target: Tensor, memory: Memory) -> tuple[Tensor, Tensor]:
        """See :meth:`Decoder.forward`."""
        x = self.dropout(self.embed(target))  # [B, T, width]
        size = target.shape[1]
        angles = self._angles(size, x.device)
        earlier = torch.ones(size, size, dtype=torch.bool, device=x.device).tril()[None, None]
        for layer, own in zip(self._each(), self._memories(memory), strict=True):
            x, weights = layer(x, angles, earlier, own)
        return self.norm(x), weights

    def initial_state(self, memory: Memory) -> Tensor:
        """See :meth:`Decoder.initial_state`: nothing was read."""
        rows, width = memory.start.shape
        return memory.start.new_zeros(rows, len(self.layers), 2, 0, width)

    def step(self, tokens: Tensor, state: Tensor, memory: Memory) -> tuple[Tensor, Tensor, Tensor]:
        """See :meth:`Decoder.step`."""
        x = self.embed(tokens)  # [N, width]
        place = state.shape[3]
        cosines, sines = (part[place:] for part in self._angles(place + 1, x.device))
        grown = functional.pad(state, (0, 0, 0, 1))  # [N, layers, 2, t + 1, width]
        for number, (layer, own) in enumerate(
            zip(self._each(), self._memories(memory), strict=True)
        ):
            x, weights = layer.step(x, (cosines, sines), grown[:, number], own)
        return self.norm(x), grown, weights.transpose(1, 2).flatten(0, 1)
