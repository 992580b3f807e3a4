"""What a dialog to be read looks like: a title, something, a button that closes it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QPushButton, QVBoxLayout, QWidget

from gui.i18n import tr
from gui.theme import HUGE, LARGE, MEDIUM
from gui.widgets.label import label


def lay_out(dialog: QDialog, title: str, middle: QWidget) -> None:
    """Fill ``dialog``."""
    dialog.setWindowTitle(title)
    close = QPushButton(tr("Close"))
    close.setProperty("role", "primary")
    close.setDefault(True)
    close.clicked.connect(dialog.accept)
    column = QVBoxLayout(dialog)
    column.setContentsMargins(HUGE, HUGE, HUGE, LARGE)
    column.setSpacing(LARGE)
    column.addWidget(label(title, "title"))
    column.addWidget(middle, 1)
    column.addSpacing(MEDIUM)
    column.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
