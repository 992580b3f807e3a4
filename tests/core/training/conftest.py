"""Tiny models, and a task that they learn within seconds: copying."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest
import torch

from core.model.config import ModelConfig
from core.model.seq2seq import Seq2Seq
from core.training.batching import Batch, BatchOptions, BatchSource, Share
from core.training.corpus import Corpus

VOCABULARY = 14
MakeModel = Callable[..., Seq2Seq]


@pytest.fixture
def make_model() -> MakeModel:
    def make(seed: int = 1, **changes: Any) -> Seq2Seq:
        fields: dict[str, Any] = {
            "width": 48, "encoder_layers": 1, "encoder_heads": 2, "feed_forward": 48,
            "decoder_width": 48, "decoder_layers": 1, "attention_heads": 2,
        }  # fmt: skip
        torch.manual_seed(seed)
        return Seq2Seq(ModelConfig(VOCABULARY, VOCABULARY, **{**fields, **changes}))

    return make


@pytest.fixture
def copying() -> Callable[[], Iterator[Batch]]:
    """A stream of batches whose target is their source."""
    random = np.random.default_rng(7)
    rows = [tuple(random.integers(4, VOCABULARY, random.integers(1, 7))) for _ in range(400)]
    links = [[(i, i) for i in range(len(row))] for row in rows]
    corpus = Corpus.from_pairs(((row, row) for row in rows), links)

    def stream() -> Iterator[Batch]:
        source = BatchSource([Share(corpus)], BatchOptions(tokens=300))
        return (batch for _, _, batch in source.batches())

    return stream
