"""What a check has found: counts by reason at the left, the lines of one kind at the right."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gui.i18n import language_name, tr
from gui.pages.teach_steps.line_filters import DOUBT, DOUBTFUL, GOOD, LEFT_OUT, LineFilters
from gui.pages.teach_steps.line_tables import LineTables
from gui.pages.teach_steps.parts import card
from gui.theme import MEDIUM, SMALL, TINY, Theme
from gui.viewmodels.file_check import FileCheck
from gui.viewmodels.pair_choice import PairChoice


def add_undo_key(page: QWidget, pairs: FileCheck) -> None:
    """Take back what was done last, wherever on ``page`` the keyboard is."""
    undo = QShortcut(QKeySequence(QKeySequence.StandardKey.Undo), page)
    undo.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    undo.activated.connect(pairs.undo)


class LinesArea(QWidget):
    """Shows the choice of ``pairs``.

    Args:
        put_right: turns the pairs whose sides are swapped.
    """

    def __init__(self, pairs: FileCheck, put_right: Callable[[], None], theme: Theme) -> None:
        super().__init__()
        self._pairs = pairs
        self._choice: PairChoice | None = None
        self._code = LEFT_OUT
        self.filters = LineFilters()
        self.filters.chosen.connect(self._show_lines)
        self.lines = LineTables(theme)
        self.lines.drop_requested.connect(self._drop)
        self.lines.turn_requested.connect(put_right)
        self.lines.undo_requested.connect(pairs.undo)
        left = card(_column(self.filters), SMALL)
        left.setFixedWidth(theme.px(240))
        self.setMinimumHeight(theme.px(140))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(MEDIUM)
        row.addWidget(left)
        row.addWidget(card(_column(self.lines), TINY), 1)

    def refresh(self, languages: tuple[str, str]) -> None:
        """Show what the check holds; ``languages`` are the codes of both sides."""
        before, self._choice = self._choice, self._pairs.choice
        choice = self._choice
        if choice is None or choice is before:
            return
        if choice.grew_from(before):
            self.lines.follow(choice)
            self.filters.show_choice(choice)
        else:
            self._show_choice(choice, languages, another=before is None)

    def _show_choice(
        self, choice: PairChoice, languages: tuple[str, str], *, another: bool
    ) -> None:
        """Show a choice, of another file or of the same one after something was done about it."""
        source, target = languages
        self.lines.show_choice(
            choice,
            (language_name(source), language_name(target)),
            _counted(self._pairs.paths[0].suffixes),
            undoable=self._pairs.undoable,
        )
        self.filters.show_choice(choice)
        left_out = sum(choice.left_out_counts.values())
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
        self._pairs.drop(reason)
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
