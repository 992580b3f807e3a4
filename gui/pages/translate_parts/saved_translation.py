"""The translation as a text file: where it goes is asked for with the system's dialog."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QFileDialog

from core.files import write_atomically
from gui.errors import Failure
from gui.i18n import number, tr
from gui.jobs.library import LibraryThread
from gui.pages.translate import TranslatePage
from gui.pages.translate_parts.text_files import TextFiles
from gui.theme import Theme
from gui.widgets.buttons import IconButton

_KEY = "Ctrl+S"
_SAY_SAVED = 8_000  # milliseconds in the status line
_LONGEST_NAME = 40  # characters of a file's name in the status line
_ENDINGS = (".txt", ".md")


def proposed_name(opened: Path | None, source: str, target: str) -> str:
    """What the translation of the file ``opened``, from and into these languages, is called.

    A code of the source language at the name's end gives way: ``notes.zh.txt`` to ``notes.en.txt``.
    """
    if opened is None:
        return f"{tr('translation')}.{target}.txt"
    ending = opened.suffix.lower() if opened.suffix.lower() in _ENDINGS else ".txt"
    return f"{opened.stem.removesuffix(f'.{source}')}.{target}{ending}"


class SavedTranslation(QObject):
    """Writes the translation to files, each when what runs is done: nobody wants half of one.

    Attributes:
        button: at the foot of the translation.
    """

    def __init__(self, page: TranslatePage, files: TextFiles, theme: Theme) -> None:
        super().__init__(page)
        self._page, self._model, self._files = page, page.model, files
        self._awaited: list[Path] = []  # written when the translation is complete
        self._folder = ""  # where the last one went
        self._trouble = ""  # why the last one could not be written
        self._writer = LibraryThread(self)
        self._writer.answered.connect(self._on_written)
        self._writer.failed.connect(self._on_failed)
        self._silence = QTimer(self, singleShot=True, interval=_SAY_SAVED)
        self._silence.timeout.connect(lambda: page.tell(""))
        self.button = IconButton(theme, "download", "")
        self.button.set_name(tr("Save the translation"), _KEY)
        self.button.clicked.connect(self.ask)
        page.target.foot.addWidget(self.button)
        self._action = QAction(tr("Save the translation"), page)
        self._action.setShortcut(QKeySequence(_KEY))
        self._action.triggered.connect(self.ask)
        page.addAction(self._action)
        self._model.output_changed.connect(self._allow)
        # Queued: a failure is known only after the status that it ends.
        self._model.status_changed.connect(self._settle, Qt.ConnectionType.QueuedConnection)
        self._allow()

    def ask(self) -> QFileDialog | None:
        """Ask for the file's name; ``None`` while there is no translation."""
        current = self._model.models.current
        if current is None or not self._model.segments.output:
            return None
        source, target = current.source_language, current.target_language
        name = proposed_name(self._files.current, source, target)
        dialog = QFileDialog(self._page, tr("Save the translation"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(Path(name).suffix.removeprefix("."))
        dialog.setNameFilters([tr("Text ({endings})", endings="*.txt *.md"), tr("All files (*)")])
        dialog.setDirectory(self._folder or self._files.folder())
        dialog.selectFile(name)
        dialog.fileSelected.connect(lambda file: self.save(Path(file)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        return dialog

    def save(self, path: Path) -> None:
        """Write the translation to ``path``, now or when it is complete."""
        self._folder = str(path.parent)
        self._awaited.append(path)
        if self._model.stoppable:
            self._say(tr("{file} will be written when all is translated", file=_short(path)))
        else:
            self._settle()

    def shutdown(self) -> None:
        """Write what is awaited as far as it is translated, and wait for what is being written."""
        self._write()
        self._writer.shutdown()

    def _allow(self) -> None:
        there = bool(self._model.segments.output)
        self.button.setEnabled(there)
        self._action.setEnabled(there)

    def _settle(self) -> None:
        """Write what is awaited if nothing is being translated any more."""
        if not self._awaited or self._model.stoppable:
            return
        if self._model.failure is None and self._model.segments.output:
            self._write()
            return
        self._say(tr("{file} was not written: no translation", file=_short(self._awaited[-1])))
        self._awaited.clear()
        self._silence.start()

    def _write(self) -> None:
        text = self._model.segments.output
        for path in self._awaited if text else ():
            self._writer.ask(self._saved_words(path), partial(write_atomically, path, text))
        self._awaited.clear()

    def _saved_words(self, path: Path) -> str:
        status = self._model.status
        if status.phase != "stopped":
            return tr("Saved as {file}", file=_short(path))
        done, total = number(status.done), number(status.total)
        file = _short(path)
        return tr("Saved as {file}: {done} of {total} sentences", file=file, done=done, total=total)

    def _on_written(self, words: str, _none: object) -> None:
        if self._trouble and self._page.target.banner.text == self._trouble:
            self._page.target.banner.hide()  # what was wrong before is not any more
            self._page.show_notes()
        self._say(words)
        self._silence.start()

    def _on_failed(self, _words: str, failure: Failure) -> None:
        self._say("")
        self._trouble = failure.text
        self._page.target.banner.say(self._trouble, "error")

    def _say(self, words: str) -> None:
        self._silence.stop()
        self._page.tell(words)


def _short(path: Path) -> str:
    """The file's name, its middle left out where it is long."""
    name, half = path.name, _LONGEST_NAME // 2
    return name if len(name) <= _LONGEST_NAME else f"{name[:half]}…{name[-half + 1 :]}"
