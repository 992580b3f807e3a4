"""Where exported models are asked for and put: file dialogs, files dropped."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QMimeData, QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

from core.store.archive import SUFFIX
from gui.i18n import tr


def ask_where_to_export(parent: QWidget, name: str, export: Callable[[Path], None]) -> QFileDialog:
    """Ask where the model ``name`` is to be written; ``export`` is told."""
    dialog = _dialog(parent, tr("Export {name}", name=name))
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(SUFFIX.removeprefix("."))
    dialog.selectFile(f"{name}{SUFFIX}")
    dialog.fileSelected.connect(lambda file: export(Path(file)))
    dialog.open()
    return dialog


def ask_what_to_import(parent: QWidget, take: Callable[[list[str]], None]) -> QFileDialog:
    """Ask for exported models; ``take`` is told their paths."""
    dialog = _dialog(parent, tr("Import models"))
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    dialog.filesSelected.connect(take)
    dialog.open()
    return dialog


def dropped_files(data: QMimeData) -> list[str]:
    """The paths of the files that are dragged or dropped."""
    return [url.toLocalFile() for url in data.urls() if url.isLocalFile()]


def _dialog(parent: QWidget, title: str) -> QFileDialog:
    dialog = QFileDialog(parent, title)
    dialog.setNameFilters(
        [tr("Exported models ({ending})", ending=f"*{SUFFIX}"), tr("All files (*)")]
    )
    documents = QStandardPaths.StandardLocation.DocumentsLocation
    folder = Path(QStandardPaths.writableLocation(documents))
    dialog.setDirectory(str(folder if folder.is_dir() else Path.home()))
    dialog.finished.connect(dialog.deleteLater)
    return dialog
