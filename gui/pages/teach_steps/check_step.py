"""Step 2: what of the file can be learnt from, what cannot and why, and what to do with it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QButtonGroup,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from gui.i18n import language_name, number, tr
from gui.pages.teach_steps.banners import Banner
from gui.pages.teach_steps.parts import BusyBar, ElidedLabel, button, card, clear, label, scrolled
from gui.pages.teach_steps.teach_form import TeachForm
from gui.theme import LARGE, MEDIUM, SMALL, TINY, Theme, set_role
from gui.viewmodels.pair_tables import PairTable, RejectionTable, reason_advice, reason_words
from gui.viewmodels.teach import TeachStep, TeachViewModel

if TYPE_CHECKING:
    from core.training.checks import CheckReport

_GOOD = "good"  # the filter that shows the good pairs; the others are reasons, "" is all of them


class FilterButton(QPushButton):
    """A kind of lines and how many there are."""

    def __init__(self, words: str, count: int, tip: str, indent: bool) -> None:
        super().__init__()
        set_role(self, "filter")
        self.setCheckable(True)
        self.setToolTip(tip)
        self.setAccessibleName(f"{words}: {number(count)}")
        row = QHBoxLayout(self)
        row.setContentsMargins(LARGE + SMALL if indent else SMALL + 2, TINY, SMALL + 2, TINY)
        row.addWidget(label(words, "muted" if indent else ""), 1)
        row.addWidget(label(number(count), "muted" if indent else "figure"))
        self.setMinimumHeight(row.sizeHint().height())
        self.setMinimumWidth(row.sizeHint().width())


class LineTable(QTableView):
    """Lines of the file, read only; the last column takes the room that is left."""

    def __init__(self, name: str, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setAccessibleName(name)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setStretchLastSection(True)
        self.set_sizes()
        theme.changed.connect(self.set_sizes)

    def set_sizes(self) -> None:
        """Rows and columns in the user's text size."""
        self.verticalHeader().setDefaultSectionSize(self._theme.px(30))
        self.horizontalHeader().setMinimumSectionSize(self._theme.px(52))

    def fit(self, *widths: int) -> None:
        """Give the first columns ``widths`` pixels as designed; 0 shares the room."""
        header = self.horizontalHeader()
        for column, width in enumerate(widths):
            shares = QHeaderView.ResizeMode.Stretch
            header.setSectionResizeMode(
                column, QHeaderView.ResizeMode.Interactive if width else shares
            )
            if width:
                self.setColumnWidth(column, self._theme.px(width))


class CheckStep(QWidget):
    """Counts by reason, the lines themselves, and the form that starts the learning."""

    def __init__(self, model: TeachViewModel, theme: Theme) -> None:
        super().__init__()
        self._model = model
        self._report: CheckReport | None = None
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
        self.rejections, self.pairs = RejectionTable(), PairTable()
        self._rejection_view = LineTable(tr("Lines left out"), theme)
        self._rejection_view.setModel(self.rejections)
        self._pair_view = LineTable(tr("Good pairs"), theme)
        self._pair_view.setModel(self.pairs)
        self.form = TeachForm(model, theme)
        self._results = self._result_area(theme)
        self._waiting = self._waiting_area()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(MEDIUM)
        column.addWidget(self.notice)
        column.addLayout(self._heading_row())
        column.addWidget(self.banner)
        column.addWidget(self._results, 1)
        column.addWidget(self._waiting, 1)
        self._nothing = QWidget()
        column.addWidget(self._nothing, 1)
        self._form_card = card(_column(self.form))
        column.addWidget(self._form_card)

    def _heading_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(MEDIUM)
        row.addWidget(self.file_name, 1)
        row.addWidget(self.summary)
        row.addWidget(self.again)
        return row

    def _result_area(self, theme: Theme) -> QWidget:
        self._filters = QVBoxLayout()
        self._filters.setSpacing(2)
        self._group = QButtonGroup(self)
        inner = QWidget()
        inner.setLayout(self._filters)
        self._filters.setContentsMargins(0, 0, 0, 0)
        left = card(_column(scrolled(inner)), SMALL)
        left.setFixedWidth(theme.px(220))
        tables = QVBoxLayout()
        tables.addWidget(self._rejection_view)
        tables.addWidget(self._pair_view)
        area = QWidget()
        row = QHBoxLayout(area)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(MEDIUM)
        row.addWidget(left)
        row.addWidget(card(tables, TINY), 1)
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

    def filters(self) -> list[QAbstractButton]:
        """The buttons that choose which lines are shown; their property ``filter`` is a reason."""
        return self._group.buttons()

    def refresh(self) -> None:
        """Show what the view model holds."""
        model = self._model
        self.banner.show_failure(model.problem)
        self.notice.say(model.notice)
        self.file_name.setText(model.file.name if model.file else "")
        self.file_name.setToolTip(str(model.file or ""))
        self._waiting.setVisible(model.checking)
        self.bar.set_busy(model.checking)
        done = model.report is not None and not model.checking
        self._results.setVisible(done)
        self._form_card.setVisible(done)
        self._nothing.setVisible(not done and not model.checking)
        waiting = self.cancel if model.checking else self.other
        self.setFocusProxy(self.form.start if done else waiting)
        self.again.setVisible(not model.checking)
        self.summary.setVisible(done)
        self.form.refresh()
        if model.report is not self._report:
            self._report = model.report
            if model.report is not None:
                self._show_report(model.report)

    def _show_report(self, report: CheckReport) -> None:
        good, bad = len(report.pairs), len(report.rejections)
        self.summary.setText(tr("{count} lines", count=number(good + bad)))
        base = self._model.base
        if base is not None:
            languages = language_name(base.source_language), language_name(base.target_language)
            self.pairs.set_pairs(report.pairs, *languages)
        self.rejections.set_rejections(report.rejections)
        self._rejection_view.fit(64, 156)
        self._pair_view.fit(64, 0, 0)
        self._list_filters(report)
        self._show_lines("" if bad else _GOOD)

    def _list_filters(self, report: CheckReport) -> None:
        for old in self._group.buttons():
            self._group.removeButton(old)
        clear(self._filters)
        self._add_filter(_GOOD, tr("Good pairs"), len(report.pairs), indent=False)
        self._add_filter("", tr("Left out"), len(report.rejections), indent=False)
        for reason, count in report.counts.items():
            self._add_filter(reason, reason_words(reason), count, indent=True)
        self._filters.addStretch()

    def _add_filter(self, code: str, words: str, count: int, *, indent: bool) -> None:
        push = FilterButton(words, count, reason_advice(code), indent)
        push.setProperty("filter", code)
        push.clicked.connect(partial(self._show_lines, code))
        self._group.addButton(push)
        self._filters.addWidget(push)

    def _show_lines(self, code: str, *_: object) -> None:
        for push in self._group.buttons():
            push.setChecked(push.property("filter") == code)
        if code != _GOOD:
            self.rejections.filter(code)
        self._pair_view.setVisible(code == _GOOD)
        self._rejection_view.setVisible(code != _GOOD)


def _column(widget: QWidget) -> QVBoxLayout:
    column = QVBoxLayout()
    column.addWidget(widget)
    return column
