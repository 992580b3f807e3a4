"""What the Classroom keeps on the disk, and the runs that lie there; call it off the UI thread.

A run's plan is kept in a file of its own, so that its system can be composed again after the window
was closed; the run itself is remembered by the program that trains.
"""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gui.jobs.train_command import FORMAT_VERSION, TrainPlan

if TYPE_CHECKING:
    from core.store.model_store import ModelCard

_ENDING = ".json"
_KIND = "train"  # of runs, where they are remembered
_STALE = 30 * 86_400.0  # seconds


@dataclass(frozen=True, slots=True)
class KeptRun:
    """A model that was trained from nothing, and what its receipt tells."""

    card: ModelCard
    receipt: Mapping[str, Any]
    plan: TrainPlan | None = None


@dataclass(frozen=True, slots=True)
class LeftRun:
    """A run that can be gone on with, and its updates so far."""

    plan: TrainPlan
    steps: int


@dataclass(frozen=True, slots=True)
class FoundRuns:
    """The runs on this computer."""

    kept: tuple[KeptRun, ...] = ()
    left: tuple[LeftRun, ...] = ()


def save_plan(plan: TrainPlan) -> None:
    """Keep ``plan``.

    Raises:
        InputError: a newer program has kept one of that name.
        StorageError: it cannot be written.
    """
    from core.files import write_atomically
    from core.formats import require_replaceable
    from core.paths import ensure

    ensure(_folder())
    require_replaceable(_plan_file(plan.name), FORMAT_VERSION)
    write_atomically(_plan_file(plan.name), plan.to_json())


def forget_run(name: str) -> None:
    """Forget the run ``name`` and what it has saved, if it has.

    Raises:
        AttuneError: a process is busy with it.
    """
    from core.training.run_folder import RunFolder, discard_run

    _plan_file(name).unlink(missing_ok=True)
    if RunFolder(name).is_of(_KIND):
        discard_run(name)  # waits for whoever is just listing the runs


def list_runs() -> FoundRuns:
    """The models that were trained from nothing, the newest first, and the runs that were left."""
    from core.store.model_store import ModelStore
    from core.training.run_folder import unfinished_runs

    kept = [run for card in ModelStore().list() if (run := _kept(card)) is not None]
    kept.sort(key=lambda run: run.card.created, reverse=True)
    left = [
        LeftRun(_plan(run.name) or _asked_elsewhere(run.name, run.asked), run.steps)
        for run in unfinished_runs(_KIND)
        if run.steps
    ]
    _tidy({run.card.name for run in kept} | {run.plan.name for run in left})
    return FoundRuns(tuple(kept), tuple(left))


def _kept(card: ModelCard) -> KeptRun | None:
    from core.errors import AttuneError
    from core.store.bundle import read_bundle

    if card.built_in:
        return None
    try:
        receipt = read_bundle(card.path, verify=False).receipt()
    except (AttuneError, OSError, UnicodeDecodeError):  # the page Models tells what is wrong
        return None
    return KeptRun(card, receipt, _plan(card.name)) if receipt.get("kind") == _KIND else None


def _plan(name: str) -> TrainPlan | None:
    """The plan of the run ``name``, where it was made here."""
    from core.errors import InputError

    try:
        return TrainPlan.from_json(_plan_file(name).read_text("utf-8"))
    except (OSError, ValueError, InputError):  # none, or of a newer version
        return None


def _asked_elsewhere(name: str, asked: Mapping[str, Any]) -> TrainPlan:
    """As much of a plan as can be told of a run that was begun in a terminal."""
    options = asked.get("options")
    options = options if isinstance(options, Mapping) else {}
    preset = str(options.get("preset", ""))
    languages = (str(options.get("source_language", "")), str(options.get("target_language", "")))
    threads = options.get("threads")
    return TrainPlan(
        name,
        preset,
        preset,
        Path(),
        languages,
        threads=threads if isinstance(threads, int) else 1,
        composed=False,
    )


def _tidy(known: set[str]) -> None:
    """Remove plans that nothing has come of for long."""
    import time

    from core.errors import InputError
    from core.formats import require_replaceable

    folder = _folder()
    for file in folder.glob(f"*{_ENDING}") if folder.is_dir() else ():
        if file.name.removesuffix(_ENDING) not in known:
            with contextlib.suppress(OSError, InputError):  # gone by now; a newer program's
                require_replaceable(file, FORMAT_VERSION)
                if time.time() - file.stat().st_mtime > _STALE:
                    file.unlink()


def _folder() -> Path:
    from core.paths import data_folder

    return data_folder() / "classroom"


def _plan_file(name: str) -> Path:
    return _folder() / f"{name}{_ENDING}"
