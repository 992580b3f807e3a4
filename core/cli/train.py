"""``attune-cli train``: a new model from files of pairs, also under ``torchrun``."""

from __future__ import annotations

import argparse
import dataclasses
from collections.abc import Iterator
from typing import TYPE_CHECKING

from core.cli.jobs import run_job
from core.errors import OptionError
from core.events import Event
from core.training.control import JobControl

if TYPE_CHECKING:
    from core.training.fresh import TrainOptions


def run(options: argparse.Namespace) -> int:
    """Run the job, printing its events; commands come on standard input with ``--events``."""

    def job(control: JobControl) -> Iterator[Event]:
        from core.store.model_store import ModelStore
        from core.training.fresh import train

        return train(train_options(options), control, ModelStore())

    return run_job(job, events=options.events)


def train_options(given: argparse.Namespace) -> TrainOptions:
    """The job's options from the command line's.

    Raises:
        OptionError: they contradict each other.
    """
    from core.training.fresh import TrainOptions
    from core.training.schedule import Budget, Schedule
    from core.training.token_store.inputs import PairInput
    from core.training.trainer import Recipe

    if (given.source is None) != (given.target is None):
        raise OptionError("only one of two aligned files was given", remedy="Give both.")
    inputs = [PairInput(pairs=file) for file in given.files]
    if given.source is not None:
        inputs.append(PairInput(source=given.source, target=given.target))
    minutes = given.minutes or (None if given.steps else 30.0)
    source, target = given.languages.split("-")
    return TrainOptions(
        name=given.name,
        inputs=tuple(inputs),
        source_language=source,
        target_language=target,
        held=PairInput(pairs=given.held) if given.held else None,
        tokens=given.tokens,
        tokenize_only=given.tokenize_only,
        keep_words=given.keep_words,
        alignments=given.alignments,
        mix=given.mix,
        min_agreement=given.min_agreement,
        base=given.base,
        preset=given.preset,
        budget=Budget(steps=given.steps, seconds=minutes * 60 if minutes else None),
        recipe=Recipe(
            learning_rate=given.learning_rate,
            muon=given.optimizer == "muon",
            weight_decay=given.weight_decay,
            clip=given.clip,
            label_smoothing=given.label_smoothing,
            guided=given.guided,
            dropout=given.dropout,
            accumulate=given.accumulate,
            ema=given.ema,
            schedule=Schedule(given.warmup, given.decay),
        ),
        batch=dataclasses.replace(TrainOptions("").batch, tokens=given.batch_tokens),
        validations=given.validations,
        patience=given.patience,
        save_seconds=given.save_seconds,
        resume=given.resume,
        out=given.out,
        seed=given.seed,
        precision=given.precision,
        device=given.device,
    )
