"""How hypotheses are ranked, and which next pieces are forbidden."""

from __future__ import annotations

from typing import NamedTuple

import torch
from torch import Tensor

from core.decoding.step_model import unusable_output
from core.text.vocab import EOS

# Attention on a source position never counts as less than this, so that a position ignored
# altogether costs much but not everything.
COVERAGE_FLOOR = 1e-9


def length_penalty(length: int, alpha: float) -> float:
    """``((5 + |Y|) / 6) ** alpha`` (Wu et al. 2016, equation 14).

    ``length`` is |Y|: the pieces and the end symbol, whose probability counts as well.
    """
    return float(((5 + length) / 6) ** alpha)


def coverage_penalty(coverage: Tensor, padding: Tensor, beta: float) -> Tensor:
    """``beta * sum_i log(min(sum_j p_ij, 1))`` (Wu et al. 2016, equation 14).

    Args:
        coverage: [B, K, S] attention that each source position i got from all steps j, that
            of the end symbol included.
        padding: [B, S] bool, true where there is no source.
        beta: the weight.

    Returns:
        [B, K], never above 0.
    """
    logs = coverage.clamp(COVERAGE_FLOOR, 1.0).log()  # [B, K, S]
    return logs.masked_fill(padding.unsqueeze(1), 0.0).sum(-1) * beta


def forbid_by_length(scores: Tensor, length: int, bounds: tuple[int, int]) -> None:
    """Set scores [K, V] of what outputs of ``length`` pieces may not do to minus infinity.

    ``bounds`` are the fewest and the most pieces before the end symbol.
    """
    shortest, longest = bounds
    if length < shortest:
        scores[:, EOS] = -torch.inf
    if length >= longest:
        scores[:, :EOS] = -torch.inf
        scores[:, EOS + 1 :] = -torch.inf


def loop_ends(ids: tuple[int, ...], copies: int, span: int) -> list[int]:
    """Pieces that would complete a loop if said after ``ids``.

    A loop is an n-gram said ``copies`` times in a row, or as many more as it takes to fill
    ``span`` pieces: with 3 and 8, a phrase of three pieces may be said twice, one of two
    pieces three times, a single piece seven times.
    """
    if copies == 0:
        return []
    ends = []
    for n in range(1, (len(ids) + 1) // copies + 1):
        if copies > 2 and ids[-1] != ids[-1 - n]:  # the common case, told at a glance
            continue
        before = max(copies, -(-span // n)) * n - 1  # pieces of the loop that are said already
        said = ids[-before:]
        if len(said) == before and said[n:] == said[:-n]:
            ends.append(ids[-n])
    return ends


class Candidate(NamedTuple):
    """A continuation of one of a sentence's hypotheses."""

    total: float
    position: int  # hypothesis * V + piece
    log_probability: float


def top_candidates(
    totals: Tensor, log_probabilities: Tensor, count: int, extra: Tensor
) -> tuple[list[list[Candidate]], list[list[float]]]:
    """The best continuations of every sentence, best first, ties by position.

    All that Python needs of a step crosses from the device in one transfer.

    Args:
        totals: [B, K * V] log-probability of the hypothesis so extended.
        log_probabilities: [B, K * V] that of its last piece alone.
        count: continuations wanted per sentence; fewer come where there are fewer.
        extra: [B, X] values to bring along.

    Returns:
        The candidates, and ``extra`` as lists.

    Raises:
        BundleError: a total is NaN.
    """
    # One more than wanted tells whether the last place is tied: topk breaks ties as it likes.
    values, positions = totals.topk(min(count + 1, totals.size(1)), dim=1)  # [B, C]
    last = log_probabilities.gather(1, positions)  # [B, C]
    packed = torch.cat((values.double(), positions, last, extra), dim=1).tolist()
    width = values.size(1)
    chosen = []
    for sentence, row in enumerate(packed):
        if not row[0] < torch.inf:  # topk ranks NaN above everything
            raise unusable_output("the model predicts values that are not numbers")
        found = zip(row[:width], row[width : 2 * width], row[2 * width : 3 * width], strict=True)
        best = [Candidate(total, int(where), log) for total, where, log in found]
        if width > count and best[count - 1].total == best[count].total > -torch.inf:
            best = _stable_top(totals[sentence], log_probabilities[sentence], count)
        best.sort(key=lambda candidate: (-candidate.total, candidate.position))
        chosen.append(best[:count])
    return chosen, [row[3 * width :] for row in packed]


def _stable_top(totals: Tensor, log_probabilities: Tensor, count: int) -> list[Candidate]:
    """:func:`top_candidates` of one sentence [K * V] by a full sort that keeps ties in order."""
    values, positions = totals.sort(descending=True, stable=True)
    positions = positions[:count]
    last = log_probabilities[positions]
    found = zip(values[:count].tolist(), positions.tolist(), last.tolist(), strict=True)
    return [Candidate(*candidate) for candidate in found]
