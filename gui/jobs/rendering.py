"""Attention heatmaps drawn by matplotlib (Agg) to an image; call it off the UI thread."""

from __future__ import annotations

import math
import os
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QImage

from core.paths import cache_folder

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.collections import QuadMesh
    from matplotlib.figure import Figure

_DPI = 72  # a point is a logical pixel
_MOST_LABELS = 100  # words a side; longer sentences show cells without words
_LONGEST_LABEL = 16  # characters
_PAD = 6  # logical pixels between words and cells
_LEAST_REACH = 0.2  # of a scale of differences


@dataclass(frozen=True, slots=True)
class HeatmapRequest:
    """One heatmap to draw.

    Attributes:
        rows, columns: words of the translation and of the source, at least one each.
        weights: a row per translated word, a weight in 0..1 per source word.
        width, height: room to fill, logical pixels; the picture is larger where the words need
            it, and smaller where the cells would become clumsy.
        ratio: device pixels per logical one.
        text_size: of the words, logical pixels.
        text, muted, background: colours ``#rrggbb``.
        color_map: name of a perceptually uniform map of matplotlib.
        signed: the weights are differences, from -1 to 1: the map's middle is 0, and it reaches as
            far as they do.
        zoom: how many times larger than designed ``width``, ``height`` and ``text_size`` are.
    """

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    weights: tuple[tuple[float, ...], ...]
    width: int
    height: int
    ratio: float
    text_size: float
    text: str
    muted: str
    background: str
    color_map: str
    signed: bool = False
    zoom: float = 1.0


@dataclass(frozen=True, slots=True)
class CellsRequest:
    """Matrices of weights in 0..1 to draw without words, a pixel for each cell.

    Attributes:
        matrices: a row per translated word, a weight per source word.
        color_map: name of a perceptually uniform map of matplotlib.
    """

    matrices: tuple[tuple[tuple[float, ...], ...], ...]
    color_map: str


@dataclass(frozen=True, slots=True)
class CellImages:
    """The pictures of what was asked for."""

    request: CellsRequest
    images: tuple[QImage, ...]


