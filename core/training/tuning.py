"""Fine-tuning a bundle on a file of pairs."""

from __future__ import annotations

import copy
import dataclasses
from collections.abc import Iterator, Sequence
from pathlib import Path

from core import runtime
from core.cancel import Cancelled
from core.errors import OptionError, TrainingError
from core.events import Discarded, Event, Finished, Left, Message
from core.store.loading import Loaded, load_model
from core.store.model_store import ModelCard, ModelStore
from core.training.batching import BatchSource, Share
from core.training.brake import Brake
from core.training.checks import CheckReport, Pair
from core.training.control import JobControl
from core.training.distillation import Teacher
from core.training.doctor.memory import HeldOut
from core.training.doctor.report import check
from core.training.examination import Examination
from core.training.general import GeneralSet, read_general
from core.training.keeping import Result, Saving
from core.training.limits import FEWEST_PAIRS
from core.training.pairs import PairEncoder, hold_out
from core.training.replay import ReplayStream
from core.training.review import Review
from core.training.run import Run
from core.training.run_folder import RunFolder
from core.training.schedule import Budget
from core.training.stream import BatchStream, Stream
from core.training.tune_options import (
    BATCH,
    PARTS,
    PATIENCE,
    RECIPE,
    SAVE_SECONDS,
    SCORED,
    VALIDATION_SHARE,
    VALIDATIONS,
    WATCHED,
    TuneOptions,
)
from core.training.validation import Held


def tune(options: TuneOptions, control: JobControl, store: ModelStore) -> Iterator[Event]:
    """Teach the base the pairs of the file and keep the best state as a new bundle.

    Raises:
        AttuneError: the file, the base or the name cannot be used, or the result not written.
    """
    store.free_folder(options.name)
    with RunFolder(options.name) as folder:
        try:
            yield from _begin(options, control, store, folder)
        except Cancelled:  # told to end before training began
            folder.remove()
            yield Discarded(0)


def resume(name: str, control: JobControl, store: ModelStore) -> Iterator[Event]:
    """Go on with the run that was to make the bundle ``name``.

    Raises:
        AttuneError: there is no such run, or what :func:`tune` raises.
    """
    with RunFolder(name) as folder:
        options = TuneOptions.from_json(folder.asked())
        store.free_folder(name)
        try:
            yield from _work(options, control, store, folder)
        except Cancelled:
            yield Left(0, name)


def discard(name: str) -> None:
    """Forget an unfinished run.

    Raises:
        AttuneError: there is none, or a process is busy with it.
    """
    with RunFolder(name) as folder:
        if not folder.path.exists():
            folder.asked()
        folder.remove()


def _begin(
    options: TuneOptions, control: JobControl, store: ModelStore, folder: RunFolder
) -> Iterator[Event]:
    card = store.find(options.base)
    runtime.choose_precision(options.precision)
    _budget(options)
    yield Message("checking the pairs")
    training, held, rejected = _read(options, card, control)
    folder.begin({**options.to_json(), "rejected": rejected}, training, held)
    yield from _work(options, control, store, folder, rejected)


def _read(
    options: TuneOptions, card: ModelCard, control: JobControl
) -> tuple[list[Pair], list[Pair], int]:
    """Pairs to learn, pairs held out, and the number of lines that are neither."""
    languages = card.source_language, card.target_language
    if options.held is None:
        report = check(options.file, *languages, control.cancel)
        held, training = hold_out(usable_pairs(report, options.file), options.seed)
        return training, held, len(report.rejections)
    held = list(check(options.held, *languages, control.cancel).pairs)
    if not held:
        raise TrainingError(
            "no line is a usable pair",
            where=str(options.held),
            remedy="Give a file with pairs to validate on.",
        )
    known = HeldOut((pair.source, pair.target) for pair in held)
    report = check(options.file, *languages, control.cancel, held_out=known)
    return list(usable_pairs(report, options.file)), held, len(report.rejections)


