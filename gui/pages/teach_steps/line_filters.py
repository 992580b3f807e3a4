"""The kinds of lines of a checked file, with how many there are of each, to choose one by."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from gui.i18n import number, tr
from gui.pages.teach_steps.parts import clear, label, scrolled
from gui.theme import LARGE, SMALL, TINY, set_role
from gui.viewmodels.pair_choice import PairChoice
from gui.viewmodels.pair_reasons import reason_advice, reason_words

# Which lines are shown: good pairs, doubtful ones, those left out (""), or DOUBT or nothing and a
# reason.
GOOD, DOUBTFUL, LEFT_OUT, DOUBT = "good", "doubt", "", "doubt:"


class FilterButton(QPushButton):
    """A kind of lines and how many there are."""

    def __init__(self, words: str, count: int, tip: str, indent: bool) -> None:
        super().__init__()
        set_role(self, "filter")
        self.setCheckable(True)
        self.setToolTip(tip)
        self.setAccessibleName(f"{words}: {number(count)}")
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(LARGE + SMALL if indent else SMALL + 2, TINY, SMALL + 2, TINY)
        row.addWidget(label(words, "muted" if indent else ""), 1)
        row.addWidget(label(number(count), "muted" if indent else "figure"))

    def sizeHint(self) -> QSize:
        return self._row.totalSizeHint()  # asked anew: the style sheet comes later

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()


class LineFilters(QWidget):
    """A button for each kind; ``chosen(str)`` has its code, also the button's ``filter``."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        inner = QWidget()
        self._column = QVBoxLayout(inner)
        self._column.setSpacing(2)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._group = QButtonGroup(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(scrolled(inner))

    def buttons(self) -> list[QAbstractButton]:
        """All that can be chosen."""
        return self._group.buttons()

    def show_choice(self, choice: PairChoice) -> None:
        """Offer the kinds of lines that ``choice`` has."""
        for old in self._group.buttons():
            self._group.removeButton(old)
        clear(self._column)
        self._add(GOOD, tr("Good pairs"), choice.count)
        doubts = choice.doubt_counts
        if doubts:
            self._add(DOUBTFUL, tr("Of these doubtful"), choice.doubtful)
        for reason, count in doubts.items():
            self._add(DOUBT + reason, reason_words(reason), count, reason_advice(reason))
        self._add(LEFT_OUT, tr("Left out"), sum(choice.left_out_counts.values()))
        for reason, count in choice.left_out_counts.items():
            self._add(reason, reason_words(reason), count, reason_advice(reason))
        self._column.addStretch()

    def has(self, code: str) -> bool:
        """Whether there are lines of this kind."""
        return any(push.property("filter") == code for push in self._group.buttons())

    def set_current(self, code: str) -> None:
        """Show ``code`` as chosen."""
        for push in self._group.buttons():
            push.setChecked(push.property("filter") == code)

    def _add(self, code: str, words: str, count: int, advice: str = "") -> None:
        push = FilterButton(words, count, advice, indent=bool(advice))
        push.setProperty("filter", code)
        push.clicked.connect(partial(self._on_clicked, code))
        self._group.addButton(push)
        self._column.addWidget(push)

    def _on_clicked(self, code: str, *_: object) -> None:
        self.chosen.emit(code)
