"""Heatmaps written to files: pictures, drawings, tables, pages; call it off the UI thread."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from core.files import write_atomically
from core.paths import resources_folder
from gui.jobs.rendering import HeatmapRequest, chart_families, heatmap_figure
from gui.viewmodels.exhibit import Exhibit, Panel

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_TEXT, _MUTED, _PAPER = "#14171f", "#596170", "#ffffff"  # as a light window
_TEXT_SIZE = 13.0
_DPI = 144  # of a picture: twice the size as designed
_ROOM = (720, 480)  # logical pixels, which few words fill
_BESIDE = 3  # panels in a row of a drawing


@dataclass(frozen=True, slots=True)
class PageWords:
    """What a page says beside the sentence, in the user's language.

    Attributes:
        language: its code.
        title, hint, scale: the heading, how to read the table, what the colours mean.
    """

    language: str
    title: str
    hint: str
    scale: str


@dataclass(frozen=True, slots=True)
class ExportRequest:
    """Write ``exhibit`` to ``path``, whose ending tells as what.

    ``color_map`` is a perceptually uniform map of matplotlib.
    """

    exhibit: Exhibit
    path: Path
    color_map: str
    words: PageWords


def export_heatmap(request: ExportRequest) -> Path:
    """Write what is asked for; imports matplotlib, for all but tables.

    Raises:
        StorageError: the file cannot be written.
    """
    writers = {".png": _png, ".svg": _svg, ".csv": _csv, ".html": _html}
    write_atomically(request.path, writers[request.path.suffix.lower()](request))
    return request.path


def _csv(request: ExportRequest) -> bytes:
    """The words of the source on top, those of the translation at the left, every weight in full.

    Several matrices stand below each other, their names in a column in front. UTF-8 with a mark,
    without which spreadsheets take Chinese for something else.
    """
    exhibit = request.exhibit
    columns, rows = map(_inert, exhibit.columns), tuple(map(_inert, exhibit.rows))
    several = len(exhibit.panels) > 1
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow((*([""] if several else []), "", *columns))
    for panel in exhibit.panels:
        for word, weights in zip(rows, panel.weights, strict=True):
            writer.writerow((*([panel.name] if several else []), word, *map(repr, weights)))
    return text.getvalue().encode("utf-8-sig")


def _inert(word: str) -> str:
    """``word`` so that no spreadsheet takes it for a formula; a mark alone is none."""
    return f"'{word}" if len(word) > 1 and word[0] in "=+-@" else word


def _png(request: ExportRequest) -> bytes:
    file = io.BytesIO()
    figure = _figure(request)
    figure.savefig(file, format="png", dpi=_DPI, facecolor=_PAPER)
    return file.getvalue()


def _svg(request: ExportRequest) -> bytes:
    """A drawing whose words are text, to be found and edited."""
    figure = _figure(request)
    import matplotlib

    file = io.BytesIO()
    with matplotlib.rc_context({"svg.fonttype": "none", "svg.hashsalt": "attune"}):
        figure.savefig(file, format="svg", facecolor=_PAPER, metadata={"Date": None})
    return file.getvalue()


def _figure(request: ExportRequest) -> Figure:
    panels = request.exhibit.panels
    return _one(request, panels[0]) if len(panels) == 1 else _several(request)


def _one(request: ExportRequest, panel: Panel) -> Figure:
    return heatmap_figure(
        HeatmapRequest(
            rows=request.exhibit.rows,
            columns=request.exhibit.columns,
            weights=panel.weights,
            width=_ROOM[0],
            height=_ROOM[1],
            ratio=1.0,
            text_size=_TEXT_SIZE,
            text=_TEXT,
            muted=_MUTED,
            background=_PAPER,
            color_map=request.color_map,
        )
    )


def _several(request: ExportRequest) -> Figure:
    """The panels side by side, each with its name and its words."""
    exhibit, families = request.exhibit, list(chart_families())
    from matplotlib.figure import Figure

    small = 0.8 * _TEXT_SIZE
    wide, tall = (1.5 * small * len(words) + 8 * small for words in (exhibit.columns, exhibit.rows))
    beside = min(_BESIDE, len(exhibit.panels))
    above = -(-len(exhibit.panels) // beside)
    figure = Figure((beside * wide / 72, above * tall / 72), 72, layout="constrained")
    for number, panel in enumerate(exhibit.panels, start=1):
        axes = figure.add_subplot(above, beside, number)
        axes.pcolormesh(panel.weights, cmap=request.color_map, vmin=0.0, vmax=1.0)
        axes.invert_yaxis()
        axes.xaxis.tick_top()
        axes.tick_params(length=0)
        axes.set_xticks([i + 0.5 for i in range(len(exhibit.columns))], exhibit.columns)
        axes.set_yticks([i + 0.5 for i in range(len(exhibit.rows))], exhibit.rows)
        for spine in axes.spines.values():
            spine.set_visible(False)
        for text in axes.get_xticklabels():
            text.set(rotation=90)
        for text in (*axes.get_xticklabels(), *axes.get_yticklabels()):
            text.set(family=families, size=small, color=_TEXT, parse_math=False)
        title = axes.set_title(panel.name, size=_TEXT_SIZE, color=_MUTED)
        title.set(family=families, parse_math=False)
    return figure


def _html(request: ExportRequest) -> bytes:
    """One page that needs nothing beside it: no script, no network."""
    from jinja2 import Environment, FileSystemLoader

    environment = Environment(
        loader=FileSystemLoader(resources_folder() / "templates"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    page = environment.get_template("attention.html.jinja").render(
        exhibit=request.exhibit,
        panels=[(panel.name, _cells(request, panel)) for panel in request.exhibit.panels],
        words=request.words,
        scale=_colors(request.color_map, [[i / 20 for i in range(21)]])[0],
    )
    return page.encode("utf-8")


def _cells(request: ExportRequest, panel: Panel) -> list[tuple[str, list[dict[str, Any]]]]:
    """The words of the translation, and of each its cells: colour, percent, what they say."""
    rows = []
    colors = _colors(request.color_map, panel.weights)
    for target, weights, shades in zip(request.exhibit.rows, panel.weights, colors, strict=True):
        cells = [
            {"color": color, "say": f"{source} → {target}   {100 * weight:.1f} %"}
            for source, weight, color in zip(request.exhibit.columns, weights, shades, strict=True)
        ]
        rows.append((target, cells))
    return rows


def _colors(color_map: str, weights: Any) -> list[list[str]]:
    """``#rrggbb`` for each weight."""
    chart_families()  # matplotlib finds its folder
    import matplotlib
    import numpy as np

    colors = matplotlib.colormaps[color_map](np.array(weights), bytes=True)  # [T, S, 4]
    return [["#{:02x}{:02x}{:02x}".format(*cell[:3]) for cell in row] for row in colors.tolist()]
