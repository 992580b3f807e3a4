"""The system's own chooser, for a file of pairs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from gui.i18n import tr

_ENDINGS = "*.tsv *.csv *.txt *.tmx *.jsonl *.ndjson *.xlsx *.gz *.xz"


def ask_for_pairs(
    parent: QWidget, take: Callable[[list[str]], None], folder: Path | None
) -> QFileDialog:
    """Let the user pick a file of pairs, or two, at first in ``folder``; ``take`` is told."""
    dialog = QFileDialog(parent, tr("Choose a file of pairs, or two that belong together"))
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    dialog.setNameFilters([tr("Pairs ({endings})", endings=_ENDINGS), tr("All files (*)")])
    if folder is not None:
        dialog.setDirectory(str(folder))
    dialog.filesSelected.connect(take)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
    return dialog
