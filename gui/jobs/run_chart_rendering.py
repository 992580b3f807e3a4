"""Curves of several runs in one chart, drawn by matplotlib (Agg); call it off the UI thread."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from gui.jobs.chart_rendering import (
    Plot,
    add_legend,
    dress,
    finished_plot,
    new_figure,
    set_scales,
    smooth,
    write_words,
)
from gui.jobs.rendering import chart_families

# Each run has a dash and a sign of its own beside its colour: not all eyes tell colours apart.
DASHES: tuple[tuple[float, ...], ...] = (
    (), (5, 2), (1, 1.6), (6, 1.5, 1.2, 1.5), (3, 1, 1, 1, 1, 1)
)  # fmt: skip
"""In units of the line's width; none for a whole line."""
_MARKERS = ("o", "s", "^", "D", "v", "P")


@dataclass(frozen=True, slots=True)
class RunCurve:
    """What is drawn of one run.

    Attributes:
        number: of the run, from 0: its colour, dash and sign.
        fine_steps, fine: a value for every step or many of them; thin, smoothed.
        steps, values: a value now and then; thick, with a sign each.
    """

    name: str
    number: int
    color: str
    fine_steps: tuple[int, ...] = ()
    fine: tuple[float, ...] = ()
    steps: tuple[int, ...] = ()
    values: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class RunsRequest:
    """One chart to draw: ``width`` x ``height`` logical pixels, ``ratio`` device pixels each.

    ``text``, ``grid`` and ``background`` are colours, ``labels`` the words at both axes.
    """

    curves: tuple[RunCurve, ...]
    width: int
    height: int
    ratio: float
    text: str
    grid: str
    background: str
    text_size: float
    labels: tuple[str, str]
    logarithmic: bool = False
    smoothing: float = 0.0


def render_runs(request: RunsRequest) -> Plot:
    """Draw ``request``; imports matplotlib when first called."""
    families, size = list(chart_families()), (request.width, request.height)
    figure = new_figure(size, request.ratio)
    axes = figure.add_subplot()
    dress(axes, request.text, request.grid)
    for curve in request.curves:
        dashes = DASHES[curve.number % len(DASHES)]
        look: dict[str, Any] = {
            "color": curve.color,
            "linestyle": (0, dashes) if dashes else "solid",
        }
        named = curve.name.replace("$", r"\$")  # else it begins a formula
        if curve.fine:
            both = bool(curve.values)
            axes.plot(
                curve.fine_steps,
                smooth(curve.fine, request.smoothing),
                linewidth=1.0 if both else 1.6,
                alpha=0.55 if both else 1.0,
                marker="o" if len(curve.fine) == 1 else "",
                markersize=4,
                label="" if both else named,
                **look,
            )
        if curve.values:
            axes.plot(
                curve.steps,
                curve.values,
                linewidth=1.9,
                marker=_MARKERS[curve.number % len(_MARKERS)],
                markersize=5.5,
                markeredgecolor=request.background,
                label=named,
                **look,
            )
    set_scales(axes, logarithmic=request.logarithmic)
    write_words(axes, request.labels, (request.text, request.text_size), families)
    above = add_legend(axes, (request.width, request.text_size, request.text), families)
    return finished_plot(figure, axes, size, request.ratio, above)
