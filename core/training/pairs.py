"""Pairs of texts: parted into held-out and training pairs, and turned into ids."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from core.cancel import CancelToken
from core.store.loading import Loaded
from core.text.encoding import SegmentEncoder
from core.training.checks import Pair
from core.training.corpus import Corpus

HELD_OUT_SHARE, HELD_OUT_MOST = 0.1, 200


class PairEncoder:
    """Both sides of a pair as ids of a model's vocabularies."""

    def __init__(self, loaded: Loaded) -> None:
        source, target = loaded.source_language, loaded.target_language
        self._source = SegmentEncoder.of(source, loaded.source_vocabulary)
        self._target = SegmentEncoder.of(target, loaded.target_vocabulary)

    def __call__(self, pair: Pair) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Source ids and target ids."""
        return self._source.encode(pair.source).ids, self._target.encode(pair.target).ids

    def corpus(self, pairs: Sequence[Pair], cancel: CancelToken) -> Corpus:
        """All ``pairs`` as a corpus.

        Raises:
            Cancelled: ``cancel``, asked before every pair, was cancelled.
        """

        def encoded(pair: Pair) -> tuple[tuple[int, ...], tuple[int, ...]]:
            cancel.check()
            return self(pair)

        return Corpus.from_pairs(map(encoded, pairs))


def hold_out(pairs: Sequence[Pair], seed: int) -> tuple[list[Pair], list[Pair]]:
    """Pairs to validate on, and those to train on, parted at random; at least one of each.

    Args:
        pairs: two or more.
        seed: the same parts the same pairs the same way.
    """
    order = np.random.default_rng(seed).permutation(len(pairs))
    count = max(1, min(HELD_OUT_MOST, round(len(pairs) * HELD_OUT_SHARE)))
    return [pairs[i] for i in order[:count]], [pairs[i] for i in order[count:]]
