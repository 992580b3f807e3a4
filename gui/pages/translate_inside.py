"""Which views the drawer of the Translate page has, beside that of attention."""

from __future__ import annotations

from collections.abc import Callable

from gui.jobs.background import Background
from gui.jobs.questions import Questions
from gui.jobs.translation import TranslationThread
from gui.pages.translate import TranslatePage
from gui.pages.translate_insight import Insight
from gui.pages.translate_parts.others_view import OthersView
from gui.settings import Settings
from gui.theme import Theme
from gui.viewmodels.others import OthersViewModel
from gui.viewmodels.steering import SteeringViewModel
from gui.viewmodels.truth import TruthViewModel
from gui.widgets.truth_view import TruthView


def add_views(
    page: TranslatePage,
    settings: Settings,
    theme: Theme,
    thread: TranslationThread,
    background: Background,
    steering: SteeringViewModel,
) -> list[Callable[[], None]]:
    """Put the views into the drawer, and show the one that was shown last.

    Returns what ends their jobs.
    """
    insight = Insight(page, settings, theme, thread, background)
    insight.search.continue_asked.connect(steering.begin_with)
    ends = [_add_truth(page, theme)]
    _add_others(page, settings, theme, thread, steering)
    page.drawer.turn_to(settings.inside_tab.value)
    return ends


def _add_others(
    page: TranslatePage,
    settings: Settings,
    theme: Theme,
    thread: TranslationThread,
    steering: SteeringViewModel,
) -> None:
    """Other translations of the sentence, to be put into the text."""
    others = OthersViewModel(page.model.models, thread, lambda: settings.beam.value, page)
    view = OthersView(others, theme)
    view.chosen.connect(steering.replace)
    page.drawer.add_view(view)


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
