"""The overview of all keys (F1)."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from gui.i18n import tr
from gui.theme import HUGE, LARGE, SMALL
from gui.widgets.label import label
from gui.widgets.reading_dialog import lay_out

_SHARE = 70  # per cent of the screen's height that the keys may take
_LEAST = 200  # pixels

Rows = Sequence[tuple[str, str]]  # what, keys


class ShortcutsDialog(QDialog):
    """Columns of sections, each with a title and rows of what a key does."""

    def __init__(
        self, columns: Sequence[Sequence[tuple[str, Rows]]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        inner = QWidget()
        halves = QHBoxLayout(inner)
        halves.setContentsMargins(0, 0, 0, 0)
        halves.setSpacing(HUGE * 2)
        for sections in columns:
            half = QVBoxLayout()
            half.setSpacing(LARGE)
            for heading, rows in sections:
                half.addLayout(_section(heading, rows))
            half.addStretch()
            halves.addLayout(half)
        lay_out(self, tr("Keyboard shortcuts"), _Scroll(inner))


class _Scroll(QScrollArea):
    """As large as what is in it, unless the screen is lower."""

    def __init__(self, inner: QWidget) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._inner = inner
        self.setWidget(inner)

    def sizeHint(self) -> QSize:
        """All of it, beside a bar that may be needed."""
        bar = self.verticalScrollBar().sizeHint().width()
        most = self.screen().availableSize().height() * _SHARE // 100
        size = self._inner.sizeHint()
        return QSize(size.width() + bar, min(size.height(), most))

    def minimumSizeHint(self) -> QSize:
        """Its width is needed, its height is not."""
        return QSize(self.sizeHint().width(), min(self.sizeHint().height(), _LEAST))


def _section(heading: str, rows: Rows) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(HUGE)
    grid.setVerticalSpacing(SMALL)
    grid.addWidget(label(heading, "heading"), 0, 0, 1, 2)
    for number, (what, keys) in enumerate(rows, start=1):
        grid.addWidget(label(what), number, 0)
        grid.addWidget(label(keys, "key"), number, 1, Qt.AlignmentFlag.AlignRight)
    return grid
