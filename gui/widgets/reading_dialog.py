"""What a dialog to be read looks like: a title, something, a button that closes it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from gui.i18n import tr
from gui.theme import HUGE, LARGE, MEDIUM, set_role
from gui.widgets.label import label


def reading(text: str, name: str, role: str = "reading") -> QPlainTextEdit:
    """A long ``text`` to read; ``name`` is what a screen reader calls it."""
    box = QPlainTextEdit(text)
    box.setReadOnly(True)
    box.setAccessibleName(name)
    set_role(box, role)
    return box


def fit(dialog: QDialog, width: int, height: int) -> None:
    """Make ``dialog`` so many pixels large, where the screen has them."""
    room = dialog.screen().availableSize()
    dialog.resize(min(width, room.width()), min(height, room.height()))


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
