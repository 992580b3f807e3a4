"""Asks where a heatmap is to be written, and has it written in the background."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QLocale, QObject, QStandardPaths
from PySide6.QtWidgets import QFileDialog

from gui.errors import Failure
from gui.i18n import tr
from gui.jobs.background import Background
from gui.jobs.heatmap_export import ExportRequest, PageWords, export_heatmap
from gui.theme import HEATMAP
from gui.widgets.attention_view import AttentionView

_LONGEST_NAME = 40  # characters of the sentence in a file's name


class HeatmapExport(QObject):
    """Exports what ``view``, which owns it, shows when its button is used."""

    def __init__(self, view: AttentionView, background: Background) -> None:
        super().__init__(view)
        self._view, self._background = view, background
        self._key = f"export {id(self)}"
        view.export.asked.connect(self.ask)
        background.done.connect(self._on_done)
        background.failed.connect(self._on_failed)

    def ask(self, ending: str) -> QFileDialog | None:
        """Ask for the file's name with the system's own dialog; ``None`` if nothing is shown."""
        exhibit = self._view.exhibit
        if exhibit is None:
            return None
        dialog = QFileDialog(self._view, tr("Export the heatmap"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(ending)
        dialog.setNameFilters([f"{ending.upper()} (*.{ending})"])
        pictures = QStandardPaths.StandardLocation.DocumentsLocation
        folder = Path(QStandardPaths.writableLocation(pictures))
        dialog.setDirectory(str(folder if folder.is_dir() else Path.home()))
        dialog.selectFile(f"{_name_of(exhibit.source)}.{ending}")
        words = PageWords(
            language=QLocale().bcp47Name(),
            title=tr("Attention"),
            hint=tr("Point at a cell to read how much a word was read from another."),
            scale=tr("Share of a translated word's attention:"),
        )

        def write(file: str) -> None:
            path = Path(file)
            if path.suffix.lower() != f".{ending}":  # some dialogs do not add it
                path = path.with_name(f"{path.name}.{ending}")
            request = ExportRequest(exhibit, path, HEATMAP, words)
            self._background.request(self._key, partial(export_heatmap, request))

        dialog.fileSelected.connect(write)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        return dialog

    def _on_done(self, key: str, path: object) -> None:
        if key == self._key and isinstance(path, Path):
            self._view.say(tr("Written to {file}", file=str(path)))

    def _on_failed(self, key: str, failure: Failure) -> None:
        if key == self._key:
            self._view.say(failure.text)


def _name_of(sentence: str) -> str:
    """A file's name made of the beginning of ``sentence``."""
    kept = "".join(c if c.isalnum() else " " for c in sentence[:_LONGEST_NAME])
    return "-".join(kept.split()) or "attention"
