"""What the user writes about a model; kept by itself."""

from __future__ import annotations

from PySide6.QtCore import QSize, QTimer
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QPlainTextEdit

from gui.i18n import tr
from gui.theme import set_role
from gui.viewmodels.library import Library
from gui.viewmodels.shelf import Entry

PAUSE = 600  # milliseconds without a key after which the note is kept


class NoteEditor(QPlainTextEdit):
    """The chosen model's note."""

    def __init__(self, model: Library) -> None:
        super().__init__()
        self._model = model
        self._of: Entry | None = None  # whose note is shown; none until it is read
        self._changed = False
        self.setAccessibleName(tr("Note"))
        self.setPlaceholderText(tr("What you want to remember about this model"))
        self.setTabChangesFocus(True)
        self.setAcceptDrops(False)  # a file dropped on the page is a model, not its path
        set_role(self, "note")
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self.save)
        self.textChanged.connect(self._on_typed)

    def show_entry(self, entry: Entry | None) -> None:
        """Show the note about ``entry`` as far as it is read; what was typed before is kept."""
        details = self._model.details
        same = self._of is not None and entry is not None and self._of.path == entry.path
        if not same:
            self.save()
        read = details is not None and entry is not None and details.path == entry.path
        self.setEnabled(read)
        self._of = entry if read else None
        text = details.note if details is not None and read else ""
        if self._changed and same:
            return  # being written
        if text != self.toPlainText():
            self.blockSignals(True)
            self.setPlainText(text)
            self.blockSignals(False)

    def sizeHint(self) -> QSize:
        """No more room than it needs; it takes what is left."""
        return QSize(super().sizeHint().width(), self.minimumHeight())

    def save(self) -> None:
        """Keep what was typed."""
        self._pause.stop()
        if self._changed and self._of is not None:
            self._changed = False
            self._model.write_note(self._of, self.toPlainText())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Who leaves has finished."""
        super().focusOutEvent(event)
        self.save()

    def _on_typed(self) -> None:
        self._changed = True
        self._pause.start()
