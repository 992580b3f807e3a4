"""How to teach, for those who know: each field is empty where the program is to choose."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QToolButton, QWidget

from gui.i18n import tr
from gui.pages.teach_steps.pin_field import PinField
from gui.theme import LARGE, SMALL, TINY, Theme, set_role
from gui.tips import plain_tip
from gui.viewmodels.tune_form import TuneForm
from gui.widgets.buttons import Switch
from gui.widgets.label import label


class AdvancedForm(QWidget):
    """Numbers in a row; below, the parts that do not learn, the brake, and pinned sentences."""

    def __init__(self, form: TuneForm, theme: Theme) -> None:
        super().__init__()
        self._form = form
        self.numbers: dict[str, QLineEdit] = {}
        self.parts: dict[str, QToolButton] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, SMALL, 0, 0)
        grid.setHorizontalSpacing(LARGE)
        grid.setVerticalSpacing(TINY)
        for column, (name, caption, tip) in enumerate(_fields()):
            grid.addWidget(label(caption, "caption"), 0, column)
            grid.addWidget(self._number(name, caption, tip), 1, column)
            grid.setColumnStretch(column, 1)
        grid.addLayout(self._choices(theme), 2, 0, 1, len(self.numbers))
        grid.setRowMinimumHeight(2, theme.px(40))
        self.pins = PinField(form, theme)
        grid.addWidget(self.pins, 3, 0, 1, len(self.numbers))

    def _number(self, name: str, caption: str, tip: str) -> QLineEdit:
        edit = QLineEdit()
        edit.setPlaceholderText(tr("as usual"))
        edit.setAccessibleName(caption)
        edit.setToolTip(plain_tip(tip))
        edit.setMaxLength(12)
        edit.textChanged.connect(partial(self._form.set_number, name))
        self.numbers[name] = edit
        return edit

    def _choices(self, theme: Theme) -> QHBoxLayout:
        self.brake = Switch(theme, tr("Stop when it forgets"))
        self.brake.setChecked(self._form.wishes.brake)
        self.brake.toggled.connect(self._form.set_brake)
        row = QHBoxLayout()
        row.setSpacing(SMALL)
        frozen = label(tr("Keep as they are"), "caption")
        frozen.setToolTip(tr("Parts of the model that do not learn: it forgets less, learns less"))
        row.addWidget(frozen)
        for name, words in (
            ("embeddings", tr("Words")), ("encoder", tr("Reading")), ("decoder", tr("Writing"))
        ):  # fmt: skip
            row.addWidget(self._part(theme, name, words))
        row.addStretch()
        tip = tr("Ends the run when everyday sentences have surely become worse")
        brake = label(tr("Stop when it forgets"), "caption")
        for widget in (brake, self.brake):
            widget.setToolTip(tip)
            row.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
        return row

    def _part(self, theme: Theme, name: str, words: str) -> QToolButton:
        push = QToolButton()
        push.setText(words)
        push.setCheckable(True)
        push.setToolTip(plain_tip(tr("Does not learn: {part}", part=words)))
        push.setFixedHeight(theme.px(26))
        set_role(push, "turn")
        push.toggled.connect(partial(self._form.set_frozen, name))
        self.parts[name] = push
        return push


def _fields() -> tuple[tuple[str, str, str], ...]:
    """Name, caption and tool tip of each number."""
    return (
        ("epochs", tr("Rounds at most"),
         tr("Epochs: how often it goes through all pairs, if that takes less than the time")),
        ("learning_rate", tr("Learning rate"),
         tr("Instead of the strength's, as 0.0001: how far each update goes")),
        ("batch_tokens", tr("Tokens in a batch"),
         tr("How much it looks at before each update")),
        ("replay", tr("Replay, %"),
         tr("Share of the updates that go to everyday sentences, lest it forget them")),
    )  # fmt: skip
