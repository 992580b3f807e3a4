"""The figures as one picture, in the program's own font."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.ticker import MaxNLocator, StrMethodFormatter

from benchmarks.measuring import summary
from benchmarks.speed.report import flat
from core.paths import resources_folder

_OURS, _THEIRS, _TEXT, _GRID = "#2f6fdf", "#9aa5b1", "#26303a", "#dfe4e9"
_FONT = "Inter-Regular.otf"


def _family() -> str:
    """The family of the program's font, made known to matplotlib."""
    path = resources_folder() / "fonts" / _FONT
    font_manager.fontManager.addfont(path)
    return font_manager.FontProperties(fname=path).get_name()


def draw(result: Mapping[str, Any], *targets: Path) -> None:
    """Draw bars for times, start and memory, and time by length; the suffix tells the format."""
    figure = Figure((13, 9.5), layout="constrained")
    family = _family()
    grid = figure.add_gridspec(3, 2)
    labels = result["labels"]

    def place(row: int, column: int | slice) -> Axes:
        return figure.add_subplot(grid[row, column])

    sentence, memory = result["sentence"], result["memory"]
    _bars(place(0, 0), "One sentence, beam 1 (ms)", _rounds(sentence.get("beam 1"), 1000), labels)
    _bars(place(0, 1), "One sentence, beam 4 (ms)", _rounds(sentence.get("beam 4"), 1000), labels)
    count = result["material"]["sentences"]
    _bars(place(1, 0), f"{count:,} sentences, beam 4 (s)", _rounds(result["document"], 1), labels)
    _bars(place(1, 1), "Start to first translation (s)", _rounds(result["start"], 1), labels)
    values = {name: [value] for name, value in memory["document"].items()}
    _bars(place(2, 0), "Most memory, document (MB)", values, labels)
    _lines(place(2, 1), result["linearity"], labels)
    for text in figure.findobj(Text):
        text.set_family(family)
    for target in targets:
        target.parent.mkdir(parents=True, exist_ok=True)
        figure.savefig(target, dpi=90)


def _rounds(found: Mapping[str, Any] | None, scale: float) -> dict[str, list[float]]:
    return {name: [t * scale for t in flat(rounds)] for name, rounds in (found or {}).items()}


def _dress(axes: Axes, title: str) -> None:
    axes.set_title(title, loc="left", color=_TEXT, fontsize=11)
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_color(_GRID)
    axes.tick_params(length=0, colors=_TEXT, labelsize=9)
    axes.set_axisbelow(True)


def _bars(
    axes: Axes, title: str, found: Mapping[str, list[float]], labels: Mapping[str, str]
) -> None:
    """A bar for each engine's median, a line over its quartiles, the number beside it."""
    _dress(axes, title)
    names = [name for name in labels if found.get(name)]
    axes.set_visible(bool(names))  # a part that was left out
    for place, name in enumerate(names):
        spread = summary(found[name])
        middle, high = spread["median"], spread["upper quartile"]
        ours = name.startswith("attune")
        axes.barh(place, middle, color=_OURS if ours else _THEIRS, height=0.7)
        axes.plot([spread["lower quartile"], high], [place, place], color=_TEXT, linewidth=1)
        digits = 0 if middle >= 20 else 1 if middle >= 1 else 2
        axes.annotate(
            f"{middle:,.{digits}f}",
            (max(middle, high), place),
            (4, 0),
            textcoords="offset points",
            va="center",
            fontsize=9,
            color=_TEXT,
        )
    axes.set_yticks(range(len(names)), [labels[name] for name in names])
    axes.invert_yaxis()
    axes.margins(x=0.12)
    axes.set_xlim(left=0)
    axes.xaxis.set_major_locator(MaxNLocator(nbins=6))
    axes.xaxis.set_major_formatter(StrMethodFormatter("{x:,.10g}"))
    axes.grid(axis="x", color=_GRID, linewidth=0.8)


def _lines(axes: Axes, found: Mapping[str, Any], labels: Mapping[str, str]) -> None:
    """Time by length, each line named at its end; both axes logarithmic."""
    _dress(axes, "Time by length, beam 4 (ms, log-log)")
    ends = []
    for name, line in found.items():
        words = [int(count) for count in line["milliseconds"]]
        times = list(line["milliseconds"].values())
        color = _OURS if name.startswith("attune") else _THEIRS
        axes.plot(words, times, color=color, marker="o", markersize=3, linewidth=1.5)
        ends.append((times[-1], words[-1], labels[name], color))
    axes.set_visible(bool(ends))
    if not ends:
        return
    axes.set_xscale("log")
    axes.set_yscale("log")
    axes.set_xticks(words, [str(count) for count in words])
    axes.yaxis.set_major_formatter(StrMethodFormatter("{x:,.0f}"))
    axes.margins(y=0.2)
    axes.set_xlabel("words", color=_TEXT, fontsize=9)
    axes.minorticks_off()
    axes.grid(color=_GRID, linewidth=0.8)
    _name_ends(axes, sorted(ends))


def _name_ends(axes: Axes, ends: list[tuple[float, int, str, str]]) -> None:
    """Names beside the ends of lines, from below, moved apart where they would touch."""
    low, high = axes.get_ylim()
    gap = (high / low) ** (1 / 16)
    free = 0.0
    for time, words, label, color in ends:
        height = max(time, free)
        axes.annotate(
            label,
            (words, height),
            (6, 0),
            textcoords="offset points",
            va="center",
            fontsize=8,
            color=_OURS if color == _OURS else _TEXT,
            annotation_clip=False,
        )
        free = height * gap
