"""The attention heatmap: a picture from the background, and what lies under the pointer."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from core.translation.result import Translation
from gui.errors import Failure
from gui.i18n import tr
from gui.jobs.rendering import Heatmap, HeatmapRequest
from gui.theme import HEATMAP, TEXT, Theme
from gui.widgets.heatmap_canvas import HeatmapCanvas
from gui.widgets.zooming import WheelZoom

_SETTLE = 60  # milliseconds of quiet before a new size is drawn
_LEAST_ZOOM, _MOST_ZOOM = 0.4, 4.0
_MOST_PIXELS = 20_000_000  # of a picture


class AttentionHeatmap(QScrollArea):
    """Shows one sentence's alignment; Ctrl and the wheel, or + and -, zoom; pulling moves it.

    Signals:
        wanted(HeatmapRequest): draw this, then give it to :meth:`set_heatmap`.
        cell_pointed(int, int): row (translated word) and column (source word) under the
            pointer or the arrow keys' cell; -1, -1 for none.
    """

    wanted = Signal(object)
    cell_pointed = Signal(int, int)

    def __init__(self, theme: Theme, parent: QWidget | None = None, hint: str = "") -> None:
        """``hint`` stands where there is nothing to show."""
        super().__init__(parent)
        self._theme = theme
        self._translation: Translation | None = None
        usual = tr("Translate a sentence and put the caret into it to look inside.")
        self._zoom = 1.0
        self._canvas = HeatmapCanvas(theme, hint or usual)
        self._canvas.pointed.connect(self._on_pointed)
        self._canvas.dragged.connect(self._on_dragged)
        self._canvas.zoom_asked.connect(self.zoom_by)
        self.setWidget(self._canvas)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        WheelZoom(self).turned.connect(self.zoom_by)
        for bar in (self.horizontalScrollBar(), self.verticalScrollBar()):
            bar.valueChanged.connect(self._canvas.update)  # its words stay at the edges
        self._settle = QTimer(self, singleShot=True, interval=_SETTLE)
        self._settle.timeout.connect(self._ask)
        theme.changed.connect(self._ask)

    def show_sentence(self, translation: Translation | None) -> None:
        """Show ``translation``'s alignment, or say that there is none."""
        self._translation = translation
        if self._drawable is None:
            self._canvas.set_heatmap(None)
        elif self.heatmap is None:
            self._canvas.set_heatmap(None, tr("Drawing…"))
        self._ask()

    def set_heatmap(self, heatmap: Heatmap) -> None:
        """The picture that was wanted; one of another sentence is ignored."""
        if self._is_current(heatmap):
            self._canvas.set_heatmap(heatmap)

    def show_failure(self, failure: Failure) -> None:
        """The picture could not be drawn."""
        self._canvas.set_heatmap(None, failure.sentence)

    @property
    def heatmap(self) -> Heatmap | None:
        """The picture that is shown."""
        return self._canvas.heatmap

    @property
    def canvas(self) -> QWidget:
        """Where the picture is, for the pointer."""
        return self._canvas

    @property
    def _drawable(self) -> Translation | None:
        found = self._translation
        if found is None or not found.alignment or not found.source_words:
            return None
        return found

    def _is_current(self, heatmap: Heatmap) -> bool:
        current = self._drawable
        if current is None or heatmap.request.weights != current.alignment:
            return False
        sides = current.target_words, current.source_words  # two runs may look alike
        return heatmap.words == tuple(tuple(word.text for word in side) for side in sides)

    def _ask(self) -> None:
        sentence = self._drawable
        if sentence is None or not self.isVisible():
            return
        colors, size = self._theme.colors, self.viewport().size()
        self.wanted.emit(
            HeatmapRequest(
                rows=tuple(word.text for word in sentence.target_words),
                columns=tuple(word.text for word in sentence.source_words),
                weights=sentence.alignment,
                width=round(size.width() * self._zoom),
                height=round(size.height() * self._zoom),
                ratio=self.devicePixelRatioF(),
                text_size=self._theme.px(TEXT) * self._zoom,
                text=colors.text,
                muted=colors.muted,
                background=colors.surface,
                color_map=HEATMAP,
                zoom=self._zoom,
            )
        )

    def _on_pointed(self, row: int, column: int) -> None:
        heatmap = self.heatmap
        if heatmap is not None and row >= 0:
            if not self._is_current(heatmap):  # the sentence's own is being drawn
                return
            cell = self._canvas.cell_rect(row, column).toAlignedRect()
            self.ensureVisible(cell.center().x(), cell.center().y(), cell.width(), cell.height())
        self.cell_pointed.emit(row, column)

    # -- zoom -----------------------------------------------------------------------------

    @property
    def zoom(self) -> float:
        """How many times larger it is shown than designed."""
        return self._zoom

    def zoom_by(self, factor: float, about: QPointF | None = None) -> None:
        """Show it so many times larger, 0 for the size as designed.

        The place ``about``, in the viewport, stays where it is. What was drawn is stretched until
        it is drawn in the new size.
        """
        if self.heatmap is None:
            return
        zoom = min(max(self._zoom * factor if factor else 1.0, _LEAST_ZOOM), self._most_zoom())
        stretched = zoom / self._zoom
        self._zoom = zoom
        place = about or self._looked_at()
        bars = self.horizontalScrollBar(), self.verticalScrollBar()
        wanted = [
            (bar.value() + at) * stretched - at
            for bar, at in zip(bars, (place.x(), place.y()), strict=True)
        ]
        self._canvas.set_zoom(zoom)
        self.setWidgetResizable(True)  # the bars follow at once
        for bar, value in zip(bars, wanted, strict=True):
            bar.setValue(round(value))
        self._settle.start()

    def _looked_at(self) -> QPointF:
        """The middle of the cell that is pointed at, or of all, in the viewport."""
        cell = self._canvas.cell
        if cell is None:
            return QPointF(self.viewport().rect().center())
        return self._canvas.mapTo(self.viewport(), self._canvas.cell_rect(*cell).center())

    def _most_zoom(self) -> float:
        """The zoom at which the picture would have as many pixels as one may."""
        assert self.heatmap is not None
        image = self.heatmap.image
        room = _MOST_PIXELS / max(image.width() * image.height(), 1)
        return max(min(_MOST_ZOOM, self.heatmap.request.zoom * room**0.5), 1.0)

    def _on_dragged(self, pulled: QPoint) -> None:
        for bar, way in (
            (self.horizontalScrollBar(), pulled.x()),
            (self.verticalScrollBar(), pulled.y()),
        ):
            bar.setValue(bar.value() - way)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Draw for the new size once it holds still."""
        super().resizeEvent(event)
        self._settle.start()

    def showEvent(self, event: QShowEvent) -> None:
        """Draw what was not drawn while nobody looked."""
        super().showEvent(event)
        self._settle.start()
