"""A place to drop files on, with buttons for those who do not drag."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from gui.i18n import tr
from gui.theme import HUGE, LARGE, MEDIUM, RADIUS, SMALL, Theme, set_role
from gui.widgets.label import label

_MOST = 2  # files: one of pairs, or one for each side
_SIGN = 40  # pixels: the drawing above the words


class DropZone(QWidget):
    """Takes a file of pairs, or two that hold a side each; a click anywhere asks to browse."""

    files_dropped = Signal(object)  # tuple[Path, ...]: one or two
    refused = Signal(str, str)  # what is wrong with the drop, and what to do
    browse_requested = Signal()
    sample_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._over = False
        self.setAcceptDrops(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setMinimumHeight(theme.px(224))
        self.heading = label(tr("Drop a file of pairs here"), "heading", wrap=True)
        caption = label(
            tr("A table (TSV, CSV, XLSX), a translation memory (TMX), JSON lines,\n"
               "or two texts together whose lines belong to each other"), "muted", wrap=True
        )  # fmt: skip
        self.browse = QPushButton(tr("Browse…"))
        set_role(self.browse, "primary")
        self.browse.clicked.connect(self.browse_requested)
        self.sample = QPushButton(tr("Try a sample"))
        self.sample.setToolTip(tr("About 120 pairs from a tea house, and six lines that are wrong"))
        self.sample.clicked.connect(self.sample_requested)
        self._lay_out(caption)
        theme.changed.connect(self.update)

    def _lay_out(self, caption: QLabel) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(SMALL)
        buttons.addStretch()
        buttons.addWidget(self.browse)
        buttons.addWidget(self.sample)
        buttons.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(HUGE, HUGE, HUGE, HUGE)
        column.setSpacing(SMALL)
        column.addStretch()
        column.addSpacing(_SIGN + MEDIUM)
        for words in (self.heading, caption):
            words.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(words)
        column.addSpacing(LARGE)
        column.addLayout(buttons)
        column.addStretch()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()
            self._set_over(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._set_over(False)

    def dropEvent(self, event: QDropEvent) -> None:
        self._set_over(False)
        event.acceptProposedAction()
        self._take(event.mimeData())

    def _take(self, data: QMimeData) -> None:
        paths = [url.toLocalFile() for url in data.urls() if url.isLocalFile()]
        if paths:
            self.take(paths)
        else:
            self.refused.emit(
                tr("What you dropped is not a file of this computer."),
                tr("Save it on this computer first, then drop it here."),
            )

    def take(self, files: Sequence[str]) -> None:
        """Offer ``files``, or say why they cannot be taken."""
        paths = tuple(Path(file) for file in files)
        folders = [path.name for path in paths if path.is_dir()]
        if folders:
            self.refused.emit(
                tr("{name} is a folder.", name=folders[0]),
                tr("Drop the file of pairs that lies in it."),
            )
        elif len(paths) > _MOST:
            self.refused.emit(
                tr("{count} files were dropped at once.", count=len(paths)),
                tr("Drop one file of pairs, or two texts whose lines belong to each other."),
            )
        else:
            self.files_dropped.emit(paths)

    def _set_over(self, over: bool) -> None:
        self._over = over
        self.heading.setText(tr("Let go to check it") if over else tr("Drop a file of pairs here"))
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(
            event.position().toPoint()
        ):
            self.browse_requested.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge = self._theme.color("accent" if self._over else "border_strong")
        pen = QPen(edge, 1.5)
        pen.setDashPattern([4, 3])
        painter.setPen(pen)
        painter.setBrush(self._theme.color("accent_soft" if self._over else "surface"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), RADIUS, RADIUS)
        self._draw_sign(painter)

    def _draw_sign(self, painter: QPainter) -> None:
        """A sheet with two lines, each with its counterpart, as a file of pairs has."""
        top = self.heading.y() - SMALL - MEDIUM - _SIGN
        left = self.width() / 2 - _SIGN / 2
        color = self._theme.color("accent_text" if self._over else "muted")
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(color, 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawRoundedRect(QRectF(left + 1, top + 4, _SIGN - 2, _SIGN - 8), 5, 5)
        for row in (14, 20, 26):
            painter.drawLine(QPointF(left + 8, top + row), QPointF(left + 16, top + row))
            painter.drawLine(QPointF(left + 24, top + row), QPointF(left + 32, top + row))
