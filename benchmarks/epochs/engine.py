"""The batch source and the trainer over the first pairs of a tokenised store."""

from __future__ import annotations

import itertools
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.measuring import summary
from benchmarks.speed.protocol import serve
from core.environment import prepare_environment

prepare_environment(patient=True)

from core import runtime  # noqa: E402
from core.model.seq2seq import Seq2Seq  # noqa: E402
from core.training.batching import Batch, BatchSource, Share  # noqa: E402
from core.training.examples import Forms  # noqa: E402
from core.training.fresh import TrainOptions  # noqa: E402
from core.training.hyperparameters import Recipe  # noqa: E402
from core.training.schedule import Budget  # noqa: E402
from core.training.system import compose, model_config  # noqa: E402
from core.training.token_store.store import TokenStore  # noqa: E402
from core.training.trainer import Trainer  # noqa: E402

WARM_UP = 3  # updates


def whole_rounds(source: BatchSource, at_least: float) -> dict[str, Any]:
    """Make the batches of whole rounds until ``at_least`` seconds have passed.

    ``seconds`` is all of it, ``drawing`` the time until the first batch of each round is there;
    both of the processor, which is the clock's where nothing else runs: it is done in one thread.
    """
    seconds = drawing = 0.0
    batches = examples = target = rounds = 0
    stream = source.batches()
    while True:
        begin = time.process_time()
        _, index, batch = next(stream)
        spent = time.process_time() - begin
        if index == 0:
            if seconds >= at_least and rounds:
                break  # the next round is drawn already: that was its time
            rounds += 1
            drawing += spent
        seconds += spent
        batches += 1
        examples += len(batch.lengths)
        target += batch.target_tokens
    return {
        "rounds": rounds,
        "seconds": seconds,
        "drawing": drawing,
        "pairs": rounds * source.round_size(),
        "batches": batches,
        "examples": examples,
        "target pieces": target,
    }


class _Watched:
    """Batches on their way to the trainer, and the seconds that the making of each took."""

    def __init__(self, source: BatchSource) -> None:
        self._stream = source.batches()
        self.making: list[float] = []
        self.pairs: list[int] = []

    def __iter__(self) -> Iterator[Batch]:
        while True:
            begin = time.perf_counter()
            _, _, batch = next(self._stream)
            self.making.append(time.perf_counter() - begin)
            self.pairs.append(len(batch.lengths))
            yield batch


class EpochEngine:
    """The commands of the engine."""

    def open(self, store: str, pairs: int, threads: int) -> dict[str, Any]:
        """The first ``pairs`` of the store, and the options of ``attune-cli train``."""
        runtime.set_threads(threads)
        runtime.set_seed(1)
        tokens = TokenStore.open(Path(store))
        self.corpus = tokens.corpus.part(0, min(pairs, len(tokens.corpus)))
        forms = Forms.of(tokens.source_vocabulary, tokens.source_language)
        self.vocabularies = len(tokens.source_vocabulary), len(tokens.target_vocabulary)
        self.source = BatchSource([Share(self.corpus)], TrainOptions("").batch, forms)
        return {
            "pairs": len(self.corpus),
            "pieces": float(self.corpus.source_lengths.mean() + self.corpus.target_lengths.mean()),
            "process": os.getpid(),
        }

    def batches(self, at_least: float) -> dict[str, Any]:
        """See :func:`whole_rounds`."""
        return whole_rounds(self.source, at_least)

    def train(self, preset: str, updates: int, precision: str) -> dict[str, Any]:
        """Some updates after a few to warm up; the time of drawing the round is not in them."""
        config = model_config(compose(preset), *self.vocabularies)
        chosen = runtime.choose_precision(precision)
        trainer = Trainer(Seq2Seq(config), Recipe(), chosen)
        watched = _Watched(self.source)
        reports = list(trainer.run(iter(watched), Budget(steps=WARM_UP + updates)))
        counted = reports[WARM_UP:]
        ends = [report.elapsed for report in reports[WARM_UP - 1 :]]
        each = [after - before for before, after in itertools.pairwise(ends)]
        return {
            "precision": str(chosen).removeprefix("torch."),
            "seconds": sum(each),
            "by update": summary(each),
            "making": sum(watched.making[WARM_UP : WARM_UP + updates]),
            "examples": sum(watched.pairs[WARM_UP : WARM_UP + updates]),
            "target pieces": sum(report.tokens for report in counted),
            "updates": updates,
        }


if __name__ == "__main__":
    engine = EpochEngine()
    serve({"open": engine.open, "batches": engine.batches, "train": engine.train})
