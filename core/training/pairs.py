"""Pairs of texts as pairs of ids."""

from __future__ import annotations

from core.store.loading import Loaded
from core.text.encoding import SegmentEncoder
from core.text.tokenizer import make_tokenizer
from core.training.checks import Pair


class PairEncoder:
    """Both sides of a pair as ids of a model's vocabularies."""

    def __init__(self, loaded: Loaded) -> None:
        source, target = loaded.source_language, loaded.target_language
        self._source = SegmentEncoder(source, make_tokenizer(source), loaded.source_vocabulary)
        self._target = SegmentEncoder(target, make_tokenizer(target), loaded.target_vocabulary)

    def __call__(self, pair: Pair) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Source ids and target ids."""
        return self._source.encode(pair.source).ids, self._target.encode(pair.target).ids
