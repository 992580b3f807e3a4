"""Sentences of one's own to watch while a model learns: a field, and what is pinned already."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QToolButton, QVBoxLayout, QWidget

from gui import icons
from gui.i18n import tr
from gui.pages.teach_steps.parts import button, clear
from gui.theme import SMALL, TINY, Theme, set_role
from gui.tips import plain_tip
from gui.viewmodels.class_plan import ClassPlan
from gui.viewmodels.tune_form import TuneForm
from gui.widgets.flow_layout import FlowLayout
from gui.widgets.label import label

_LONGEST = 24  # characters of a sentence on its button


class PinField(QWidget):
    """Enter pins what is typed; a button for each pinned sentence takes it away."""

    def __init__(self, form: TuneForm | ClassPlan, theme: Theme) -> None:
        super().__init__()
        self._form, self._theme = form, theme
        self._shown: tuple[str, ...] = ()
        self._buttons: list[QToolButton] = []
        self.edit = QLineEdit()
        self.edit.setPlaceholderText(tr("Pin a sentence…"))
        self.edit.setAccessibleName(tr("Sentence to watch while it learns"))
        self.add = button(tr("Pin"))
        self.trouble = label(role="wrong", wrap=True)
        self.trouble.hide()
        self.edit.returnPressed.connect(self.commit)
        self.edit.textEdited.connect(self.trouble.hide)
        self.add.clicked.connect(self.commit)
        caption = label(tr("Sentences to watch"), "caption")
        tip = tr("Translated again and again while it learns, so that you see what changes")
        for widget in (caption, self.edit):
            widget.setToolTip(tip)
        row = QHBoxLayout()
        row.setSpacing(SMALL)
        row.addWidget(caption)
        row.addWidget(self.edit, 1)
        row.addWidget(self.add)
        self._chips = QWidget()
        self._flow = FlowLayout()
        self._chips.setLayout(self._flow)
        self._chips.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, TINY, 0, 0)
        column.setSpacing(TINY)
        column.addLayout(row)
        column.addWidget(self.trouble)
        column.addWidget(self._chips)
        form.changed.connect(self._refresh)
        theme.changed.connect(self._rebuild)

    def commit(self) -> bool:
        """Pin what is typed, if anything is; whether nothing is left in the field."""
        problem = self._form.pin(self.edit.text())
        self.trouble.setText(problem)
        self.trouble.setVisible(bool(problem))
        if not problem:
            self.edit.clear()
        return not problem

    def chips(self) -> list[QToolButton]:
        """The buttons of the pinned sentences."""
        return list(self._buttons)

    def _refresh(self) -> None:
        if self._form.pinned != self._shown:
            self._shown = self._form.pinned
            self._rebuild()

    def _rebuild(self) -> None:
        clear(self._flow)
        self._buttons = [self._chip(sentence) for sentence in self._shown]
        for chip in self._buttons:
            self._flow.addWidget(chip)
        self._chips.setVisible(bool(self._shown))

    def _chip(self, sentence: str) -> QToolButton:
        shown = sentence if len(sentence) <= _LONGEST else f"{sentence[:_LONGEST]}…"
        chip = QToolButton()
        chip.setText(shown.replace("&", "&&"))  # one alone would underline a letter
        chip.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        chip.setIcon(icons.icon("x", self._theme.colors.muted, self._theme.px(14)))
        chip.setAccessibleName(tr("Pinned: {sentence}. Take it away", sentence=sentence))
        chip.setToolTip(plain_tip(tr("Take away: {sentence}", sentence=sentence)))
        chip.setFixedHeight(self._theme.px(26))
        set_role(chip, "turn")
        chip.clicked.connect(partial(self._take_away, sentence))
        return chip

    def _take_away(self, sentence: str) -> None:
        self.edit.setFocus()
        self._form.unpin(sentence)
