"""The licences of everything that Attune is made of, to read."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from core.paths import resources_folder
from gui.i18n import tr
from gui.theme import HUGE, LARGE, MEDIUM

_WIDTH, _HEIGHT = 760, 560  # pixels, where the screen has them


def licence_file() -> Path:
    """Every part of the packaged application; from a checkout, what lies in it."""
    packaged = resources_folder() / "LICENCES.txt"
    return packaged if packaged.is_file() else resources_folder() / "LICENSES.md"


class LicencesDialog(QDialog):
    """A long text with a button that closes it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Licences"))
        title = QLabel(tr("Licences"))
        title.setProperty("role", "title")
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setAccessibleName(tr("Licences"))
        self.text.setPlainText(licence_file().read_text(encoding="utf-8"))
        close = QPushButton(tr("Close"))
        close.setProperty("role", "primary")
        close.setDefault(True)
        close.clicked.connect(self.accept)
        column = QVBoxLayout(self)
        column.setContentsMargins(HUGE, HUGE, HUGE, LARGE)
        column.setSpacing(LARGE)
        column.addWidget(title)
        column.addWidget(self.text, 1)
        column.addSpacing(MEDIUM)
        column.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
        room = self.screen().availableSize()
        self.resize(min(_WIDTH, room.width()), min(_HEIGHT, room.height()))
