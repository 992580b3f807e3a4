"""Formulas in TeX drawn by matplotlib's mathtext to an image; call it off the UI thread."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtGui import QImage

from gui.jobs.chart_rendering import new_figure
from gui.jobs.rendering import chart_families, figure_image

_GAP = 0.5  # between the lines of a formula, times the text's size
_PAD = 3  # logical pixels around all


@dataclass(frozen=True, slots=True)
class FormulaRequest:
    """One formula to draw: its lines in TeX without dollar signs.

    ``size`` is the height of its text in logical pixels, ``ratio`` device pixels each, ``color`` as
    ``#rrggbb``.
    """

    lines: tuple[str, ...]
    size: float
    ratio: float
    color: str


@dataclass(frozen=True, slots=True)
class FormulaImage:
    """The picture of what was asked for, no larger than the formula."""

    request: FormulaRequest
    image: QImage


def draw_formula(request: FormulaRequest) -> FormulaImage:
    """Draw ``request``; imports matplotlib when first called.

    Raises:
        ValueError: mathtext does not know the formula.
    """
    chart_families()  # matplotlib finds its folder
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    figure = new_figure((16, 16), request.ratio)
    look: dict[str, Any] = {
        "size": request.size,
        "color": request.color,
        "math_fontfamily": "cm",
        "ha": "left",
        "va": "baseline",
    }
    lines = [line.replace(r"\frac", r"\dfrac") for line in request.lines]  # not in small print
    texts = [figure.text(0, 0, f"${line}$", **look) for line in lines]
    renderer = FigureCanvasAgg(figure).get_renderer()
    boxes = [text.get_window_extent(renderer) for text in texts]
    places, foot = [], float(_PAD)
    for box in boxes:
        above = max(box.y1 / request.ratio, 0.8 * request.size)
        places.append(foot + above)
        foot += above + max(-box.y0 / request.ratio, 0.0) + _GAP * request.size
    width = max(box.x1 for box in boxes) / request.ratio + 2 * _PAD
    height = foot - _GAP * request.size + _PAD
    figure.set_size_inches(width / 72, height / 72)
    for text, place in zip(texts, places, strict=True):
        text.set_position((_PAD / width, 1.0 - place / height))
    return FormulaImage(request, figure_image(figure, request.ratio))
