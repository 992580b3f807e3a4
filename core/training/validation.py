"""Loss on held-out pairs, and how the model translates one of them now."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import torch

from core.decoding.beam_search import beam_search
from core.decoding.options import SearchOptions
from core.store.loading import Loaded
from core.text.encoding import SegmentEncoder
from core.text.target import join_pieces
from core.text.tokenizer import make_tokenizer
from core.training.batching import Batch, collate
from core.training.checks import Pair
from core.training.trainer import Trainer
from core.translation.translator import pad

BATCH = 16


@dataclass(frozen=True)
class Held:
    """Held-out pairs as texts and as batches of like length."""

    pairs: tuple[Pair, ...]
    batches: tuple[Batch, ...]

    @classmethod
    def of(
        cls,
        pairs: Sequence[Pair],
        encode: Callable[[Pair], tuple[tuple[int, ...], tuple[int, ...]]],
    ) -> Held:
        """Encode ``pairs`` and cut them into batches."""
        nothing = np.zeros((0, 2), np.int64)
        encoded = [(np.asarray(s), np.asarray(t), nothing) for s, t in map(encode, pairs)]
        encoded.sort(key=lambda pair: len(pair[0]))
        cuts = [encoded[i : i + BATCH] for i in range(0, len(encoded), BATCH)]
        return cls(tuple(pairs), tuple(collate(cut) for cut in cuts))


def validate(trainer: Trainer, held: Held) -> float:
    """Mean loss (natural log) per target piece of the held-out pairs."""
    training = trainer.model.training
    trainer.model.eval()
    with torch.inference_mode():
        total = sum(float(trainer.losses(batch, 0.0)[1]) for batch in held.batches)
    trainer.model.train(training)
    return total / sum(batch.target_tokens for batch in held.batches)


class SampleTranslator:
    """Translates single sentences with a model that is being trained."""

    def __init__(self, loaded: Loaded) -> None:
        language = loaded.source_language
        self._loaded = loaded
        self._encoder = SegmentEncoder(language, make_tokenizer(language), loaded.source_vocabulary)

    def __call__(self, text: str) -> str:
        """``text`` in the target language, by greedy search."""
        encoded = self._encoder.encode(text)
        if not encoded.ids:
            return ""
        model = self._loaded.model
        training = model.training
        model.eval()
        found = beam_search(model, *pad([encoded.ids]), SearchOptions(beam=1))
        model.train(training)
        pieces = self._loaded.target_vocabulary.pieces(found[0][0].ids)
        return join_pieces(pieces, self._loaded.target_language).text