@dataclass(frozen=True, slots=True)
class Heatmap:
    """The picture, and its cells in logical pixels from the top left."""

    request: HeatmapRequest
    image: QImage
    left: float
    top: float
    cell_width: float
    cell_height: float
    labels: bool = True  # whether the words stand there

    @property
    def words(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Those of the translation and of the source."""
        return self.request.rows, self.request.columns

    def cell_at(self, x: float, y: float) -> tuple[int, int] | None:
        """Row and column under a point."""
        column = int((x - self.left) // self.cell_width)
        row = int((y - self.top) // self.cell_height)
        if 0 <= row < len(self.request.rows) and 0 <= column < len(self.request.columns):
            return row, column
        return None


@dataclass(frozen=True, slots=True)
class _Layout:
    """Logical pixels: margins around the cells, their size, how the upper words stand."""

    left: float
    top: float
    right: float
    cell_width: float
    cell_height: float
    labels: bool
    upright: bool

    def size(self, request: HeatmapRequest) -> tuple[int, int]:
        width = self.left + self.cell_width * len(request.columns) + self.right
        height = self.top + self.cell_height * len(request.rows) + 8
        return round(width), round(height)


@lru_cache(maxsize=1)
def chart_families() -> tuple[str, ...]:
    """Families for matplotlib's texts: the bundled fonts, which hold Latin and Chinese, first."""
    os.environ.setdefault("MPLCONFIGDIR", str(cache_folder() / "matplotlib"))
    from matplotlib import font_manager

    from gui.fonts import font_files

    names = []
    for path in font_files():
        font_manager.fontManager.addfont(path)
        names.append(font_manager.FontProperties(fname=path).get_name())
    return (*dict.fromkeys(names), "DejaVu Sans")


def draw_heatmap(request: HeatmapRequest) -> Heatmap:
    """Draw ``request``; imports matplotlib when first called."""
    layout = _lay_out(request)
    return Heatmap(
        request=request,
        image=figure_image(heatmap_figure(request), request.ratio),
        left=layout.left,
        top=layout.top,
        cell_width=layout.cell_width,
        cell_height=layout.cell_height,
        labels=layout.labels,
    )


def draw_cells(request: CellsRequest) -> CellImages:
    """Draw ``request``; imports matplotlib when first called."""
    return CellImages(request, tuple(_cells(m, request.color_map) for m in request.matrices))


def _cells(weights: tuple[tuple[float, ...], ...], color_map: str) -> QImage:
    """A pixel for each of ``weights``."""
    import matplotlib
    import numpy as np

    chart_families()  # matplotlib finds its folder
    colors = matplotlib.colormaps[color_map](np.array(weights), bytes=True)  # [T, S, 4]
    height, width = colors.shape[:2]
    kind = QImage.Format.Format_RGBA8888
    return QImage(colors.tobytes(), width, height, 4 * width, kind).copy()


def heatmap_figure(request: HeatmapRequest) -> Figure:
    """``request`` as a figure of matplotlib."""
    chart_families()  # matplotlib finds its folder
    from matplotlib.figure import Figure

    layout = _lay_out(request)
    width, height = layout.size(request)
    figure = Figure((width / _DPI, height / _DPI), _DPI * request.ratio, facecolor="none")
    cells_width = layout.cell_width * len(request.columns)
    cells_height = layout.cell_height * len(request.rows)
    bottom = height - layout.top - cells_height
    axes = figure.add_axes(
        (layout.left / width, bottom / height, cells_width / width, cells_height / height)
    )
    mesh = axes.pcolormesh(
        request.weights,
        cmap=request.color_map,
        vmin=-_reach(request) if request.signed else 0.0,
        vmax=_reach(request),
        edgecolors=request.background if layout.labels else "face",
        linewidth=1.0 if layout.labels else 0.0,
    )
    axes.invert_yaxis()
    _label(figure, axes, request, layout)
    left = layout.left + cells_width + 20
    _add_scale(figure, mesh, request, (left, layout.top, min(cells_height, 160.0)))
    return figure


def _add_scale(
    figure: Figure, mesh: QuadMesh, request: HeatmapRequest, place: tuple[float, float, float]
) -> None:
    """The colours' scale at ``place``: left, top and height in logical pixels."""
    left, top, tall = place
    width, height = (size * _DPI for size in figure.get_size_inches())
    box = (left / width, (height - top - tall) / height, 8 / width, tall / height)
    scale = figure.colorbar(mesh, cax=figure.add_axes(box))
    scale.outline.set_visible(False)
    reach = round(100 * _reach(request))
    if request.signed:
        scale.ax.set_yticks((-reach / 100, 0.0, reach / 100), (f"−{reach} %", "0 %", f"+{reach} %"))
    else:
        scale.ax.set_yticks((0.0, 0.5, 1.0), ("0 %", "50 %", "100 %"))
    scale.ax.tick_params(length=0, pad=6)
    for text in scale.ax.get_yticklabels():
        text.set(family=list(chart_families()), size=request.text_size * 0.9, color=request.muted)


def _reach(request: HeatmapRequest) -> float:
    """The largest weight on the scale; of differences in whole tenths, so that noise stays pale."""
    if not request.signed:
        return 1.0
    largest = max(abs(weight) for row in request.weights for weight in row)
    return max(_LEAST_REACH, math.ceil(round(10 * largest, 6)) / 10)


def _lay_out(request: HeatmapRequest) -> _Layout:
    size = request.text_size
    rows, columns = len(request.rows), len(request.columns)
    labels = max(rows, columns) <= _MOST_LABELS
    right = 28 + 4 * size
    if not labels:
        cell = max(2.0, min(request.width / columns, request.height / rows, 8.0))
        return _Layout(8.0, 8.0, right, cell, cell, labels=False, upright=False)
    left = max(_width(word, size) for word in request.rows) + 16
    widest = max(_width(word, size) for word in request.columns)
    room = (request.width - left - right) / columns
    upright = widest + 8 > room
    top = (widest if upright else 1.4 * size) + 12
    cell_width = min(max(room, 1.5 * size), max(5.0 * size, widest + 12))
    cell_height = min(max((request.height - top - 8) / rows, 1.5 * size), 2.6 * size)
    return _Layout(left, top, right, cell_width, cell_height, labels=True, upright=upright)


def _width(word: str, size: float) -> float:
    """About how wide ``word`` is: ideographs are square, other letters half as wide."""
    wide = sum(unicodedata.east_asian_width(c) in "WF" for c in _short(word))
    return size * (wide + 0.58 * (len(_short(word)) - wide))


def _short(word: str) -> str:
    return word if len(word) <= _LONGEST_LABEL else word[: _LONGEST_LABEL - 1] + "…"


def _label(figure: Figure, axes: Axes, request: HeatmapRequest, layout: _Layout) -> None:
    for spine in axes.spines.values():
        spine.set_visible(False)
    axes.set_xticks(())
    axes.set_yticks(())
    if not layout.labels:
        return
    # Texts, not ticks: making a tick takes several times as long as drawing its word.
    from matplotlib.transforms import offset_copy

    families = list(chart_families())
    look: dict[str, Any] = {"family": families, "size": request.text_size, "color": request.text}
    above = offset_copy(axes.get_xaxis_transform(), figure, y=_PAD, units="points")
    beside = offset_copy(axes.get_yaxis_transform(), figure, x=-_PAD, units="points")
    turn = 90 if layout.upright else 0
    for column, word in enumerate(map(_plain, request.columns)):
        place: dict[str, Any] = {
            "ha": "center",
            "va": "bottom",
            "rotation": turn,
            "transform": above,
        }
        axes.text(column + 0.5, 1.0, word, parse_math=False, **place, **look)
    for row, word in enumerate(map(_plain, request.rows)):
        place = {"ha": "right", "va": "center_baseline", "transform": beside}
        axes.text(0.0, row + 0.5, word, parse_math=False, **place, **look)


def _plain(word: str) -> str:
    """``word`` as a label: shortened, control characters as blanks."""
    return "".join(c if c.isprintable() else " " for c in _short(word))


def figure_image(figure: Figure, ratio: float) -> QImage:
    """``figure`` as an image with memory of its own."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    buffer = canvas.buffer_rgba()
    height, width = buffer.shape[:2]
    image = QImage(buffer, width, height, QImage.Format.Format_RGBA8888).copy()
    image.setDevicePixelRatio(ratio)
    return image
