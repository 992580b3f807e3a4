"""The loss chart as matplotlib (Agg) draws it to an image; call it off the UI thread."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtGui import QImage

from gui.jobs.rendering import chart_families, figure_image

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_DPI = 72  # a point is a logical pixel
_MOST_POINTS = 600
_DECADES = 100.0  # from the least to the greatest: from there on only powers of ten are named
_ENTRY_WIDTH = 10  # times the text's size: room for an entry of the legend


@dataclass(frozen=True, slots=True)
class LossCurves:
    """Losses by step: natural-log cross-entropy per target piece."""

    training_steps: tuple[int, ...] = ()
    training: tuple[float, ...] = ()
    held_out_steps: tuple[int, ...] = ()
    held_out: tuple[float, ...] = ()
    general_steps: tuple[int, ...] = ()
    general: tuple[float, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether there is nothing to draw."""
        return not (self.training or self.held_out or self.general)


@dataclass(frozen=True, slots=True)
class ChartLook:
    """Colours as ``#rrggbb``, the text's height in logical pixels, and the words."""

    background: str
    text: str
    grid: str
    training: str
    held_out: str
    general: str = "#009e73"
    text_size: float = 12.0
    step_label: str = "step"
    loss_label: str = "loss"
    training_label: str = "training"
    held_out_label: str = "held-out"
    general_label: str = "general"
    before_label: str = "before"


@dataclass(frozen=True, slots=True)
class ChartRequest:
    """One chart to draw: ``width`` x ``height`` logical pixels, ``ratio`` device pixels each.

    ``smoothing`` is the weight in :func:`smooth`, 0 for none.
    """

    curves: LossCurves
    look: ChartLook
    width: int
    height: int
    ratio: float = 1.0
    logarithmic: bool = False
    smoothing: float = 0.0


@dataclass(frozen=True, slots=True)
class Plot:
    """A picture of a chart and where its plot lies in it, in logical pixels from the top left.

    ``first_step`` and ``last_step`` stand at the plot's edges.
    """

    image: QImage
    width: int
    height: int
    left: float
    top: float
    plot_width: float
    plot_height: float
    first_step: float
    last_step: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartImage(Plot):
    """The losses of one run; ``smoothed`` has one for each of ``smoothed_steps``, as drawn."""

    request: ChartRequest
    smoothed_steps: tuple[int, ...] = ()
    smoothed: tuple[float, ...] = ()


