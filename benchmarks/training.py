"""Training speed of the default shape: ``python -m benchmarks.training``."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator

import numpy as np

from benchmarks.measuring import machine, peak_memory, summary
from core.environment import prepare_environment

prepare_environment(patient=True)

from core import runtime  # noqa: E402
from core.model.config import ModelConfig  # noqa: E402
from core.model.seq2seq import Seq2Seq  # noqa: E402
from core.training.batching import Batch, collate  # noqa: E402
from core.training.schedule import Budget  # noqa: E402
from core.training.trainer import Recipe, Trainer  # noqa: E402


def batches(config: ModelConfig, tokens: int) -> Iterator[Batch]:
    """Random ids in the lengths of running text (5 to 45 pieces), sorted as in training."""
    rng = np.random.default_rng(1)
    nothing = np.zeros((0, 2), np.int64)
    while True:
        length = int(rng.integers(5, 45))
        pairs = [
            (
                rng.integers(4, config.source_vocabulary, max(1, length - int(rng.integers(3)))),
                rng.integers(4, config.target_vocabulary, length - 1),
                nothing,
            )
            for _ in range(max(1, tokens // length))
        ]
        yield collate(pairs)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tokens", type=int, default=4000)
    parser.add_argument("--steps", type=int, default=20)
    parser.add_argument("--precision", choices=runtime.PRECISIONS, default="auto")
    options = parser.parse_args()
    threads = runtime.set_threads()
    runtime.set_seed(1)
    config = ModelConfig(16_000, 12_000)
    precision = runtime.choose_precision(options.precision)
    trainer = Trainer(Seq2Seq(config), Recipe(), precision)
    last, speeds = 0.0, []
    stream = batches(config, options.tokens)
    for report in trainer.run(stream, Budget(steps=options.steps + 5)):
        if report.step > 5:
            speeds.append(report.tokens / (report.elapsed - last))
        last = report.elapsed
    figures = {
        "machine": machine(),
        "threads": threads,
        "precision": str(precision).removeprefix("torch."),
        "parameters": trainer.model.parameter_count(),
        "target tokens per second": summary(speeds),
        "peak memory, MB": round(peak_memory()),
    }
    print(json.dumps(figures, indent=1))


if __name__ == "__main__":
    main()
