"""Training a model on a tokenised store: from nothing, or on from a bundle; resumable."""

from __future__ import annotations

import dataclasses
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import torch

from core import runtime
from core.cancel import Cancelled
from core.errors import OptionError, TrainingError
from core.events import Discarded, Event, Finished, Message
from core.model.seq2seq import Seq2Seq
from core.paths import data_folder
from core.store.loading import Loaded, load_model
from core.store.model_store import ModelStore
from core.training.batching import BatchOptions, BatchSource, Share
from core.training.checkpoint_files import has_checkpoint
from core.training.checks import Pair
from core.training.control import JobControl
from core.training.distributed import Workers, choose_device, join_workers, leave_workers
from core.training.examination import Examination
from core.training.examples import Forms
from core.training.keeping import Result, Saving, take_up
from core.training.presets import find_preset
from core.training.run import Run
from core.training.schedule import Budget
from core.training.stream import BatchStream
from core.training.token_store.inputs import PairInput
from core.training.token_store.store import TokenStore
from core.training.tokens import link_tokens, open_tokens, shares, tokenise
from core.training.trainer import Recipe
from core.training.transfer import reversed_model
from core.training.validation import Held, IdTranslator

FEWEST_PAIRS = 50
SCORED = 100  # held-out pairs translated for BLEU and chrF


@dataclass(frozen=True, slots=True)
class TrainOptions:
    """What to train on, how, and for how long.

    Attributes:
        name: of the bundle to make.
        inputs: files of pairs; none where ``tokens`` is a finished store.
        source_language, target_language: codes.
        held: pairs to validate on; some of the inputs' own if ``None``.
        tokens: folder of the tokenised store, of this direction or the other; the run's own if
            ``None``.
        tokenize_only: build the store and stop.
        keep_words: leave in the store what an aligner reads.
        alignments: file of word links for the inputs' lines (see the store).
        mix: file that says how often a round uses each input (see ``tokens.shares``).
        min_agreement: pairs of the store that score less are left out (see ``recipe.agreement``).
        base: bundle to start from, with a fresh optimiser; if it is of the other direction, with
            embeddings swapped (see ``transfer``).
        preset: shape of a model from nothing, by name.
        budget: how long.
        recipe: how it learns.
        batch: how batches are cut.
        validations: how many on the way.
        patience: validations without a gain after which it ends.
        save_seconds: seconds of training between two checkpoints.
        resume: go on from the last checkpoint of the run of this name.
        out: folder of the bundle; among the user's models if ``None``.
        seed: of weights, held-out lines and batches.
        precision: ``"auto"``, ``"bf16"`` or ``"fp32"``.
        device: ``"auto"``, ``"cpu"`` or ``"cuda"``.
    """

    name: str
    inputs: tuple[PairInput, ...] = ()
    source_language: str = "zh"
    target_language: str = "en"
    held: PairInput | None = None
    tokens: Path | None = None
    tokenize_only: bool = False
    keep_words: bool = False
    alignments: Path | None = None
    mix: Path | None = None
    min_agreement: int | None = None
    base: str | None = None
    preset: str = "small"
    budget: Budget = Budget(seconds=1800)
    recipe: Recipe = Recipe()
    batch: BatchOptions = BatchOptions(
        tokens=2400,
        max_length=150,
        join=0.15,
        join_below=25,
        drop_stop=0.05,
        untidy=0.03,
        copy_unknown=0.01,
    )
    validations: int = 20
    patience: int | None = None
    save_seconds: float = 300.0
    resume: bool = False
    out: Path | None = None
    seed: int = 1
    precision: str = "auto"
    device: str = "auto"


def train(options: TrainOptions, control: JobControl, store: ModelStore) -> Iterator[Event]:
    """Train a model and keep its best state as a bundle of the user's.

    Under ``torchrun`` every process calls this with the same options and a finished store; the
    leading one yields the events.

    Raises:
        AttuneError: a file, an option or the name cannot be used, or the result not written.
    """
    device = choose_device(options.device)
    workers = join_workers(device)
    try:
        for event in _train(options, control, store, device, workers):
            if workers.leads:
                yield event
    except Cancelled:  # told to end before training began
        yield Discarded(0)
    finally:
        leave_workers()


