"""The kinds of lines of a checked file, with how many there are of each, to choose one by."""

from __future__ import annotations

from dataclasses import dataclass
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
from gui.pages.teach_steps.parts import scrolled
from gui.theme import LARGE, SMALL, TINY, set_role
from gui.tips import plain_tip
from gui.viewmodels.pair_choice import PairChoice
from gui.viewmodels.pair_reasons import reason_advice, reason_words
from gui.widgets.label import label

# Which lines are shown: good pairs, doubtful ones, those left out (""), or DOUBT or nothing and a
# reason.
GOOD, DOUBTFUL, LEFT_OUT, DOUBT = "good", "doubt", "", "doubt:"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of lines, how many there are, and what can be done about them."""

    code: str
    words: str
    count: int
    advice: str = ""


class FilterButton(QPushButton):
    """A kind of lines and how many there are."""

    def __init__(self, words: str, count: int, tip: str, indent: bool) -> None:
        super().__init__()
        set_role(self, "filter")
        self.setCheckable(True)
        self.setToolTip(plain_tip(tip))
        self._words = words
        self._count = label(role="muted" if indent else "figure")
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(LARGE + SMALL if indent else SMALL + 2, TINY, SMALL + 2, TINY)
        row.addWidget(label(words, "muted" if indent else ""), 1)
        row.addWidget(self._count)
        self.set_count(count)

    def set_count(self, count: int) -> None:
        """How many there are now."""
        self._count.setText(number(count))
        self.setAccessibleName(f"{self._words}: {number(count)}")

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
        self._column.addStretch()
        self._group = QButtonGroup(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(scrolled(inner))

    def buttons(self) -> list[QAbstractButton]:
        """All that can be chosen."""
        return self._group.buttons()

    def show_choice(self, choice: PairChoice) -> None:
        """Offer the kinds of lines that ``choice`` has; buttons that stay are the same ones."""
        kinds = _kinds(choice)
        codes = [kind.code for kind in kinds]
        for old in self._group.buttons():
            if old.property("filter") not in codes:
                self._group.removeButton(old)
                self._column.removeWidget(old)
                old.hide()
                old.deleteLater()
        there = {push.property("filter"): push for push in self._group.buttons()}
        for place, kind in enumerate(kinds):
            push = there.get(kind.code)
            if isinstance(push, FilterButton):
                push.set_count(kind.count)
                if self._column.indexOf(push) == place:
                    continue
                self._column.removeWidget(push)
            else:
                push = self._made(kind)
            self._column.insertWidget(place, push)

    def has(self, code: str) -> bool:
        """Whether there are lines of this kind."""
        return any(push.property("filter") == code for push in self._group.buttons())

    def set_current(self, code: str) -> None:
        """Show ``code`` as chosen."""
        for push in self._group.buttons():
            push.setChecked(push.property("filter") == code)

    def _made(self, kind: Kind) -> FilterButton:
        push = FilterButton(kind.words, kind.count, kind.advice, indent=bool(kind.advice))
        push.setProperty("filter", kind.code)
        push.clicked.connect(partial(self._on_clicked, kind.code))
        self._group.addButton(push)
        return push

    def _on_clicked(self, code: str, *_: object) -> None:
        self.chosen.emit(code)


def _kinds(choice: PairChoice) -> list[Kind]:
    """The kinds of lines that ``choice`` has, in the order in which they are offered."""
    from core.training.doctor.doubts import DOUBTS  # light, and in memory by now

    left_out = choice.left_out_counts
    doubts = {why: choice.doubt_counts[why] for why in DOUBTS if why in choice.doubt_counts}
    kinds = [Kind(GOOD, tr("Good pairs"), choice.count)]
    if doubts:
        kinds.append(Kind(DOUBTFUL, tr("Of these doubtful"), choice.doubtful))
    for reason, count in doubts.items():
        kinds.append(Kind(DOUBT + reason, reason_words(reason), count, reason_advice(reason)))
    kinds.append(Kind(LEFT_OUT, tr("Left out"), sum(left_out.values())))
    for reason, count in left_out.items():
        kinds.append(Kind(reason, reason_words(reason), count, reason_advice(reason)))
    return kinds
