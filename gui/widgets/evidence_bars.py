"""Rows of bars over the source words: attention, and below it what it is held against."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QWidget

from gui.i18n import listed, tr
from gui.theme import CAPTION, SMALL, TEXT, TINY, Theme

_ROW = 26  # pixels: least height of a row of bars with its figures
_NARROWEST, _WIDEST = 34, 110  # pixels: columns
_BAR = 28  # pixels: a bar's width at most
_FAINT = 0.45  # opacity of the bars that are not the longest


@dataclass(frozen=True, slots=True)
class BarRow:
    """One row: its name, a colour of the theme, a weight per source word (none: not known yet)."""

    name: str
    color: str
    weights: tuple[float, ...] = ()

    @property
    def longest(self) -> int:
        """The column of the longest bar; -1 where there is none."""
        weights = self.weights
        return max(range(len(weights)), key=weights.__getitem__) if any(weights) else -1


class EvidenceBars(QWidget):
    """Names at the left, the bars scroll beside them where the sentence is long.

    Signals:
        stepped(int): the user asks for the next (1) or the previous (-1) translated word.
    """

    stepped = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.canvas = _Canvas(theme)
        self.canvas.stepped.connect(self.stepped)
        self._names = _Names(theme, self.canvas)
        area = QScrollArea()
        area.setWidget(self.canvas)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.canvas.pointed.connect(self._show_column)
        area.verticalScrollBar().valueChanged.connect(self._names.shift)
        self._area = area
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SMALL)
        row.addWidget(self._names)
        row.addWidget(area, 1)
        theme.changed.connect(self._refresh)

    def show_rows(self, words: Sequence[str], rows: Sequence[BarRow]) -> None:
        """Show ``rows`` over ``words``, of which each has as many weights or none."""
        self.canvas.take(tuple(words), tuple(rows))
        self._refresh()

    def _show_column(self, left: float, width: float) -> None:
        bar = self._area.verticalScrollBar()
        self._area.ensureVisible(round(left + width / 2), bar.value(), round(width / 2), 0)

    def _refresh(self) -> None:
        self.canvas.measure()
        self._names.measure()


class _Names(QWidget):
    """The rows' names, level with them."""

    def __init__(self, theme: Theme, canvas: _Canvas) -> None:
        super().__init__()
        self._theme, self._canvas, self._shift = theme, canvas, 0
        canvas.resized.connect(self.update)

    def shift(self, pixels: int) -> None:
        """The rows were scrolled by so much."""
        self._shift = pixels
        self.update()

    def measure(self) -> None:
        """Be as wide as the longest name."""
        metrics = QFontMetricsF(self._canvas.sized(TEXT))
        names = (metrics.horizontalAdvance(row.name) for row in self._canvas.rows)
        self.setFixedWidth(round(max(names, default=0.0)) + TINY)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(self._canvas.sized(TEXT))
        painter.setPen(self._theme.color("text"))
        for index, row in enumerate(self._canvas.rows):
            top, height = self._canvas.row_place(index)
            place = QRectF(0, top - self._shift, self.width(), height)
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, row.name)