def thin(
    steps: Sequence[int], values: Sequence[float], most: int = _MOST_POINTS
) -> tuple[tuple[int, ...], tuple[float, ...]]:
    """At most ``most`` points: each the last step and the mean value of as many neighbours."""
    if len(steps) <= most:
        return tuple(steps), tuple(values)
    edges = [len(steps) * i // most for i in range(most + 1)]
    spans = list(itertools.pairwise(edges))
    means = tuple(sum(values[a:b]) / (b - a) for a, b in spans)
    return tuple(steps[b - 1] for _, b in spans), means


def smooth(values: Sequence[float], weight: float) -> tuple[float, ...]:
    """Exponential moving average as TensorBoard draws it, without the pull of its start.

    Args:
        values: in their order.
        weight: of what was before at each value, from 0 (no smoothing) to below 1.
    """
    total = share = 0.0
    averages = []
    for value in values:
        total = weight * total + (1.0 - weight) * value
        share = weight * share + (1.0 - weight)
        averages.append(total / share)
    return tuple(averages)


def render_chart(request: ChartRequest) -> ChartImage:
    """Draw ``request`` off the UI thread; imports matplotlib when first called."""
    families, size = list(chart_families()), (request.width, request.height)
    figure = new_figure(size, request.ratio)
    axes = figure.add_subplot()
    look = request.look
    dress(axes, look.text, look.grid)
    steps, losses = thin(request.curves.training_steps, request.curves.training)
    smoothed = smooth(losses, request.smoothing)
    _draw_training(axes, request, (steps, losses, smoothed))
    _draw_validations(axes, request)
    set_scales(axes, logarithmic=request.logarithmic)
    write_words(axes, (look.step_label, look.loss_label), (look.text, look.text_size), families)
    above = add_legend(axes, (request.width, look.text_size, look.text), families)
    plot = finished_plot(figure, axes, size, request.ratio, above)
    fields = {name: getattr(plot, name) for name in Plot.__slots__}
    return ChartImage(**fields, request=request, smoothed_steps=steps, smoothed=smoothed)


def new_figure(size: tuple[int, int], ratio: float) -> Figure:
    """An empty figure of ``size`` logical pixels, ``ratio`` device pixels each."""
    from matplotlib.figure import Figure

    return Figure((size[0] / _DPI, size[1] / _DPI), _DPI * ratio, facecolor="none")


def finished_plot(
    figure: Figure, axes: Axes, size: tuple[int, int], ratio: float, above: float
) -> Plot:
    """``figure`` as an image of ``size`` logical pixels, so much of them a legend ``above``."""
    width, height = size
    figure.tight_layout(pad=0.6, rect=(0.0, 0.0, 1.0, 1.0 - above / height))
    picture = figure_image(figure, ratio)
    box = axes.get_position()
    first, last = axes.get_xlim()
    return Plot(
        image=picture,
        width=width,
        height=height,
        left=box.x0 * width,
        top=(1.0 - box.y1) * height,
        plot_width=box.width * width,
        plot_height=box.height * height,
        first_step=first,
        last_step=last,
    )


def dress(axes: Axes, text: str, grid: str) -> None:
    """Take away what is no data; ``text`` and ``grid`` are colours."""
    axes.set_facecolor("none")
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_color(grid)
    axes.tick_params(which="both", colors=text, length=0, pad=6)
    axes.grid(axis="y", color=grid, linewidth=1.0)
    axes.set_axisbelow(True)


def _draw_training(
    axes: Axes,
    request: ChartRequest,
    curve: tuple[Sequence[int], Sequence[float], Sequence[float]],
) -> None:
    """Steps, losses and smoothed losses; the losses themselves faint behind."""
    look, (steps, losses, smoothed) = request.look, curve
    if not steps:
        return
    if request.smoothing:
        axes.plot(steps, losses, color=look.training, linewidth=0.8, alpha=0.3)
    # A single point is no line.
    marker = "o" if len(steps) == 1 else ""
    axes.plot(
        steps,
        smoothed,
        color=look.training,
        linewidth=1.8,
        marker=marker,
        markersize=4,
        label=look.training_label,
    )


def _draw_validations(axes: Axes, request: ChartRequest) -> None:
    """Colour and dash both tell the lines apart."""
    curves, look = request.curves, request.look
    if curves.held_out:
        axes.plot(
            curves.held_out_steps,
            curves.held_out,
            color=look.held_out,
            linewidth=1.8,
            linestyle=(0, (5, 2)),
            marker="o",
            markersize=5.5,
            markeredgecolor=look.background,
            label=look.held_out_label,
        )
        if not curves.held_out_steps[0]:  # else the run was gone on with
            axes.axhline(
                curves.held_out[0],
                color=look.held_out,
                linewidth=1.0,
                linestyle=(0, (1, 2.5)),
                label=look.before_label,
            )
    if curves.general:
        axes.plot(
            curves.general_steps,
            curves.general,
            color=look.general,
            linewidth=1.8,
            linestyle=(0, (6, 1.5, 1.2, 1.5)),
            marker="s",
            markersize=4.5,
            markeredgecolor=look.background,
            label=look.general_label,
        )


def set_scales(axes: Axes, *, logarithmic: bool) -> None:
    """Round numbers at the axes; the upper one may be ``logarithmic``."""
    from matplotlib.ticker import LogLocator, MaxNLocator, NullFormatter, StrMethodFormatter

    axes.margins(x=0.02, y=0.08)
    first, last = axes.dataLim.intervalx
    if first == last:  # one step alone would stand amid fractions of steps
        axes.set_xlim(first - 0.02, first + 1)
    axes.xaxis.set_major_locator(MaxNLocator(nbins=7, integer=True, steps=(1, 2, 5, 10)))
    if logarithmic:
        axes.set_yscale("log")
        low, high = axes.get_ylim()
        many = high > _DECADES * low
        subs = (1.0,) if many else (1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0)
        axes.yaxis.set_major_locator(LogLocator(subs=subs, numticks=8 if many else None))
        axes.yaxis.set_major_formatter(StrMethodFormatter("{x:g}"))
        axes.yaxis.set_minor_formatter(NullFormatter())
    else:
        axes.yaxis.set_major_locator(MaxNLocator(nbins=6, steps=(1, 2, 2.5, 5, 10)))


def write_words(
    axes: Axes, labels: tuple[str, str], look: tuple[str, float], families: list[str]
) -> None:
    """The axes' ``labels`` and numbers in fonts that hold them; ``look`` is colour and size."""
    color, size = look
    font = {"family": families, "size": size}
    axes.set_xlabel(labels[0], color=color, fontdict=font, labelpad=4)
    axes.set_ylabel(labels[1], color=color, fontdict=font, labelpad=8)
    for text in (*axes.get_xticklabels(), *axes.get_yticklabels()):
        text.set(**font)


def add_legend(axes: Axes, look: tuple[int, float, str], families: list[str]) -> float:
    """The legend above the plot, where it covers no curve; its height in logical pixels.

    ``look`` is the picture's width, the text's size and its colour.
    """
    entries = len(axes.get_legend_handles_labels()[0])
    if not entries:
        return 0.0
    width, size, color = look
    columns = entries if width > _ENTRY_WIDTH * size * entries else 2
    legend = axes.legend(
        loc="lower left",
        bbox_to_anchor=(0.0, 1.0),
        borderaxespad=0.0,
        borderpad=0.2,
        ncols=columns,
        frameon=False,
        prop={"family": families, "size": size},
        labelcolor=color,
        handlelength=3.2,
    )
    legend.set_in_layout(False)  # else the plot shrinks to what is left beside it
    return size * 1.5 * math.ceil(entries / columns) + size
