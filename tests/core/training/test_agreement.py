"""Misaligned pairs: found by a lexicon of the store's own links, and left out of the batches."""

from __future__ import annotations

from itertools import takewhile

import numpy as np
import torch

from core.training.batching import Batch, BatchOptions, BatchSource, Share
from core.training.corpus import Corpus

# --- batches of the kept pairs alone -------------------------------------------------------------

NOISY = BatchOptions(tokens=40, join=0.4, copy_unknown=0.2)


def one_round(source: BatchSource) -> list[Batch]:
    return [batch for _, _, batch in takewhile(lambda item: item[0] == 0, source.batches())]


def same(one: list[Batch], other: list[Batch]) -> bool:
    return len(one) == len(other) and all(
        torch.equal(getattr(a, name), getattr(b, name))
        for a, b in zip(one, other, strict=True)
        for name in Batch.__annotations__
    )


def test_only_kept_pairs_are_drawn() -> None:
    rows = [([10 + i] * (1 + i % 7), [60 + i] * (1 + i % 5)) for i in range(40)]
    whole = Corpus.from_pairs(rows)
    keep = np.array([3, 4, 5, 17, 20, 29, 31, 38])
    some = Corpus.from_pairs([rows[i] for i in keep])
    for repeats in (1.0, 2.5):
        source = BatchSource([Share(whole, repeats, keep)], NOISY)
        alone = BatchSource([Share(some, repeats)], NOISY)
        assert source.round_size() == alone.round_size() == 8 * repeats
        assert same(one_round(source), one_round(alone))
    assert same(
        one_round(BatchSource([Share(whole, 0.5, np.arange(40))], NOISY)),
        one_round(BatchSource([Share(whole, 0.5)], NOISY)),
    )