class _Canvas(QWidget):
    """The bars; the arrow keys or the pointer choose a column, whose figures are shown."""

    stepped = Signal(int)
    pointed = Signal(float, float)
    resized = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.words: tuple[str, ...] = ()
        self.rows: tuple[BarRow, ...] = ()
        self._lefts: list[float] = [0.0]  # of the columns, and the end of the last
        self._column: int | None = None
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(tr("Evidence for the chosen word"))

    def take(self, words: tuple[str, ...], rows: tuple[BarRow, ...]) -> None:
        """Show these from now on; the chosen column stays as long as the words do."""
        if words != self.words:
            self._column = None
        self.words, self.rows = words, rows

    # -- measures -------------------------------------------------------------------------

    def sized(self, size: int) -> QFont:
        """The font at ``size`` pixels as designed."""
        font = QFont(self.font())
        font.setPixelSize(self._theme.px(size))
        return font

    def measure(self) -> None:
        """Place the columns; as wide as their words need."""
        metrics = QFontMetricsF(self.sized(TEXT))
        px = self._theme.px
        self._lefts = [0.0]
        for word in self.words:
            width = metrics.horizontalAdvance(_short(word)) + 2 * SMALL
            self._lefts.append(self._lefts[-1] + max(px(_NARROWEST), width))
        self.setMinimumSize(round(self._lefts[-1]), px(_ROW) * len(self.rows) + self._foot)
        self._describe()
        self.update()
        self.resized.emit()

    @property
    def _foot(self) -> int:
        """Height of the words below the rows."""
        return self._theme.px(TEXT) + SMALL + TINY

    @property
    def _stretch(self) -> float:
        """How much wider columns may be than their words need."""
        columns = len(self.words)
        if not columns:
            return 0.0
        widest = max(
            right - left for left, right in zip(self._lefts, self._lefts[1:], strict=False)
        )
        room = (self.width() - self._lefts[-1]) / columns
        return max(0.0, min(room, self._theme.px(_WIDEST) - widest))

    def row_place(self, index: int) -> tuple[float, float]:
        """Top and height of row ``index``."""
        height = (self.height() - self._foot) / max(1, len(self.rows))
        return index * height, height

    def column_place(self, column: int) -> tuple[float, float]:
        """Left and width of column ``column``."""
        left, right = self._lefts[column], self._lefts[column + 1]
        return left + column * self._stretch, right - left + self._stretch

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    # -- painting -------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = self._theme
        if self._column is not None:
            left, width = self.column_place(self._column)
            painter.fillRect(QRectF(left, 0, width, self.height()), theme.color("hover"))
        for index, row in enumerate(self.rows):
            self._paint_row(painter, row, *self.row_place(index))
        painter.setFont(self.sized(TEXT))
        painter.setPen(theme.color("text"))
        for column, word in enumerate(self.words):
            left, width = self.column_place(column)
            place = QRectF(left, self.height() - self._foot, width, self._foot)
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, _short(word))
        if self.hasFocus():
            painter.setPen(QPen(theme.color("accent_text"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)

    def _paint_row(self, painter: QPainter, row: BarRow, top: float, height: float) -> None:
        theme = self._theme
        base = round(top + height) - 1
        painter.fillRect(QRectF(0, base, self._end, 1), theme.color("border"))
        painter.setFont(self.sized(CAPTION))
        room = height - theme.px(CAPTION) - SMALL  # the figure stands above the bar
        for column, weight in enumerate(row.weights):
            left, width = self.column_place(column)
            longest = column == row.longest
            wide = min(width - SMALL, theme.px(_BAR))
            tall = max(1.5, weight * room) if weight >= 0.005 else 0.0
            bar = QRectF(left + (width - wide) / 2, base - tall, wide, tall)
            painter.fillRect(bar, theme.color(row.color, 1.0 if longest else _FAINT))
            if longest or column == self._column:
                painter.setPen(theme.color("text"))
                figure = tr("{percent} %", percent=round(100 * weight))
                middle, wide = (
                    bar.center().x(),
                    QFontMetricsF(painter.font()).horizontalAdvance(figure),
                )
                painter.drawText(QPointF(middle - wide / 2, bar.top() - TINY), figure)

    @property
    def _end(self) -> float:
        """Right edge of the last column."""
        return sum(self.column_place(len(self.words) - 1)) if self.words else 0.0

    # -- pointer and keys -----------------------------------------------------------------

    def _point(self, column: int | None) -> None:
        if column == self._column:
            return
        self._column = column
        self._describe()
        self.update()

    def _describe(self) -> None:
        """Tell assistive technology the column, or the longest bar of each row."""
        if self._column is not None:
            parts = [
                tr(
                    "{name} {percent} %",
                    name=row.name,
                    percent=round(100 * row.weights[self._column]),
                )
                for row in self.rows
                if row.weights
            ]
            said = listed(self.words[self._column], *parts)
        else:
            said = listed(
                *(
                    tr("{name}: most on {word}", name=row.name, word=self.words[row.longest])
                    for row in self.rows
                    if row.longest >= 0
                )
            )
        self.setAccessibleDescription(said)

    def _column_at(self, x: float) -> int | None:
        for column in range(len(self.words)):
            left, width = self.column_place(column)
            if left <= x < left + width:
                return column
        return None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show the figures of the column under the pointer."""
        self._point(self._column_at(event.position().x()))

    def leaveEvent(self, event: QEvent) -> None:
        """Show those of no column."""
        super().leaveEvent(event)
        self._point(None)

    def resizeEvent(self, event: QEvent) -> None:
        """The names follow the rows."""
        self.resized.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and Right go from column to column, Up and Down from word to translated word."""
        key, last = event.key(), len(self.words) - 1
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right) and self.words:
            step = 1 if key == Qt.Key.Key_Right else -1
            before = self._column if self._column is not None else (-1 if step > 0 else last + 1)
            self._point(min(max(before + step, 0), last))
            assert self._column is not None
            self.pointed.emit(*self.column_place(self._column))
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.stepped.emit(1 if key == Qt.Key.Key_Down else -1)
        else:
            super().keyPressEvent(event)


def _short(word: str) -> str:
    return word if len(word) <= 16 else word[:15] + "…"
