"""The attention of every head side by side, as small heatmaps of the same words."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from core.translation.result import Translation
from gui.errors import Failure
from gui.i18n import tr
from gui.jobs.rendering import CellImages, CellsRequest
from gui.theme import CAPTION, HEATMAP, MEDIUM, SMALL, TINY, Theme
from gui.viewmodels.search_words import percentage
from gui.widgets.reading_box import draw_reading

Cell = tuple[int, int]
_TITLE = 130  # pixels that a panel's name has at least
_LARGEST_CELL = 28.0  # pixels: few words do not become clumsy


class HeadGrid(QWidget):
    """Paints a panel per head; pointing at a cell in one tells its weight in all.

    Signals:
        wanted(CellsRequest): draw these, then give them to :meth:`set_images`.
        chosen(int): the panel that was clicked, or left with Enter.
    """

    wanted = Signal(object)
    chosen = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._heads: list[tuple[str, Translation]] = []
        self._images: CellImages | None = None
        self._hint = ""
        self._panel: int | None = None
        self._cell: Cell | None = None
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(tr("Attention of each head"))
        theme.changed.connect(self.update)

    def show_heads(self, heads: Sequence[tuple[str, Translation]]) -> None:
        """Show these names and alignments, all of the same words."""
        self._heads = list(heads)
        self._panel = self._cell = None
        self._hint = ""
        self.wanted.emit(CellsRequest(tuple(h.alignment for _, h in self._heads), HEATMAP))
        self.update()

    def set_images(self, images: CellImages) -> None:
        """The pictures that were wanted; those of other heads are ignored."""
        if images.request.matrices == tuple(head.alignment for _, head in self._heads):
            self._images = images
            self.update()

    def show_failure(self, failure: Failure) -> None:
        """The pictures could not be drawn."""
        self._hint = failure.sentence
        self._images = None
        self.update()

    # -- places ---------------------------------------------------------------------------

    @property
    def _size(self) -> Cell:
        """Rows and columns of every panel."""
        alignment = self._heads[0][1].alignment if self._heads else ()
        return len(alignment), len(alignment[0]) if alignment else 0

    @property
    def _title(self) -> float:
        return self._theme.px(CAPTION) + 2 * TINY

    @property
    def _title_width(self) -> int:
        return self._theme.px(_TITLE)

    def _arrangement(self) -> tuple[int, float]:
        """How many panels stand side by side so that a cell is largest, and its size."""
        rows, columns = self._size
        count = len(self._heads)
        best = (1, 0.0)
        for beside in range(1, count + 1):
            above = -(-count // beside)
            room = (self.width() - MEDIUM * (beside - 1)) / beside
            if beside > 1 and room < self._title_width:
                break
            wide = room / columns
            tall = ((self.height() - SMALL * (above - 1)) / above - self._title) / rows
            best = max(best, (beside, min(wide, tall, _LARGEST_CELL)), key=lambda found: found[1])
        return best

    def panel_rect(self, panel: int) -> QRectF:
        """Where the cells of a panel are; empty where nothing is shown."""
        rows, columns = self._size
        if not rows or not columns:
            return QRectF()
        beside, cell = self._arrangement()
        width, height = columns * cell, rows * cell
        left = (panel % beside) * (max(width, self._title_width) + MEDIUM)
        top = (panel // beside) * (height + self._title + SMALL) + self._title
        return QRectF(left, top, width, height)

    def _cell_rect(self, panel: int, cell: Cell) -> QRectF:
        box, (rows, columns) = self.panel_rect(panel), self._size
        wide, tall = box.width() / columns, box.height() / rows
        return QRectF(box.left() + cell[1] * wide, box.top() + cell[0] * tall, wide, tall)

    def _at(self, place: QPointF) -> tuple[int | None, Cell | None]:
        """The panel under a point, and the cell in it."""
        rows, columns = self._size
        for panel in range(len(self._heads)):
            box = self.panel_rect(panel)
            if box.adjusted(0, -self._title, 0, 0).contains(place):
                row = int((place.y() - box.top()) * rows / box.height())
                column = int((place.x() - box.left()) * columns / box.width())
                inside = place.y() >= box.top() and row < rows and column < columns
                return panel, (row, column) if inside else None
        return None, None

    # -- painting -------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        if not self._heads or self._images is None or not all(self._size):
            painter.setPen(self._theme.color("muted"))
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(self.rect(), flags, self._hint)
            return
        font = QFont(self.font())
        font.setPixelSize(self._theme.px(CAPTION))
        painter.setFont(font)
        for panel, image in enumerate(self._images.images[: len(self._heads)]):
            box = self.panel_rect(panel)
            painter.drawImage(box, image)
            self._paint_title(painter, panel, box)
            if self._cell is not None:
                painter.setPen(QPen(self._theme.color("accent_text"), 2))
                painter.drawRect(self._cell_rect(panel, self._cell))
        if self._panel is not None:
            painter.setPen(QPen(self._theme.color("accent_text"), 2))
            painter.drawRoundedRect(self.panel_rect(self._panel).adjusted(-2, -2, 2, 2), 3, 3)
        if self._panel is not None and self._cell is not None:
            box = self._cell_rect(self._panel, self._cell)
            place = QPointF(box.right(), min(box.top(), self.height() - 2 * self._title))
            words = self._pair(self._panel, self._cell)
            draw_reading(painter, self._theme, [("", words)], place, self.width())

    def _paint_title(self, painter: QPainter, panel: int, box: QRectF) -> None:
        """Its name, and its weight where a cell is pointed at in any panel."""
        name, head = self._heads[panel]
        if self._cell is not None:
            name += f" · {percentage(head.alignment[self._cell[0]][self._cell[1]])}"
        place = QRectF(box.left(), box.top() - self._title, 0, self._title)
        place.setWidth(max(box.width(), self._title_width))
        shown = QFontMetrics(painter.font()).elidedText(
            name, Qt.TextElideMode.ElideRight, int(place.width())
        )
        painter.setPen(self._theme.color("text" if panel == self._panel else "muted"))
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, shown)

    def _pair(self, panel: int, cell: Cell) -> str:
        head = self._heads[panel][1]
        return tr(
            "{source} → {target}   {percent}",
            source=head.source_words[cell[1]].text,
            target=head.target_words[cell[0]].text,
            percent=percentage(head.alignment[cell[0]][cell[1]]),
        )

    # -- pointer and keys -----------------------------------------------------------------

    def _point(self, panel: int | None, cell: Cell | None) -> None:
        if (panel, cell) == (self._panel, self._cell):
            return
        self._panel, self._cell = panel, cell
        words = self._heads[panel][0] if panel is not None else ""
        if panel is not None and cell is not None:
            words = f"{words}. {self._pair(panel, cell)}"
        self.setAccessibleDescription(words)
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._point(*self._at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._point(None, None)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        panel, _ = self._at(event.position())
        if panel is not None and event.button() == Qt.MouseButton.LeftButton:
            self.chosen.emit(panel)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        beside = self._arrangement()[0] if all(self._size) else 1
        steps = {
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Up: -beside,
            Qt.Key.Key_Down: beside,
        }
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._panel is not None:
            self.chosen.emit(self._panel)
        elif key in steps and self._heads:
            target = 0 if self._panel is None else self._panel + steps[key]
            self._point(min(max(target, 0), len(self._heads) - 1), None)
        else:
            super().keyPressEvent(event)
