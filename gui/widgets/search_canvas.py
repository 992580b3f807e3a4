"""The search as a tree, painted: a column for each step, lines from hypothesis to hypothesis."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from gui.i18n import tr
from gui.theme import CAPTION, SMALL, TINY, Theme
from gui.viewmodels.search_layout import SearchLayout
from gui.viewmodels.search_words import reading
from gui.widgets.reading_box import draw_reading
from gui.widgets.search_painting import SearchPainting
from gui.widgets.zooming import zoom_key

if TYPE_CHECKING:
    from core.insight.search_tree import SearchTree

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
        self._painting: SearchPainting | None = None
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
        self._painting = None if tree is None else SearchPainting(tree, self._theme, self.font())
        self.set_zoom(self.zoom)

    @property
    def _layout(self) -> SearchLayout | None:
        return None if self._painting is None else self._painting.layout

    # -- painting -------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._layout is None or self._painting is None:
            painter.setPen(self._theme.color("muted"))
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(self.rect(), flags, self._hint)
            return
        self._paint_tree(painter, self._painting, QRectF(event.rect()))
        if self._node is not None:
            self._paint_reading(painter, self._layout.tree, self._node)
        elif self.hasFocus():
            painter.setPen(QPen(self._theme.color("accent_text"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            room = QRectF(self.visibleRegion().boundingRect())
            painter.drawRoundedRect(room.adjusted(1, 1, -1, -1), 6, 6)

    def _paint_tree(self, painter: QPainter, painting: SearchPainting, seen: QRectF) -> None:
        """The columns that are ``seen``, and the way to the node that is pointed at."""
        left, right = seen.left() / self.zoom, seen.right() / self.zoom
        painting.draw_start(painter, self.zoom)
        for number in painting.layout.between(left, right):
            if number < self._step:
                painting.draw_column(painter, number, self.zoom)
        if self._node is not None:
            painting.draw_way(painter, self._node, self.zoom)

    def _paint_reading(self, painter: QPainter, tree: SearchTree, index: int) -> None:
        """All about the node, beside it and inside what is to be seen."""
        font = QFont(self.font())
        font.setPixelSize(self._theme.px(CAPTION))
        painter.setFont(font)
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
