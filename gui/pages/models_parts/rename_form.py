"""Another name for a model, typed in its card."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from gui.i18n import tr
from gui.pages.teach_steps.parts import button
from gui.theme import SMALL, TINY
from gui.viewmodels.library import Library
from gui.widgets.label import label


class RenameForm(QWidget):
    """A field with what is wrong with its name; Enter takes it, Esc leaves it."""

    closed = Signal()

    def __init__(self, model: Library) -> None:
        super().__init__()
        self._model = model
        self.field = QLineEdit()
        self.field.setAccessibleName(tr("New name"))
        self.field.textChanged.connect(self._check)
        self.field.returnPressed.connect(self._take)
        self.take = button(tr("Rename"), "primary")
        self.take.clicked.connect(self._take)
        self.leave = button(tr("Cancel"))
        self.leave.clicked.connect(self._close)
        self.problem = label(role="error", wrap=True)
        row = QHBoxLayout()
        row.setSpacing(SMALL)
        row.addWidget(self.field, 1)
        row.addWidget(self.take)
        row.addWidget(self.leave)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(TINY)
        column.addLayout(row)
        column.addWidget(self.problem)
        self.hide()

    def begin(self) -> None:
        """Ask for the chosen model's new name."""
        entry = self._model.entry
        if entry is None or not entry.yours or entry.card is None:
            return
        self.field.setText(entry.name)
        self._check()
        self.show()
        self.field.selectAll()
        self.field.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves the name as it is."""
        if event.key() == Qt.Key.Key_Escape:
            self._close()
        else:
            super().keyPressEvent(event)

    def _check(self) -> None:
        why = self._model.rename_problem(self.field.text().strip())
        self.problem.setText(why)
        self.problem.setVisible(bool(why))
        self.take.setEnabled(not why)

    def _take(self) -> None:
        name = self.field.text().strip()
        if not self._model.rename_problem(name):
            self._close()
            self._model.rename(name)

    def _close(self) -> None:
        self.hide()
        self.closed.emit()
