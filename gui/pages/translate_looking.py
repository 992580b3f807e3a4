"""Looking at words of the Translate page: selections, what is heard, what tool tips say."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, QRect
from PySide6.QtWidgets import QWidget

from gui.viewmodels.highlight import Highlight
from gui.viewmodels.links import Side, Spot
from gui.viewmodels.marks import place_of
from gui.viewmodels.segments import SegmentList
from gui.viewmodels.spoken import copied_tip, spoken
from gui.widgets.linked_text import LinkedText


class Looking(QObject):
    """Joins the panes with what is lit beyond pointer and caret; ``page`` owns it.

    Attributes:
        remarks: what else is to be heard of the lit words.
    """

    def __init__(
        self,
        page: QWidget,
        highlight: Highlight,
        segments: SegmentList,
        panes: dict[Side, LinkedText],
    ) -> None:
        super().__init__(page)
        self._highlight, self._segments, self._panes = highlight, segments, panes
        self.remarks: Callable[[Sequence[Spot]], str] = lambda _lit: ""
        for side, pane in panes.items():
            pane.selected.connect(partial(highlight.select, side))
            pane.tip_at = partial(self._tip, side)
        highlight.changed.connect(self._tell)

    def _tip(self, side: Side, offset: int) -> str:
        return copied_tip(self._segments, self._highlight.word_at(side, offset))

    def _tell(self) -> None:
        """Name the lit words in the pane that they are in; aloud where the keyboard is there."""
        lit = self._highlight.lit
        words = ", ".join(filter(None, (spoken(self._segments, lit), self.remarks(lit))))
        for side, pane in self._panes.items():
            if lit and lit[0].side is side:
                start = place_of(self._segments, lit[0])[0]
                place = pane.rect_of(start).toAlignedRect()
                pane.focused_word.tell(words, place, aloud=pane.hasFocus())
            else:
                pane.focused_word.tell("", QRect(), aloud=False)
