"""Training a model on a tokenised store: from nothing, or on from a bundle; resumable."""

from __future__ import annotations

import contextlib
import dataclasses
import math
import shutil
from collections.abc import Iterator
from typing import Any

import torch

from core import runtime
from core.cancel import Cancelled
from core.errors import OptionError, TrainingError
from core.events import Discarded, Event, Finished, Left, Message
from core.store.loading import Loaded, load_model
from core.store.model_store import ModelStore
from core.training.batching import BatchSource, Share
from core.training.beginning import begin_model, check_beginning
from core.training.checkpoint_files import checkpoint_steps, has_checkpoint
from core.training.checks import Pair
from core.training.control import Command, JobControl
from core.training.distributed import Workers, choose_device, join_workers, leave_workers
from core.training.examination import Examination
from core.training.examples import Forms
from core.training.keeping import Result, Saving, take_up
from core.training.pinned import PinnedTranslator
from core.training.run import Run
from core.training.run_folder import RunFolder
from core.training.schedule import Budget
from core.training.stream import BatchStream
from core.training.token_store.store import TokenStore
from core.training.tokens import link_tokens, open_tokens, shares, tokenise
from core.training.train_options import TrainOptions
from core.training.transfer import reversed_model
from core.training.validation import Held, HeldTranslator, IdTranslator, SampleTranslator

FEWEST_PAIRS = 50
SCORED = 100  # held-out pairs translated for BLEU and chrF
KIND = "train"  # of a run, where it is remembered


def train(options: TrainOptions, control: JobControl, store: ModelStore) -> Iterator[Event]:
    """Train a model and keep its best state as a bundle of the user's.

    Under ``torchrun`` every process calls this with the same options and a finished store; the
    leading one yields the events.

    Raises:
        AttuneError: a file, an option or the name cannot be used, or the result not written.
    """
    device = choose_device(options.device)
    workers = join_workers(device)
    folder = RunFolder(options.name)
    try:
        with folder if workers.leads else contextlib.nullcontext():
            for event in _train(options, control, store, device, workers, folder):
                if workers.leads:
                    yield event
    except Cancelled:  # told to end before training began
        if workers.leads:
            yield _given_up(folder, control)
    finally:
        leave_workers()


def go_on(name: str, control: JobControl, store: ModelStore) -> Iterator[Event]:
    """Go on with the run that was to make the bundle ``name``, as it was asked for.

    Raises:
        AttuneError: there is no such run, or what :func:`train` raises.
    """
    folder = RunFolder(name)
    asked = folder.asked(KIND)
    try:
        options = TrainOptions.from_json(asked["options"])
    except (LookupError, TypeError, ValueError) as error:
        raise folder.damaged(error) from error
    saved = has_checkpoint(folder.checkpoint)
    yield from train(dataclasses.replace(options, resume=saved), control, store)


def _given_up(folder: RunFolder, control: JobControl) -> Event:
    """What is told of a run that was ended before it trained."""
    if control.ending is Command.LEAVE and folder.has_checkpoint():
        return Left(checkpoint_steps(folder.checkpoint), folder.name)
    if control.ending is Command.DISCARD:
        folder.remove()
    return Discarded(0)


def _train(
    options: TrainOptions,
    control: JobControl,
    store: ModelStore,
    device: torch.device,
    workers: Workers,
    folder: RunFolder,
) -> Iterator[Event]:
    bundle = options.out or store.free_folder(options.name)
    check_beginning(options, store)
    base = _base(options, store)
    place = options.tokens or folder.path / "tokens"
    if options.tokens is None and not options.resume:
        shutil.rmtree(place, ignore_errors=True)  # of a run that was given up
    if workers.count > 1 and (options.alignments is not None or not place.exists()):
        raise OptionError(
            "several processes cannot tokenise together",
            remedy="Tokenise first, in one process: --tokenize-only --tokens FOLDER.",
        )
    if not place.exists():
        _refuse_unscored(options)
        yield from tokenise(place, options, base, control.cancel)
    elif options.alignments is not None:
        yield from link_tokens(place, options.alignments, control.cancel)
    tokens = open_tokens(place, options)
    if options.tokenize_only:
        yield Message(f"{len(tokens.corpus)} pairs are tokenised in {place}")
        return
    mixed = shares(tokens, options.mix, options.min_agreement)
    usable = sum(map(len, mixed))
    started = yield from begin_model(options, tokens, base, store)
    run, saving = _make_run(options, tokens, mixed, started, control, device, workers, folder)
    if options.resume:
        take_up(run, saving)
    elif workers.leads:
        _begin(folder, options)
    rejected = sum(tokens.counts.values()) - usable - len(tokens.held)
    receipt = _receipt(options, tokens, loaded=base is not None)
    result = Result(
        bundle, usable, len(tokens.held), rejected, receipt, parent=options.base, shows=True
    )
    for event in run.kept_as(result) if workers.leads else run.events():
        if workers.leads and isinstance(event, Finished | Discarded):
            folder.remove()  # nothing is left to resume
        yield event


