"""The attention heatmap: a picture from the background, and what lies under the pointer."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QScrollArea, QWidget

from core.translation.result import Translation
from gui.errors import Failure
from gui.i18n import tr
from gui.jobs.rendering import Heatmap, HeatmapRequest
from gui.theme import CAPTION, HEATMAP, SMALL, TEXT, Theme

_SETTLE = 60  # milliseconds of quiet before a new size is drawn


class AttentionHeatmap(QScrollArea):
    """Shows one sentence's alignment.

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
        self._canvas = _Canvas(theme, hint or usual)
        self._canvas.pointed.connect(self._on_pointed)
        self.setWidget(self._canvas)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
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
        self._settle.start()

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
        return current is not None and heatmap.request.weights == current.alignment

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
                width=size.width(),
                height=size.height(),
                ratio=self.devicePixelRatioF(),
                text_size=self._theme.px(TEXT),
                text=colors.text,
                muted=colors.muted,
                background=colors.surface,
                color_map=HEATMAP,
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

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Draw for the new size once it holds still."""
        super().resizeEvent(event)
        self._settle.start()

    def showEvent(self, event: QShowEvent) -> None:
        """Draw what was not drawn while nobody looked."""
        super().showEvent(event)
        self._settle.start()


class _Canvas(QWidget):
    """The picture and the box over it."""

    pointed = Signal(int, int)

    def __init__(self, theme: Theme, hint: str) -> None:
        super().__init__()
        self._theme = theme
        self.heatmap: Heatmap | None = None
        self._usual = self._hint = hint
        self._cell: tuple[int, int] | None = None
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(tr("Attention heatmap"))

    def set_heatmap(self, heatmap: Heatmap | None, hint: str = "") -> None:
        self.heatmap = heatmap
        self._hint = hint or self._usual
        self._cell = None
        size = QSize(0, 0)
        if heatmap is not None:
            size = heatmap.image.deviceIndependentSize().toSize()
        self.setMinimumSize(size)
        self.update()

    def cell_rect(self, row: int, column: int) -> QRectF:
        map_ = self.heatmap
        if map_ is None:
            return QRectF()
        return QRectF(
            map_.left + column * map_.cell_width,
            map_.top + row * map_.cell_height,
            map_.cell_width,
            map_.cell_height,
        )

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
        painter.drawImage(QPointF(0, 0), self.heatmap.image)
        if self.hasFocus() and self._cell is None:
            painter.setPen(QPen(self._theme.color("accent_text"), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)
        if self._cell is not None:
            self._paint_box(painter, self.heatmap, *self._cell)

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
        if box.right() > self.width():
            box.moveRight(cell.left() - SMALL)
        box.moveLeft(max(box.left(), 0.0))
        box.moveBottom(min(box.bottom(), float(self.height())))
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

    def _point(self, cell: tuple[int, int] | None) -> None:
        if cell == self._cell:
            return
        self._cell = cell
        if cell is not None and self.heatmap is not None:
            self.setAccessibleDescription(self.describe(self.heatmap, *cell))
        self.pointed.emit(*(cell or (-1, -1)))
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self.heatmap is not None:
            self._point(self.heatmap.cell_at(event.position().x(), event.position().y()))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._point(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
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
