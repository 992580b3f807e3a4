"""Alignments of given pairs: the model reads the target, and its aligner or attention links it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np
import torch
from numpy.typing import NDArray

from core.errors import InputError
from core.model.aligner import read_pairs
from core.store.loading import Loaded
from core.text.encoding import EncodedSegment, SegmentEncoder
from core.text.vocab import EOS, SOS
from core.translation.alignment import word_alignment
from core.translation.result import Translation, Word
from core.translation.translator import pad

BATCH = 32
# Weights of one head's attention in a batch, padding included.
BATCH_CELLS = 1_000_000

EncodedPair = tuple[EncodedSegment, EncodedSegment]


class ForcedAligner:
    """Aligns pairs with what a model's aligner, or its attention, says under teacher forcing.

    Args:
        loaded: the model, in fp32.
        tokenized: whether the blanks of the pairs are their word boundaries.
        attention: whether attention is wanted even where there is an aligner: where the model
            looked, not what belongs together.
    """

    def __init__(self, loaded: Loaded, *, tokenized: bool = False, attention: bool = False) -> None:
        self._model = loaded.model.eval()
        self._aligner = None if attention else loaded.aligner
        self._tokenized = tokenized
        source, target = loaded.source_language, loaded.target_language
        self._source = SegmentEncoder.of(source, loaded.source_vocabulary)
        self._target = SegmentEncoder.of(target, loaded.target_vocabulary)

    @property
    def by_attention(self) -> bool:
        """Whether weights are those of attention."""
        return self._aligner is None

    def align(
        self, pairs: Iterable[tuple[str, str]], *, name: str = "the pairs"
    ) -> Iterator[Translation]:
        """Each pair as a :class:`Translation` whose text and words are the given ones.

        Its score is the log-probability per target piece, the end included; words that
        normalisation leaves nothing of are aligned with nothing. Rows of attention sum to 1, those
        of an aligner to at most 1.

        Args:
            pairs: source and target.
            name: what to call them in an error.

        Raises:
            InputError: a side holds no text.
        """
        encoded = (
            self._encode(pair, f"{name}, line {number}")
            for number, pair in enumerate(pairs, start=1)
        )
        for batch in _batches(encoded):
            yield from self._align(batch)

    def _encode(self, pair: tuple[str, str], where: str) -> EncodedPair:
        source = self._source.encode(pair[0], tokenized=self._tokenized)
        target = self._target.encode(pair[1], tokenized=self._tokenized)
        if not source.ids or not target.ids:
            raise InputError(
                "one side of the pair holds no text",
                where=where,
                remedy="Give a sentence on both sides of the tab.",
            )
        return source, target

    def _align(self, pairs: Sequence[EncodedPair]) -> Iterator[Translation]:
        ids, lengths = pad([source.ids for source, _ in pairs])
        given, _ = pad([(SOS, *target.ids) for _, target in pairs])
        with torch.inference_mode():
            read, output = read_pairs(self._model, ids, lengths, given)
            if self._aligner is None:
                weights = self._model.alignment(output.attention).float()
            else:
                weights = self._aligner.weights(read)
        whole, linked = self.by_attention, weights.numpy()  # [B, T, S]
        for (source, target), features, rows in zip(pairs, output.features, linked, strict=True):
            size = len(target.ids)
            score = self._score(features[: size + 1], target.ids)
            yield _result(source, target, rows[:size, : len(source.ids)], score, whole)

    def _score(self, features: torch.Tensor, ids: tuple[int, ...]) -> float:
        """Mean log-probability of ``ids`` and the end; one pair at a time, for [T, V] is large."""
        with torch.inference_mode():
            likely = self._model.logits(features).float().log_softmax(-1)  # [T, V]
            wanted = torch.tensor((*ids, EOS))
            return float(likely.gather(1, wanted[:, None]).mean())


def _batches(pairs: Iterable[EncodedPair]) -> Iterator[list[EncodedPair]]:
    """Successive pairs, few enough that their attention fits into memory; at least one."""
    batch: list[EncodedPair] = []
    width = height = 0
    for source, target in pairs:
        width, height = max(width, len(source.ids)), max(height, len(target.ids))
        if batch and (len(batch) == BATCH or (len(batch) + 1) * width * height > BATCH_CELLS):
            yield batch
            batch, width, height = [], len(source.ids), len(target.ids)
        batch.append((source, target))
    if batch:
        yield batch


def _result(
    source: EncodedSegment,
    target: EncodedSegment,
    weights: NDArray[np.float32],
    score: float,
    whole: bool,
) -> Translation:
    counted, spans = len(source.words), target.piece_spans
    alignment = word_alignment(
        weights, source.piece_words, counted, spans, target.words, whole=whole
    )
    return Translation(
        source=source.text,
        translation=target.text,
        score=score,
        source_words=_words(source),
        target_words=_words(target),
        alignment=alignment,
    )


def _words(segment: EncodedSegment) -> tuple[Word, ...]:
    return tuple(Word(segment.text[a:b], a, b) for a, b in segment.words)
