"""How hypotheses are ranked, and which next pieces are forbidden."""

from __future__ import annotations

import functools
import math
from typing import NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from core.decoding.step_model import unusable_output
from core.errors import BundleError
from core.model.native import library
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


def all_loop_ends(said: NDArray[np.int64], copies: int, span: int) -> list[tuple[int, int]]:
    """Rows of ``said`` [N, T] and pieces that would complete a loop there; see the above."""
    reach = (said.shape[1] + 1) // copies if copies else 0
    if reach == 0:
        return []
    suspects = np.arange(len(said))
    if copies > 2:  # only where the last piece was said a short while ago
        suspects = np.flatnonzero((said[:, -1 - reach : -1] == said[:, -1:]).any(1))
    return [
        (row, token)
        for row in suspects.tolist()
        for token in loop_ends(tuple(said[row].tolist()), copies, span)
    ]


class Candidates(NamedTuple):
    """The best continuations of a sentence, best first, ties by position.

    ``totals`` are -inf behind the last one allowed; ``hypotheses`` and ``tokens`` tell which is
    extended by what, ``log_probabilities`` how probable that piece alone is.
    """

    totals: list[float]
    hypotheses: list[int]
    tokens: list[int]
    log_probabilities: list[float]


def top_candidates(
    log_probs: Tensor, totals: Tensor, batch: int, count: int, extra: Tensor
) -> tuple[list[Candidates], list[list[float]]]:
    """The best ``count`` continuations of every sentence; fewer where there are fewer.

    All that Python needs of a step crosses from the device in one transfer.

    Args:
        log_probs: [B * K, V] of the next piece.
        totals: [B * K] log-probability of each hypothesis so far.
        batch: B.
        count: C.
        extra: [B, X] values to bring along.

    Returns:
        The candidates of each sentence, and its ``extra``.

    Raises:
        BundleError: a total is NaN.
    """
    code = library.find() if log_probs.device.type == "cpu" else None
    if code is not None:
        return _best_natively(code, log_probs, totals, batch, count), extra.tolist()
    return _best_of_blocks(log_probs, totals, batch, count, extra)


def _best_natively(
    code: library.Library, log_probs: Tensor, totals: Tensor, batch: int, count: int
) -> list[Candidates]:
    """The candidates of :func:`top_candidates`, chosen in C; all on the processor."""
    rows, vocabulary = log_probs.shape[0] // batch, log_probs.shape[1]
    count = min(count, rows * vocabulary)
    best = torch.empty(batch, len(Candidates._fields), count, dtype=torch.float64)
    log_probs, totals = log_probs.contiguous(), totals.contiguous()
    sizes = batch, rows, vocabulary, count
    bad = code.best(*sizes, log_probs.data_ptr(), totals.data_ptr(), best.data_ptr())
    found = [
        Candidates(values, [int(row) for row in rows], [int(token) for token in tokens], logs)
        for values, rows, tokens, logs in best.tolist()
    ]
    if bad or not all(candidates.totals[0] < math.inf for candidates in found):
        raise no_numbers()
    return found


def no_numbers() -> BundleError:
    """The error for a model that predicts NaN."""
    return unusable_output("the model predicts values that are not numbers")


def _best_of_blocks(
    log_probs: Tensor, totals: Tensor, batch: int, count: int, extra: Tensor
) -> tuple[list[Candidates], list[list[float]]]:
    """:func:`top_candidates` by torch, on any device."""
    # One more than wanted tells whether the last place is tied: topk breaks ties as it likes.
    values, logs, places, chosen = _largest(log_probs, totals, batch, count + 1)
    packed = torch.cat((values.double(), logs, places, chosen, extra), dim=1).cpu().numpy()
    size = values.size(1)
    best, last, rest = packed[:, :size], packed[:, size : 2 * size], packed[:, 3 * size :]
    if not (best[:, 0] < np.inf).all():  # topk ranks NaN above everything
        raise no_numbers()
    block = block_size(log_probs.size(1))
    numbers, offsets = np.divmod(packed[:, 2 * size : 3 * size].astype(np.int64), block)
    positions = rest[np.arange(batch)[:, None], numbers].astype(np.int64) * block + offsets
    _order_ties(best, positions, last, log_probs, totals, count)
    hypotheses, tokens = np.divmod(positions, log_probs.size(1))
    parts = (part[:, :count].tolist() for part in (best, hypotheses, tokens, last))
    candidates = [Candidates(*of_sentence) for of_sentence in zip(*parts, strict=True)]
    return candidates, rest[:, chosen.size(1) :].tolist()


def _largest(
    log_probs: Tensor, totals: Tensor, batch: int, count: int
) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """The ``count`` largest totals of every sentence, in one pass over the vocabulary.

    They lie in the ``count`` blocks of pieces with the largest maxima, and only these blocks are
    looked into.

    Returns:
        The totals, the log-probabilities and the places among the blocks chosen, each [B, count],
        and these blocks [B, at most count].
    """
    block = block_size(log_probs.size(1))
    blocks = log_probs.size(1) // block  # of each hypothesis
    maxima = log_probs.view(-1, blocks, block).amax(2) + totals.unsqueeze(1)  # [B * K, blocks]
    maxima = maxima.view(batch, -1)
    _, chosen = maxima.topk(min(count, maxima.size(1)), dim=1, sorted=False)
    inside = chosen.unsqueeze(2).expand(-1, -1, block)
    logs = log_probs.view(batch, -1, block).gather(1, inside)  # [B, count, block]
    of_blocks = totals.view(batch, -1).gather(1, chosen // blocks)  # [B, count]
    sums = (logs + of_blocks.unsqueeze(2)).view(batch, -1)
    values, places = sums.topk(min(count, sums.size(1)), dim=1)
    return values, logs.view(batch, -1).gather(1, places), places, chosen


@functools.cache
def block_size(vocabulary: int) -> int:
    """Pieces looked at together: the largest divisor up to the square root of ``vocabulary``."""
    return next(size for size in range(math.isqrt(vocabulary), 0, -1) if vocabulary % size == 0)


def _order_ties(
    best: NDArray[np.float64],
    positions: NDArray[np.int64],
    logs: NDArray[np.float64],
    log_probs: Tensor,
    totals: Tensor,
    count: int,
) -> None:
    """Bring equal totals [B, C + 1] into the order of their positions, in place.

    Where the last one wanted is tied with the next, others that topk has not brought may come
    first: all that are as large are sorted, those tied in order.
    """
    tied = (best[:, 1:] == best[:, :-1]) & (best[:, 1:] > -np.inf)
    if not tied.any():
        return
    batch, size = best.shape
    for sentence in np.flatnonzero(tied.any(1)).tolist():
        if size > count and tied[sentence, count - 1]:
            likely = log_probs.view(batch, -1, log_probs.size(1))[sentence]  # [K, V]
            sums = (likely + totals.view(batch, -1)[sentence].unsqueeze(1)).flatten()
            large = (sums >= float(best[sentence, count - 1])).nonzero().squeeze(1)
            order = large[sums[large].sort(descending=True, stable=True).indices[:size]]
            positions[sentence] = order.cpu().numpy()
            best[sentence] = sums[order].cpu().numpy()
            logs[sentence] = likely.flatten()[order].cpu().numpy()
        else:
            order_of = np.lexsort((positions[sentence], -best[sentence]))
            for part in (best, positions, logs):
                part[sentence] = part[sentence][order_of]