def _begin(folder: RunFolder, options: TrainOptions) -> None:
    """Remember what a new run is about.

    Raises:
        OptionError: an unfinished run has its name.
    """
    if has_checkpoint(folder.checkpoint):
        raise OptionError(
            f"there is an unfinished run called {options.name}",
            remedy=f"Give --resume to go on with it, or delete {folder.path}.",
        )
    folder.remember({"kind": KIND, "options": options.to_json()})


def _receipt(options: TrainOptions, tokens: TokenStore, *, loaded: bool) -> dict[str, Any]:
    """What a bundle tells of its making; no place on this computer."""
    return {
        "kind": KIND,
        "preset": None if loaded else options.preset,
        "base": options.base,
        "counts": tokens.counts,
        "min_agreement": options.min_agreement,
        "system": None if loaded else options.values(),
        "recipe": dataclasses.asdict(options.recipe),
        "batch": dataclasses.asdict(options.batch),
        "seed": options.seed,
    }


def _refuse_unscored(options: TrainOptions) -> None:
    """Before hours of tokenising: pairs are scored in a finished store."""
    if options.min_agreement is not None and not options.tokenize_only:
        raise OptionError(
            "the pairs of a store that is not made yet have no scores",
            remedy="Make it with --tokenize-only, --tokens FOLDER and --alignments, then type: "
            "python -m core.cli.recipe agreement FOLDER",
        )


def _base(options: TrainOptions, store: ModelStore) -> Loaded | None:
    if options.base is None:
        return None
    base = load_model(store.find(options.base).path)
    if base.source_language == options.source_language:
        return base
    return reversed_model(base, options.name)


def _make_run(
    options: TrainOptions,
    tokens: TokenStore,
    mixed: list[Share],
    loaded: Loaded,
    control: JobControl,
    device: torch.device,
    workers: Workers,
    folder: RunFolder,
) -> tuple[Run, Saving]:
    usable = sum(map(len, mixed))
    if usable < FEWEST_PAIRS:
        raise TrainingError(
            f"there are too few usable pairs: {usable}",
            where=str(tokens.folder),
            remedy=f"Give at least {FEWEST_PAIRS}; a useful model needs many thousands.",
        )
    runtime.set_threads(options.threads or max(1, runtime.cores() // workers.count))
    loaded.model.to(device)
    runtime.set_seed(options.seed + workers.rank)  # of dropout, which differs by process
    forms = Forms.of(tokens.source_vocabulary, tokens.source_language)
    source = BatchSource(mixed, dataclasses.replace(options.batch, seed=options.seed), forms)
    stream = BatchStream(source, workers=workers)
    saving = Saving(folder.checkpoint, options.save_seconds, stream)
    budget = _budget(options, source, workers)
    run = Run(
        loaded,
        iter(stream),
        _examination(options, tokens, loaded),
        recipe=options.recipe,
        budget=budget,
        validations=options.validations,
        patience=options.patience,
        control=control,
        precision=runtime.choose_precision(options.precision, device.type),
        workers=workers,
        saving=saving,
    )
    stream.progress = lambda: budget.progress(run.trainer.steps, run.trainer.elapsed)
    return run, saving


def _budget(options: TrainOptions, source: BatchSource, workers: Workers) -> Budget:
    """The run's length, also where it is told in rounds through the pairs."""
    if options.epochs is None:
        return options.budget
    together = options.recipe.accumulate * workers.count
    steps = max(1, math.ceil(options.epochs * source.batches_in_round() / together))
    return dataclasses.replace(options.budget, steps=min(steps, options.budget.steps or steps))


def _examination(options: TrainOptions, tokens: TokenStore, loaded: Loaded) -> Examination:
    pairs = [Pair(index, pair.source, pair.target) for index, pair in enumerate(tokens.held)]
    ids = {index: pair.source_ids for index, pair in enumerate(tokens.held)}
    held = Held.of(pairs, lambda p: (ids[p.line], tokens.held[p.line].target_ids))
    translate: HeldTranslator = IdTranslator(loaded, ids)
    if options.pinned:
        translate = PinnedTranslator(translate, SampleTranslator(loaded))
    return Examination(
        loaded, held, scored=SCORED, translate=translate, pinned=options.pinned, learner=True
    )
