"""Which views the drawer of the Translate page has, beside that of attention."""

from __future__ import annotations

from collections.abc import Callable

from gui.jobs.questions import Questions
from gui.pages.translate import TranslatePage
from gui.settings import Settings
from gui.theme import Theme
from gui.viewmodels.truth import TruthViewModel
from gui.widgets.truth_view import TruthView


def add_views(page: TranslatePage, settings: Settings, theme: Theme) -> list[Callable[[], None]]:
    """Put the views into the drawer, and show the one that was shown last.

    Returns what ends their jobs.
    """
    ends = [_add_truth(page, theme)]
    page.drawer.turn_to(settings.inside_tab.value)
    return ends


def _add_truth(page: TranslatePage, theme: Theme) -> Callable[[], None]:
    """What attention is worth: erasure and gradients of the chosen word."""
    models = page.model.models
    truth = TruthViewModel(
        page.model.highlight,
        page.model.segments,
        lambda: models.current.path if models.current else None,
        Questions(),
        page,
    )
    models.current_changed.connect(truth.forget)
    view = TruthView(truth, theme)
    view.stepped.connect(page.target.view.stepped)
    page.drawer.add_view(view)
    return truth.shutdown
