"""The lines of a checked file, one kind at a time, and what can be done about them."""

from __future__ import annotations

from PySide6.QtCore import QAbstractTableModel, Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from gui.i18n import number, tr
from gui.pages.teach_steps.line_filters import DOUBT, DOUBTFUL, GOOD
from gui.pages.teach_steps.parts import button
from gui.theme import MEDIUM, SMALL, TINY, Theme
from gui.viewmodels.pair_choice import PairChoice
from gui.viewmodels.pair_reasons import reason_advice
from gui.viewmodels.pair_tables import DoubtTable, PairTable, RejectionTable
from gui.widgets.label import label


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
        self._widths: tuple[int, ...] = ()
        self.set_sizes()
        theme.changed.connect(self.set_sizes)

    def set_sizes(self) -> None:
        """Rows and columns in the user's text size."""
        self.verticalHeader().setDefaultSectionSize(self._theme.px(30))
        self.horizontalHeader().setMinimumSectionSize(self._theme.px(52))
        if self.model() is not None:
            self.fit(*self._widths)

    @property
    def _most(self) -> int:
        """Pixels that a column may have which does not share the room: large text asks for more."""
        return max(self.viewport().width() * 3 // 10, self._theme.px(52))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the last column its room in a window that becomes narrow."""
        super().resizeEvent(event)
        for column, width in enumerate(self._widths):
            if width and self.columnWidth(column) > self._most:
                self.setColumnWidth(column, self._most)

    def fit(self, *widths: int) -> None:
        """Give the first columns ``widths`` pixels as designed; 0 shares the room."""
        self._widths = widths
        header, most = self.horizontalHeader(), self._most
        for column, width in enumerate(widths):
            shares = QHeaderView.ResizeMode.Stretch
            header.setSectionResizeMode(
                column, QHeaderView.ResizeMode.Interactive if width else shares
            )
            if width:
                self.setColumnWidth(column, min(self._theme.px(width), most))


class LineTables(QWidget):
    """Good, doubtful and left out lines; above them advice, and a button for what helps.

    Signals:
        drop_requested(str): leave out what is doubtful for this reason.
        turn_requested(): put swapped sides right.
        undo_requested(): take back the last of both.
    """

    drop_requested = Signal(str)
    turn_requested = Signal()
    undo_requested = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._choice: PairChoice | None = None
        self._code = GOOD
        self.pairs, self.doubts, self.rejections = PairTable(), DoubtTable(), RejectionTable()
        self._views: dict[str, LineTable] = {}
        models: dict[str, QAbstractTableModel] = {
            GOOD: self.pairs,
            DOUBTFUL: self.doubts,
            "": self.rejections,
        }
        names = {GOOD: tr("Good pairs"), DOUBTFUL: tr("Doubtful pairs"), "": tr("Lines left out")}
        for code, model in models.items():
            self._views[code] = LineTable(names[code], theme)
            self._views[code].setModel(model)
        self.advice = label(role="muted", wrap=True)
        self.drop, self.turn = button(""), button("")
        self.undo = button(tr("Undo"), "ghost")
        self.undo.setToolTip("Ctrl+Z")
        self.drop.clicked.connect(self._on_drop)
        self.turn.clicked.connect(self.turn_requested)
        self.undo.clicked.connect(self.undo_requested)
        delete = QShortcut(QKeySequence(QKeySequence.StandardKey.Delete), self._views[DOUBTFUL])
        delete.setContext(Qt.ShortcutContext.WidgetShortcut)
        delete.activated.connect(self._on_drop)
        self._lay_out(theme)

    def _lay_out(self, theme: Theme) -> None:
        self._actions = QWidget()
        self._actions.setMinimumHeight(theme.px(44))
        row = QHBoxLayout(self._actions)
        row.setContentsMargins(MEDIUM, TINY, SMALL, TINY)
        row.setSpacing(SMALL)
        row.addWidget(self.advice, 1)
        for push in (self.undo, self.turn, self.drop):
            row.addWidget(push)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._actions)
        for view in self._views.values():
            column.addWidget(view)

    def show_choice(
        self, choice: PairChoice, languages: tuple[str, str], counted: str, *, undoable: bool
    ) -> None:
        """Take the lines of ``choice``; ``counted`` is what a number in front of them counts."""
        self._choice = choice
        for table in (self.pairs, self.doubts, self.rejections):
            table.set_counted(counted)
        self.pairs.set_pairs(choice.pairs(), *languages)
        self.doubts.set_choice(choice, *languages)
        self.rejections.set_choice(choice)
        self._views[GOOD].fit(64, 0, 0)
        self._views[DOUBTFUL].fit(64, 184, 0, 0)
        self._views[""].fit(64, 184)
        self.undo.setVisible(undoable)

    def follow(self, choice: PairChoice) -> None:
        """Take ``choice``, the same with more doubts, without moving the rows that stay."""
        self._choice = choice
        self.pairs.follow(choice.pairs())
        self.doubts.follow(choice)
        self.rejections.follow(choice)
        self._offer(self._code, self._code.removeprefix(DOUBT))

    def show_lines(self, code: str) -> None:
        """Show the lines of one kind (see :mod:`gui.pages.teach_steps.line_filters`)."""
        self._code = code
        doubtful = code == DOUBTFUL or code.startswith(DOUBT)
        reason = code.removeprefix(DOUBT)
        if doubtful:
            self.doubts.filter("" if code == DOUBTFUL else reason)
        elif code != GOOD:
            self.rejections.filter(code)
        shown = DOUBTFUL if doubtful else GOOD if code == GOOD else ""
        for kind, view in self._views.items():
            view.setVisible(kind == shown)
        self._offer(code, reason)

    def _offer(self, code: str, reason: str) -> None:
        """What there is to say and to do about the lines that are shown."""
        choice = self._choice
        count = choice.doubt_counts.get(reason, 0) if choice and code.startswith(DOUBT) else 0
        fixable = choice.fixable if choice and code == "swapped" else 0
        dropped = choice is not None and code in choice.dropped
        advice = tr("You left these out.") if dropped else reason_advice(reason)
        if code == DOUBTFUL:
            advice = tr("These are learnt unless you leave them out; choose a reason to do so.")
        self.advice.setText(advice)
        self._show(self.drop, count, tr("Leave out {count}", count=number(count)))
        self.drop.setToolTip(tr("Leave out all pairs doubtful for this reason (Del)"))
        self._show(self.turn, fixable, tr("Put {count} right", count=number(fixable)))
        self.turn.setToolTip(tr("Turn source and translation round and learn them"))
        busy = bool(advice) or not self.undo.isHidden()
        self._actions.setVisible(busy)

    def _show(self, push: QPushButton, count: int, words: str) -> None:
        push.setText(words)
        push.setVisible(bool(count))

    def _on_drop(self) -> None:
        if self._code.startswith(DOUBT):
            self.drop_requested.emit(self._code.removeprefix(DOUBT))
