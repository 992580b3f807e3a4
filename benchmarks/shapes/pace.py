"""How fast each shape learns and translates, side by side, in seconds of one processor."""

from __future__ import annotations

import functools
import itertools
import statistics
import time
from collections.abc import Sequence
from pathlib import Path

import torch

from benchmarks.measuring import interleaved
from benchmarks.quality.sets import TestSet
from benchmarks.shapes.arms import Shape, make_options
from core import runtime
from core.decoding.beam_search import beam_search
from core.decoding.options import SearchOptions
from core.model.seq2seq import Seq2Seq
from core.text.encoding import SegmentEncoder
from core.text.tokenizer import make_tokenizer
from core.training.batching import BatchSource
from core.training.examples import Forms
from core.training.schedule import Budget
from core.training.tokens import open_tokens, shares
from core.training.trainer import Trainer
from core.training.validation import ReadyModel, ready_model

BATCHES = 8
SENTENCES = 10


class Contender:
    """A shape that learns a little and translates a little at each of its turns."""

    def __init__(self, shape: Shape, stores: Path) -> None:
        options = make_options(shape, stores, Path("unused"), 1)
        store = open_tokens(stores / shape.store, options)
        self._vocabularies = store.source_vocabulary, store.target_vocabulary
        self._languages = store.source_language, store.target_language
        runtime.set_seed(shape.seed)
        self.model = Seq2Seq(options.shape(*map(len, self._vocabularies)))
        forms = Forms.of(store.source_vocabulary, store.source_language)
        source = BatchSource(shares(store, None, None), options.batch, forms)
        batches = [batch for _, _, batch in itertools.islice(source.batches(), BATCHES)]
        trainer = Trainer(self.model, options.recipe, runtime.choose_precision("fp32"))
        self._reports = trainer.run(itertools.cycle(batches), Budget(steps=10**9))
        self.pieces = statistics.fmean(batch.target_tokens for batch in batches)
        self._ready: ReadyModel | None = None

    def learn(self) -> list[float]:
        """Processor seconds of the next update."""
        begin = time.process_time()
        next(self._reports)
        return [time.process_time() - begin]

    def sentences(self, pairs: TestSet) -> list[tuple[torch.Tensor, SearchOptions]]:
        """Sources ``[1, S]``, and options that make outputs as long as the references."""
        encoders = [
            SegmentEncoder(language, make_tokenizer(language), vocabulary)
            for language, vocabulary in zip(self._languages, self._vocabularies, strict=True)
        ]
        found = []
        for texts in list(zip(*pairs.turned(self._languages[0]), strict=True))[:SENTENCES]:
            source, target = (
                encoder.encode(text).ids for encoder, text in zip(encoders, texts, strict=True)
            )
            ratio = len(target) / len(source)
            limits = SearchOptions(
                min_length_ratio=ratio, max_length_ratio=ratio, max_length_offset=0, loop_copies=0
            )
            found.append((torch.tensor([source]), limits))
        return found

    def translate(self, sentences: Sequence[tuple[torch.Tensor, SearchOptions]]) -> list[float]:
        """Mean processor seconds of a sentence by itself, with a beam of 4."""
        if self._ready is None:
            self._ready = ready_model(self.model.eval())
        begin = time.process_time()
        with torch.inference_mode():
            for source, options in sentences:
                beam_search(self._ready, source, torch.tensor([source.shape[1]]), options)
        return [(time.process_time() - begin) / len(sentences)]


def measure_pace(
    shapes: Sequence[Shape], stores: Path, pairs: TestSet, rounds: int
) -> dict[str, dict[str, float]]:
    """By name: seconds of an update, target pieces a second, ms of a sentence, weights."""
    runtime.set_threads(1)
    contenders = {shape.name: Contender(shape, stores) for shape in shapes}
    turns = {name: one.learn for name, one in contenders.items()}
    interleaved(turns, 1)  # warm up
    learning = interleaved(turns, rounds)
    sentences = {name: one.sentences(pairs) for name, one in contenders.items()}
    searches = {
        name: functools.partial(one.translate, sentences[name]) for name, one in contenders.items()
    }
    interleaved(searches, 1)
    searching = interleaved(searches, rounds)
    found = {}
    for name, one in contenders.items():
        update, sentence = (
            statistics.median(itertools.chain.from_iterable(times[name]))
            for times in (learning, searching)
        )
        found[name] = {
            "update": update,
            "pieces": one.pieces / update,
            "milliseconds": 1000 * sentence,
            "weights": one.model.parameter_count(),
        }
    return found
