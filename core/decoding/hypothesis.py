"""Outputs of the search, finished and partial."""

from __future__ import annotations

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


class Partial(NamedTuple):
    """An unfinished output, the start symbol left out.

    ``rows`` tells where each id was predicted: its row in the attention of all steps stacked.
    """

    ids: tuple[int, ...] = ()
    log_probabilities: tuple[float, ...] = ()
    rows: tuple[int, ...] = ()
    total: float = 0.0

    def extend(self, token: int, log_probability: float, row: int) -> Partial:
        """This output with ``token`` behind it."""
        return Partial(
            self.ids + (token,),
            self.log_probabilities + (log_probability,),
            self.rows + (row,),
            self.total + log_probability,
        )


class Finished(NamedTuple):
    """An output that took the end symbol; its attention still lies in the stack."""

    score: float
    total: float
    partial: Partial

    def publish(self, attention: NDArray[np.float32], source_length: int) -> Hypothesis:
        """The public value, its attention gathered from the stack [rows, S]."""
        weights = attention[list(self.partial.rows), :source_length]
        weights.setflags(write=False)
        return Hypothesis(
            ids=self.partial.ids,
            score=self.score,
            log_probability=self.total,
            token_log_probabilities=self.partial.log_probabilities,
            attention=weights,
        )


def stack_rows(steps: list[Tensor]) -> NDArray[np.float32]:
    """Attention of all steps, each [N_t, S], as one array [sum of N_t, S]."""
    blocks = [step.float().cpu().numpy() for step in steps]
    stacked: NDArray[np.float32] = np.concatenate(blocks)
    return stacked
