"""The runs that are compared: the whole recipe, and the recipe without one of its parts."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from core.training.fresh import TrainOptions
from core.training.hyperparameters import Recipe
from core.training.mix import Use, read_mix
from core.training.recipe.agreement import MISALIGNED
from core.training.schedule import Budget, Schedule

MIX = Path(__file__).parents[2] / "core" / "training" / "recipe" / "mix.json"
WARMUP, DECAY = 100, 0.5

Uses = dict[str, Use]


def _same(given: Any) -> Any:
    return given


@dataclass(frozen=True, slots=True)
class Arm:
    """A run.

    Attributes:
        name: in tables and on the command line.
        options: changes what is trained and how.
        uses: changes how often each file is used.
    """

    name: str
    options: Callable[[TrainOptions], TrainOptions] = _same
    uses: Callable[[Uses], Uses] = _same


def _batch(**changed: float) -> Callable[[TrainOptions], TrainOptions]:
    def change(options: TrainOptions) -> TrainOptions:
        return dataclasses.replace(options, batch=dataclasses.replace(options.batch, **changed))

    return change


def _recipe(**changed: Any) -> Callable[[TrainOptions], TrainOptions]:
    def change(options: TrainOptions) -> TrainOptions:
        return dataclasses.replace(options, recipe=dataclasses.replace(options.recipe, **changed))

    return change


def _unfiltered(options: TrainOptions) -> TrainOptions:
    return dataclasses.replace(options, min_agreement=None)


def _once(uses: Uses) -> Uses:
    return {name: dataclasses.replace(use, repeats=1.0) for name, use in uses.items()}


def _untagged(uses: Uses) -> Uses:
    return {name: dataclasses.replace(use, synthetic=False) for name, use in uses.items()}


def _by_people(uses: Uses) -> Uses:
    return {
        name: dataclasses.replace(use, repeats=0.0) if use.synthetic else use
        for name, use in uses.items()
    }


ARMS = (
    Arm("whole recipe"),
    Arm("another seed", lambda options: dataclasses.replace(options, seed=2)),
    Arm("misaligned pairs stay", _unfiltered),
    Arm("every file once", uses=_once),
    Arm("no tag", uses=_untagged),
    Arm("no machine-translated pairs", uses=_by_people),
    Arm("nothing joined", _batch(join=0.0)),
    Arm("sources tidy", _batch(untidy=0.0, drop_stop=0.0)),
    Arm("nothing to copy", _batch(copy_unknown=0.0)),
    Arm("no guided alignment", _recipe(guided=0.0)),
    Arm("no label smoothing", _recipe(label_smoothing=0.0)),
    Arm("dropout 0.1", _recipe(dropout=0.1)),
    Arm("AdamW", _recipe(optimizer="adamw", learning_rate=0.001)),
)


def make_options(arm: Arm, store: Path, folder: Path, steps: int) -> TrainOptions:
    """What ``arm`` trains on the tokenised ``store``; its files go into ``folder``."""
    uses = arm.uses(read_mix(MIX))
    mix = folder / "mix.json"
    mix.write_text(json.dumps({name: dataclasses.asdict(use) for name, use in uses.items()}))
    whole = TrainOptions(
        name=f"ablation {arm.name}",
        tokens=store,
        mix=mix,
        min_agreement=MISALIGNED,
        preset="small",
        budget=Budget(steps=steps),
        recipe=Recipe(guided=0.2, schedule=Schedule(WARMUP, DECAY)),
        batch=dataclasses.replace(TrainOptions("").batch, tokens=4000),
        validations=1,
        save_seconds=float("inf"),
        out=folder / "model",
    )
    return arm.options(whole)
