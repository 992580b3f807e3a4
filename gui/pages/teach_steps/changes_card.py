"""The sentences whose translations changed most, for better and for worse, side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from core.events import Changed
from gui.i18n import tr
from gui.pages.teach_steps.comparison_card import set_word
from gui.pages.teach_steps.marking import marked, rich
from gui.pages.teach_steps.parts import button, clear, signed, stacked
from gui.theme import LARGE, MEDIUM, Theme, set_role
from gui.widgets.buttons import Segments
from gui.widgets.label import label

BETTER, WORSE = "better", "worse"


class ChangesCard(QFrame):
    """One set of sentences and one way of change at a time.

    Signals:
        compare_asked(str): where do both models look in this sentence?
    """

    compare_asked = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        set_role(self, "card")
        self._theme = theme
        self._changes: Mapping[str, Sequence[Changed]] = {}
        self._set, self._way = "", BETTER
        self.ways = Segments([(BETTER, tr("Better")), (WORSE, tr("Worse"))])
        self.ways.chosen.connect(self._on_way)
        self.sets: Segments | None = None
        self._head = QHBoxLayout()
        self._head.setSpacing(MEDIUM)
        self._head.addWidget(label(tr("Changed most"), "heading"))
        self._head.addStretch()
        self._head.addWidget(self.ways)
        self.empty = label(role="muted")
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(LARGE)
        self._grid.setVerticalSpacing(MEDIUM)
        for share in range(3):
            self._grid.setColumnStretch(share, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(LARGE, MEDIUM, LARGE, LARGE)
        column.setSpacing(MEDIUM)
        column.addLayout(self._head)
        column.addWidget(self.empty)
        column.addLayout(self._grid)

    def show_changes(self, changes: Mapping[str, Sequence[Changed]]) -> None:
        """Show ``changes`` by the name of their set; the card hides where there are none."""
        self.setVisible(bool(changes))
        if tuple(changes) != tuple(self._changes) or self._set not in changes:
            self._set = next(iter(changes), "")
            self._offer_sets(tuple(changes))
        self._changes = changes
        self._refresh()

    def shown(self) -> Sequence[Changed]:
        """The changes that are seen, the largest first."""
        sign = 1 if self._way == BETTER else -1
        found = [c for c in self._changes.get(self._set, ()) if c.gain * sign > 0]
        return sorted(found, key=lambda change: -abs(change.gain))

    def _offer_sets(self, names: tuple[str, ...]) -> None:
        if self.sets is not None:
            self._head.removeWidget(self.sets)
            self.sets.deleteLater()
            self.sets = None
        if len(names) > 1:
            self.sets = Segments([(name, set_word(name)) for name in names])
            self.sets.chosen.connect(self._on_set)
            self.sets.set_current(self._set)
            self._head.insertWidget(2, self.sets)

    def _on_set(self, name: str) -> None:
        self._set = name
        self._refresh()

    def _on_way(self, way: str) -> None:
        self._way = way
        self._refresh()

    def _refresh(self) -> None:
        self.ways.set_current(self._way)
        clear(self._grid)
        shown = self.shown()
        self.empty.setVisible(not shown)
        better = self._way == BETTER
        self.empty.setText(tr("None became better.") if better else tr("None became worse."))
        captions = (tr("Sentence"), tr("Before"), tr("After")) if shown else ()
        for column, words in enumerate(captions):
            self._grid.addWidget(label(words, "caption"), 0, column)
        for row, change in enumerate(shown, start=1):
            for column, cell in enumerate(self._cells(change)):
                self._grid.addWidget(cell, row, column, Qt.AlignmentFlag.AlignTop)

    def _cells(self, change: Changed) -> tuple[QWidget, QWidget, QWidget]:
        colors = self._theme.colors
        gone, new = colors.warning_soft, colors.accent_soft
        source = stacked(label(change.source, wrap=True), _reference(change))
        before = rich(marked(change.after, change.before, gone))
        after = rich(marked(change.before, change.after, new))
        return source, before, stacked(after, self._foot(change))

    def _foot(self, change: Changed) -> QWidget:
        """How much was won, and the way to both attentions."""
        look = button(tr("Look inside"), "ghost")
        look.setToolTip(tr("Where both models look in this sentence"))
        look.clicked.connect(lambda: self.compare_asked.emit(change.source))
        foot = QWidget()
        row = QHBoxLayout(foot)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(label(f"{signed(change.gain, 1)} chrF", "caption"))
        row.addWidget(look)
        row.addStretch()
        return foot


def _reference(change: Changed) -> QWidget:
    reference = label(change.reference, "caption", wrap=True)
    reference.setToolTip(tr("As it should be translated"))
    return reference
