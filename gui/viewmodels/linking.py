"""Which words belong together in the sentence that someone points at: asked of its model."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject

from core.translation.result import Rows, Translation
from gui.jobs.translation import Ask, TranslationThread
from gui.viewmodels.highlight import Highlight
from gui.viewmodels.inquiry import Inquiry
from gui.viewmodels.segments import SegmentList


class Linking(QObject):
    """Has the words of a sentence linked by its model's aligner once one of them is lit.

    Until the answer is there, a fraction of a second later, and where there is no aligner, words
    are linked by attention, which every translation brings along. What goes wrong is left so.

    Args:
        highlight: tells what is lit, and paints it anew.
        segments: get the links.
        thread: has the model that translates.
        model: tells its folder; ``None`` where there is no model.
    """

    def __init__(
        self,
        highlight: Highlight,
        segments: SegmentList,
        thread: TranslationThread,
        model: Callable[[], Path | None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._highlight, self._segments = highlight, segments
        self._inquiry: Inquiry[Rows | None] = Inquiry(thread, "links", model, links_question, self)
        self._asked: Translation | None = None
        self._inquiry.changed.connect(self._on_answer)
        highlight.changed.connect(self._follow)

    def _follow(self) -> None:
        """Ask about the sentence of the lit word, once."""
        lit = self._highlight.lit
        segment = self._segments[lit[0].segment] if lit else None
        if segment is None or segment.stale or segment.links is not None:
            return
        if segment.translation is self._asked:
            self._on_answer()  # the text was translated again: the same sentence, without links
        else:
            self._asked = segment.translation
            self._inquiry.ask(self._asked)

    def _on_answer(self) -> None:
        rows, asked = self._inquiry.answer, self._asked
        if rows is not None and asked is not None and self._segments.link(asked, rows):
            self._highlight.changed.emit()


def links_question(shown: Translation) -> Ask:
    """What is asked about a translation."""
    return lambda engine, cancel: engine.links(shown, cancel)
