"""The licences of everything that Attune is made of, to read."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QWidget

from core.paths import resources_folder
from gui.i18n import tr
from gui.widgets.reading_dialog import fit, lay_out, reading

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
        self.text = reading(licence_file().read_text(encoding="utf-8"), tr("Licences"))
        lay_out(self, tr("Licences"), self.text)
        fit(self, _WIDTH, _HEIGHT)
