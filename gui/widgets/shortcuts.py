"""The overview of all keys (F1)."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from gui.i18n import tr
from gui.theme import HUGE, LARGE, MEDIUM, SMALL


class ShortcutsDialog(QDialog):
    """Rows of (what, keys)."""

    def __init__(self, rows: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Keyboard shortcuts"))
        title = QLabel(tr("Keyboard shortcuts"))
        title.setProperty("role", "title")
        grid = QGridLayout()
        grid.setHorizontalSpacing(HUGE * 2)
        grid.setVerticalSpacing(SMALL)
        for number, (what, keys) in enumerate(rows):
            label = QLabel(keys)
            label.setProperty("role", "key")
            grid.addWidget(QLabel(what), number, 0)
            grid.addWidget(label, number, 1, Qt.AlignmentFlag.AlignRight)
        close = QPushButton(tr("Close"))
        close.setProperty("role", "primary")
        close.setDefault(True)
        close.clicked.connect(self.accept)
        column = QVBoxLayout(self)
        column.setContentsMargins(HUGE, HUGE, HUGE, LARGE)
        column.setSpacing(LARGE)
        column.addWidget(title)
        column.addLayout(grid)
        column.addSpacing(MEDIUM)
        column.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
