"""What a run keeps: its best state, where it saves itself, and the bundle it ends as."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from torch import Tensor

from core.errors import StorageError
from core.events import Finished, Warned
from core.training.checkpoint import (
    UNREADABLE,
    load_best,
    load_checkpoint,
    no_checkpoint,
    save_checkpoint,
)
from core.training.history import History
from core.training.stream import Stream

if TYPE_CHECKING:
    from core.training.run import Run


PRECISION = "bf16"  # of what is kept; what was learnt would drown in the steps of int8
BYTES_KEPT = 2  # of each weight, therefore
UNSAVED = "unsaved"  # what a warning is about


@dataclass(frozen=True)
class Best:
    """The best weights so far: their held-out loss and the update they come from."""

    loss: float
    step: int
    weights: dict[str, Tensor]


@dataclass(frozen=True)
class Result:
    """Where the best state of a run goes, and what its receipt tells of the run's making.

    ``pairs``, ``held_out`` and ``rejected`` count the lines to learn from, those to validate on and
    those left out. With ``shows``, the receipt holds sentences as they were translated on the way.
    """

    folder: Path
    pairs: int
    held_out: int
    rejected: int
    receipt: Mapping[str, Any]
    parent: str | None = None
    shows: bool = False


@dataclass(frozen=True)
class Saving:
    """Where a run's state is kept, every so many seconds of training, and its batches."""

    folder: Path
    seconds: float
    stream: Stream


def saved(run: Run, saving: Saving) -> list[Warned]:
    """Write the state of ``run``; what to say where that cannot be done, or can be again."""
    try:
        best = run.best.weights if run.best else None
        save_checkpoint(saving.folder, run.trainer, run_state(run, saving), best)
    except StorageError as error:
        text = f"The run's state could not be saved: {error.sentence()} It goes on."
        run.unsaved = True
        return [Warned(UNSAVED, text)]
    over = [Warned(UNSAVED, "")] if run.unsaved else []
    run.unsaved = False
    return over


def take_up(run: Run, saving: Saving) -> None:
    """Give ``run`` the state that an earlier one saved.

    Raises:
        InputError: there is no whole checkpoint of this model.
    """
    extra = load_checkpoint(saving.folder, run.trainer)
    try:
        _give(run, saving, extra)
    except UNREADABLE as error:
        raise no_checkpoint(saving.folder, error) from error


def _give(run: Run, saving: Saving, extra: Mapping[str, Any]) -> None:
    """Give ``run`` what :func:`run_state` told of it."""
    saving.stream.load_state(extra["position"])
    run.vain, run.retreats = int(extra["vain"]), int(extra.get("retreats", 0))
    for _ in range(run.retreats):
        run.trainer.slow_down()
    run.history = History.of(extra["history"])
    if run.examination.general is not None:
        run.examination.general.load_state(extra.get("general", {}))
    weights = load_best(saving.folder)
    if weights is not None:
        best = extra["best"]
        run.best = Best(float(best["loss"]), int(best["step"]), weights)


def run_state(run: Run, saving: Saving) -> dict[str, Any]:
    """What a checkpoint holds of ``run`` beside weights and optimisers, as JSON values."""
    best, general = run.best, run.examination.general
    return {
        "position": saving.stream.state(),
        "history": run.history.state(),
        "general": general.state() if general else {},
        "vain": run.vain,
        "retreats": run.retreats,
        "best": None if best is None else {"loss": best.loss, "step": best.step},
    }


def keep(run: Run, best: Best, result: Result, comparisons: Mapping[str, Any]) -> Finished:
    """Write the best state of ``run`` as a bundle, and the ``comparisons`` into its receipt.

    Raises:
        StorageError: it cannot be written.
    """
    trainer, loss_before = run.trainer, run.history.loss_before
    receipt = {
        **result.receipt,
        "pairs": result.pairs,
        "held_out": result.held_out,
        "steps": trainer.steps,
        "best_step": best.step,
        "ended_by": run.ended_by,
        "share_of_learnt": run.share,
        "seconds": round(trainer.elapsed, 1),
        "learning_rate": trainer.recipe.learning_rate,
        "held_out_loss": {"before": loss_before, "after": best.loss},
        **({"comparisons": comparisons} if comparisons else {}),
        "curves": run.history.curves(),
        **(run.history.shown() if result.shows else {}),
        "finished": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
    }
    run.loaded.save(
        result.folder,
        name=result.folder.name,
        weights=best.weights,
        receipt=receipt,
        parent=result.parent,
        precision=PRECISION,
    )
    return Finished(
        model=result.folder.name,
        path=str(result.folder),
        steps=trainer.steps,
        best_step=best.step,
        loss_before=loss_before,
        loss_after=best.loss,
        seconds=trainer.elapsed,
        ended_by=run.ended_by,
    )
