"""The runs as a list: a tick and a line's look for the chart, and how each one stands."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QKeyEvent, QPainter, QPen, QPixmap, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from gui.i18n import tr
from gui.jobs.run_chart_rendering import DASHES
from gui.theme import SMALL, Theme
from gui.viewmodels.class_run import ClassRun
from gui.viewmodels.class_runs import ClassRuns
from gui.viewmodels.run_table import LEFT, LOSS, NAME, RUN, SCORE, STATE, SYSTEM, RunTable

Index = QModelIndex | QPersistentModelIndex
_LINE = 26  # pixels: the sample of a run's line
_WIDTHS = {SYSTEM: 165, STATE: 150, LOSS: 72, SCORE: 205, LEFT: 60}
_SPARED = (SYSTEM, LOSS)  # columns that a narrow list leaves out, the first first


def line_sample(theme: Theme, number: int, ratio: float) -> QPixmap:
    """How the curve of run ``number`` looks in the chart."""
    colors = theme.line_colors
    size = theme.px(_LINE), theme.px(10)
    return _line(colors[number % len(colors)], DASHES[number % len(DASHES)], size, ratio)


@lru_cache(maxsize=64)
def _line(color: str, dashes: tuple[float, ...], size: tuple[int, int], ratio: float) -> QPixmap:
    width, height = size
    picture = QPixmap(QSize(round(width * ratio), round(height * ratio)))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = QPen(QColor(color), 2.5)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    if dashes:
        pen.setDashPattern(list(dashes))
    painter.setPen(pen)
    painter.drawLine(QPointF(0, height / 2), QPointF(width, height / 2))
    painter.end()
    return picture


class _Cell(QStyledItemDelegate):
    """The line's look beside the name, and a bar of progress under the state."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        super().initStyleOption(option, index)
        if index.column() == NAME:
            run: ClassRun = index.data(RUN)
            ratio = option.widget.devicePixelRatioF()
            option.features |= QStyleOptionViewItem.ViewItemFeature.HasDecoration
            picture = line_sample(self._theme, run.number, ratio)
            option.icon = QIcon(picture)
            option.decorationSize = picture.deviceIndependentSize().toSize()

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().paint(painter, option, index)
        run: ClassRun = index.data(RUN)
        if index.column() != STATE or not run.live:
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        box = QRectF(option.rect).adjusted(SMALL, 0, -SMALL, 0)
        bar = QRectF(box.left(), box.bottom() - 5, box.width(), 3)
        painter.setBrush(self._theme.color("border"))
        painter.drawRoundedRect(bar, 1.5, 1.5)
        bar.setWidth(bar.width() * min(1.0, run.learning.progress))
        painter.setBrush(self._theme.color("accent"))
        painter.drawRoundedRect(bar, 1.5, 1.5)
        painter.restore()


class RunList(QTableView):
    """Chooses one run, ticks any; Del asks to end or delete it, Enter to translate with it."""

    delete_asked = Signal()
    entered = Signal()
    rename_asked = Signal()

    def __init__(self, runs: ClassRuns, theme: Theme) -> None:
        super().__init__()
        self._runs, self._theme, self._filling = runs, theme, False
        self.setAccessibleName(tr("Runs"))
        self.table = RunTable(runs, self)
        self.setModel(self.table)
        self.setItemDelegate(_Cell(theme, self))
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setSectionResizeMode(NAME, QHeaderView.ResizeMode.Stretch)
        self.table.modelReset.connect(self._show_chosen)
        self.selectionModel().currentRowChanged.connect(self._on_current)
        runs.listed.connect(self._show_chosen)
        theme.changed.connect(self._fit)
        self._fit()
        self._show_chosen()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys that act on the chosen run; Space ticks it."""
        acts = {
            Qt.Key.Key_Return: self.entered,
            Qt.Key.Key_Enter: self.entered,
            Qt.Key.Key_F2: self.rename_asked,
            Qt.Key.Key_Delete: self.delete_asked,
        }
        key, run = Qt.Key(event.key()), self._runs.chosen
        if key in acts:
            acts[key].emit()
        elif key == Qt.Key.Key_Space and run is not None:
            self._runs.show(run, not run.shown)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Widths that follow the text's; the name has what is left, and at least a quarter.

        Where that would cut them, columns are left out that are told elsewhere, too: in what the
        name says under the mouse, and the loss in the chart.
        """
        self.verticalHeader().setDefaultSectionSize(self._theme.px(34))
        wanted = {column: self._theme.px(width) for column, width in _WIDTHS.items()}
        room = self.viewport().width() * 3 // 4
        for column in _SPARED:
            narrow = sum(wanted.values()) > room
            self.setColumnHidden(column, narrow)
            if narrow:
                del wanted[column]
        share = min(1.0, room / sum(wanted.values()))
        for column, width in wanted.items():
            self.setColumnWidth(column, round(width * share))

    def _on_current(self, current: QModelIndex) -> None:
        run = self.table.run_at(current.row())
        if run is not None and not self._filling:
            self._runs.choose(run)

    def _show_chosen(self) -> None:
        row = self.table.row_of(self._runs.chosen)
        if row >= 0 and row != self.currentIndex().row():
            self._filling = True
            self.selectRow(row)
            self._filling = False
