"""A process of ``torchrun``: trains a tiny model on its share of the batches, saves the weights.

Called with ``accumulate`` (batches an update) and the file to write.
"""

from __future__ import annotations

import sys
from itertools import islice

import torch
from safetensors.torch import save_file

from core.model.config import ModelConfig
from core.model.seq2seq import Seq2Seq
from core.training.batching import BatchSource, Share
from core.training.corpus import Corpus
from core.training.distributed import join_workers, leave_workers
from core.training.hyperparameters import BatchOptions, Recipe
from core.training.schedule import Budget, Schedule
from core.training.stream import BatchStream
from core.training.trainer import Trainer

UPDATES = 6


def corpus() -> Corpus:
    """Pairs of very different lengths, so that a mean of means would be wrong."""
    generator = torch.Generator().manual_seed(3)
    lengths = torch.randint(1, 12, (300,), generator=generator).tolist()
    rows = [torch.randint(4, 14, (n,), generator=generator).tolist() for n in lengths]
    links = [[(i, i) for i in range(len(row))] for row in rows]
    return Corpus.from_pairs(((row, row[::-1]) for row in rows), links)


def main() -> None:
    accumulate, path = int(sys.argv[1]), sys.argv[2]
    torch.set_num_threads(1)
    workers = join_workers(torch.device("cpu"))
    torch.manual_seed(1)
    model = Seq2Seq(
        ModelConfig(
            14, 14, width=32, encoder_layers=1, encoder_heads=2, feed_forward=32,
            decoder_width=32, decoder_layers=2, attention_heads=2, alignment_head=0,
        )
    )  # fmt: skip
    recipe = Recipe(
        learning_rate=3e-3, guided=0.3, accumulate=accumulate, schedule=Schedule(2, 0.5)
    )
    trainer = Trainer(model, recipe, torch.float32, workers)
    source = BatchSource([Share(corpus())], BatchOptions(tokens=60))
    stream = BatchStream(source, workers=workers)
    reports = list(islice(trainer.run(iter(stream), Budget(steps=UPDATES)), UPDATES))
    if workers.leads:
        weights = {name: value.clone() for name, value in model.state_dict().items()}
        last = reports[-1]
        figures = torch.tensor([last.loss, last.alignment_loss, last.tokens, len(reports)])
        save_file({**weights, "figures": figures}, path)
    leave_workers()


if __name__ == "__main__":
    main()
