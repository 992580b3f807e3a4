"""Has a heatmap drawn off the UI thread and shown when it is ready."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject

from gui.errors import Failure
from gui.jobs.background import Background
from gui.jobs.rendering import (
    CellImages,
    CellsRequest,
    Heatmap,
    HeatmapRequest,
    draw_cells,
    draw_heatmap,
)
from gui.widgets.attention_heatmap import AttentionHeatmap
from gui.widgets.head_grid import HeadGrid


class HeatmapDrawing(QObject):
    """Joins ``heatmap``, which owns it, with the thread that draws.

    Args:
        change: what is drawn in place of what the heatmap wants, where that differs.
    """

    def __init__(
        self,
        heatmap: AttentionHeatmap,
        background: Background,
        change: Callable[[HeatmapRequest], HeatmapRequest] | None = None,
    ) -> None:
        super().__init__(heatmap)
        self._heatmap, self._background, self._change = heatmap, background, change
        self._key = f"heatmap {id(self)}"
        heatmap.wanted.connect(self._draw)
        background.done.connect(self._on_drawn)
        background.failed.connect(self._on_not_drawn)

    def _draw(self, request: HeatmapRequest) -> None:
        wanted = self._change(request) if self._change else request
        self._background.request(self._key, partial(draw_heatmap, wanted))

    def _on_drawn(self, key: str, picture: Heatmap) -> None:
        if key == self._key:
            self._heatmap.set_heatmap(picture)

    def _on_not_drawn(self, key: str, failure: Failure) -> None:
        if key == self._key:
            self._heatmap.show_failure(failure)


class GridDrawing(QObject):
    """Joins ``grid``, which owns it, with the thread that draws."""

    def __init__(self, grid: HeadGrid, background: Background) -> None:
        super().__init__(grid)
        self._grid, self._background = grid, background
        self._key = f"heads {id(self)}"
        grid.wanted.connect(self._draw)
        background.done.connect(self._on_drawn)
        background.failed.connect(self._on_not_drawn)

    def _draw(self, request: CellsRequest) -> None:
        self._background.request(self._key, partial(draw_cells, request))

    def _on_drawn(self, key: str, images: CellImages) -> None:
        if key == self._key:
            self._grid.set_images(images)

    def _on_not_drawn(self, key: str, failure: Failure) -> None:
        if key == self._key:
            self._grid.show_failure(failure)
