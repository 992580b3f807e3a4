"""Where a translation is corrected: the sentence, and how it should be translated."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QGridLayout, QPlainTextEdit, QWidget

from gui.i18n import tr
from gui.theme import LARGE, SMALL, set_role
from gui.widgets.label import label

_TEACH_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class CorrectionField(QPlainTextEdit):
    """A translation that may be written anew; Enter teaches it."""

    teach_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        set_role(self, "note")
        self.setAccessibleName(tr("Corrected translation"))
        self.setTabChangesFocus(True)
        self.setMinimumHeight(60)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter is no line end: a sentence is taught."""
        if event.key() in _TEACH_KEYS:
            self.teach_asked.emit()
        else:
            super().keyPressEvent(event)


class CorrectionForm(QWidget):
    """The sentence at the left, its translation at the right."""

    def __init__(self) -> None:
        super().__init__()
        self.source = label(role="heading", wrap=True)
        self.source.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.source.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.field = CorrectionField()
        self.hint = label(role="caption", wrap=True)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(LARGE)
        grid.setVerticalSpacing(SMALL)
        grid.addWidget(label(tr("Sentence"), "caption"), 0, 0)
        grid.addWidget(label(tr("How it should be translated"), "caption"), 0, 1)
        grid.addWidget(self.source, 1, 0)
        grid.addWidget(self.field, 1, 1)
        grid.addWidget(self.hint, 2, 1)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        grid.setRowStretch(1, 1)

    def begin(self, source: str, target: str) -> None:
        """Let ``target`` be corrected; what stood there before is gone."""
        self.source.setText(source)
        if target != self.field.toPlainText():
            self.field.setPlainText(target)
        self.field.moveCursor(QTextCursor.MoveOperation.End)

    @property
    def text(self) -> str:
        """The correction, in one line."""
        return " ".join(self.field.toPlainText().split())
