"""How fast each shape learns and translates, side by side, in seconds of one processor."""

from __future__ import annotations

import functools
import itertools
import statistics
from collections.abc import Sequence
from pathlib import Path

import torch

from benchmarks.measuring import interleaved
from benchmarks.pacing import Contender
from benchmarks.quality.sets import TestSet
from benchmarks.shapes.arms import Shape, make_options
from core import runtime
from core.model.seq2seq import Seq2Seq
from core.text.encoding import SegmentEncoder
from core.text.tokenizer import make_tokenizer
from core.training.batching import Batch, BatchSource
from core.training.examples import Forms
from core.training.token_store.store import TokenStore
from core.training.tokens import open_tokens, shares

BATCHES = 8
SENTENCES = 10


def _batches(shape: Shape, stores: Path, store: TokenStore) -> list[Batch]:
    options = make_options(shape, stores, Path("unused"), 1)
    forms = Forms.of(store.source_vocabulary, store.source_language)
    source = BatchSource(shares(store, None, None), options.batch, forms)
    return [batch for _, _, batch in itertools.islice(source.batches(), BATCHES)]


def _contender(shape: Shape, stores: Path, store: TokenStore, batches: list[Batch]) -> Contender:
    options = make_options(shape, stores, Path("unused"), 1)
    runtime.set_seed(shape.seed)
    model = Seq2Seq(options.shape(len(store.source_vocabulary), len(store.target_vocabulary)))
    return Contender(model, options.recipe, batches, runtime.choose_precision("fp32"))


def _sentences(store: TokenStore, pairs: TestSet) -> list[tuple[torch.Tensor, float]]:
    """Sources ``[1, S]``, and how much longer their references are."""
    source, target = (
        SegmentEncoder(language, make_tokenizer(language), vocabulary)
        for language, vocabulary in (
            (store.source_language, store.source_vocabulary),
            (store.target_language, store.target_vocabulary),
        )
    )
    found = []
    texts = zip(*pairs.turned(store.source_language), strict=True)
    for text, reference in itertools.islice(texts, SENTENCES):
        ids = source.encode(text).ids
        found.append((torch.tensor([ids]), len(target.encode(reference).ids) / len(ids)))
    return found


def measure_pace(
    shapes: Sequence[Shape], stores: Path, pairs: TestSet, rounds: int
) -> dict[str, dict[str, float]]:
    """By name: seconds of an update, target pieces a second, ms of a sentence, weights."""
    runtime.set_threads(1)
    contenders, sizes, searches = {}, {}, {}
    for shape in shapes:
        store = open_tokens(stores / shape.store, make_options(shape, stores, stores, 1))
        batches = _batches(shape, stores, store)
        one = contenders[shape.name] = _contender(shape, stores, store, batches)
        sizes[shape.name] = statistics.fmean(batch.target_tokens for batch in batches)
        searches[shape.name] = functools.partial(one.translate, _sentences(store, pairs))
    turns = {name: one.learn for name, one in contenders.items()}
    interleaved(turns, 1)  # warm up
    learning = interleaved(turns, rounds)
    interleaved(searches, 1)
    searching = interleaved(searches, rounds)
    found = {}
    for name, one in contenders.items():
        piece, sentence = (
            statistics.median(itertools.chain.from_iterable(times[name]))
            for times in (learning, searching)
        )
        found[name] = {
            "update": piece * sizes[name],
            "pieces": 1 / piece,
            "milliseconds": 1000 * sentence,
            "weights": one.model.parameter_count(),
        }
    return found
