"""What to teach, what to call the result, and for how long."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIntValidator, QKeyEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QWidget,
)

from gui.i18n import direction_name, tr
from gui.pages.teach_steps.advanced_form import AdvancedForm
from gui.pages.teach_steps.parts import button
from gui.theme import LARGE, SMALL, TINY, Theme, set_role
from gui.viewmodels.teach import TeachViewModel
from gui.viewmodels.tune_form import FEWEST_MINUTES, MOST_MINUTES
from gui.widgets.buttons import Chooser, Segments
from gui.widgets.label import label

_LARGE_TEXT = 1.2  # times the designed size
_USUAL_MINUTES = (1, 2, 3, 5, 10, 15, 20, 30, 45, 60, 90, 120, 180, 240, 360, 480, 600)


class MinutesBox(QWidget):
    """Minutes between a minus and a plus, which go from one usual length to the next."""

    changed = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._minutes = FEWEST_MINUTES
        self.edit = QLineEdit()
        self.edit.setValidator(QIntValidator(FEWEST_MINUTES, MOST_MINUTES, self.edit))
        self.edit.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.edit.setFixedWidth(theme.px(56))
        self.edit.setAccessibleName(tr("Minutes to learn"))
        self.edit.editingFinished.connect(self._on_edited)
        self.less, self.more = button("−", "step"), button("+", "step")
        self.less.setAccessibleName(tr("Less time"))
        self.more.setAccessibleName(tr("More time"))
        self.less.clicked.connect(partial(self.step, -1))
        self.more.clicked.connect(partial(self.step, 1))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(TINY)
        for part in (self.less, self.edit, self.more):
            row.addWidget(part)
        row.addSpacing(TINY)
        row.addWidget(label(tr("min"), "muted"))
        for push in (self.less, self.more):
            push.setFixedWidth(theme.px(32))

    def set_minutes(self, minutes: int) -> None:
        """Show ``minutes`` without saying that they changed."""
        self._minutes = minutes
        self.edit.setText(str(minutes))

    def step(self, direction: int, *_: object) -> None:
        """Go to the next usual length, up (1) or down (-1)."""
        now = self._minutes
        if direction > 0:
            wanted = next((m for m in _USUAL_MINUTES if m > now), MOST_MINUTES)
        else:
            wanted = next((m for m in reversed(_USUAL_MINUTES) if m < now), FEWEST_MINUTES)
        self.set_minutes(wanted)
        self.changed.emit(wanted)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.step(1 if event.key() == Qt.Key.Key_Up else -1)
        else:
            super().keyPressEvent(event)

    def _on_edited(self) -> None:
        minutes = int(self.edit.text())
        if minutes != self._minutes:
            self._minutes = minutes
            self.changed.emit(minutes)


class TeachForm(QWidget):
    """Base, name and minutes in a row, strength and Start below, and a fold for the rest."""

    def __init__(self, model: TeachViewModel, theme: Theme) -> None:
        super().__init__()
        self._model = model
        self.base = Chooser(theme, tr("Model that learns"))
        self.base.chosen.connect(model.form.set_base)
        self._listed: tuple[tuple[str, ...], str] = ((), "")
        self.name = QLineEdit()
        self.name.setMaxLength(60)
        self.name.setAccessibleName(tr("Name of the new model"))
        self.name.textEdited.connect(model.form.set_name)
        self.minutes = MinutesBox(theme)
        self.minutes.set_minutes(model.form.wishes.minutes)
        self.minutes.changed.connect(model.form.set_minutes)
        self.start = button(tr("Start learning"), "primary")
        self.start.clicked.connect(self._on_start)
        self.name.returnPressed.connect(self._on_start)
        self._name_caption = label(role="caption")
        self.trouble = label(role="error", wrap=True)
        self.remark = label(role="muted", wrap=True)
        self.strength = Segments(
            [("gentle", tr("Gentle")), ("normal", tr("Normal")), ("strong", tr("Strong"))]
        )
        self.strength.setToolTip(
            tr("How far each step goes: gentle forgets less, strong learns faster")
        )
        self.strength.set_current(model.form.wishes.strength)
        self.strength.chosen.connect(model.form.set_strength)
        self.advanced = AdvancedForm(model.form, theme)
        self.advanced.hide()
        self.fold = button(tr("Advanced"), "ghost")
        self.fold.setCheckable(True)
        self.fold.toggled.connect(self._on_fold)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(LARGE)
        grid.setVerticalSpacing(TINY)
        grid.addWidget(label(tr("Model that learns"), "caption"), 0, 0)
        grid.addWidget(self._name_caption, 0, 1)
        grid.addWidget(label(tr("Time"), "caption"), 0, 2)
        for column, part in enumerate((self.base, self.name, self.minutes)):
            grid.addWidget(part, 1, column)
        grid.setRowMinimumHeight(2, SMALL)
        grid.addLayout(self._strength_row(), 3, 0, 1, 3)
        grid.addWidget(self.advanced, 5, 0, 1, 3)
        grid.addWidget(self.trouble, 6, 0, 1, 3)
        self._place_remark(theme)
        theme.changed.connect(partial(self._place_remark, theme))
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)

    def _strength_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(SMALL)
        row.addWidget(label(tr("Strength"), "caption"))
        row.addWidget(self.strength)
        row.addStretch(1)
        row.addWidget(self.fold)
        row.addWidget(self.start)
        self._row = row
        return row

    def _place_remark(self, theme: Theme) -> None:
        """Beside the strength, or below it where large text leaves no room there."""
        grid = self.layout()
        assert isinstance(grid, QGridLayout)
        for layout in (grid, self._row):
            layout.removeWidget(self.remark)
        if theme.scale > _LARGE_TEXT:
            grid.addWidget(self.remark, 4, 0, 1, 3)
        else:
            self._row.insertWidget(2, self.remark, 100)

    def _on_start(self) -> None:
        """Start, with the sentence that was typed but not pinned yet."""
        if self.advanced.pins.commit():
            self._model.start()
        else:
            self.fold.setChecked(True)  # there it says why

    def _on_fold(self, open_: bool) -> None:
        self.advanced.setVisible(open_)
        self.fold.setText(tr("Less") if open_ else tr("Advanced"))

    def refresh(self) -> None:
        """Show what the view model holds."""
        self._list_models()
        if self.name.text().strip() != self._model.form.name.strip():
            self.name.setText(self._model.form.name)
        wrong = self._model.form.name_problem()  # in the caption's place, so that nothing jumps
        self._name_caption.setText(wrong or tr("Name of the new model"))
        set_role(self._name_caption, "wrong" if wrong else "caption")
        trouble = self._model.start_problem() if not wrong else ""
        self.trouble.setText(trouble)
        self.trouble.setVisible(bool(trouble))
        self.remark.setText("" if trouble else self._model.start_remark())
        self.start.setEnabled(self._model.can_start)

    def _list_models(self) -> None:
        models, base = self._model.form.models or (), self._model.form.base
        listed = tuple(model.name for model in models), base.name if base else ""
        if listed != self._listed:
            self._listed = listed
            entries = [
                (card.name, card.name, direction_name(card.source_language, card.target_language))
                for card in models
            ]
            self.base.set_entries(entries, listed[1])
