"""Outputs of the search, finished and partial."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from torch import Tensor


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """A finished output.

    Attributes:
        ids: target pieces, without the end symbol.
        score: what outputs are ranked by: the log-probability after the penalties.
        log_probability: natural logarithm of the output's probability, end symbol included.
        token_log_probabilities: one per id; what they lack of ``log_probability`` is the
            end symbol's.
        attention: [T, S] float32, read-only: a row per id, a column per real source piece.
    """

    ids: tuple[int, ...]
    score: float
    log_probability: float
    token_log_probabilities: tuple[float, ...]
    attention: NDArray[np.float32] = field(compare=False, repr=False)


class Grown(NamedTuple):
    """How the unfinished outputs of a batch grew in one step: N outputs by a piece each.

    ``parents`` are rows of the step before; ``first`` is where these begin in the attention of
    all steps stacked.
    """

    parents: list[int]
    ids: list[int]
    log_probabilities: list[float]
    first: int


def trace(
    steps: Sequence[Grown], row: int
) -> tuple[tuple[int, ...], tuple[float, ...], tuple[int, ...]]:
    """Pieces, log-probabilities and rows in the attention of the output at ``row``."""
    ids, log_probabilities, rows = [], [], []
    for step in reversed(steps):
        ids.append(step.ids[row])
        log_probabilities.append(step.log_probabilities[row])
        row = step.parents[row]
        rows.append(step.first + row)
    return tuple(reversed(ids)), tuple(reversed(log_probabilities)), tuple(reversed(rows))


class Finished(NamedTuple):
    """An output that took the end symbol; its attention still lies in the stack."""

    score: float
    total: float
    ids: tuple[int, ...]
    log_probabilities: tuple[float, ...]
    rows: tuple[int, ...]

    def publish(self, attention: NDArray[np.float32], source_length: int) -> Hypothesis:
        """The public value, its attention gathered from the stack [rows, S]."""
        weights = attention[list(self.rows), :source_length]
        weights.setflags(write=False)
        return Hypothesis(
            ids=self.ids,
            score=self.score,
            log_probability=self.total,
            token_log_probabilities=self.log_probabilities,
            attention=weights,
        )


def stack_rows(steps: list[Tensor]) -> NDArray[np.float32]:
    """Attention of all steps, each [N_t, S], as one array [sum of N_t, S]."""
    blocks = [step.float().cpu().numpy() for step in steps]
    stacked: NDArray[np.float32] = np.concatenate(blocks)
    return stacked
