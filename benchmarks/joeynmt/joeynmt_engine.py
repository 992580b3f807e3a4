"""JoeyNMT (Kreutzer et al. 2019) as an engine: its own data, batches, model and training step."""

from __future__ import annotations

import itertools
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import torch
from joeynmt import __version__
from joeynmt.batch import Batch
from joeynmt.config import parse_global_args
from joeynmt.helpers import set_seed
from joeynmt.prediction import prepare
from joeynmt.training import TrainManager

from benchmarks.joeynmt.shapes import SHAPES, joeynmt_config
from benchmarks.speed.protocol import serve


class JoeyEngine:
    """The commands of the engine."""

    def load(self, folder: str, shape: str, threads: int, input_feeding: bool) -> dict[str, Any]:
        """Make a model and read the pairs in ``folder``."""
        torch.set_num_threads(threads)
        set_seed(1)
        config = joeynmt_config(SHAPES[shape], folder, input_feeding)
        Path(config["model_dir"]).mkdir(exist_ok=True)
        args = parse_global_args(config, rank=0, mode="train")
        model, self._data, _, _ = prepare(args, rank=0, mode="train")
        self._manager = TrainManager(
            rank=0,
            model=model,
            model_dir=args.model_dir,
            device=args.device,
            autocast=args.autocast,
            seed=args.seed,
            train_args=args.train,
        )
        self._stream = self._batches()
        model.train()
        model.zero_grad()
        return {
            "version": f"JoeyNMT {__version__}, torch {torch.__version__}",
            "parameters": sum(parameter.numel() for parameter in model.parameters()),
        }

    def _batches(self) -> Iterator[Batch]:
        """Epoch after epoch, as ``TrainManager.train_and_validate`` goes through them."""
        manager = self._manager
        batches = self._data.make_iter(
            batch_size=manager.args.batch_size,
            batch_type=manager.args.batch_type,
            seed=manager.seed,
            shuffle=manager.args.shuffle,
            num_workers=manager.num_workers,
            device=manager.device,
            eos_index=manager.model.eos_index,
            pad_index=manager.model.pad_index,
        )
        for epoch in itertools.count(1):
            manager.scheduler.step(epoch=epoch)
            batches.batch_sampler.set_seed(manager.seed + epoch)
            yield from batches

    def _update(self, batch: Batch) -> float:
        """The body of the loop in ``TrainManager.train_and_validate``; the loss per piece."""
        manager = self._manager
        loss, _ = manager._train_step(batch)
        manager.clip_grad_fun(parameters=manager.model.parameters())
        manager.optimizer.step()
        manager.model.zero_grad()
        manager.stats.steps += 1
        return float(loss)

    def train(self, updates: int) -> dict[str, Any]:
        """Some updates: seconds, of the processor too, and what was learnt in them."""
        pairs = tokens = 0
        total = 0.0
        busy, begin = time.process_time(), time.perf_counter()
        for batch in itertools.islice(self._stream, updates):
            total += self._update(batch) * batch.ntokens
            pairs += batch.nseqs
            tokens += batch.ntokens
        return {
            "seconds": time.perf_counter() - begin,
            "processor": time.process_time() - busy,
            "pairs": pairs,
            "tokens": tokens,
            "loss": total / tokens,
        }


if __name__ == "__main__":
    engine = JoeyEngine()
    serve({"load": engine.load, "train": engine.train})
