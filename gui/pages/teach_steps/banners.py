"""Sentences across the page: what went wrong, what is asked."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
)

from gui.errors import Failure
from gui.i18n import tr
from gui.pages.teach_steps.parts import button
from gui.theme import LARGE, MEDIUM, SMALL, TINY, set_role
from gui.widgets.label import label


class Banner(QFrame):
    """A sentence across the page, with what can be done about it."""

    def __init__(self, tone: str = "error") -> None:
        super().__init__()
        self._tone = tone
        self._take_tone(tone)
        self.sentence = label(wrap=True)
        self.remedy = label(role="muted", wrap=True)
        self._more = button(tr("Details"), "ghost")
        self._more.setCheckable(True)
        self._details = QPlainTextEdit()
        set_role(self._details, "details")
        self._details.setReadOnly(True)
        self._details.setMaximumHeight(120)
        self._more.toggled.connect(self._details.setVisible)
        words = QVBoxLayout()
        words.setSpacing(TINY)
        words.addWidget(self.sentence)
        words.addWidget(self.remedy)
        self._row = QHBoxLayout()
        self._row.setSpacing(SMALL)
        self._row.addLayout(words, 1)
        self._row.addWidget(self._more)
        column = QVBoxLayout(self)
        column.setContentsMargins(LARGE, MEDIUM, MEDIUM, MEDIUM)
        column.setSpacing(SMALL)
        column.addLayout(self._row)
        column.addWidget(self._details)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.say("")

    def add_button(self, push: QPushButton) -> None:
        """Put ``push`` at the right end."""
        self._row.addWidget(push)

    def details(self) -> str:
        """What the button Details shows."""
        return self._details.toPlainText()

    def say(
        self, sentence: str, remedy: str = "", details: str = "", tone: str | None = None
    ) -> None:
        """Show ``sentence``, in the banner's own ``tone`` or another; an empty one hides it."""
        if self.property("tone") != (tone or self._tone):
            self._take_tone(tone or self._tone)
        self.sentence.setText(sentence)
        self.remedy.setText(remedy)
        self.remedy.setVisible(bool(remedy))
        self._more.setVisible(bool(details))
        if details != self._details.toPlainText():
            self._details.setPlainText(details)
        self._details.setVisible(bool(details) and self._more.isChecked())
        self.setVisible(bool(sentence))

    def _take_tone(self, tone: str) -> None:
        self.setProperty("tone", tone)
        set_role(self, "banner")

    def show_failure(self, failure: Failure | None, details: str = "") -> None:
        """Show ``failure``, or nothing."""
        if failure is None:
            self.say("")
        else:
            self.say(failure.sentence, failure.remedy, details)


class ConfirmBar(Banner):
    """Asks in the page, not over it; Esc means no."""

    answered = Signal()  # whichever way; before ``confirmed``
    confirmed = Signal()

    def __init__(self, question: str, remark: str, yes: str, no: str, role: str = "danger") -> None:
        super().__init__("warning")
        self._words = (question, remark)
        self.no = button(no)
        self.yes = button(yes, role)
        self.add_button(self.no)
        self.add_button(self.yes)
        self.no.clicked.connect(self.withdraw)
        self.yes.clicked.connect(self._on_yes)

    def ask(self) -> None:
        """Show the question; the harmless answer has the focus."""
        self.say(*self._words)
        self.no.setFocus()

    def withdraw(self) -> None:
        """Take the question back, as if it had been answered with no."""
        if not self.isHidden():
            self.say("")
            self.answered.emit()

    def add_answer(self, words: str) -> QPushButton:
        """One more answer before yes; a click on it takes the question back first."""
        push = button(words)
        self._row.insertWidget(self._row.indexOf(self.yes), push)
        push.clicked.connect(self.withdraw)
        self.setTabOrder(self.no, push)
        self.setTabOrder(push, self.yes)
        return push

    def _on_yes(self) -> None:
        self.withdraw()
        self.confirmed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.withdraw()
        else:
            super().keyPressEvent(event)
