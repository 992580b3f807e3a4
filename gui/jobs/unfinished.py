"""Runs that ended before their time and can be gone on with; call these off the UI thread."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class UnfinishedRun:
    """A run that can be gone on with: its model's name, the model that learns, its updates."""

    name: str
    base: str
    steps: int


def list_unfinished() -> tuple[UnfinishedRun, ...]:
    """The unfinished runs that no process is busy with, by name."""
    from core.training.run_folder import unfinished_runs

    return tuple(
        UnfinishedRun(run.name, str(run.asked.get("base", "")), run.steps)
        for run in unfinished_runs()
    )


def discard_unfinished(name: str) -> tuple[UnfinishedRun, ...]:
    """Forget the run ``name`` if it is unfinished; those that are left.

    Raises:
        AttuneError: a process is busy with it by now.
    """
    return tidy_unfinished(name, discarded=True)


def tidy_unfinished(name: str, discarded: bool) -> tuple[UnfinishedRun, ...]:
    """Forget the run ``name`` if it was discarded or has not learnt anything; those that are left.

    Raises:
        AttuneError: a process is busy with it by now.
    """
    from core.training.run_folder import discard_run

    if any(run.name == name and (discarded or not run.steps) for run in list_unfinished()):
        discard_run(name)
    return list_unfinished()
