"""Recurrent decoders: layers, their states, the way out; and the one that training likes best."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional

from core.model import cells
from core.model.attention import Memory
from core.model.attention_kinds import make_attention
from core.model.config import ModelConfig
from core.model.decoder import Decoder, Trace


class RecurrentDecoder(Decoder):
    """Recurrent layers around one attention or none, and two feed-forward layers behind them.

    The state is ``[N, layers, 2, hidden]``: h and c of each layer, c staying 0 where the cell has
    none. Decoders that remember more have it in one layer more: its first half is what was answered
    last, its second how many steps were made.

    Args:
        config: the model's shape.
        below: how much the bottom layer reads beside an embedding.
        above: how much each upper layer reads beside the states below it.
    """

    def __init__(self, config: ModelConfig, *, below: int = 0, above: int = 0) -> None:
        super().__init__(config)
        hidden = config.decoder_width
        self.start = self._make_start()
        self.bottom = cells.make_rnn(config.cell, config.embedding_size + below, hidden)
        self.attention = make_attention(config)
        self.upper = nn.ModuleList(
            cells.make_rnn(config.cell, hidden + above, hidden)
            for _ in range(config.decoder_layers - 1)
        )
        self._make_way_out()

    def _make_start(self) -> nn.Module:
        """What turns ``start`` of a memory into the bottom layer's first state."""
        return nn.Linear(self.config.width, self.config.decoder_width)

    def _make_way_out(self) -> None:
        """The layers between the top states and the features."""
        raise NotImplementedError

    def _make_feed_forward(self, inputs: int) -> None:
        """The layers of :meth:`_features`, which read ``inputs`` numbers."""
        hidden = self.config.decoder_width
        self.norm = nn.LayerNorm(inputs)
        self.expand = nn.Linear(inputs, 2 * hidden)
        self.contract = nn.Linear(2 * hidden, self.config.embedding_size)

    def prepare(self, states: Tensor) -> tuple[Tensor, Tensor]:
        """See :meth:`Decoder.prepare`."""
        return self.attention.prepare(states)

    def _features(self, read: Tensor) -> Tensor:
        """What the top layer and the attention say ``[..., inputs]`` to features."""
        inner = self.dropout(functional.relu(self.expand(self.norm(read))))
        features: Tensor = self.contract(inner)
        return features

    def _first_states(self, memory: Memory) -> Tensor:
        """States of the layers before the first step, ``[N, layers, 2, hidden]``: the bottom
        layer begins from the mean encoder state, the others from 0."""
        first = torch.tanh(self.start(memory.start))
        state = first.new_zeros(len(first), self.config.decoder_layers, 2, first.shape[-1])
        state[:, 0, 0] = first
        return state

    def initial_state(self, memory: Memory) -> Tensor:
        """See :meth:`Decoder.initial_state` and the class."""
        return self._first_states(memory)

    def _run(self, layer: nn.Module, x: Tensor, first: Tensor | None = None) -> Tensor:
        """A whole layer at once: ``[B, T, inputs]`` to states ``[B, T, hidden]``.

        It begins from h and c in ``first`` ``[B, 2, hidden]``, or from 0.
        """
        if first is not None:
            return cells.run(self.config.cell, layer, x, first)[0]
        states: Tensor = layer(x)[0]
        return states

    def _cell(self, layer: nn.Module, x: Tensor, state: Tensor) -> Tensor:
        """One step of one layer: ``[N, inputs]`` and ``[N, 2, hidden]`` to the new state."""
        return cells.step(self.config.cell, layer, x, state)

    def _joined(self, below: Tensor, states: Tensor) -> Tensor:
        """The states that go on above a layer, of those that it read and those that it made."""
        return below + states if self.config.residual else states

    def _stacked(self, x: Tensor, state: Tensor) -> tuple[Tensor, Tensor]:
        """One step through all layers, each of which reads the states below it alone.

        ``x`` ``[N, inputs]`` and a state to the top states ``[N, hidden]`` and the new state.
        """
        states = [self._cell(self.bottom, x, state[:, 0])]
        h = states[0][:, 0]
        for index, layer in enumerate(self.upper, start=1):
            states.append(self._cell(layer, self.dropout(h), state[:, index]))
            h = self._joined(h, states[-1][:, 0])
        return h, torch.stack(states, dim=1)

    def _ask(
        self, states: Tensor, memory: Memory, positions: Tensor | None = None
    ) -> tuple[Tensor, Tensor]:
        """In one step: states ``[N, hidden]`` and positions ``[N]`` to contexts ``[N, width]``
        and weights ``[N, H, S]``."""
        rows = memory.keys.shape[0]
        grouped = states.view(rows, -1, states.shape[1])  # [B, K, hidden]
        if positions is not None:
            positions = positions.view(rows, -1)
        contexts, weights = self.attention(grouped, memory, positions)
        return contexts.flatten(0, 1), weights.transpose(1, 2).flatten(0, 1)


class AttentionDecoder(RecurrentDecoder):
    """Asks the attention from its first layer (Wu et al. 2016, GNMT); the others read the answer.

    Nothing of the answer flows back into the first layer, so under teacher forcing each layer
    runs over all target positions as one fused call, and attention over all steps at once:

        sₜ = f(y, sₜ₋₁);  cₜ = attention(sₜ);  s'ₜ = sₜ + f([sₜ; cₜ], s'ₜ₋₁);  features of [s'ₜ; cₜ]
    """

    def __init__(self, config: ModelConfig) -> None:
        super().__init__(config, above=config.width)
        self.counts = config.attention == "local-m"

    def _make_way_out(self) -> None:
        self._make_feed_forward(self.config.decoder_width + self.config.width)

    def forward(self, target: Tensor, memory: Memory) -> tuple[Tensor, Tensor]:
        """See :meth:`Decoder.forward`."""
        features, weights, _ = self.trace(target, memory)
        return features, weights

    def trace(self, target: Tensor, memory: Memory) -> Trace:
        """See :meth:`Decoder.trace`."""
        x = self.dropout(self.embed(target))  # [B, T, embedding_size]
        first = self._first_states(memory)[:, 0]
        states = self._run(self.bottom, x, first)
        contexts, weights = self.attention(states, memory)  # [B, T, width], [B, H, T, S]
        for layer in self.upper:
            above = self._run(layer, self.dropout(torch.cat((states, contexts), dim=-1)))
            states = self._joined(states, above)  # [B, T, hidden]
        features = self._features(torch.cat((states, contexts), dim=-1))
        return Trace(features, weights, states)

    def initial_state(self, memory: Memory) -> Tensor:
        """See :meth:`Decoder.initial_state`; in float32 where steps are counted in it."""
        states = self._first_states(memory)
        return functional.pad(states.float(), (0, 0, 0, 0, 0, 1)) if self.counts else states

    def step(self, tokens: Tensor, state: Tensor, memory: Memory) -> tuple[Tensor, Tensor, Tensor]:
        """See :meth:`Decoder.step`."""
        x = self.embed(tokens)
        before = state.to(x.dtype)
        states = [self._cell(self.bottom, x, before[:, 0])]
        h = states[0][:, 0]
        contexts, weights = self._ask(h, memory, state[:, -1, 1, 0] if self.counts else None)
        for index, layer in enumerate(self.upper, start=1):
            joined = torch.cat((h, contexts), dim=-1)
            states.append(self._cell(layer, joined, before[:, index]))
            h = self._joined(h, states[-1][:, 0])
        features = self._features(torch.cat((h, contexts), dim=-1))
        if self.counts:
            states = [one.float() for one in states] + [state[:, -1] + 1]
        return features, torch.stack(states, dim=1), weights
