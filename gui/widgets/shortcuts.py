"""The overview of all keys (F1)."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from gui.i18n import tr
from gui.theme import HUGE, LARGE, MEDIUM, SMALL

Rows = Sequence[tuple[str, str]]  # what, keys


class ShortcutsDialog(QDialog):
    """Columns of sections, each with a title and rows of what a key does."""

    def __init__(
        self, columns: Sequence[Sequence[tuple[str, Rows]]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Keyboard shortcuts"))
        title = QLabel(tr("Keyboard shortcuts"))
        title.setProperty("role", "title")
        halves = QHBoxLayout()
        halves.setSpacing(HUGE * 2)
        for sections in columns:
            half = QVBoxLayout()
            half.setSpacing(LARGE)
            for heading, rows in sections:
                half.addLayout(_section(heading, rows))
            half.addStretch()
            halves.addLayout(half)
        close = QPushButton(tr("Close"))
        close.setProperty("role", "primary")
        close.setDefault(True)
        close.clicked.connect(self.accept)
        column = QVBoxLayout(self)
        column.setContentsMargins(HUGE, HUGE, HUGE, LARGE)
        column.setSpacing(LARGE)
        column.addWidget(title)
        column.addLayout(halves)
        column.addSpacing(MEDIUM)
        column.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)


def _section(heading: str, rows: Rows) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(HUGE)
    grid.setVerticalSpacing(SMALL)
    title = QLabel(heading)
    title.setProperty("role", "heading")
    grid.addWidget(title, 0, 0, 1, 2)
    for number, (what, keys) in enumerate(rows, start=1):
        label = QLabel(keys)
        label.setProperty("role", "key")
        grid.addWidget(QLabel(what), number, 0)
        grid.addWidget(label, number, 1, Qt.AlignmentFlag.AlignRight)
    return grid
