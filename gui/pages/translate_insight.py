"""Joins the drawer with the model that translates: the heads of attention, and the search."""

from __future__ import annotations

from pathlib import Path

from core.translation.result import Translation
from gui.jobs.background import Background
from gui.jobs.translation import Ask, TranslationThread
from gui.pages.translate import TranslatePage
from gui.settings import Settings
from gui.theme import Theme
from gui.viewmodels.inquiry import Inquiry
from gui.viewmodels.linking import Linking, links_question
from gui.widgets.heatmap_drawing import GridDrawing
from gui.widgets.heatmap_export import HeatmapExport
from gui.widgets.search_view import SearchView


class Insight:
    """Adds the view of the search to ``page``, and heads, pieces and exports to that of attention.

    Attributes:
        search: the view of the search.
    """

    def __init__(
        self,
        page: TranslatePage,
        settings: Settings,
        theme: Theme,
        thread: TranslationThread,
        background: Background,
    ) -> None:
        self._page, self._settings = page, settings
        attention = page.drawer.attention
        attention.ask_by(Inquiry(thread, "heads", self._model, self._heads, page))
        attention.link_by(Inquiry(thread, "all-links", self._model, links_question, page))
        GridDrawing(attention.grid, background)
        HeatmapExport(attention, background)
        Linking(page.model.highlight, page.model.segments, thread, self._model, page)
        page.model.models.current_changed.connect(self._tell_kind)
        self._tell_kind()
        self.search = SearchView(theme, Inquiry(thread, "search", self._model, self._search, page))
        page.drawer.add_view(self.search)

    def _tell_kind(self) -> None:
        """Whether there is attention to be looked at, of the model that translates now."""
        current = self._page.model.models.current
        self._page.drawer.attention.attends = current is None or current.attends

    def _model(self) -> Path | None:
        current = self._page.model.models.current
        return current.path if current is not None else None

    def _heads(self, shown: Translation) -> Ask:
        beam = self._settings.beam.value
        return lambda engine, cancel: engine.heads(shown, beam, cancel)

    def _search(self, shown: Translation) -> Ask:
        """The search as it was, behind what was asked for by hand."""
        segments = self._page.model.segments
        index = segments.find(shown)
        beginning = shown.translation[: segments[index].locked] if index is not None else ""
        beam = self._settings.beam.value
        return lambda engine, cancel: engine.search_trees(shown, beginning, beam, cancel)
