"""The search as a tree, painted: a column for each step, lines from hypothesis to hypothesis."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QWidget

from gui.i18n import tr
from gui.theme import CAPTION, MEDIUM, SMALL, TEXT, TINY, Theme
from gui.viewmodels.search_layout import GAP, START, SearchLayout
from gui.viewmodels.search_words import piece_words, reading, score_words
from gui.widgets.reading_box import draw_reading
from gui.widgets.zooming import zoom_key

if TYPE_CHECKING:
    from core.insight.search_tree import SearchNode, SearchTree

_FADED = 0.55  # opacity of what was dropped
_FAINT = 0.35  # of the lines to it
_WALKS = (
    Qt.Key.Key_Left,
    Qt.Key.Key_Right,
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_Home,
    Qt.Key.Key_End,
)


class SearchCanvas(QWidget):
    """Paints a tree; a node is pointed at by the mouse or walked to by the arrow keys.

    Attributes:
        zoom: factor, 1 as designed.

    Signals:
        pointed(int): the node under the pointer or the keys, -1 for none.
        chosen(int): a node was clicked, or Enter was pressed on it.
        walked(int): the keys went to this node.
        zoom_asked(float): the keys ask for so many times the size; 0 for the size as designed.
    """

    pointed = Signal(int)
    chosen = Signal(int)
    walked = Signal(int)
    zoom_asked = Signal(float)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.zoom = 1.0
        self._layout: SearchLayout | None = None
        self._step = 0
        self._node: int | None = None
        self._hint = ""
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(tr("Search tree"))
        theme.changed.connect(self._on_theme)

    # -- what is shown --------------------------------------------------------------------

    @property
    def tree(self) -> SearchTree | None:
        """The tree that is shown."""
        return None if self._layout is None else self._layout.tree

    @property
    def node(self) -> int | None:
        """The node that is pointed at."""
        return self._node

    def show_tree(self, tree: SearchTree | None, hint: str = "") -> None:
        """Show ``tree`` up to its last step, or the ``hint``."""
        self._hint = hint
        self._node = None
        self._step = tree.steps if tree is not None else 0
        self._lay_out(tree)
        self.setAccessibleDescription(hint)

    def show_steps(self, count: int) -> None:
        """Show the first ``count`` steps."""
        self._step = count
        tree = self.tree
        if tree is not None and self._node is not None and tree.nodes[self._node].step > count:
            self.point(None)
        self.update()

    def set_zoom(self, zoom: float) -> None:
        """Show it ``zoom`` times as large as designed."""
        self.zoom = zoom
        self.updateGeometry()
        if self._layout is not None:
            self.resize(self.sizeHint())
        self.update()

    def sizeHint(self) -> QSize:
        """Room for the whole tree at this zoom."""
        if self._layout is None:
            return QSize(0, 0)
        width, height = self._layout.size
        return QSize(round(width * self.zoom), round(height * self.zoom))

    def rect_of(self, index: int) -> QRectF:
        """Where a node is, in the widget's pixels."""
        assert self._layout is not None
        left, top, width, height = (part * self.zoom for part in self._layout.place(index))
        return QRectF(left, top, width, height)

    def column_rect(self, step: int) -> QRectF:
        """Where the nodes of ``step`` are, in the widget's pixels."""
        assert self._layout is not None
        column = self._layout.columns[step - 1]
        return self.rect_of(column.first).united(self.rect_of(column.behind - 1))

    def point(self, index: int | None) -> None:
        """Point at a node, or at none."""
        if index == self._node:
            return
        self._node = index
        lines = reading(self.tree, index) if self.tree is not None and index is not None else ()
        self.setAccessibleDescription(". ".join(lines))
        self.setCursor(Qt.CursorShape.PointingHandCursor if lines else Qt.CursorShape.ArrowCursor)
        self.pointed.emit(-1 if index is None else index)
        self.update()

    def _on_theme(self) -> None:
        self._lay_out(self.tree)

    def _lay_out(self, tree: SearchTree | None) -> None:
        self._layout = None
        if tree is not None:
            bold, small = QFontMetricsF(self._bold()), QFontMetricsF(self._font(CAPTION))
            beside = small.horizontalAdvance(score_words(-10.0)) + MEDIUM + 2 * SMALL

            def width(index: int) -> float:
                return bold.horizontalAdvance(piece_words(tree.nodes[index])) + beside

            self._layout = SearchLayout(tree, width, self._theme.px(TEXT) + MEDIUM)
        self.set_zoom(self.zoom)

    def _font(self, size: int) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(self._theme.px(size))
        return font

    def _bold(self) -> QFont:
        font = self._font(TEXT)
        font.setWeight(QFont.Weight.DemiBold)
        return font

    # -- painting -------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._layout is None:
            painter.setPen(self._theme.color("muted"))
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(self.rect(), flags, self._hint)
            return
        painter.scale(self.zoom, self.zoom)
        seen = QRectF(event.rect())
        columns = self._layout.between(seen.left() / self.zoom - GAP, seen.right() / self.zoom)
        visible = [
            index
            for number in columns
            if number < self._step
            for index in range(
                self._layout.columns[number].first, self._layout.columns[number].behind
            )
        ]
        self._paint_start(painter, self._layout)
        winning = self._layout.winning
        lit = frozenset() if self._node is None else frozenset(self._layout.tree.path(self._node))
        visible.sort(key=lambda index: (index in winning, index in lit))  # the winner on top
        for index in visible:
            self._paint_line(painter, self._layout, index, lit=index in lit)
        for index in visible:
            self._paint_node(painter, self._layout, index)
        painter.resetTransform()
        if self._node is not None:
            self._paint_reading(painter, self._layout.tree, self._node)
        elif self.hasFocus():
            painter.setPen(QPen(self._theme.color("accent_text"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            room = QRectF(self.visibleRegion().boundingRect())
            painter.drawRoundedRect(room.adjusted(1, 1, -1, -1), 6, 6)

    def _paint_start(self, painter: QPainter, layout: SearchLayout) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color("accent"))
        painter.drawEllipse(QPointF(*layout.start), START / 2, START / 2)

    def _paint_line(
        self, painter: QPainter, layout: SearchLayout, index: int, *, lit: bool
    ) -> None:
        """From the parent to the node."""
        node = layout.tree.nodes[index]
        left, top, _, height = layout.place(index)
        begin, end = QPointF(*layout.leaves_from(node.parent)), QPointF(left, top + height / 2)
        bend = QPointF(GAP / 2, 0)
        path = QPainterPath(begin)
        path.cubicTo(begin + bend, end - bend, end)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(self._line_pen(node, winning=index in layout.winning, lit=lit))
        painter.drawPath(path)

    def _line_pen(self, node: SearchNode, *, winning: bool, lit: bool) -> QPen:
        if winning:
            return QPen(self._theme.color("accent"), 3)
        if lit:
            return QPen(self._theme.color("text"), 1.6)
        if node.fate in ("kept", "finished"):
            return QPen(self._theme.color("muted", 0.8), 1.2)
        return QPen(self._theme.color("muted", _FAINT), 1)

    def _paint_node(self, painter: QPainter, layout: SearchLayout, index: int) -> None:
        node, theme = layout.tree.nodes[index], self._theme
        left, top, width, height = layout.place(index)
        box = QRectF(left, top, width, height).adjusted(0.5, 2.5, -0.5, -2.5)
        winning, dropped = index in layout.winning, node.fate in ("pruned", "left")
        painter.save()
        if dropped:
            painter.setOpacity(1.0 if index == self._node else _FADED)
        edge = QPen(theme.color("accent" if winning else "border_strong"), 2 if winning else 1)
        if dropped:
            edge = QPen(theme.color("border"), 1)
        if index == self._node:
            edge = QPen(theme.color("accent_text"), 2)
        radius = box.height() / 2 if not node.piece.strip() else 6
        painter.setPen(edge)
        painter.setBrush(theme.color("accent_soft" if winning else "surface"))
        painter.drawRoundedRect(box, radius, radius)
        self._write(painter, node, box, winning=winning)
        painter.restore()

    def _write(self, painter: QPainter, node: SearchNode, box: QRectF, *, winning: bool) -> None:
        """The piece at the left, its score at the right."""
        inner = box.adjusted(SMALL, 0, -SMALL, 0)
        small = self._font(CAPTION)
        score = score_words(node.score)
        painter.setFont(small)
        painter.setPen(self._theme.color("muted"))
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(inner, right, score)
        inner.setRight(inner.right() - QFontMetricsF(small).horizontalAdvance(score) - TINY)
        font = self._bold() if winning else self._font(TEXT)
        words = QFontMetricsF(font).elidedText(
            piece_words(node), Qt.TextElideMode.ElideRight, inner.width()
        )
        painter.setFont(font)
        painter.setPen(self._theme.color("accent_text" if winning else "text"))
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter, words)

    def _paint_reading(self, painter: QPainter, tree: SearchTree, index: int) -> None:
        """All about the node, beside it and inside what is to be seen."""
        painter.setFont(self._font(CAPTION))
        room = QRectF(self.visibleRegion().boundingRect())
        cell = self.rect_of(index)
        lines = (*reading(tree, index), tr("Click or Enter: continue from here"))
        metrics = painter.fontMetrics()
        wide = max(map(metrics.horizontalAdvance, lines)) + 4 * SMALL
        tall = len(lines) * (metrics.height() + TINY) + 2 * TINY
        left = cell.right() if cell.right() + wide <= room.right() else cell.left()
        top = max(min(cell.top(), room.bottom() - tall), room.top())
        painter.translate(room.left(), 0)
        rows = [("", line) for line in lines]
        draw_reading(painter, self._theme, rows, QPointF(left - room.left(), top), room.width())

    # -- pointer and keys -----------------------------------------------------------------

    def _at(self, place: QPointF) -> int | None:
        if self._layout is None:
            return None
        found = self._layout.at(place.x() / self.zoom, place.y() / self.zoom)
        return found if found is None or self._is_shown(found) else None

    def _is_shown(self, index: int) -> bool:
        return self.tree is not None and self.tree.nodes[index].step <= self._step

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.point(self._at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.point(None)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        found = self._at(event.position())
        if found is not None and event.button() == Qt.MouseButton.LeftButton:
            self.chosen.emit(found)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        factor = zoom_key(event)
        if factor is not None:
            self.zoom_asked.emit(factor)
        elif self._layout is None:
            super().keyPressEvent(event)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._node is not None:
            self.chosen.emit(self._node)
        elif key in _WALKS:
            self._walk(self._layout, key)
        else:
            super().keyPressEvent(event)

    def _walk(self, layout: SearchLayout, key: Qt.Key) -> None:
        """Go to a node beside the one that is pointed at, first to the beginning of the output."""
        path = layout.tree.path(layout.tree.winner)
        at = self._node
        if key == Qt.Key.Key_End:
            target = path[-1]
        elif at is None or key == Qt.Key.Key_Home:
            target = path[0]
        elif key == Qt.Key.Key_Left:
            target = layout.parent(at)
        elif key == Qt.Key.Key_Right:
            target = layout.child(at)
        else:
            target = layout.neighbour(at, 1 if key == Qt.Key.Key_Down else -1)
        self.walked.emit(target)
        self.point(target)
