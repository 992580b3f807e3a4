"""A run's whole state on disk: weights, optimiser state, counters; safetensors and JSON."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path
from typing import Any

from safetensors.torch import load_file, save_file

from core.errors import InputError
from core.files import storage_errors, sync_folder
from core.training.trainer import Trainer

_WEIGHTS, _OPTIMIZERS, _STATE = "model.safetensors", "optimizers.safetensors", "state.json"


def save_checkpoint(folder: Path, trainer: Trainer, extra: dict[str, Any]) -> None:
    """Write the state of ``trainer`` and ``extra`` (JSON values) to ``folder``.

    A temporary sibling is written, synced and renamed, so that ``folder`` always holds a whole
    checkpoint: the old one or the new one.

    Raises:
        StorageError: the disk is full or the folder cannot be written.
    """
    fresh = folder.with_name(f"{folder.name}.new")
    stale = folder.with_name(f"{folder.name}.old")
    with storage_errors(folder):
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(parents=True)
        weights = {name: value.contiguous() for name, value in trainer.model.state_dict().items()}
        save_file(weights, fresh / _WEIGHTS)
        save_file(trainer.optimizers.state(), fresh / _OPTIMIZERS)
        state = {"steps": trainer.steps, "elapsed": trainer.elapsed, "extra": extra}
        (fresh / _STATE).write_text(json.dumps(state), encoding="utf-8")
        for path in fresh.iterdir():
            with path.open("rb") as file:
                os.fsync(file.fileno())
        shutil.rmtree(stale, ignore_errors=True)
        if folder.exists():
            folder.rename(stale)
        fresh.rename(folder)
        sync_folder(folder.parent)
        shutil.rmtree(stale, ignore_errors=True)


def load_checkpoint(folder: Path, trainer: Trainer) -> dict[str, Any]:
    """Put the state in ``folder`` into ``trainer``; returns the saved ``extra``.

    Raises:
        InputError: there is no whole checkpoint in ``folder``.
    """
    if not folder.exists() and folder.with_name(f"{folder.name}.old").exists():
        folder = folder.with_name(f"{folder.name}.old")  # stopped between two renames
    try:
        state = json.loads((folder / _STATE).read_text(encoding="utf-8"))
        trainer.model.load_state_dict(load_file(folder / _WEIGHTS))
        trainer.optimizers.load_state(load_file(folder / _OPTIMIZERS))
        trainer.steps, trainer.elapsed = int(state["steps"]), float(state["elapsed"])
        extra: dict[str, Any] = state["extra"]
        return extra
    except (OSError, KeyError, ValueError, RuntimeError) as error:
        raise InputError(
            f"no checkpoint of this model ({error})",
            where=str(folder),
            remedy="Start the training afresh.",
        ) from error
