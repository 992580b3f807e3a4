"""Fine-tuning a bundle on a file of pairs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from core import runtime
from core.cancel import Cancelled
from core.errors import TrainingError
from core.events import Discarded, Event, Message
from core.store.loading import load_model
from core.store.model_store import ModelStore
from core.training.batching import BatchOptions, BatchSource, Share
from core.training.checks import CheckReport, Pair, check_file
from core.training.control import JobControl
from core.training.examination import Examination
from core.training.keeping import Result
from core.training.limits import FEWEST_PAIRS
from core.training.pairs import PairEncoder, hold_out
from core.training.run import Run
from core.training.schedule import Budget, Schedule
from core.training.trainer import Recipe
from core.training.validation import Held

VALIDATIONS = 24
# A small file is learnt by heart within a minute; what follows only hurts.
PATIENCE = 6
# Small batches answer to a command within a second on two cores.
BATCH = BatchOptions(tokens=1200, max_length=250)
RECIPE = Recipe(
    learning_rate=1e-4, muon=False, dropout=0.1, schedule=Schedule(warmup=20, decay=0.5)
)


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
    try:
        yield from _tune(options, control, store)
    except Cancelled:  # told to end before training began
        yield Discarded(0)


def _tune(options: TuneOptions, control: JobControl, store: ModelStore) -> Iterator[Event]:
    folder = store.free_folder(options.name)
    card = store.find(options.base)
    precision = runtime.choose_precision(options.precision)
    yield Message("checking the pairs")
    report = check_file(options.file, card.source_language, card.target_language, control.cancel)
    held, training = hold_out(usable_pairs(report, options.file), options.seed)
    yield Message("loading the model")
    control.cancel.check()
    runtime.set_threads()
    runtime.set_seed(options.seed)
    loaded = load_model(card.path)
    encoder = PairEncoder(loaded)
    corpus = encoder.corpus(training, control.cancel)
    source = BatchSource([Share(corpus)], BATCH)
    run = Run(
        loaded,
        (batch for _, _, batch in source.batches()),
        Examination(loaded, Held.of(held, encoder)),
        recipe=RECIPE,
        budget=Budget(seconds=options.minutes * 60),
        validations=VALIDATIONS,
        patience=PATIENCE,
        control=control,
        precision=precision,
    )
    receipt = {
        "kind": "tune",
        "base": card.name,
        "file": options.file.name,
        "seed": options.seed,
    }
    result = Result(folder, len(training), len(report.rejections), receipt, parent=card.name)
    yield from run.kept_as(result)


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
