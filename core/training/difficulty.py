"""How hard pairs are to learn, by their sources (Platanios et al. 2019, section 2.1)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from core.training.corpus import Corpus


def difficulties(corpora: Sequence[Corpus], kind: str) -> list[NDArray[np.float64]]:
    """The difficulty of every pair of each corpus.

    Args:
        corpora: whose pairs are compared with each other.
        kind: ``"length"``, d(s) = |s| (eq. 2), or ``"rarity"``, d(s) = - Σ_i log p(w_i) (eq. 4)
            with p the share of piece w_i among all source pieces; it grows with the length, too.
    """
    if kind == "length":
        return [corpus.source_lengths.astype(np.float64) for corpus in corpora]
    size = 1 + max(
        (int(corpus.source.max()) for corpus in corpora if len(corpus.source)), default=0
    )
    counts = sum(np.bincount(corpus.source, minlength=size) for corpus in corpora)
    shares = np.maximum(counts, 1) / max(1, int(np.sum(counts)))
    return [_summed(-np.log(shares), corpus) for corpus in corpora]


def _summed(costs: NDArray[np.float64], corpus: Corpus) -> NDArray[np.float64]:
    """The costs of all source pieces of every pair, added up."""
    running = np.concatenate(([0.0], np.cumsum(costs[corpus.source])))
    return np.asarray(np.diff(running[corpus.source_offsets]))
