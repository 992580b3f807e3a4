"""Joins the Translate page with the panel in which a translation is corrected and taught."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject

from gui.pages.translate import TranslatePage
from gui.pages.translate_parts.lesson_panel import LessonPanel
from gui.settings import Settings
from gui.viewmodels.lesson_state import LessonState, Subject
from gui.viewmodels.pins import Pins
from gui.viewmodels.translate import TranslateViewModel

_SHARE = 0.42  # of the page's height


class Corrections(QObject):
    """Offers to correct the sentence under the caret, and uses what was learnt."""

    def __init__(self, page: TranslatePage, panel: LessonPanel, settings: Settings) -> None:
        super().__init__(page)
        self.page, self.panel = page, panel
        self._settings = settings
        page.levels.addWidget(panel)
        page.leave_panel = panel.escape
        page.target.correct_asked.connect(self.correct)
        panel.opened.connect(self._on_opened)
        panel.model.kept.connect(self._on_kept)
        panel.model.changed.connect(self._offer)
        for signal in (page.model.status_changed, page.model.highlight.sentence_changed):
            signal.connect(self._offer)
        page.model.output_changed.connect(lambda _edit: self._offer())

    def correct(self) -> None:
        """Open the panel for the sentence under the caret."""
        subject = subject_of(self.page.model, self._settings.beam.value)
        if subject is not None:
            pinned = Pins(self._settings).of(subject.base.source_language)
            self.panel.model.open(replace(subject, pinned=pinned))

    def _offer(self) -> None:
        free = self.panel.model.state in (LessonState.CLOSED, LessonState.WRITING)
        there = subject_of(self.page.model, self._settings.beam.value) is not None
        self.page.target.correct.setEnabled(free and there)

    def _on_opened(self, shown: bool) -> None:
        """The panel stands where the drawer is, or the drawer again."""
        page = self.page
        page.drawer.setVisible(not shown)
        if not shown:
            page.open_drawer(page.drawer.is_open)
            page.source.editor.setFocus()
            return
        least = self.panel.minimumSizeHint().height()
        height = max(least, round(_SHARE * page.height()))
        page.levels.setSizes([max(page.levels.height() - height, 1), 0, height])

    def _on_kept(self, name: str) -> None:
        self.page.model.models.refresh()
        self.page.translate_with(name)


def subject_of(model: TranslateViewModel, beam: int) -> Subject | None:
    """The sentence under the caret and those beside it, if it is translated by now."""
    index, base = model.highlight.inside, model.models.current
    if index is None or base is None or model.segments[index].stale:
        return None
    segments = [model.segments[i] for i in range(len(model.segments))]
    others = tuple(s.unaided for s in segments if not s.stale)
    sentence = segments[index]
    return Subject(sentence.unaided, others, base, beam, sentence.translation.translation)
