"""Step 2: what of the file can be learnt from, what cannot and why, and what to do with it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QVBoxLayout, QWidget

from gui.i18n import counted, tr
from gui.pages.teach_steps.banners import Banner
from gui.pages.teach_steps.lines_area import LinesArea, add_undo_key
from gui.pages.teach_steps.parts import BusyBar, button, card, scrolled
from gui.pages.teach_steps.second_pass_line import SecondPassLine
from gui.pages.teach_steps.teach_form import TeachForm
from gui.theme import LARGE, MEDIUM, Theme, set_role
from gui.tips import plain_tip
from gui.viewmodels.teach import TeachViewModel
from gui.viewmodels.teach_step import TeachStep
from gui.widgets.elided_label import ElidedLabel
from gui.widgets.label import label


class CheckStep(QWidget):
    """Counts by reason, the lines themselves, and the form that starts the learning."""

    def __init__(self, model: TeachViewModel, theme: Theme) -> None:
        super().__init__()
        self._model = model
        self.banner = Banner()
        self.other = button(tr("Choose another file"))
        self.other.clicked.connect(partial(model.go, TeachStep.FILE))
        self.banner.add_button(self.other)
        self.notice = Banner("info")
        self.file_name = ElidedLabel()
        set_role(self.file_name, "heading")
        self.summary = label(role="muted")
        self.again = button(tr("Check again"), "ghost")
        self.again.setToolTip(tr("Read the file anew after you have changed it"))
        self.again.clicked.connect(model.check)
        self._results = LinesArea(model.pairs, model.put_right, theme)
        self.filters, self.lines = self._results.filters, self._results.lines
        add_undo_key(self, model.pairs)
        self.form = TeachForm(model, theme)
        self.second = SecondPassLine(model.pairs.second)
        self._waiting = self._waiting_area()
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(MEDIUM)
        column.addWidget(self.notice)
        column.addLayout(self._heading_row())
        column.addWidget(self.banner)
        column.addWidget(self._results, 1)
        column.addWidget(self.second)
        column.addWidget(self._waiting, 1)
        self._nothing = QWidget()
        column.addWidget(self._nothing, 1)
        self._form_card = card(_column(self.form))
        column.addWidget(self._form_card)
        outer = QVBoxLayout(self)  # large text in a small window does not fit
        outer.setContentsMargins(0, 0, 0, 0)
        self._area = scrolled(inner)
        outer.addWidget(self._area)
        self.form.fold.toggled.connect(lambda: QTimer.singleShot(0, self, self._show_form))

    def _show_form(self) -> None:
        """All of the form, also what has just been unfolded."""
        self._area.ensureWidgetVisible(self.form)

    def _heading_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(MEDIUM)
        row.addWidget(self.file_name, 1)
        row.addWidget(self.summary)
        row.addWidget(self.again)
        return row

    def _waiting_area(self) -> QWidget:
        self._reading = label(tr("Reading the file…"), "muted")
        self._reading.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.bar = BusyBar()
        self.bar.setFixedWidth(280)
        self.cancel = button(tr("Cancel"))
        self.cancel.clicked.connect(self._model.cancel_check)
        column = QVBoxLayout()
        column.setSpacing(LARGE)
        column.addStretch()
        for part in (self._reading, self.bar, self.cancel):
            column.addWidget(part, 0, Qt.AlignmentFlag.AlignCenter)
        column.addStretch()
        return card(column)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._model.pairs.second.watch(True)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if not event.spontaneous():  # a window that is put away is still watched
            self._model.pairs.second.watch(False)

    def filter_buttons(self) -> list[QAbstractButton]:
        """The buttons that choose which lines are shown; their property ``filter`` is a code."""
        return self.filters.buttons()

    def refresh(self) -> None:
        """Show what the view model holds."""
        model = self._model
        self.banner.show_failure(model.problem)
        self.notice.say(model.notice)
        self.file_name.setText(model.pairs.name)
        self.file_name.setToolTip(plain_tip("\n".join(map(str, model.pairs.paths))))
        self._waiting.setVisible(model.checking)
        self.bar.set_busy(model.checking)
        done = model.choice is not None and not model.checking
        self._results.setVisible(done)
        self.second.setVisible(done and self.second.has_words)
        self._form_card.setVisible(done)
        self._nothing.setVisible(not done and not model.checking)
        waiting = self.cancel if model.checking else self.other
        self.setFocusProxy(self.form.start if done else waiting)
        self.again.setVisible(not model.checking)
        self.summary.setVisible(done)
        self.form.refresh()
        if model.choice is not None:
            lines = model.choice.count + sum(model.choice.left_out_counts.values())
            self.summary.setText(counted(lines, tr("1 line"), tr("{count} lines")))
        self._results.refresh(model.form.direction)


def _column(widget: QWidget) -> QVBoxLayout:
    column = QVBoxLayout()
    column.addWidget(widget)
    return column
