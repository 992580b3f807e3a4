"""The files of a checkpoint, and where the last whole one is; needs no torch."""

from __future__ import annotations

from pathlib import Path

from core.files import parse_json, superseded

WEIGHTS, OPTIMIZERS = "model.safetensors", "optimizers.safetensors"
RANDOM, STATE = "random.safetensors", "state.json"
AVERAGE, BEST = "average.safetensors", "best.safetensors"


def whole(folder: Path) -> Path:
    """Where the last whole checkpoint is, also after a kill between two renames."""
    stale = superseded(folder)
    return stale if not folder.exists() and stale.exists() else folder


def has_checkpoint(folder: Path) -> bool:
    """Whether there is a whole checkpoint in ``folder``."""
    return (whole(folder) / STATE).is_file()


def checkpoint_steps(folder: Path) -> int:
    """The updates that the checkpoint in ``folder`` stands after; 0 where there is none."""
    try:
        return int(parse_json((whole(folder) / STATE).read_text("utf-8"))["steps"])
    except (OSError, ValueError, LookupError, TypeError, OverflowError):
        return 0  # killed before its first checkpoint
