"""Training speed as ``attune-cli train`` has it: ``python -m benchmarks.training``.

The pairs are made up and the same every time, as long and as unevenly filled as sentences from a
dictionary's examples: source lengths are log-normal (median 15 pieces, mean 17), target lengths
are those times a log-normal ratio (mean 16 pieces, correlation of the logarithms 0.9), and the
piece of rank r has a probability proportional to 1 / (r + 1). Batches are cut by the command's own
options, and only real target pieces count as learnt.

Processors differ by more than twice in how fast they multiply bfloat16 matrices, which is two
thirds of the work, so their rate at that is measured, too; and on a machine that is not idle,
seconds of the processor tell more than those of the clock.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import time
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from benchmarks.measuring import machine, peak_memory, summary
from core.environment import prepare_environment

prepare_environment(patient=True)

import torch  # noqa: E402

from core import runtime  # noqa: E402
from core.model.seq2seq import Seq2Seq  # noqa: E402
from core.text.vocab import SPECIALS  # noqa: E402
from core.training.batching import Batch, BatchSource, Share  # noqa: E402
from core.training.corpus import Corpus  # noqa: E402
from core.training.fresh import TrainOptions  # noqa: E402
from core.training.hyperparameters import Recipe  # noqa: E402
from core.training.presets import PRESETS  # noqa: E402
from core.training.schedule import Budget  # noqa: E402
from core.training.system import compose, model_config, text_options  # noqa: E402
from core.training.trainer import Trainer  # noqa: E402

PAIRS = 100_000  # two pools of the batch source
WARM_UP = 5  # updates


def made_up_corpus(vocabulary: int) -> Corpus:
    """The pairs described above; every target piece is linked to the source's like place."""
    rng = np.random.default_rng(1)
    logs = rng.normal(np.log(15), 0.5, PAIRS)
    source = _lengths(logs)
    target = _lengths(logs + rng.normal(-0.07, 0.23, PAIRS))
    places = np.concatenate([np.arange(length) for length in target])
    rows = np.repeat(np.arange(PAIRS), target)
    links = np.stack((places * source[rows] // target[rows], places), axis=1)
    targets = _offsets(target)
    return Corpus(
        _ids(rng, vocabulary, int(source.sum())),
        _offsets(source),
        _ids(rng, vocabulary, int(target.sum())),
        targets,
        links.astype(np.uint8),
        targets,
    )


def _lengths(logarithms: NDArray[np.float64]) -> NDArray[np.int64]:
    return np.clip(np.exp(logarithms).round(), 1, 120).astype(np.int64)


def _offsets(lengths: NDArray[np.int64]) -> NDArray[np.int64]:
    return np.concatenate(([0], lengths.cumsum()))


def _ids(rng: np.random.Generator, vocabulary: int, count: int) -> NDArray[np.uint16]:
    first = len(SPECIALS)
    weights = 1 / (np.arange(vocabulary - first) + 2.0)
    ids = rng.choice(len(weights), count, p=weights / weights.sum()) + first
    return ids.astype(np.uint16)


class _Watched:
    """Batches on their way to the trainer, and how much of them was padding."""

    def __init__(self, stream: Iterator[tuple[int, int, Batch]]) -> None:
        self._stream = stream
        self.pairs = self.source = self.target = self.padded_source = self.padded_target = 0

    def __iter__(self) -> Iterator[Batch]:
        for _, _, batch in self._stream:
            self.pairs += len(batch.lengths)
            self.source += int(batch.lengths.sum())
            self.padded_source += batch.source.numel()
            self.target += batch.target_tokens
            self.padded_target += batch.target_out.numel()
            yield batch

    def per_update(self, updates: int) -> dict[str, float]:
        """Means of what a batch held."""
        counts = {"pairs": self.pairs, "source pieces": self.source, "target pieces": self.target}
        return {name: round(count / updates, 1) for name, count in counts.items()}

    def real_shares(self) -> dict[str, float]:
        """Of all positions, those that are no padding."""
        return {
            "source": round(self.source / self.padded_source, 3),
            "target": round(self.target / self.padded_target, 3),
        }


def multiplication_rate(precision: torch.dtype) -> float:
    """10^9 operations a second of the processor in products of 2048 x 2048 matrices."""
    matrix = torch.randn(2048, 2048).to(precision)
    seconds = []
    for _ in range(5):
        begin = time.process_time()
        matrix @ matrix
        seconds.append(time.process_time() - begin)
    return 2 * 2048**3 / 1e9 / min(seconds)


def measure(trainer: Trainer, watched: _Watched, updates: int) -> dict[str, object]:
    """Train for some updates after a few to warm up; the figures of those after."""
    speeds, tokens, busy = [], 0, 0.0
    begin = elapsed = 0.0
    for report in trainer.run(iter(watched), Budget(steps=updates + WARM_UP)):
        if report.step > WARM_UP:
            speeds.append(report.tokens / (report.elapsed - elapsed))
            tokens += report.tokens
        else:
            begin, busy = report.elapsed, time.process_time()
        elapsed = report.elapsed
    busy = time.process_time() - busy
    return {
        "target tokens per second": round(tokens / (elapsed - begin), 1),
        "target tokens per second, by update": summary(speeds, 1),
        "processor seconds per 1000 target tokens": round(1000 * busy / tokens, 4),
        "per update": watched.per_update(updates + WARM_UP),
        "real share of positions": watched.real_shares(),
        "peak memory, MB": round(peak_memory()),
    }


def parse() -> argparse.Namespace:
    """The options of the measurement."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--preset", choices=PRESETS, default="default")
    parser.add_argument("--batch-tokens", type=int, default=TrainOptions("").batch.tokens)
    parser.add_argument("--guided", type=float, default=0.0, help="weight of the alignment loss")
    parser.add_argument("--optimizer", choices=("muon", "adamw"), default="muon")
    parser.add_argument("--steps", type=int, default=40)
    parser.add_argument("--precision", choices=runtime.PRECISIONS, default="auto")
    return parser.parse_args()


def main() -> None:
    """Measure and print."""
    options = parse()
    threads = runtime.set_threads()
    runtime.set_seed(1)
    values = compose(options.preset)
    vocabulary = text_options(values).source_vocabulary_size
    config = model_config(values, vocabulary, vocabulary, 0 if options.guided else None)
    precision = runtime.choose_precision(options.precision)
    recipe = Recipe(optimizer=options.optimizer, guided=options.guided)
    trainer = Trainer(Seq2Seq(config), recipe, precision)
    batch = dataclasses.replace(TrainOptions("").batch, tokens=options.batch_tokens)
    source = BatchSource([Share(made_up_corpus(vocabulary))], batch)
    figures = {
        "machine": machine(),
        "threads": threads,
        "precision": str(precision).removeprefix("torch."),
        "GFLOP per processor second": round(multiplication_rate(precision)),
        "parameters": trainer.model.parameter_count(),
        **{name: getattr(options, name) for name in ("preset", "batch_tokens", "guided")},
        "optimizer": options.optimizer,
        **measure(trainer, _Watched(source.batches()), options.steps),
    }
    print(json.dumps(figures, indent=1))


if __name__ == "__main__":
    main()
