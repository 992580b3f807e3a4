"""Encoders: ids ``[B, S]`` to states ``[B, S, width]``; here that of self-attention."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional

from core.model.attention import attend
from core.model.config import ModelConfig
from core.model.embeddings import Encoded, make_embedding
from core.model.masks import additive_mask, has_padding, padding_mask
from core.model.native.heads import parted
from core.model.recurrent_encoder import RecurrentEncoder


def rotary_angles(
    size: int, head_width: int, device: torch.device | None = None
) -> tuple[Tensor, Tensor]:
    """Cosines and sines of rotary positions (Su et al. 2021), each ``[size, head_width / 2]``."""
    rates = 10000.0 ** (-torch.arange(0, head_width, 2, device=device).float() / head_width)
    angles = torch.arange(size, device=device).float()[:, None] * rates
    return angles.cos(), angles.sin()


def rotate(x: Tensor, cosines: Tensor, sines: Tensor) -> Tensor:
    """Turn the two halves of each head by the angle of its position; ``x`` is ``[..., S, D]``."""
    first, second = x.chunk(2, dim=-1)
    return torch.cat((first * cosines - second * sines, second * cosines + first * sines), dim=-1)


def part_heads(
    joined: Tensor, angles: tuple[Tensor, Tensor], heads: int
) -> tuple[Tensor, Tensor, Tensor]:
    """Queries, keys and values ``[B, S, 3 H D]`` to ``[B, H, S, D]`` each, the first two turned."""
    parts = parted(joined, *angles, heads)
    if parts is not None:
        q, k, v = parts.unbind()
        return q, k, v
    batch, size, width = joined.shape
    parts = joined.view(batch, size, 3, heads, width // 3 // heads).permute(2, 0, 3, 1, 4)
    cosines, sines = (part.to(parts.dtype) for part in angles)  # bf16 under autocast
    q, k = rotate(parts[:2], cosines, sines)
    return q, k, parts[2]


def self_attention(q: Tensor, k: Tensor, v: Tensor, mask: Tensor | None) -> Tensor:
    """softmax(Q Kᵀ / √D) V: ``q``, ``k``, ``v`` ``[B, H, S, D]``, ``mask`` true on real words.

    Backward on a processor, torch's fused attention takes several times as long as the plain steps.
    """
    if q.requires_grad and q.device.type == "cpu":
        added = None if mask is None else additive_mask(mask)
        return attend(q * q.shape[-1] ** -0.5, k, v, added)[0]
    return functional.scaled_dot_product_attention(q, k, v, attn_mask=mask)


class SelfAttentionLayer(nn.Module):
    """One pre-norm Transformer layer (Vaswani et al. 2017; Xiong et al. 2020)."""

    def __init__(self, config: ModelConfig) -> None:
        super().__init__()
        width = config.width
        self.heads = config.encoder_heads
        self.attention_norm = nn.LayerNorm(width)
        self.query_key_value = nn.Linear(width, 3 * width)
        self.output = nn.Linear(width, width)
        self.feed_forward_norm = nn.LayerNorm(width)
        self.expand = nn.Linear(width, config.feed_forward)
        self.contract = nn.Linear(config.feed_forward, width)
        self.dropout = nn.Dropout(config.dropout)

    def forward(self, x: Tensor, angles: tuple[Tensor, Tensor], mask: Tensor | None) -> Tensor:
        """``x`` ``[B, S, width]``, ``mask`` true on real words ``[B, 1, 1, S]``."""
        batch, size, width = x.shape
        qkv = self.query_key_value(self.attention_norm(x))  # [B, S, 3 width]
        q, k, v = part_heads(qkv, angles, self.heads)
        attended = self_attention(q, k, v, mask).transpose(1, 2).reshape(batch, size, width)
        x = x + self.dropout(self.output(attended))
        inner = functional.relu(self.expand(self.feed_forward_norm(x)))
        result: Tensor = x + self.dropout(self.contract(inner))
        return result


class TransformerEncoder(nn.Module):
    """A stack of self-attention layers with rotary positions."""

    def __init__(self, config: ModelConfig) -> None:
        super().__init__()
        self.head_width = config.width // config.encoder_heads
        self.embedding = make_embedding(config.source_vocabulary, config.width)
        self.scale = config.width**0.5
        self.dropout = nn.Dropout(config.dropout)
        self.layers = nn.ModuleList(
            SelfAttentionLayer(config) for _ in range(config.encoder_layers)
        )
        self.norm = nn.LayerNorm(config.width)

    def read(self, source: Tensor, lengths: Tensor) -> Encoded:
        """As :meth:`forward`; there are no last states."""
        return Encoded(self(source, lengths), None)

    def forward(self, source: Tensor, lengths: Tensor) -> Tensor:
        """Ids ``[B, S]`` and lengths ``[B]`` to states ``[B, S, width]``."""
        x = self.dropout(self.embedding(source) * self.scale)
        real = padding_mask(lengths, source.shape[1])
        # Without a mask attention takes its fastest path.
        mask = real[:, None, None, :] if has_padding(real) else None
        angles = rotary_angles(source.shape[1], self.head_width, x.device)
        for layer in self.layers:
            x = layer(x, angles, mask)
        normed: Tensor = self.norm(x)
        return normed


def make_encoder(config: ModelConfig) -> TransformerEncoder | RecurrentEncoder:
    """The encoder that ``config`` names."""
    kind = TransformerEncoder if config.encoder == "transformer" else RecurrentEncoder
    return kind(config)
