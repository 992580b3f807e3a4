"""A bar that offers reports of crashes, and the page that shows them; nothing sends them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout

from core import crash_reports
from core.errors import StorageError
from gui.errors import describe
from gui.i18n import tr
from gui.theme import HUGE, LARGE, MEDIUM, SMALL, Theme
from gui.widgets.banner import Banner
from gui.widgets.label import label
from gui.widgets.reading_dialog import fit, reading

_SIZE = (720, 480)  # pixels at text size 100 %


class CrashReportsDialog(QDialog):
    """The text of reports, to read, copy and delete.

    Signals:
        delete_asked(): the user wants them gone.
    """

    delete_asked = Signal()

    def __init__(self, theme: Theme, text: str) -> None:
        super().__init__()
        self.setWindowTitle(tr("Crash report"))
        fit(self, *map(theme.px, _SIZE))
        about = tr(
            "It is on this computer alone, and holds no text that you translated. "
            "Copy it to tell others of the fault."
        )
        self.text = reading(text, tr("Crash report"), "report")
        self.copy = QPushButton(tr("Copy"))
        self.copy.clicked.connect(self._on_copy)
        self.delete = QPushButton(tr("Delete"))
        self.delete.setProperty("role", "danger")
        self.delete.clicked.connect(self.delete_asked)
        close = QPushButton(tr("Close"))
        close.setProperty("role", "primary")
        close.setDefault(True)
        close.clicked.connect(self.accept)
        self._note = label(role="muted")
        foot = QHBoxLayout()
        foot.setSpacing(SMALL)
        for widget in (self.copy, self.delete, self._note):
            foot.addWidget(widget)
        foot.addStretch()
        foot.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(HUGE, HUGE, HUGE, LARGE)
        column.setSpacing(MEDIUM)
        column.addWidget(label(tr("Crash report"), "title"))
        column.addWidget(label(about, "muted", wrap=True))
        column.addWidget(self.text, 1)
        column.addLayout(foot)

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text.toPlainText())
        self._note.setText(tr("Copied"))

    def refuse(self, text: str) -> None:
        """Say why they cannot be deleted."""
        self._note.setText(text)


class CrashNotice(Banner):
    """Offers the reports that nobody has seen; dismissed or shown once, it offers them no more."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, inset=True)
        self._files: tuple[Path, ...] = ()
        self.dialog: CrashReportsDialog | None = None
        self.acted.connect(self._on_show)
        self.dismissed.connect(self._put_away)

    def offer(self, files: Sequence[Path]) -> None:
        """Say that there are these reports; nothing where there are none."""
        self._files = tuple(files)
        if files:
            fault = tr("Something went wrong in Attune the last time, and a report of it was kept.")
            self.say(fault, "warning", tr("Show the report"))

    def _on_show(self) -> None:
        if self.dialog is None:
            texts = [_read(file) for file in reversed(self._files)]
            self.dialog = CrashReportsDialog(self._theme, "\n\n".join(filter(None, texts)))
            self.dialog.delete_asked.connect(self._delete)
            self.dialog.finished.connect(self._on_closed)
            self.dialog.setParent(self, Qt.WindowType.Dialog)  # from which it has its looks
        self.dialog.show()
        self.dialog.raise_()

    def _on_closed(self) -> None:
        if self.dialog is not None:
            self.dialog.deleteLater()
            self.dialog = None
        self._put_away()

    def _put_away(self) -> None:
        for file in self._files:
            crash_reports.put_away(file)
        self._files = ()
        self.hide()

    def _delete(self) -> None:
        try:
            for file in self._files:
                crash_reports.delete(file)
        except StorageError as error:
            if self.dialog is not None:
                self.dialog.refuse(describe(error).text)
            return
        self._files = ()
        if self.dialog is not None:
            self.dialog.accept()


def _read(file: Path) -> str:
    try:
        return file.read_text("utf-8", errors="replace").strip()
    except OSError as error:
        return f"{file}: {error.strerror}"
