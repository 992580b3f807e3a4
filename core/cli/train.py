"""``attune-cli train``: a new model from files of pairs, also under ``torchrun``."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import TYPE_CHECKING

from core.cli.jobs import run_job
from core.cli.part_options import given_parts
from core.errors import OptionError
from core.events import Event
from core.model.parts import MODEL_PARTS
from core.parts import Value
from core.text.languages import is_chinese_english, language_pair
from core.training.control import JobControl
from core.training.parts import TRAINING_PARTS
from core.training.presets import find_preset
from core.training.system import PARTS, compose

if TYPE_CHECKING:
    from core.training.train_options import TrainOptions

_TRAINED = frozenset(part.name for part in TRAINING_PARTS)
# What may change of a model that is trained on.
_FREE = frozenset({"dropout"})


def run(options: argparse.Namespace) -> int:
    """Run the job, printing its events; commands come on standard input with ``--events``."""
    if options.unfinished:
        return _list()
    if options.discard:
        from core.training.run_folder import discard_run

        discard_run(options.discard)
        return 0

    def job(control: JobControl) -> Iterator[Event]:
        from core.store.model_store import ModelStore
        from core.training.fresh import go_on, train

        if options.go_on:
            return go_on(options.go_on, control, ModelStore())
        return train(train_options(options), control, ModelStore())

    return run_job(job, events=options.events)


def _list() -> int:
    from core.training.run_folder import unfinished_runs

    for found in unfinished_runs("train"):
        system = found.asked.get("options", {}).get("preset", "")
        print(f"{found.name}\tupdate {found.steps}\t{system}")
    return 0


def train_options(given: argparse.Namespace) -> TrainOptions:
    """The job's options from the command line's.

    Raises:
        OptionError: they contradict each other.
    """
    from core.training.hyperparameters import BatchOptions, Recipe
    from core.training.schedule import Budget
    from core.training.token_store.inputs import PairInput
    from core.training.train_options import TrainOptions

    if (given.source is None) != (given.target is None):
        raise OptionError("only one of two aligned files was given", remedy="Give both.")
    inputs = [PairInput(pairs=file) for file in given.files]
    if given.source is not None:
        inputs.append(PairInput(source=given.source, target=given.target))
    limited = given.minutes or given.steps or given.epochs
    epochs = given.epochs if limited else find_preset(given.preset).epochs or None
    minutes = given.minutes or (None if limited or epochs else 30.0)
    source, target = language_pair(given.languages)
    chosen = given_parts(given, PARTS)
    _refuse_shape(given, chosen)
    values = compose(given.preset, chosen, prose=is_chinese_english(source, target))
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
        system={name: value for name, value in chosen.items() if name not in _TRAINED},
        encoder_from=given.encoder_from,
        source_vectors=given.source_vectors,
        target_vectors=given.target_vectors,
        budget=Budget(steps=given.steps, seconds=minutes * 60 if minutes else None),
        epochs=epochs,
        recipe=Recipe.of(values),
        batch=BatchOptions.of(values),
        validations=given.validations,
        patience=given.patience,
        pinned=tuple(dict.fromkeys(sentence.strip() for sentence in given.pin)),
        save_seconds=given.save_seconds,
        resume=given.resume,
        out=given.out,
        seed=given.seed,
        precision=given.precision,
        device=given.device,
        threads=given.threads,
    )


def _refuse_shape(given: argparse.Namespace, chosen: dict[str, Value]) -> None:
    """Refuse to change the shape of a model that is trained on.

    Raises:
        OptionError: with the option's name.
    """
    shape = [part.name for part in MODEL_PARTS if part.name in chosen.keys() - _FREE]
    if given.base and shape:
        raise OptionError(
            f"{shape[0]} means nothing here: the shape is that of {given.base}",
            remedy="Leave it out, or train a model from nothing, without --from.",
        )
