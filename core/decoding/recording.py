"""What a beam search looked at, step by step, for whoever wants to see it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import Enum

import numpy as np
from numpy.typing import NDArray

from core.decoding.hypothesis import Finished
from core.decoding.scoring import Candidates, length_penalty
from core.text.vocab import EOS


class Fate(Enum):
    """What became of a continuation."""

    KEPT = "kept"  # it went on
    PRUNED = "pruned"  # others were better
    LEFT = "left"  # it was not needed any more: the search was done
    FINISHED = "finished"  # it took the end symbol and counts as an output


@dataclass(frozen=True, slots=True)
class Recorded:
    """A continuation that the search ranked.

    Attributes:
        parent: which record it extends, -1 at the beginning.
        step: how many pieces it has, the end symbol included.
        rank: its place among those of its step, from 0.
        token: the piece that it adds.
        log_probability: of that piece, natural logarithm.
        total: of all its pieces.
        score: what outputs are ranked by: ``total`` after the penalties. Of one that did not end,
            what it would be if it ended here: the length penalty alone.
        fate: what became of it.
        row: its row in the attention, that with which ``token`` was predicted.
    """

    parent: int
    step: int
    rank: int
    token: int
    log_probability: float
    total: float
    score: float
    fate: Fate
    row: int


class SearchRecorder:
    """Notes the search of one sentence: at most ``2 * beam`` continuations a step.

    Attributes:
        records: all continuations, by step, then by rank, so that parents come before children.
        finished: of those that ended as outputs, in the order of their ends.
        attention: [rows, S] float32, a column per source piece; there when the search is over.
    """

    def __init__(self) -> None:
        self.records: list[Recorded] = []
        self.finished: list[int] = []
        self.attention: NDArray[np.float32] = np.zeros((0, 0), np.float32)
        self._live: list[int] = [-1]  # the record of each unfinished hypothesis
        self._step = 0

    @property
    def winner(self) -> int:
        """The best output, the earliest among equals; -1 where there is none."""
        return max(self.finished, key=lambda i: self.records[i].score, default=-1)

    def note(
        self,
        found: Candidates,
        goes_on: Sequence[tuple[int, int]],
        finished: Sequence[Finished],
        first_row: int,
        alpha: float,
    ) -> None:
        """A step was taken.

        Args:
            found: its best continuations.
            goes_on: hypothesis and piece of those that are kept, in their new order.
            finished: all outputs so far.
            first_row: where the attention of this step begins.
            alpha: exponent of the length penalty.
        """
        self._step += 1
        ended = iter(finished[len(self.finished) :])
        penalty = length_penalty(self._step, alpha)
        places: dict[tuple[int, int], int] = {}
        for rank, (ranked_by, hypothesis, token, log_probability) in enumerate(
            zip(*found, strict=True)
        ):
            if ranked_by == -np.inf:  # forbidden, and so are all behind it
                break
            output = next(ended, None) if token == EOS else None
            parent = self._live[hypothesis]
            before = self.records[parent].total if parent >= 0 else 0.0
            total = before + log_probability
            places[hypothesis, token] = len(self.records)
            if output is not None:
                self.finished.append(len(self.records))
            self.records.append(
                Recorded(
                    parent=parent,
                    step=self._step,
                    rank=rank,
                    token=token,
                    log_probability=log_probability,
                    total=total,
                    score=total / penalty if output is None else output.score,
                    fate=_fate((hypothesis, token), goes_on, ended=output is not None),
                    row=first_row + hypothesis,
                )
            )
        self._live = [places[key] for key in goes_on]

    def path(self, index: int) -> tuple[int, ...]:
        """The records from the beginning to ``index``."""
        found: list[int] = []
        while index >= 0:
            found.append(index)
            index = self.records[index].parent
        return tuple(reversed(found))


def _fate(key: tuple[int, int], goes_on: Collection[tuple[int, int]], *, ended: bool) -> Fate:
    if ended:
        return Fate.FINISHED
    if key in goes_on:
        return Fate.KEPT
    return Fate.PRUNED if goes_on or key[1] == EOS else Fate.LEFT
