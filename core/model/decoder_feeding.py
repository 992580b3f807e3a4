"""A recurrent decoder that is told what its attention answered (Luong et al. 2015)."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional

from core.model.attention import Memory
from core.model.config import ModelConfig
from core.model.decoder_recurrent import RecurrentDecoder


class InputFeedingDecoder(RecurrentDecoder):
    """Asks the attention from its top layer, and feeds the answer to its bottom layer.

        sₜ = f([yₜ₋₁; s̃ₜ₋₁], sₜ₋₁) through all layers;  cₜ = attention(sₜ)
        s̃ₜ = tanh(W_c [cₜ; sₜ])                        (Luong et al. 2015, eq. 5 and section 3.3)

    with s̃₀ = 0. Since a step needs the answer of the one before, steps are made one by one in
    training, too. The paper's output layer reads s̃ itself; ours has the embeddings' width, so one
    matrix more is between.
    """

    def __init__(self, config: ModelConfig) -> None:
        super().__init__(config, below=config.decoder_width)

    def _make_way_out(self) -> None:
        width, hidden = self.config.width, self.config.decoder_width
        self.combine = nn.Linear(width + hidden, hidden, bias=False)
        self.contract = nn.Linear(hidden, self.config.embedding_size)

    def forward(self, target: Tensor, memory: Memory) -> tuple[Tensor, Tensor]:
        """See :meth:`Decoder.forward`."""
        x = self.dropout(self.embed(target))  # [B, T, embedding_size]
        state = self._first_states(memory)
        fed = x.new_zeros(len(x), self.config.decoder_width)
        answers, weights = [], []
        for position, embedded in enumerate(x.unbind(1)):
            at = torch.full((len(x),), float(position), device=x.device)
            state, fed, attended = self._advance(embedded, state, fed, memory, at)
            answers.append(fed)
            weights.append(attended)
        features = self.contract(
            self.dropout(torch.stack(answers, dim=1))
        )  # [B, T, embedding_size]
        return features, torch.stack(weights, dim=2)

    def _advance(
        self, embedded: Tensor, state: Tensor, fed: Tensor, memory: Memory, at: Tensor
    ) -> tuple[Tensor, Tensor, Tensor]:
        """One step.

        Args:
            embedded: the token that is read, ``[N, embedding_size]``.
            state: of the layers, ``[N, layers, 2, hidden]``.
            fed: s̃ of the step before, ``[N, hidden]``.
            memory: of the source.
            at: the step's number, ``[N]``.

        Returns:
            The new state, s̃, and the weights ``[N, H, S]``.
        """
        top, new = self._stacked(torch.cat((embedded, fed), dim=-1), state)
        contexts, weights = self._ask(top, memory, at)
        answer = torch.tanh(self.combine(torch.cat((contexts, top), dim=-1)))
        return new, answer, weights

    def initial_state(self, memory: Memory) -> Tensor:
        """See :meth:`Decoder.initial_state`; in float32, for steps are counted in it."""
        return functional.pad(self._first_states(memory).float(), (0, 0, 0, 0, 0, 1))

    def step(self, tokens: Tensor, state: Tensor, memory: Memory) -> tuple[Tensor, Tensor, Tensor]:
        """See :meth:`Decoder.step`."""
        embedded = self.embed(tokens)
        layers, (fed, steps) = state[:, :-1].to(embedded.dtype), state[:, -1].unbind(1)
        layers, answer, weights = self._advance(
            embedded, layers, fed.to(embedded.dtype), memory, steps[:, 0]
        )
        remembered = torch.stack((answer.float(), steps + 1), dim=1)  # [N, 2, hidden]
        after = torch.cat((layers.float(), remembered[:, None]), dim=1)
        return self.contract(answer), after, weights