def _work(
    options: TuneOptions,
    control: JobControl,
    store: ModelStore,
    folder: RunFolder,
    rejected: int = 0,
) -> Iterator[Event]:
    yield Message("loading the model")
    control.cancel.check()
    runtime.set_threads()
    runtime.set_seed(options.seed)
    training, held = folder.pairs()
    card = store.find(options.base)
    run, saving = _make_run(options, load_model(card.path), training, held, control, folder)
    if folder.has_checkpoint():
        run.resume(saving)
    receipt = {
        "kind": "tune",
        "base": card.name,
        "file": options.file.name,
        "seed": options.seed,
        "options": options.to_json(),
    }
    rejected = int(folder.asked().get("rejected", rejected))
    place = store.free_folder(options.name)
    result = Result(place, len(training), len(held), rejected, receipt, parent=card.name)
    general = read_general(card.source_language)[1]
    review = Review(card, {"held-out": held, "general": general}, control)
    for event in run.kept_as(result, review):
        if isinstance(event, Finished | Discarded):
            folder.remove()
        yield event


def _make_run(
    options: TuneOptions,
    loaded: Loaded,
    training: Sequence[Pair],
    held: Sequence[Pair],
    control: JobControl,
    folder: RunFolder,
) -> tuple[Run, Saving]:
    encoder = PairEncoder(loaded)
    replayed, measured = read_general(loaded.source_language)
    teacher = Teacher(copy.deepcopy(loaded.model).eval().requires_grad_(False), options.distil)
    _freeze(loaded, options.frozen)
    corpus = encoder.corpus(training, control.cancel)
    batch = dataclasses.replace(BATCH, tokens=options.batch_tokens, seed=options.seed)
    taught = BatchSource([Share(corpus)], batch)
    stream: Stream = BatchStream(taught)
    if options.replay:
        general = BatchSource([Share(encoder.corpus(replayed, control.cancel))], batch)
        stream = ReplayStream(stream, BatchStream(general), options.replay)
    brake = Brake(VALIDATIONS) if options.brake else None
    watched = GeneralSet(Held.of(measured, encoder), loaded.target_language, brake)
    saving = Saving(folder.checkpoint, SAVE_SECONDS, stream)
    run = Run(
        loaded,
        iter(stream),
        Examination(
            loaded,
            Held.of(held[:WATCHED], encoder),
            scored=SCORED,
            general=watched,
        ),
        recipe=dataclasses.replace(RECIPE, learning_rate=options.rate),
        budget=_budget(options, taught),
        validations=VALIDATIONS,
        patience=PATIENCE,
        validation_share=VALIDATION_SHARE,
        control=control,
        precision=runtime.choose_precision(options.precision),
        teacher=teacher if options.distil else None,
        saving=saving,
    )
    return run, saving


def _budget(options: TuneOptions, taught: BatchSource | None = None) -> Budget:
    """Time, and updates where a number of rounds through ``taught`` is asked for."""
    steps = None
    if options.epochs is not None and taught is not None:
        batches = taught.batches_in_round() / (1 - options.replay)
        steps = max(1, round(options.epochs * batches))
    return Budget(steps=steps, seconds=options.minutes * 60)


def _freeze(loaded: Loaded, parts: Sequence[str]) -> None:
    """Let no weight of these parts learn.

    Raises:
        OptionError: nothing is left that learns.
    """
    for name, parameter in loaded.model.named_parameters():
        if any(PARTS[part] in name for part in parts):
            parameter.requires_grad_(False)
    if not any(parameter.requires_grad for parameter in loaded.model.parameters()):
        raise OptionError("every part is frozen", remedy="Leave one free to learn.")


def usable_pairs(report: CheckReport, file: Path) -> Sequence[Pair]:
    """The good pairs of a checked file.

    Raises:
        TrainingError: there are fewer than :data:`FEWEST_PAIRS`.
    """
    if len(report.pairs) < FEWEST_PAIRS:
        lines = len(report.pairs) + len(report.rejections)
        raise TrainingError(
            f"{len(report.pairs)} of {lines} lines are usable pairs",
            where=str(file),
            remedy=f"Give at least {FEWEST_PAIRS} good pairs.",
        )
    return report.pairs
