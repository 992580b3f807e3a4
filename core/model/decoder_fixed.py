"""Recurrent decoders that ask no attention: all they read of a source are its last states."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from core.model.attention import Memory
from core.model.config import ModelConfig
from core.model.decoder_recurrent import RecurrentDecoder


class InitialStateDecoder(RecurrentDecoder):
    """Each layer begins from the last state of the encoder's (Sutskever et al. 2014).

        s₀ = h_S;  sₜ = f(yₜ₋₁, sₜ₋₁)

    A one-directional encoder of the decoder's width gives its states as they are. Others go
    through a matrix for each layer: s₀ = tanh(W h_S), and V c_S for the cell of an LSTM.
    """

    def _make_start(self) -> nn.Module:
        return LastStates(self.config)

    def _make_way_out(self) -> None:
        self._make_feed_forward(self.config.decoder_width)

    def _first_states(self, memory: Memory) -> Tensor:
        states: Tensor = self.start(_finals(memory))
        return states

    def forward(self, target: Tensor, memory: Memory) -> tuple[Tensor, Tensor]:
        """See :meth:`Decoder.forward`; the weights are the same for all real source words."""
        x = self.dropout(self.embed(target))  # [B, T, embedding_size]
        first = self._first_states(memory)
        states = self._run(self.bottom, x, first[:, 0])  # [B, T, hidden]
        for index, layer in enumerate(self.upper, start=1):
            above = self._run(layer, self.dropout(states), first[:, index])
            states = self._joined(states, above)
        return self._features(states), self.attention(states, memory)[1]

    def step(self, tokens: Tensor, state: Tensor, memory: Memory) -> tuple[Tensor, Tensor, Tensor]:
        """See :meth:`Decoder.step`."""
        h, after = self._stacked(self.embed(tokens), state)
        return self._features(h), after, self._ask(h, memory)[1]


class ContextDecoder(RecurrentDecoder):
    """Reads one context at every step, and once more behind the layers (Cho et al. 2014).

        c = tanh(V h_S);  s₀ = tanh(V' c);  sₜ = f([yₜ₋₁; c], sₜ₋₁);  features of [sₜ; c]

    h_S is the last state of the encoder's top layer; upper layers, which the paper has none of,
    begin from 0. The paper's output layer reads yₜ₋₁ once more; ours does not.
    """

    def __init__(self, config: ModelConfig) -> None:
        super().__init__(config, below=config.width)

    def _make_start(self) -> nn.Module:
        self.summary = nn.Linear(self.config.width, self.config.width)
        return super()._make_start()

    def _make_way_out(self) -> None:
        self._make_feed_forward(self.config.decoder_width + self.config.width)

    def _context(self, memory: Memory) -> Tensor:
        """c, ``[B, width]``."""
        return torch.tanh(self.summary(_finals(memory)[:, -1, 0]))

    def _first_states(self, memory: Memory) -> Tensor:
        return super()._first_states(memory._replace(start=self._context(memory)))

    def forward(self, target: Tensor, memory: Memory) -> tuple[Tensor, Tensor]:
        """See :meth:`Decoder.forward`; the weights are the same for all real source words."""
        x = self.dropout(self.embed(target))  # [B, T, embedding_size]
        context = self._context(memory)[:, None].expand(-1, x.shape[1], -1)  # [B, T, width]
        first = self._first_states(memory)
        states = self._run(self.bottom, torch.cat((x, context), dim=-1), first[:, 0])
        for layer in self.upper:
            states = self._joined(states, self._run(layer, self.dropout(states)))
        features = self._features(torch.cat((states, context), dim=-1))
        return features, self.attention(states, memory)[1]

    def step(self, tokens: Tensor, state: Tensor, memory: Memory) -> tuple[Tensor, Tensor, Tensor]:
        """See :meth:`Decoder.step`."""
        context = self._context(memory)  # [B, width]
        context = context.repeat_interleave(len(tokens) // len(context), dim=0)  # [N, width]
        h, after = self._stacked(torch.cat((self.embed(tokens), context), dim=-1), state)
        features = self._features(torch.cat((h, context), dim=-1))
        return features, after, self._ask(h, memory)[1]


class LastStates(nn.Module):
    """The encoder's last states as the decoder's first ones."""

    def __init__(self, config: ModelConfig) -> None:
        super().__init__()
        width, hidden, layers = config.width, config.decoder_width, range(config.decoder_layers)
        self.copies = config.encoder == "one-directional" and width == hidden
        if not self.copies:
            self.states = nn.ModuleList(nn.Linear(width, hidden) for _ in layers)
        self.has_cells = config.cell == "lstm"
        if self.has_cells and not self.copies:
            self.cells = nn.ModuleList(nn.Linear(width, hidden) for _ in layers)

    def forward(self, finals: Tensor) -> Tensor:
        """``[N, layers, 2, width]`` to ``[N, layers, 2, hidden]``."""
        if self.copies:
            return finals
        each = finals.unbind(1)  # [N, 2, width]
        h = [torch.tanh(layer(last[:, 0])) for layer, last in zip(self.states, each, strict=True)]
        if self.has_cells:
            c = [layer(last[:, 1]) for layer, last in zip(self.cells, each, strict=True)]
        else:
            c = [torch.zeros_like(state) for state in h]
        return torch.stack((torch.stack(h, dim=1), torch.stack(c, dim=1)), dim=2)


def _finals(memory: Memory) -> Tensor:
    """The encoder's last states ``[N, layers, 2, width]``."""
    if memory.finals is None:
        raise ValueError("this decoder begins from the last states of a recurrent encoder")
    return memory.finals
