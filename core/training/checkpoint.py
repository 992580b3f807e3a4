"""A run's whole state on disk: weights, optimiser and random state, counters."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file, save_file
from torch import Tensor

from core.errors import InputError
from core.files import parse_json, replace_folder
from core.formats import FIELD, known_version
from core.training.checkpoint_files import (
    AVERAGE,
    BEST,
    OPTIMIZERS,
    RANDOM,
    STATE,
    WEIGHTS,
    whole,
)
from core.training.trainer import Trainer

FORMAT_VERSION = 1
UNREADABLE = (
    OSError, LookupError, TypeError, ValueError, ArithmeticError, RuntimeError, AttributeError,
    SafetensorError,
)  # fmt: skip
"""What comes of reading a checkpoint that is damaged, or another model's."""


def save_checkpoint(
    folder: Path,
    trainer: Trainer,
    extra: dict[str, Any],
    best: Mapping[str, Tensor] | None = None,
) -> None:
    """Write the state of ``trainer``, ``extra`` (JSON values) and ``best`` weights to ``folder``.

    A process killed at any moment leaves a whole checkpoint, the old one or the new one, where
    :func:`load_checkpoint` finds it.

    Raises:
        StorageError: the disk is full or the folder cannot be written; the old one stays.
    """
    replace_folder(folder, lambda place: _write(place, trainer, extra, best))


def _write(
    folder: Path, trainer: Trainer, extra: dict[str, Any], best: Mapping[str, Tensor] | None
) -> None:
    weights = {name: value.contiguous() for name, value in trainer.model.state_dict().items()}
    save_file(weights, folder / WEIGHTS)
    save_file(trainer.optimizers.state(), folder / OPTIMIZERS)
    save_file(_random_state(trainer.device), folder / RANDOM)
    if trainer.average is not None:
        save_file(trainer.average.state(), folder / AVERAGE)
    if best is not None:
        save_file({name: value.contiguous() for name, value in best.items()}, folder / BEST)
    counters = {"steps": trainer.steps, "elapsed": trainer.elapsed}
    state = {FIELD: FORMAT_VERSION, **counters, "extra": extra}
    (folder / STATE).write_text(json.dumps(state), encoding="utf-8")


def load_checkpoint(folder: Path, trainer: Trainer) -> dict[str, Any]:
    """Put the state in ``folder`` into ``trainer``; returns the saved ``extra``.

    Raises:
        InputError: there is no whole checkpoint of this model in ``folder``, or a newer program's.
    """
    folder = whole(folder)
    try:
        state = parse_json((folder / STATE).read_text(encoding="utf-8"))
        known_version(state, FORMAT_VERSION, folder / STATE)
        steps, elapsed = int(state["steps"]), float(state["elapsed"])
        extra: dict[str, Any] = state["extra"]
        trainer.optimizers.load_state(load_file(folder / OPTIMIZERS))
        trainer.model.load_state_dict(load_file(folder / WEIGHTS))
        if trainer.average is not None:
            trainer.average.load_state(load_file(folder / AVERAGE))
        # The first checkpoints of this format had no random state.
        random = load_file(folder / RANDOM) if (folder / RANDOM).exists() else {}
        if trainer.workers.leads:  # whose state it is; dropout differs by process
            _set_random_state(random, trainer.device)
    except UNREADABLE as error:
        raise no_checkpoint(folder, error) from error
    trainer.steps, trainer.elapsed = steps, elapsed
    return extra


def no_checkpoint(folder: Path, error: Exception) -> InputError:
    """What to tell where what is in ``folder`` cannot be gone on with."""
    return InputError(
        f"no checkpoint of this model ({error})",
        where=str(folder),
        remedy="Start the training afresh.",
    )


def load_best(folder: Path) -> dict[str, Tensor] | None:
    """The best weights that a whole checkpoint in ``folder`` holds, if any."""
    place = whole(folder) / BEST
    return load_file(place) if place.exists() else None


def _random_state(device: torch.device) -> dict[str, Tensor]:
    state = {"cpu": torch.get_rng_state()}
    if device.type == "cuda":
        state["cuda"] = torch.cuda.get_rng_state(device)
    return state


def _set_random_state(state: dict[str, Tensor], device: torch.device) -> None:
    if "cpu" in state:
        torch.set_rng_state(state["cpu"].clone())
    if "cuda" in state and device.type == "cuda":
        torch.cuda.set_rng_state(state["cuda"].clone(), device)
