"""How fast a model learns and translates, in seconds of one processor, for taking turns."""

from __future__ import annotations

import itertools
import time
from collections.abc import Sequence

import torch

from core.decoding.beam_search import beam_search
from core.decoding.options import SearchOptions
from core.model.seq2seq import Seq2Seq
from core.training.batching import Batch
from core.training.hyperparameters import Recipe
from core.training.schedule import Budget
from core.training.trainer import Trainer
from core.training.validation import ReadyModel, ready_model


class Contender:
    """A model that learns a little and translates a little at each of its turns.

    Args:
        model: learns; once it has translated it must not.
        recipe: how.
        batches: what, over and over.
        precision: ``"fp32"`` or ``"bf16"``.
    """

    def __init__(
        self, model: Seq2Seq, recipe: Recipe, batches: Sequence[Batch], precision: str
    ) -> None:
        self.model = model
        trainer = Trainer(model, recipe, precision)
        self._reports = trainer.run(itertools.cycle(batches), Budget(steps=10**9))
        self._ready: ReadyModel | None = None

    def learn(self) -> list[float]:
        """Processor seconds for each target piece of the next update."""
        begin = time.process_time()
        report = next(self._reports)
        return [(time.process_time() - begin) / report.tokens]

    def translate(self, sentences: Sequence[tuple[torch.Tensor, float]]) -> list[float]:
        """Mean processor seconds of a sentence by itself, with a beam of 4.

        Args:
            sentences: sources ``[1, S]``, each with the length of its output in lengths of itself.
        """
        if self._ready is None:
            self._ready = ready_model(self.model.eval())
        begin = time.process_time()
        with torch.inference_mode():
            for source, ratio in sentences:
                limits = SearchOptions(
                    min_length_ratio=ratio,
                    max_length_ratio=ratio,
                    max_length_offset=0,
                    loop_copies=0,
                )
                beam_search(self._ready, source, torch.tensor([source.shape[1]]), limits)
        return [(time.process_time() - begin) / len(sentences)]
