"""What of several runs is drawn into one chart. No widgets."""

from __future__ import annotations

from collections.abc import Sequence

from gui.i18n import tr
from gui.jobs.chart_rendering import thin
from gui.jobs.run_chart_rendering import RunCurve
from gui.viewmodels.class_run import ClassRun

LOSS, NORM, DISTANCE = "loss", "norm", "distance"
"""Losses by update; the gradient's norm by update; and by the distance from the loss."""


def curves_of(runs: Sequence[ClassRun], kind: str, colors: Sequence[str]) -> tuple[RunCurve, ...]:
    """The curves of ``runs``; a run without any is left out."""
    made = (_curve(run, kind, colors[run.number % len(colors)]) for run in runs)
    return tuple(curve for curve in made if curve.fine or curve.values)


def _curve(run: ClassRun, kind: str, color: str) -> RunCurve:
    """Of a run that has not gone on since, the curve that was made before."""
    learning = run.learning
    told = (id(learning), len(learning.steps), len(learning.validations), learning.distances)
    key = (kind, color, run.name, told)
    if run.drawn is None or run.drawn[0] != key:
        make = {LOSS: _losses, NORM: _norms, DISTANCE: _distances}[kind]
        run.drawn = key, make(run, color)
    return run.drawn[1]


def labels_of(kind: str) -> tuple[str, str]:
    """The words at both axes."""
    return {
        LOSS: (tr("step"), tr("loss")),
        NORM: (tr("step"), tr("norm of the gradient")),
        DISTANCE: (tr("steps back from the loss"), tr("norm of the gradient")),
    }[kind]


def _losses(run: ClassRun, color: str) -> RunCurve:
    steps, losses = thin(run.learning.steps, run.learning.losses)
    held_out = run.learning.validations
    return RunCurve(
        run.name,
        run.number,
        color,
        steps,
        losses,
        tuple(v.step for v in held_out),
        tuple(v.loss for v in held_out),
    )


def _norms(run: ClassRun, color: str) -> RunCurve:
    learning = run.learning
    if len(learning.norms) != len(learning.steps):
        return RunCurve(run.name, run.number, color)
    known = [(s, n) for s, n in zip(learning.steps, learning.norms, strict=True) if n > 0]
    steps, norms = thin([step for step, _ in known], [norm for _, norm in known])
    return RunCurve(run.name, run.number, color, steps, norms)


def _distances(run: ClassRun, color: str) -> RunCurve:
    """At the last validation that told of them."""
    norms = run.learning.distances
    known = [(at, norm) for at, norm in enumerate(norms) if norm > 0]  # 0 has no logarithm
    return RunCurve(
        run.name,
        run.number,
        color,
        steps=tuple(at for at, _ in known),
        values=tuple(norm for _, norm in known),
    )
