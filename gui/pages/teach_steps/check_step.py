"""Step 2: what of the file can be learnt from, what cannot and why, and what to do with it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QVBoxLayout, QWidget

from gui.i18n import language_name, number, tr
from gui.pages.teach_steps.banners import Banner
from gui.pages.teach_steps.line_filters import DOUBT, DOUBTFUL, GOOD, LEFT_OUT, LineFilters
from gui.pages.teach_steps.line_tables import LineTables
from gui.pages.teach_steps.parts import BusyBar, button, card, label, scrolled
from gui.pages.teach_steps.second_pass_line import SecondPassLine
from gui.pages.teach_steps.teach_form import TeachForm
from gui.theme import LARGE, MEDIUM, SMALL, TINY, Theme, set_role
from gui.viewmodels.pair_choice import PairChoice
from gui.viewmodels.teach import TeachViewModel
from gui.viewmodels.teach_step import TeachStep
from gui.widgets.elided_label import ElidedLabel


class CheckStep(QWidget):
    """Counts by reason, the lines themselves, and the form that starts the learning."""

    def __init__(self, model: TeachViewModel, theme: Theme) -> None:
        super().__init__()
        self._model = model
        self._choice: PairChoice | None = None
        self._code = LEFT_OUT
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
        self.filters = LineFilters()
        self.filters.chosen.connect(self._show_lines)
        self.lines = LineTables(theme)
        self.lines.drop_requested.connect(self._drop)
        self.lines.turn_requested.connect(model.put_right)
        self.lines.undo_requested.connect(model.pairs.undo)
        undo = QShortcut(QKeySequence(QKeySequence.StandardKey.Undo), self)
        undo.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        undo.activated.connect(model.pairs.undo)
        self.form = TeachForm(model, theme)
        self.second = SecondPassLine(model.pairs.second)
        self._results = self._result_area(theme)
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

    def _result_area(self, theme: Theme) -> QWidget:
        left = card(_column(self.filters), SMALL)
        left.setFixedWidth(theme.px(240))
        area = QWidget()
        area.setMinimumHeight(theme.px(140))
        row = QHBoxLayout(area)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(MEDIUM)
        row.addWidget(left)
        row.addWidget(card(_column(self.lines), TINY), 1)
        return area

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
        self.file_name.setToolTip("\n".join(map(str, model.pairs.paths)))
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
        before, self._choice = self._choice, model.choice
        if model.choice is None or model.choice is before:
            return
        if model.choice.grew_from(before):
            self.lines.follow(model.choice)
            self.filters.show_choice(model.choice)
        else:
            self._show_choice(model.choice, another=before is None)

    def _show_choice(self, choice: PairChoice, *, another: bool) -> None:
        """Show a choice, of another file or of the same one after something was done about it."""
        left_out = sum(choice.left_out_counts.values())
        self.summary.setText(tr("{count} lines", count=number(choice.count + left_out)))
        source, target = self._model.form.direction
        self.lines.show_choice(
            choice,
            (language_name(source), language_name(target)),
            _counted(self._model.pairs.paths[0].suffixes),
            undoable=self._model.pairs.undoable,
        )
        self.filters.show_choice(choice)
        usual = LEFT_OUT if left_out else DOUBTFUL if choice.doubts else GOOD
        # What was left out and is no more is among the doubtful again.
        wanted = () if another else (self._code, DOUBT + self._code)
        self._show_lines(next((code for code in wanted if self.filters.has(code)), usual))

    def _show_lines(self, code: str) -> None:
        self._code = code
        self.filters.set_current(code)
        self.lines.show_lines(code)

    def _drop(self, reason: str) -> None:
        self._code = reason  # among those left out, where they can be seen
        self._model.pairs.drop(reason)
        self.lines.undo.setFocus()


def _counted(suffixes: list[str]) -> str:
    """What the numbers of a file's lines count, by its name's endings."""
    if ".tmx" in suffixes:
        return tr("Unit")
    return tr("Row") if ".xlsx" in suffixes else tr("Line")


def _column(widget: QWidget) -> QVBoxLayout:
    column = QVBoxLayout()
    column.addWidget(widget)
    return column
