"""A recurrent decoder that asks the attention from its first layer (Wu et al. 2016, GNMT).

Nothing of the attention's answer flows back into the first layer, so under teacher forcing
each layer runs over all target positions as one fused call, and attention over all steps at once.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional

from core.model.attention import AdditiveAttention, Memory, MultiHeadAttention
from core.model.config import ModelConfig
from core.model.encoder import make_rnn


class RecurrentDecoder(nn.Module):
    """Recurrent layers around one attention; output weights are the target embeddings."""

    def __init__(self, config: ModelConfig) -> None:
        super().__init__()
        self.config = config
        width, hidden = config.width, config.decoder_width
        self.embedding = nn.Embedding(config.target_vocabulary, width)
        nn.init.normal_(self.embedding.weight, std=width**-0.5)
        self.scale = width**0.5
        self.start = nn.Linear(width, hidden)
        self.bottom = make_rnn(config.cell, width, hidden)
        kind = MultiHeadAttention if config.attention == "multi-head" else AdditiveAttention
        self.attention = kind(config)
        self.upper = nn.ModuleList(
            make_rnn(config.cell, hidden + width, hidden) for _ in range(config.decoder_layers - 1)
        )
        self.norm = nn.LayerNorm(hidden + width)
        self.expand = nn.Linear(hidden + width, 2 * hidden)
        self.contract = nn.Linear(2 * hidden, width)
        self.bias = nn.Parameter(torch.zeros(config.target_vocabulary))
        self.dropout = nn.Dropout(config.dropout)

    def _first_state(self, memory: Memory) -> Tensor:
        """The bottom layer's state before the first step: ``[N, hidden]``."""
        return torch.tanh(self.start(memory.start))

    def forward(self, target: Tensor, memory: Memory) -> tuple[Tensor, Tensor]:
        """Teacher forcing: ids ``[B, T]`` (from ``<sos>`` on) to features ``[B, T, width]`` and
        attention weights ``[B, H, T, S]``."""
        x = self.dropout(self.embedding(target) * self.scale)  # [B, T, width]
        first = self._first_state(memory)[None]
        lstm = self.config.cell == "lstm"
        states, _ = self.bottom(x, (first, torch.zeros_like(first)) if lstm else first)
        contexts, weights = self.attention(states, memory)  # [B, T, width], [B, H, T, S]
        for layer in self.upper:
            above, _ = layer(self.dropout(torch.cat((states, contexts), dim=-1)))
            states = states + above  # [B, T, hidden]
        return self._features(states, contexts), weights

    def _features(self, states: Tensor, contexts: Tensor) -> Tensor:
        joined = self.norm(torch.cat((states, contexts), dim=-1))
        inner = self.dropout(functional.relu(self.expand(joined)))
        features: Tensor = self.contract(inner)
        return features

    def initial_state(self, memory: Memory) -> Tensor:
        """States of all layers before the first step, ``[N, layers, 2, hidden]``; the second of
        each pair is the LSTM's cell and stays 0 in a GRU."""
        first = self._first_state(memory)
        state = first.new_zeros(len(first), self.config.decoder_layers, 2, first.shape[-1])
        state[:, 0, 0] = first
        return state

    def step(self, tokens: Tensor, state: Tensor, memory: Memory) -> tuple[Tensor, Tensor, Tensor]:
        """One position: tokens ``[N]`` and state to features ``[N, width]``, the new state and
        weights ``[N, H, S]``; each row of the memory is that of N / B successive tokens."""
        x = self.embedding(tokens) * self.scale  # [N, width]
        new = torch.empty_like(state)
        h = self._cell(self.bottom, x, state[:, 0], new[:, 0])
        grouped = h.view(memory.keys.shape[0], -1, h.shape[1])  # [B, K, hidden]
        contexts, weights = self.attention(grouped, memory)  # [B, K, width], [B, H, K, S]
        contexts = contexts.flatten(0, 1)
        for index, layer in enumerate(self.upper, start=1):
            joined = torch.cat((h, contexts), dim=-1)
            h = h + self._cell(layer, joined, state[:, index], new[:, index])
        return self._features(h, contexts), new, weights.transpose(1, 2).flatten(0, 1)

    def _cell(self, layer: nn.Module, x: Tensor, state: Tensor, new: Tensor) -> Tensor:
        """One step of one layer; ``state`` and ``new`` are ``[N, 2, hidden]``."""
        if self.config.cell == "lstm":
            h, c = torch.lstm_cell(x, (state[:, 0], state[:, 1]), *_weights(layer))
            new[:, 1] = c
        else:
            h = torch.gru_cell(x, state[:, 0], *_weights(layer))
            new[:, 1] = 0
        new[:, 0] = h
        return h


def _weights(layer: nn.Module) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """A recurrent layer's weights and biases: of its input, of its state."""
    names = ("weight_ih_l0", "weight_hh_l0", "bias_ih_l0", "bias_hh_l0")
    one, two, three, four = (layer.get_parameter(name) for name in names)
    return one, two, three, four
