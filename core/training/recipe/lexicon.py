"""A lexicon of pieces, learnt from the word alignments of a store."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.training.corpus import Corpus

FEWEST_LINKS = 3
ABOVE_CHANCE = 4.0  # times as often as two pieces of their frequencies would meet by chance
# A translation's grade is one more than how many of these the larger of p(t|s) and p(s|t) reaches.
EDGES = (0.01, 0.03, 0.1, 0.3)
GRADES = len(EDGES) + 2  # 0: no translation
LEAST_PROBABILITY = 0.003
_STEP = 1 << 20  # links counted at once


def learn_lexicon(corpus: Corpus, source_size: int, target_size: int) -> NDArray[np.uint8]:
    """How good a translation of each other two pieces are: 0 is none, ``GRADES - 1`` the best.

    Two pieces are translations if they were linked :data:`FEWEST_LINKS` times and
    :data:`ABOVE_CHANCE` times as often as chance would link them (pointwise mutual information,
    Church & Hanks 1990). Their grade is by the larger of both relative frequencies.

    Args:
        corpus: with links.
        source_size, target_size: entries of the vocabularies.

    Returns:
        ``[source_size, target_size]``, as many bytes.
    """
    keys, counts = _link_counts(corpus, target_size)
    source, target = np.divmod(keys, target_size)
    of_source = np.bincount(source, counts, source_size)[source]
    of_target = np.bincount(target, counts, target_size)[target]
    by_chance = of_source * of_target / max(1, counts.sum())
    probability = np.maximum(counts / of_source, counts / of_target)
    found = (
        (counts >= FEWEST_LINKS)
        & (counts >= ABOVE_CHANCE * by_chance)
        & (probability >= LEAST_PROBABILITY)
    )
    lexicon = np.zeros((source_size, target_size), np.uint8)
    grades = 1 + np.searchsorted(EDGES, probability, side="right")
    lexicon[source[found], target[found]] = grades[found]
    return lexicon


def _link_counts(corpus: Corpus, target_size: int) -> tuple[NDArray[Any], NDArray[Any]]:
    """Linked pieces, each as ``source * target_size + target``, and how often they are linked."""
    keys, counts = np.zeros(0, np.int64), np.zeros(0, np.int64)
    if corpus.links is None or corpus.link_offsets is None:
        return keys, counts
    offsets = corpus.link_offsets
    cuts = np.searchsorted(offsets, np.arange(offsets[0], offsets[-1] + _STEP, _STEP))
    for begin, end in zip(cuts[:-1], np.minimum(cuts[1:], len(corpus)), strict=True):
        links = corpus.links[offsets[begin] : offsets[end]].astype(np.int64)
        pairs = np.repeat(np.arange(begin, end), np.diff(offsets[begin : end + 1]))
        source = corpus.source[corpus.source_offsets[pairs] + links[:, 0]].astype(np.int64)
        target = corpus.target[corpus.target_offsets[pairs] + links[:, 1]]
        more, more_counts = np.unique(source * target_size + target, return_counts=True)
        keys, places = np.unique(np.concatenate((keys, more)), return_inverse=True)
        gathered = np.concatenate((counts, more_counts))
        counts = np.bincount(places, gathered, len(keys)).astype(np.int64)
    return keys, counts
