"""Makes the Classroom of what the core has registered."""

from __future__ import annotations

from core.environment import cores
from gui.jobs.background import Background
from gui.jobs.sample_tasks import sample_pairs
from gui.pages.classroom import ClassroomPage
from gui.settings import Settings
from gui.theme import Theme
from gui.viewmodels.classroom import ClassroomViewModel
from gui.viewmodels.comparing import Comparing
from gui.viewmodels.library import Library
from gui.viewmodels.models import Models
from gui.viewmodels.registry import architecture, core_registry
from gui.viewmodels.vanishing import Vanishing


def classroom_page(
    settings: Settings, theme: Theme, models: Models, background: Background
) -> ClassroomPage:
    """The page, with all that it needs as its children."""
    model = ClassroomViewModel(settings, core_registry(), cores())
    library, comparing = Library(models), Comparing(lambda: settings.beam.value)
    vanishing = Vanishing(max(1, cores() // 2))
    page = ClassroomPage(
        settings,
        theme,
        model,
        library,
        comparing,
        background,
        architecture,
        sample_pairs(),
        vanishing,
    )
    for part in (model, library, comparing, vanishing):
        part.setParent(page)
    return page