def _train(
    options: TrainOptions,
    control: JobControl,
    store: ModelStore,
    device: torch.device,
    workers: Workers,
) -> Iterator[Event]:
    folder = options.out or store.free_folder(options.name)
    base = _base(options, store)
    place = options.tokens or _run_folder(options.name) / "tokens"
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
    run, saving = _make_run(options, tokens, mixed, base, control, device, workers)
    if options.resume:
        take_up(run, saving)
    elif workers.leads and has_checkpoint(saving.folder):
        raise OptionError(
            f"there is an unfinished run called {options.name}",
            remedy=f"Give --resume to go on with it, or delete {saving.folder.parent}.",
        )
    rejected = sum(tokens.counts.values()) - usable - len(tokens.held)
    receipt = {
        "kind": "train",
        "preset": None if base else options.preset,
        "base": options.base,
        "counts": tokens.counts,
        "min_agreement": options.min_agreement,
        "recipe": dataclasses.asdict(options.recipe),
        "batch": dataclasses.asdict(options.batch),
        "seed": options.seed,
    }
    result = Result(folder, usable, len(tokens.held), rejected, receipt, parent=options.base)
    for event in run.kept_as(result) if workers.leads else run.events():
        yield event
        if isinstance(event, Finished):
            shutil.rmtree(saving.folder.parent, ignore_errors=True)  # nothing is left to resume


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


def _run_folder(name: str) -> Path:
    return data_folder() / "runs" / name


def _make_run(
    options: TrainOptions,
    tokens: TokenStore,
    mixed: list[Share],
    base: Loaded | None,
    control: JobControl,
    device: torch.device,
    workers: Workers,
) -> tuple[Run, Saving]:
    usable = sum(map(len, mixed))
    if usable < FEWEST_PAIRS:
        raise TrainingError(
            f"only {usable} pairs are usable",
            where=str(tokens.folder),
            remedy=f"Give at least {FEWEST_PAIRS}; a useful model needs many thousands.",
        )
    runtime.set_threads(max(1, runtime.cores() // workers.count))
    runtime.set_seed(options.seed)
    loaded = base or _new_model(options, tokens)
    loaded.model.to(device)
    runtime.set_seed(options.seed + workers.rank)  # of dropout, which differs by process
    forms = Forms.of(tokens.source_vocabulary, tokens.source_language)
    batch = dataclasses.replace(options.batch, seed=options.seed)
    stream = BatchStream(BatchSource(mixed, batch, forms), workers=workers)
    pairs = [Pair(index, pair.source, pair.target) for index, pair in enumerate(tokens.held)]
    ids = {index: pair.source_ids for index, pair in enumerate(tokens.held)}
    held = Held.of(pairs, lambda p: (ids[p.line], tokens.held[p.line].target_ids))
    saving = Saving(_run_folder(options.name) / "checkpoint", options.save_seconds, stream)
    run = Run(
        loaded,
        iter(stream),
        Examination(loaded, held, scored=SCORED, translate=IdTranslator(loaded, ids)),
        recipe=options.recipe,
        budget=options.budget,
        validations=options.validations,
        patience=options.patience,
        control=control,
        precision=runtime.choose_precision(options.precision, device.type),
        workers=workers,
        saving=saving,
    )
    return run, saving


def _new_model(options: TrainOptions, tokens: TokenStore) -> Loaded:
    config = dataclasses.replace(
        find_preset(options.preset).config,
        source_vocabulary=len(tokens.source_vocabulary),
        target_vocabulary=len(tokens.target_vocabulary),
        alignment_head=0 if options.recipe.guided else None,
    )
    return Loaded(
        options.name,
        tokens.source_language,
        tokens.target_language,
        Seq2Seq(config),
        tokens.source_vocabulary,
        tokens.target_vocabulary,
    )
