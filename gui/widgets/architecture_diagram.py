"""The drawn architecture of a system: blocks with tensor shapes, and what goes between them."""

from __future__ import annotations

import math

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPolygonF,
    QResizeEvent,
)
from PySide6.QtWidgets import QScrollArea, QToolTip, QWidget

from core.model.blocks import Block
from core.model.diagram import Diagram
from gui.core_words import from_core
from gui.i18n import tr
from gui.theme import CAPTION, TINY, Theme
from gui.tips import plain_tip
from gui.viewmodels.diagram_layout import Box, DiagramLayout, Line, lay_out
from gui.widgets.diagram_looks import arrow_pen, block_facts, title_of, weights
from gui.widgets.zooming import WheelZoom, zoom_key

_LEAST_ZOOM, _MOST_ZOOM = 0.6, 3.0
_SIZES, _LEAST_TEXT = (1.0, 0.9, 0.8, 0.7, 0.6), 11.0  # of the text, to fit; and in pixels
_HEAD = 7.0  # pixels: an arrow's head
_TONES = {"source": "accent_soft", "middle": "warning_soft", "target": "surface"}


class _Canvas(QWidget):
    """Paints the blocks; ``chosen(str)`` tells which one was clicked, or reached with the keys."""

    chosen = Signal(str)
    zoom_asked = Signal(float)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.diagram: Diagram | None = None
        self.layout_: DiagramLayout | None = None
        self.current = ""
        self.zoom = 1.0
        self._text = float(CAPTION)
        self._under = ""
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(tr("Architecture"))

    def arrange(self, width: float, height: float) -> None:
        """Lay the diagram out in so much room, at the present zoom."""
        if self.diagram is None:
            self.layout_ = None
            self.setMinimumSize(0, 0)
            self.update()
            return
        room = (width * self.zoom - 4, height * self.zoom - 4)
        for smaller in _SIZES:
            self._text = max(_LEAST_TEXT, smaller * self._theme.px(CAPTION)) * self.zoom
            found = lay_out(self.diagram, *room, self._text)
            self.layout_ = found
            if found.width <= room[0] and found.height <= room[1]:
                break
        self.setMinimumSize(math.ceil(found.width), math.ceil(found.height))
        self.update()

    # -- painting ---------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.layout_ is None:
            painter.setPen(self._theme.color("muted"))
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(self.rect(), flags, tr("There is no such system to draw."))
            return
        painter.translate(2, 2)
        for line in self.layout_.lines:
            self._paint_line(painter, line)
        for box in self.layout_.boxes:
            self._paint_box(painter, box)

    def _paint_box(self, painter: QPainter, box: Box) -> None:
        theme, block = self._theme, box.block
        place = QRectF(box.x, box.y, box.width, box.height)
        chosen = block.name == self.current
        for lower in range(min(block.layers, 3) - 1, 0, -1):  # a pile of layers
            behind = place.translated(3 * lower, -3 * lower)
            painter.setPen(QPen(theme.color("border_strong"), 1))
            painter.setBrush(theme.color("surface"))
            painter.drawRoundedRect(behind, 6, 6)
        edge = "accent" if chosen else "muted" if block.name == self._under else "border_strong"
        painter.setPen(QPen(theme.color(edge), 2 if chosen else 1))
        words_alone = not block.part
        tone = "window" if words_alone else _TONES[block.side]
        painter.setBrush(theme.color(tone))
        painter.drawRoundedRect(place, 6, 6)
        if chosen and self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.color("accent_text"), 1, Qt.PenStyle.DotLine))
            painter.drawRoundedRect(place.adjusted(3, 3, -3, -3), 4, 4)
        self._write(painter, block, place.adjusted(TINY, 2, -TINY, -2))

    def _write(self, painter: QPainter, block: Block, place: QRectF) -> None:
        """Title, shape of what comes out, and the weights where there is room for a third line."""
        size = self._text
        lines = [(title_of(block), "text", QFont.Weight.DemiBold), (block.outputs, "muted", None)]
        if block.parameters and place.height() > 3.7 * size:
            lines.append((weights(block.parameters), "muted", None))
        tall = min(place.height() / len(lines), 1.35 * size)
        top = place.center().y() - tall * len(lines) / 2
        for row, (words, tone, weight) in enumerate(lines):
            font = QFont(self.font())
            font.setPixelSize(max(7, round(size if weight else 0.92 * size)))
            if weight:
                font.setWeight(weight)
            painter.setFont(font)
            painter.setPen(self._theme.color(tone))
            line = QRectF(place.left(), top + row * tall, place.width(), tall)
            elide = Qt.TextElideMode.ElideRight
            wide = QFontMetricsF(font).horizontalAdvance(words)
            if wide > line.width():  # a little smaller tells more than three dots
                font.setPixelSize(max(7, round(font.pixelSize() * max(0.84, line.width() / wide))))
                painter.setFont(font)
            shown = QFontMetricsF(font).elidedText(words, elide, line.width())
            painter.drawText(line, Qt.AlignmentFlag.AlignCenter, shown)

    def _paint_line(self, painter: QPainter, line: Line) -> None:
        path = QPainterPath(QPointF(*line.begin))
        path.cubicTo(QPointF(*line.bend), QPointF(*line.bend_back), QPointF(*line.end))
        pen = arrow_pen(self._theme, line.arrow.kind)
        lit = self.current in (line.arrow.begin, line.arrow.end)
        if lit:
            pen.setWidthF(pen.widthF() + 0.8)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(path)
        if line.arrow.kind != "tied":
            self._paint_head(painter, path, pen.color())
        self._paint_label(painter, line, path)

    def _paint_head(self, painter: QPainter, path: QPainterPath, color: QColor) -> None:
        tip = path.pointAtPercent(1.0)
        back = path.pointAtPercent(max(0.0, 1.0 - _HEAD / max(path.length(), _HEAD)))
        across = QPointF(tip.y() - back.y(), back.x() - tip.x()) * 0.5
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color)
        painter.drawPolygon(QPolygonF([tip, back + across, back - across]))

    def _paint_label(self, painter: QPainter, line: Line, path: QPainterPath) -> None:
        """What goes along the line, where that fits between two columns."""
        words = from_core(line.arrow.label)
        font = QFont(self.font())
        font.setPixelSize(max(7, round(0.88 * self._text)))
        width = QFontMetricsF(font).horizontalAdvance(words)
        if not words or abs(line.end[0] - line.begin[0]) < width + 2 * _HEAD:
            return
        middle = path.pointAtPercent(0.5)
        tall = 1.2 * font.pixelSize()
        place = QRectF(middle.x() - width / 2 - 2, middle.y() - tall / 2, width + 4, tall)
        painter.fillRect(place, self._theme.color("surface"))
        painter.setFont(font)
        painter.setPen(self._theme.color("muted"))
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, words)

    # -- pointing ---------------------------------------------------------------------------

    def _at(self, place: QPointF) -> Box | None:
        return self.layout_.at(place.x() - 2, place.y() - 2) if self.layout_ else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        box = self._at(event.position())
        under = box.block.name if box else ""
        if under != self._under:
            self._under = under
            shape = Qt.CursorShape.PointingHandCursor if under else Qt.CursorShape.ArrowCursor
            self.setCursor(shape)
            self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._under = ""
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        box = self._at(event.position())
        if box is not None:
            self.choose(box.block.name)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        event.accept()  # the press has done it

    def event(self, event: QEvent) -> bool:
        """The tool tip tells what a narrow block has no room for."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            box = self._at(QPointF(event.pos()))
            facts = "\n".join(block_facts(box.block)) if box else ""
            QToolTip.showText(event.globalPos(), plain_tip(facts))
            return True
        return super().event(event)

    def choose(self, name: str) -> None:
        """Mark a block and tell of it."""
        self.current = name
        self.update()
        if self.diagram is not None:
            self.setAccessibleDescription(", ".join(block_facts(self.diagram.block(name))))
        self.chosen.emit(name)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The arrow keys go from block to block; +, - and 0 zoom."""
        factor = zoom_key(event)
        ways = {
            Qt.Key.Key_Left: (-1, 0),
            Qt.Key.Key_Right: (1, 0),
            Qt.Key.Key_Up: (0, -1),
            Qt.Key.Key_Down: (0, 1),
        }
        way = ways.get(Qt.Key(event.key()))
        if factor is not None:
            self.zoom_asked.emit(factor)
        elif way is not None and self.layout_ is not None and self.layout_.boxes:
            self._step(self.layout_.boxes, *way)
        else:
            super().keyPressEvent(event)

    def _step(self, boxes: tuple[Box, ...], right: int, down: int) -> None:
        """To the nearest block that lies in this direction."""
        here = next((box for box in boxes if box.block.name == self.current), None)
        if here is None:
            self.choose(boxes[0].block.name)
            return

        def away(box: Box) -> tuple[float, float]:
            x, y = (b - a for a, b in zip(here.middle, box.middle, strict=True))
            return (x * right + y * down, abs(x * down) + abs(y * right))

        there = [box for box in boxes if away(box)[0] > 1]
        if there:
            self.choose(min(there, key=lambda box: away(box)[0] + 2 * away(box)[1]).block.name)


