"""Our trainer as an engine: the pairs of a folder, a model, some updates at a time."""

from __future__ import annotations

import itertools
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.joeynmt.shapes import BATCH, CLIP, LANGUAGES, LEARNING_RATE, SHAPES, SPECIALS, Shape
from benchmarks.speed.protocol import serve
from benchmarks.training import made_up_corpus  # sets the environment before torch is imported

import torch  # isort: skip

from core import runtime
from core.model.config import ModelConfig
from core.model.seq2seq import Seq2Seq
from core.text.vocab import EOS
from core.training.batching import Batch, BatchSource, Share, collate
from core.training.corpus import Corpus
from core.training.hyperparameters import BatchOptions, Recipe
from core.training.schedule import Budget, Schedule
from core.training.trainer import Trainer


def write_pairs(folder: Path, vocabulary: int, pairs: int, order: str) -> dict[str, Any]:
    """The first made-up pairs as text, ids for words, and the list of all ids.

    Args:
        folder: where to.
        vocabulary: entries on each side.
        pairs: how many.
        order: ``"random"``, or ``"alike"``: neighbours that make a batch are of like length.
    """
    corpus = made_up_corpus(vocabulary).part(0, pairs)
    rows = np.arange(pairs) if order == "random" else _alike(corpus)
    for number, language in enumerate(LANGUAGES):
        lines = (" ".join(map(str, corpus.pair(row)[number])) for row in rows)
        (folder / f"pairs.{language}").write_text("\n".join(lines) + "\n", "ascii")
    words = [*SPECIALS, *map(str, range(len(SPECIALS), vocabulary))]
    (folder / "vocabulary").write_text("\n".join(words) + "\n", "ascii")
    return {
        "pairs": pairs,
        "source pieces": round(float(corpus.source_lengths.mean()), 2),
        "target pieces": round(float(corpus.target_lengths.mean()), 2),
    }


def _alike(corpus: Corpus) -> NDArray[np.int64]:
    """Rows sorted by length, cut into batches, the batches in random order."""
    source, target = corpus.source_lengths, corpus.target_lengths
    ordered = np.lexsort((source, np.maximum(source, target)))
    cuts = [ordered[begin : begin + BATCH] for begin in range(0, len(ordered), BATCH)]
    return np.concatenate(
        [cuts[index] for index in np.random.default_rng(1).permutation(len(cuts))]
    )


def read_pairs(folder: Path) -> Corpus:
    """The pairs in ``folder``; each source ends in a symbol, as JoeyNMT's does."""
    lines = [(folder / f"pairs.{name}").read_text("ascii").splitlines() for name in LANGUAGES]
    sides = [[[int(word) for word in line.split()] for line in side] for side in lines]
    return Corpus.from_pairs(
        (([*source, EOS], target) for source, target in zip(*sides, strict=True))
    )


def in_order(corpus: Corpus) -> Iterator[Batch]:
    """Batches of 64 neighbours, over and over: those that JoeyNMT makes."""
    none = np.zeros((0, 2), np.int64)
    while True:
        for begin in range(0, len(corpus), BATCH):
            rows = range(begin, min(begin + BATCH, len(corpus)))
            pairs = (corpus.pair(row) for row in rows)
            yield collate([(s.astype(np.int64), t.astype(np.int64), none) for s, t in pairs])


def by_length(corpus: Corpus) -> Iterator[Batch]:
    """Batches as our trainer cuts them, of 64 pairs in the mean or somewhat fewer."""
    longer = np.maximum(corpus.source_lengths, corpus.target_lengths + 1)
    options = BatchOptions(tokens=round(BATCH * float(longer.mean())))
    return (batch for _, _, batch in BatchSource([Share(corpus)], options).batches())


def config_of(shape: Shape) -> ModelConfig:
    """Our model of this shape."""
    return ModelConfig(
        shape.vocabulary,
        shape.vocabulary,
        width=shape.embedding,
        encoder="bidirectional",
        encoder_layers=shape.layers,
        cell="lstm",
        decoder_width=shape.decoder,
        decoder_layers=shape.layers,
        attention="additive",
    )


class AttuneEngine:
    """The commands of the engine."""

    def make(self, folder: str, shape: str, pairs: int, order: str) -> dict[str, Any]:
        """Write the pairs that both engines read; told: the precisions of this processor, too."""
        precisions = ["fp32"] + (["bf16"] if runtime.has_bf16() else [])
        written = write_pairs(Path(folder), SHAPES[shape].vocabulary, pairs, order)
        return {"material": written, "precisions": precisions}

    def load(
        self, folder: str, shape: str, threads: int, precision: str, batches: str
    ) -> dict[str, Any]:
        """Make a model; ``batches`` are ``"the same"`` as JoeyNMT's or ``"its own"``."""
        runtime.set_threads(threads)
        runtime.set_seed(1)
        corpus = read_pairs(Path(folder))
        self._stream = in_order(corpus) if batches == "the same" else by_length(corpus)
        recipe = Recipe(
            learning_rate=LEARNING_RATE,
            optimizer="adamw",
            clip=CLIP,
            label_smoothing=0.0,
            schedule=Schedule(warmup=0, decay=0.0),
        )
        model = Seq2Seq(config_of(SHAPES[shape]))
        self._trainer = Trainer(model, recipe, runtime.choose_precision(precision))
        self._pairs = 0
        self._reports = self._trainer.run(self._counted(), Budget())
        return {
            "version": f"Attune, torch {torch.__version__}",
            "parameters": model.parameter_count(),
        }

    def _counted(self) -> Iterator[Batch]:
        for batch in self._stream:
            self._pairs += len(batch.lengths)
            yield batch

    def train(self, updates: int) -> dict[str, Any]:
        """Some updates: seconds, of the processor too, and what was learnt in them."""
        pairs, busy, begin = self._pairs, time.process_time(), time.perf_counter()
        reports = list(itertools.islice(self._reports, updates))
        seconds = time.perf_counter() - begin
        tokens = sum(report.tokens for report in reports)
        return {
            "seconds": seconds,
            "processor": time.process_time() - busy,
            "pairs": self._pairs - pairs,
            "tokens": tokens,
            "loss": sum(report.loss * report.tokens for report in reports) / tokens,
        }


if __name__ == "__main__":
    engine = AttuneEngine()
    serve({"make": engine.make, "load": engine.load, "train": engine.train})
