"""A short run on the tiny model, and what is asked of its events."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import torch

from core.events import Event
from core.store.loading import load_model
from core.training.batching import Batch, BatchSource, Share
from core.training.control import JobControl
from core.training.examination import Examination
from core.training.hyperparameters import BatchOptions, Recipe
from core.training.keeping import Result
from core.training.pairs import PairEncoder, hold_out
from core.training.presets import Preset
from core.training.run import Run
from core.training.schedule import Budget, Schedule
from core.training.validation import Held
from tests.core.training.plain_files import check_file

MakeRun = Callable[..., Run]
RECIPE = Recipe(learning_rate=3e-3, optimizer="adamw", schedule=Schedule(warmup=2, decay=0.5))
STILL = Recipe(learning_rate=0.0, optimizer="adamw")


def tiny_preset(vocabulary: int) -> Preset:
    """A bidirectional GRU with additive attention that learns within seconds."""
    values = {
        "encoder": "bidirectional", "encoder_layers": 1, "cell": "gru", "attention": "additive",
        "width": 48, "decoder_width": 48, "source_vocabulary_size": vocabulary,
        "target_vocabulary_size": vocabulary,
    }  # fmt: skip
    return Preset(values, "for tests")


def maker(bundle: Path, lesson: Path) -> MakeRun:
    """What makes runs that teach ``bundle`` the pairs of ``lesson``."""

    def make(
        steps: int = 12,
        validations: int = 3,
        wrap: Callable[..., Iterator[Batch]] = iter,
        recipe: Recipe = RECIPE,
        patience: int | None = None,
        share: float = 1.0,
    ) -> Run:
        loaded = load_model(bundle)
        encoder = PairEncoder(loaded)
        held, training = hold_out(check_file(lesson, "zh", "en").pairs, seed=1)
        control = JobControl()
        shares = [Share(encoder.corpus(training, control.cancel))]
        source = BatchSource(shares, BatchOptions(tokens=300))
        return Run(
            loaded,
            wrap(batch for _, _, batch in source.batches()),
            Examination(loaded, Held.of(held, encoder)),
            recipe=recipe,
            budget=Budget(steps=steps),
            validations=validations,
            control=control,
            precision=torch.float32,
            patience=patience,
            validation_share=share,
        )

    return make


def kinds(events: list[Event]) -> list[str]:
    return [event.kind for event in events]


def result(folder: Path) -> Result:
    return Result(
        folder, pairs=87, held_out=10, rejected=2, receipt={"kind": "test"}, parent="tiny"
    )