class ArchitectureDiagram(QScrollArea):
    """Fits its room and zooms; ``chosen(str)`` tells which block is looked at."""

    chosen = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.canvas = _Canvas(theme)
        self.canvas.chosen.connect(self.chosen)
        self.canvas.zoom_asked.connect(self.zoom_by)
        self.setWidget(self.canvas)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        WheelZoom(self).turned.connect(self.zoom_by)
        self._settle = QTimer(self, singleShot=True, interval=0)
        self._settle.timeout.connect(self._arrange)
        theme.changed.connect(self._arrange)

    @property
    def diagram(self) -> Diagram | None:
        """What is drawn."""
        return self.canvas.diagram

    def show_diagram(self, diagram: Diagram | None) -> None:
        """Draw ``diagram``, or say that there is none."""
        self.canvas.diagram = diagram
        names = {block.name for block in diagram.blocks} if diagram else set()
        if self.canvas.current not in names:
            self.canvas.current = ""
        self._arrange()

    def zoom_by(self, factor: float, _about: QPointF | None = None) -> None:
        """Show it so many times larger, 0 for what fits."""
        zoom = self.canvas.zoom * factor if factor else 1.0
        self.canvas.zoom = min(max(zoom, _LEAST_ZOOM), _MOST_ZOOM)
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._settle.start()

    def _arrange(self) -> None:
        room = self.maximumViewportSize()
        self.canvas.arrange(room.width(), room.height())
        if self.canvas.minimumHeight() > room.height():  # the bar at the side takes some width
            bar = self.verticalScrollBar().sizeHint().width()
            self.canvas.arrange(room.width() - bar, room.height())
