"""Keeps two panes at the same sentence."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from gui.viewmodels.highlight import Highlight
from gui.viewmodels.links import Side
from gui.widgets.linked_text import LinkedText


class ScrollSync(QObject):
    """When the user scrolls one pane, the other follows sentence by sentence."""

    def __init__(self, source: LinkedText, target: LinkedText, highlight: Highlight) -> None:
        super().__init__(source)
        self._panes = {Side.SOURCE: source, Side.TARGET: target}
        self._highlight = highlight
        self._moving = False
        for side, pane in self._panes.items():
            pane.verticalScrollBar().valueChanged.connect(self._follower(side))

    def _follower(self, side: Side) -> Callable[[int], None]:
        return lambda _value: self._follow(side)

    def settle(self) -> None:
        """The translation grew: it keeps to the sentence that the user looks at."""
        self._follow(Side.SOURCE)

    def _follow(self, side: Side) -> None:
        """The other pane follows ``side``, if it is ``side`` that the user moves."""
        pane, other = self._panes[side], self._panes[side.other]
        used = pane.underMouse() or (pane.hasFocus() and not other.underMouse())
        if self._moving or not used:
            return
        self._moving = True
        try:
            other.verticalScrollBar().setValue(self._place(side))
        finally:
            self._moving = False

    def _place(self, side: Side) -> int:
        """Where the other pane's bar belongs for the place of ``side``'s."""
        pane, other = self._panes[side], self._panes[side.other]
        bar, other_bar = pane.verticalScrollBar(), other.verticalScrollBar()
        if bar.value() == bar.minimum():
            return other_bar.minimum()
        if bar.value() == bar.maximum():
            return other_bar.maximum()
        index = self._highlight.segment_near(side, pane.offset_at_top())
        if index is None:
            return other_bar.value()
        top, bottom = self._span(side, index)
        share = (bar.value() - top) / (bottom - top) if bottom > top else 0.0
        top, bottom = self._span(side.other, index)
        return round(top + min(max(share, 0.0), 1.0) * (bottom - top))

    def _span(self, side: Side, index: int) -> tuple[float, float]:
        """Top and bottom of a sentence in its pane's document, pixels."""
        pane = self._panes[side]
        start, following = self._highlight.span(side, index)
        top = pane.top_of(start)
        if following is None:
            return top, pane.document().size().height()
        return top, pane.top_of(following)
