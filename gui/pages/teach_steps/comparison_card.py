"""Scores of the base and of the taught model on the same sentences, and whether they differ."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from core import significance
from core.events import Compared
from core.significance import Verdict
from gui.i18n import number, tr
from gui.pages.teach_steps.parts import clear, stacked
from gui.theme import LARGE, MEDIUM, set_role
from gui.tips import plain_tip
from gui.widgets.label import label


def set_words(name: str) -> str:
    """The set called ``name`` as a reader knows it."""
    return {
        "held-out": tr("Held-out sentences"),
        "taught": tr("Taught sentences"),
        "general": tr("Everyday sentences"),
    }.get(name, name)


def set_word(name: str) -> str:
    """The set called ``name`` where room is short."""
    short = {"held-out": tr("Held-out"), "taught": tr("Taught"), "general": tr("Everyday")}
    return short.get(name, name)


def set_tip(name: str) -> str:
    """What the set called ``name`` is."""
    return {
        "held-out": tr("Pairs of the file that it never learnt."),
        "taught": tr("The pairs that it learnt; too few to keep some aside."),
        "general": tr("They come with Attune and show what it has forgotten."),
    }.get(name, "")


def verdict(before: float, after: float, p_value: float | None) -> tuple[str, str]:
    """Whether a score has surely changed, in words, and the role of a label for that."""
    return {
        Verdict.UNKNOWN: (tr("too few to tell"), "caption"),
        Verdict.SAME: (tr("may be chance"), "caption"),
        Verdict.BETTER: (tr("▲ surely better"), "better"),
        Verdict.WORSE: (tr("▼ surely worse"), "worse"),
    }[significance.verdict(before, after, p_value)]


class ComparisonCard(QFrame):
    """A row for each set of sentences, a column for each score."""

    def __init__(self) -> None:
        super().__init__()
        set_role(self, "card")
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(LARGE, LARGE, LARGE, LARGE)
        self._grid.setHorizontalSpacing(LARGE)
        self._grid.setVerticalSpacing(MEDIUM)
        for column in range(3):
            self._grid.setColumnStretch(column, 1)

    def show_compared(self, compared: Mapping[str, Compared]) -> None:
        """Show what was compared; the card hides where that is nothing."""
        clear(self._grid)
        self.setVisible(bool(compared))
        for column, words in ((1, "BLEU"), (2, "chrF")):
            heading = label(words, "caption")
            heading.setToolTip(tr("Likeness to the sentences' own translations, 0 to 100."))
            self._grid.addWidget(heading, 0, column)
        for row, (name, found) in enumerate(compared.items(), start=1):
            self._add_row(row, name, found)

    def _add_row(self, row: int, name: str, found: Compared) -> None:
        title = label(f"{set_words(name)} ({number(found.sentences)})", wrap=True)
        title.setToolTip(plain_tip(set_tip(name)))
        self._grid.addWidget(title, row, 0, Qt.AlignmentFlag.AlignTop)
        bleu = (found.bleu_before, found.bleu_before_error, found.bleu_after,
                found.bleu_after_error, found.bleu_p_value)  # fmt: skip
        chrf = (found.chrf_before, found.chrf_before_error, found.chrf_after,
                found.chrf_after_error, found.chrf_p_value)  # fmt: skip
        self._grid.addWidget(_score(*bleu), row, 1)
        self._grid.addWidget(_score(*chrf), row, 2)


def _score(
    before: float, before_error: float, after: float, after_error: float, p_value: float | None
) -> QWidget:
    """A score before and after, and below whether that says anything."""
    words = f"{_with_error(before, before_error)}  →  {_with_error(after, after_error)}"
    score = label(words)
    score.setToolTip(tr("± is half of a 95 % interval."))
    mark = label(*verdict(before, after, p_value))
    if p_value is not None:
        mark.setToolTip(tr("Paired bootstrap test: p = {p}", p=number(p_value, 3)))
    return stacked(score, mark, gap=2)


def _with_error(value: float, error: float) -> str:
    return f"{number(value, 1)} ± {number(error, 1)}"
