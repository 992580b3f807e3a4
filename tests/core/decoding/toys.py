"""Small step models for the tests of the search."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from core.text.vocab import EOS

Floats = NDArray[np.float32]


class TableMemory(NamedTuple):
    """The encoded source: its kind [N], its real lengths [N] and blank positions [N, S]."""

    kind: Tensor
    lengths: Tensor
    blank: Tensor


class TableModel:
    """Random tables indexed by the source's kind and a hash of all that was said so far.

    The hash is the decoder's state, so that a wrong reorder changes what comes next.
    """

    def __init__(
        self, seed: int, vocabulary: int, width: int = 6, spread: float = 1.5, states: int = 23
    ) -> None:
        random = np.random.default_rng(seed)
        logits = random.normal(size=(3, states, vocabulary)) * spread
        logits -= np.log(np.exp(logits).sum(-1, keepdims=True))
        self.log_probs: Floats = logits.astype(np.float32)
        self.focus: Floats = random.normal(size=(3, states, width)).astype(np.float32) * 3
        self.states = states
        self.steps = 0
        self.selects = 0

    def hash(self, state: int, token: int) -> int:
        return (state * 5 + token + 1) % self.states

    def kind(self, source: list[int]) -> int:
        return sum(source) % 3

    def encode(self, source_ids: Tensor, source_lengths: Tensor) -> TableMemory:
        blank = torch.arange(source_ids.size(1)) >= source_lengths[:, None]
        kind = source_ids.masked_fill(blank, 0).sum(1) % 3
        return TableMemory(kind, source_lengths, blank)

    def initial_state(self, memory: TableMemory) -> Tensor:
        return torch.zeros_like(memory.kind)

    def decode_step(
        self, tokens: Tensor, state: Tensor, memory: TableMemory
    ) -> tuple[Tensor, Tensor, Tensor]:
        self.steps += 1
        memory = repeat(memory, len(tokens))
        state = (state * 5 + tokens + 1) % self.states
        log_probs = torch.from_numpy(self.log_probs)[memory.kind, state]
        focus = torch.from_numpy(self.focus)[memory.kind, state, : memory.blank.size(1)]
        return log_probs, state, focus.masked_fill(memory.blank, -torch.inf).softmax(-1)

    def select(self, state: Tensor, rows: Tensor) -> Tensor:
        self.selects += 1
        return state[rows]

    def select_memory(self, memory: TableMemory, rows: Tensor) -> TableMemory:
        return TableMemory(*(part[rows] for part in memory))


class ScriptModel:
    """What comes next is a function of the last pieces said and of the step's number.

    ``rule(said, step)`` returns logits [V] as a list; ``said`` holds what the row was fed.
    """

    def __init__(self, rule: Callable[[list[int], int], list[float]]) -> None:
        self.rule = rule
        self.steps = 0

    def encode(self, source_ids: Tensor, source_lengths: Tensor) -> Tensor:
        return source_ids

    def initial_state(self, memory: Tensor) -> Tensor:
        return torch.zeros(memory.size(0), 0, dtype=torch.int64)

    def decode_step(
        self, tokens: Tensor, state: Tensor, memory: Tensor
    ) -> tuple[Tensor, Tensor, Tensor]:
        self.steps += 1
        state = torch.cat((state, tokens[:, None]), 1)
        logits = torch.tensor([self.rule(row[1:], len(row) - 1) for row in state.tolist()])
        weights = torch.full((len(tokens), memory.size(1)), 1 / memory.size(1))
        return logits.log_softmax(-1), state, weights

    def select(self, state: Tensor, rows: Tensor) -> Tensor:
        return state[rows]

    def select_memory(self, memory: Tensor, rows: Tensor) -> Tensor:
        return memory[rows]


class GruMemory(NamedTuple):
    """States of the encoder [N, S, H], the last real one [N, H], and padding [N, S]."""

    states: Tensor
    last: Tensor
    blank: Tensor


class GruModel(nn.Module):
    """A real attention network, untrained."""

    def __init__(self, seed: int, vocabulary: int = 40, size: int = 16) -> None:
        super().__init__()
        torch.manual_seed(seed)
        self.embedding = nn.Embedding(vocabulary, size)
        self.encoder = nn.GRU(size, size, batch_first=True)
        self.cell = nn.GRUCell(2 * size, size)
        self.output = nn.Linear(2 * size, vocabulary)
        for parameter in self.parameters():
            nn.init.normal_(parameter, std=0.7)
        self.eval()

    def encode(self, source_ids: Tensor, source_lengths: Tensor) -> GruMemory:
        states, _ = self.encoder(self.embedding(source_ids))
        last = states[torch.arange(len(states)), source_lengths - 1]
        return GruMemory(states, last, torch.arange(source_ids.size(1)) >= source_lengths[:, None])

    def initial_state(self, memory: GruMemory) -> tuple[Tensor, Tensor]:
        return memory.last, torch.zeros_like(memory.last)

    def decode_step(
        self, tokens: Tensor, state: tuple[Tensor, Tensor], memory: GruMemory
    ) -> tuple[Tensor, tuple[Tensor, Tensor], Tensor]:
        hidden, context = state
        memory = repeat(memory, len(tokens))
        hidden = self.cell(torch.cat((self.embedding(tokens), context), 1), hidden)
        energy = (memory.states @ hidden[:, :, None])[:, :, 0]
        weights = energy.masked_fill(memory.blank, -torch.inf).softmax(-1)
        context = (weights[:, None] @ memory.states)[:, 0]
        logits = self.output(torch.cat((hidden, context), 1))
        return logits.log_softmax(-1), (hidden, context), weights

    def select(self, state: tuple[Tensor, Tensor], rows: Tensor) -> tuple[Tensor, Tensor]:
        return state[0][rows], state[1][rows]

    def select_memory(self, memory: GruMemory, rows: Tensor) -> GruMemory:
        return GruMemory(*(part[rows] for part in memory))


def repeat(memory: Any, rows: int) -> Any:
    """A memory of sentences as one of ``rows``: those of a sentence stand together."""
    return type(memory)(*(part.repeat_interleave(rows // len(part), 0) for part in memory))


def pad(sources: list[list[int]], filler: int = 1) -> tuple[Tensor, Tensor]:
    """Sources as a padded batch: ids [B, S] and lengths [B]."""
    width = max(map(len, sources))
    rows = [source + [filler] * (width - len(source)) for source in sources]
    return torch.tensor(rows), torch.tensor([len(source) for source in sources])


def peaked(vocabulary: int, piece: int, *others: tuple[int, float]) -> list[float]:
    """Logits where ``piece`` has 8 and the others what is given, else 0 (the end -8)."""
    logits = [0.0] * vocabulary
    logits[EOS] = -8.0
    logits[piece] = 8.0
    for other, value in others:
        logits[other] = value
    return logits
