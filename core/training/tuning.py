"""Fine-tuning a bundle on a file of pairs."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from core import runtime
from core.errors import TrainingError
from core.events import Discarded, Event, Finished, Message, Started
from core.store.loading import Loaded, load_model
from core.store.model_store import ModelStore
from core.training.batching import BatchOptions, BatchSource, Share
from core.training.checks import CheckReport, Pair, check_file
from core.training.control import Command, JobControl
from core.training.corpus import Corpus
from core.training.pairs import PairEncoder
from core.training.run import Run
from core.training.schedule import Budget, Schedule
from core.training.trainer import Recipe
from core.training.validation import Held

FEWEST_PAIRS = 10
HELD_OUT_SHARE, HELD_OUT_MOST = 0.1, 200
VALIDATIONS = 12
# Small batches answer to a command within a second on two cores.
BATCH = BatchOptions(tokens=1200, max_length=250)
RECIPE = Recipe(learning_rate=2e-4, muon=False, schedule=Schedule(warmup=20, decay=0.5))


@dataclass(frozen=True, slots=True)
class TuneOptions:
    """What to tune and for how long.

    Attributes:
        file: pairs, one a line, source and target parted by a tab.
        base: name of the bundle to start from.
        name: name of the bundle to make.
        minutes: time to train.
        seed: of held-out lines and batches.
        precision: ``"auto"``, ``"bf16"`` or ``"fp32"``.
    """

    file: Path
    base: str
    name: str
    minutes: float = 3.0
    seed: int = 1
    precision: str = "auto"


def tune(options: TuneOptions, control: JobControl, store: ModelStore) -> Iterator[Event]:
    """Teach the base the pairs of the file and keep the best state as a new bundle.

    Raises:
        AttuneError: the file, the base or the name cannot be used, or the result not written.
    """
    folder = store.free_folder(options.name)
    card = store.find(options.base)
    yield Message("checking the pairs")
    report = check_file(options.file, card.source_language, card.target_language)
    held, training = hold_out(usable_pairs(report, options.file), options.seed)
    yield Message("loading the model")
    runtime.set_threads()
    runtime.set_seed(options.seed)
    loaded = load_model(card.path)
    encode = PairEncoder(loaded)
    corpus = Corpus.from_pairs(encode(pair) for pair in training)
    run = Run(
        loaded,
        (batch for _, _, batch in BatchSource([Share(corpus)], BATCH).batches()),
        Held.of(held, encode),
        recipe=RECIPE,
        budget=Budget(seconds=options.minutes * 60),
        validations=VALIDATIONS,
        control=control,
        precision=runtime.choose_precision(options.precision),
    )
    yield Started(
        model=options.name,
        pairs=len(training),
        rejected=len(report.rejections),
        held_out=len(held),
        seconds_limit=options.minutes * 60,
    )
    yield from run.events()
    if control.ending is Command.DISCARD:
        yield Discarded(run.trainer.steps)
        return
    yield Message("saving the model")
    yield _keep(run, loaded, options, folder, len(training))


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


def hold_out(pairs: Sequence[Pair], seed: int) -> tuple[list[Pair], list[Pair]]:
    """Pairs to validate on, and those to train on, parted at random."""
    order = np.random.default_rng(seed).permutation(len(pairs))
    count = max(1, min(HELD_OUT_MOST, round(len(pairs) * HELD_OUT_SHARE)))
    return [pairs[i] for i in order[:count]], [pairs[i] for i in order[count:]]


def _keep(run: Run, loaded: Loaded, options: TuneOptions, folder: Path, pairs: int) -> Finished:
    """Write the best state as a bundle."""
    best = run.best
    if best is None:
        raise TrainingError("the run ended before its first validation")
    receipt = {
        "kind": "tune",
        "base": options.base,
        "file": options.file.name,
        "pairs": pairs,
        "held_out": len(run.held.pairs),
        "steps": run.trainer.steps,
        "best_step": best.step,
        "seconds": round(run.trainer.elapsed, 1),
        "learning_rate": run.trainer.recipe.learning_rate,
        "seed": options.seed,
        "held_out_loss": {"before": run.loss_before, "after": best.loss},
        "finished": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
    }
    # Small changes would drown in the steps of int8.
    loaded.save(
        folder,
        name=options.name,
        weights=best.weights,
        receipt=receipt,
        parent=options.base,
        precision="bf16",
    )
    return Finished(
        model=options.name,
        path=str(folder),
        steps=run.trainer.steps,
        best_step=best.step,
        loss_before=run.loss_before,
        loss_after=best.loss,
        seconds=run.trainer.elapsed,
    )
