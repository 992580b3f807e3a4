"""What an output must begin with: prefix-constrained search.

A prefix is given as an automaton over pieces, since a beginning that someone typed may be spelled
by several pieces: "▁learn" also begins "▁learning", and "▁lear" with "ning" behind it. Every
hypothesis keeps its place in the automaton; while it stands inside, the pieces that lead on from
there are allowed and nothing else is. Their log-probabilities, attention and lengths count as if
the search had found them by itself (Wuebker et al. 2016, "Models and Inference for
Prefix-Constrained Machine Translation"; Hokamp & Liu 2017 for constraints elsewhere).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

Spared = list[tuple[int, Tensor, Tensor]]
"""Of some rows, the pieces that are allowed and their log-probabilities."""


@dataclass(frozen=True, slots=True)
class Prefix:
    """The beginning of an output.

    Attributes:
        moves: for each place the pieces that are allowed there, and the later place behind each.
            An output begins at place 0 and is free from place ``len(moves)`` on.
    """

    moves: tuple[Mapping[int, int], ...] = ()

    def __post_init__(self) -> None:
        for place, moves in enumerate(self.moves):
            if not moves or not all(place < to <= len(self.moves) for to in moves.values()):
                raise ValueError(f"place {place} of a prefix leads nowhere, or back")

    @classmethod
    def of(cls, ids: Sequence[int]) -> Prefix:
        """Exactly ``ids``."""
        return cls(tuple({token: place} for place, token in enumerate(ids, start=1)))

    def then(self, *moves: Mapping[int, int]) -> Prefix:
        """Behind this, places with ``moves``, which count from 0."""
        size = len(self.moves)
        moved = ({token: size + to for token, to in at.items()} for at in moves)
        return Prefix((*self.moves, *moved))

    @property
    def most(self) -> int:
        """How many pieces it may take."""
        return len(self.moves)

    def after(self, place: int, token: int) -> int:
        """The place behind ``token`` at ``place``."""
        return self.moves[place].get(token, place) if place < len(self.moves) else place


class Places:
    """Where in the prefixes of a batch its hypotheses stand: one row for each sentence at first."""

    def __init__(self, prefixes: Sequence[Prefix], device: torch.device) -> None:
        self._all = tuple(prefixes)  # which keeps their identities
        self._prefixes = list(prefixes)  # of the live sentences
        self._places = [0] * len(self._prefixes)  # of all rows
        self._device = device
        self._allowed: dict[tuple[int, int], Tensor] = {}

    @property
    def inside(self) -> bool:
        """Whether any hypothesis is not free yet."""
        width = len(self._places) // len(self._prefixes)
        return any(
            place < self._prefixes[row // width].most for row, place in enumerate(self._places)
        )

    def spare(self, log_probs: Tensor) -> Spared:
        """What is allowed in the rows of ``log_probs`` [N, V] that are not free."""
        width = len(self._places) // len(self._prefixes)
        spared: Spared = []
        for row, place in enumerate(self._places):
            prefix = self._prefixes[row // width]
            if place < prefix.most:
                ids = self._ids(prefix, place)
                spared.append((row, ids, log_probs[row, ids]))
        return spared

    @staticmethod
    def restrict(log_probs: Tensor, spared: Spared) -> None:
        """Forbid all but what is ``spared`` in its rows, whatever else forbids that."""
        for row, ids, values in spared:
            log_probs[row] = -torch.inf
            log_probs[row, ids] = values

    def follow(self, rows: Sequence[int], tokens: Sequence[int], kept: Sequence[int]) -> None:
        """The rows are now ``rows`` of those before, each longer by a piece; ``kept`` sentences."""
        width = len(self._places) // len(self._prefixes)
        self._places = [
            self._prefixes[row // width].after(self._places[row], token)
            for row, token in zip(rows, tokens, strict=True)
        ]
        self._prefixes = [self._prefixes[index] for index in kept]

    def _ids(self, prefix: Prefix, place: int) -> Tensor:
        key = id(prefix), place
        if key not in self._allowed:
            allowed = list(prefix.moves[place])
            self._allowed[key] = torch.tensor(allowed, dtype=torch.int64, device=self._device)
        return self._allowed[key]
