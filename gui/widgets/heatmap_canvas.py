"""The picture of a heatmap, the box over its cells, and what pointer and keys do there."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QWidget

from gui.i18n import tr
from gui.jobs.rendering import Heatmap
from gui.theme import CAPTION, SMALL, Theme
from gui.widgets.zooming import zoom_key

Cell = tuple[int, int]


class HeatmapCanvas(QWidget):
    """Shows a picture, stretched until one of the wanted size is drawn.

    Signals:
        pointed(int, int): row and column under the pointer or the keys; -1, -1 for none.
        dragged(QPoint): the picture was pulled so far since the last time.
        zoom_asked(float): the keys ask for so many times the size; 0 for the size as designed.
    """

    pointed = Signal(int, int)
    dragged = Signal(QPoint)
    zoom_asked = Signal(float)

    def __init__(self, theme: Theme, hint: str) -> None:
        super().__init__()
        self._theme = theme
        self.heatmap: Heatmap | None = None
        self._usual = self._hint = hint
        self._cell: Cell | None = None
        self._zoom = 1.0
        self._grip: QPointF | None = None
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(tr("Attention heatmap"))

    def set_heatmap(self, heatmap: Heatmap | None, hint: str = "") -> None:
        before, self.heatmap = self.heatmap, heatmap
        self._hint = hint or self._usual
        same = heatmap is not None and before is not None and heatmap.words == before.words
        self._cell = self._cell if same else None
        self.set_zoom(self._zoom)

    def set_zoom(self, zoom: float) -> None:
        """Show it ``zoom`` times as large as designed."""
        self._zoom = zoom
        self.setMinimumSize(self._size.toSize())
        self.update()

    @property
    def cell(self) -> Cell | None:
        """Row and column that are pointed at."""
        return self._cell

    @property
    def _stretch(self) -> float:
        """How many times larger it is shown than it was drawn."""
        return self._zoom / self.heatmap.request.zoom if self.heatmap is not None else 1.0

    @property
    def _size(self) -> QSizeF:
        if self.heatmap is None:
            return QSizeF(0, 0)
        return self.heatmap.image.deviceIndependentSize() * self._stretch

    def cell_rect(self, row: int, column: int) -> QRectF:
        map_ = self.heatmap
        if map_ is None:
            return QRectF()
        left, top = map_.left + column * map_.cell_width, map_.top + row * map_.cell_height
        box = (left, top, map_.cell_width, map_.cell_height)
        return QRectF(*(part * self._stretch for part in box))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.heatmap is None:
            painter.setPen(self._theme.color("muted"))
            painter.drawText(
                self.rect(),
                Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap,
                self._hint,
            )
            return
        self._paint_picture(painter, self.heatmap)
        if self.hasFocus() and self._cell is None:
            painter.setPen(QPen(self._theme.color("accent_text"), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)
        if self._cell is not None:
            self._paint_box(painter, self.heatmap, *self._cell)

    def _paint_picture(self, painter: QPainter, heatmap: Heatmap) -> None:
        """The picture; its words stay at the edges of what is to be seen of it."""
        image, room = heatmap.image, self._room
        if self._stretch == 1.0:
            painter.drawImage(QPointF(0, 0), image)
        else:
            painter.drawImage(QRectF(QPointF(0, 0), self._size), image)
        above, beside = self._margins(heatmap)
        whole, ratio = self._size, image.devicePixelRatio() / self._stretch
        for strip, move in (
            (QRectF(0, 0, whole.width(), above), QPointF(0, room.top())),
            (QRectF(0, 0, beside, whole.height()), QPointF(room.left(), 0)),
            (QRectF(0, 0, beside, above), room.topLeft()),
        ):
            if not move.isNull():
                target = strip.translated(move)
                painter.fillRect(target, self._theme.color("surface"))
                source = QRectF(strip.topLeft(), strip.size() * ratio)
                if strip.size() != QSizeF(beside, above):  # the corner has no words
                    painter.drawImage(target, image, source)

    @property
    def _room(self) -> QRectF:
        """What is to be seen of it."""
        return QRectF(self.visibleRegion().boundingRect())

    def _margins(self, heatmap: Heatmap) -> tuple[float, float]:
        """How high and how wide the words at the edges are; 0 where there is no need of them."""
        if not heatmap.labels:
            return 0.0, 0.0
        return heatmap.top * self._stretch - 2, heatmap.left * self._stretch - 2

    def _paint_box(self, painter: QPainter, heatmap: Heatmap, row: int, column: int) -> None:
        theme = self._theme
        cell = self.cell_rect(row, column)
        painter.setPen(QPen(theme.color("accent_text"), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(cell)
        font = self.font()
        font.setPixelSize(theme.px(CAPTION))
        painter.setFont(font)
        text = self.describe(heatmap, row, column)
        width = QFontMetricsF(font).horizontalAdvance(text) + 2 * SMALL
        box = QRectF(cell.right() + SMALL, cell.top() - 2, width, theme.px(CAPTION) + 2 * SMALL)
        room = self._room
        if box.right() > room.right():
            box.moveRight(cell.left() - SMALL)
        box.moveLeft(max(box.left(), room.left()))
        box.moveBottom(min(box.bottom(), room.bottom()))
        painter.setPen(QPen(theme.color("border_strong"), 1))
        painter.setBrush(theme.color("surface"))
        painter.drawRoundedRect(box, 6, 6)
        painter.setPen(theme.color("text"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)

    @staticmethod
    def describe(heatmap: Heatmap, row: int, column: int) -> str:
        request = heatmap.request
        return tr(
            "{source} → {target}   {percent} %",
            source=request.columns[column],
            target=request.rows[row],
            percent=round(100 * request.weights[row][column]),
        )

    def _point(self, cell: Cell | None) -> None:
        if cell == self._cell:
            return
        self._cell = cell
        if cell is not None and self.heatmap is not None:
            self.setAccessibleDescription(self.describe(self.heatmap, *cell))
        self.pointed.emit(*(cell or (-1, -1)))
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._grip = event.globalPosition()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._grip = None
        self.unsetCursor()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self.heatmap is None:
            return
        if self._grip is not None and event.buttons() & Qt.MouseButton.LeftButton:
            pulled = (event.globalPosition() - self._grip).toPoint()
            self._grip = event.globalPosition()
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
            self.dragged.emit(pulled)
            return
        above, beside = self._margins(self.heatmap)
        inside = event.position() - self._room.topLeft()
        place = event.position() / self._stretch
        cell = self.heatmap.cell_at(place.x(), place.y())
        self._point(cell if inside.x() > beside and inside.y() > above else None)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._point(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        factor = zoom_key(event)
        if factor is not None:
            self.zoom_asked.emit(factor)
            return
        steps = {
            Qt.Key.Key_Left: (0, -1),
            Qt.Key.Key_Right: (0, 1),
            Qt.Key.Key_Up: (-1, 0),
            Qt.Key.Key_Down: (1, 0),
        }
        step = steps.get(Qt.Key(event.key()))
        if step is None or self.heatmap is None:
            super().keyPressEvent(event)
            return
        request = self.heatmap.request
        row, column = self._cell or (-step[0], -step[1])
        row = min(max(row + step[0], 0), len(request.rows) - 1)
        column = min(max(column + step[1], 0), len(request.columns) - 1)
        self._point((row, column))
