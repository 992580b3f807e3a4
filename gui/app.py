"""Composition root: makes the objects, connects them, runs the event loop."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication, QWidget

from core.paths import resources_folder
from gui.fonts import interface_font
from gui.garbage import GarbageCollector
from gui.jobs.background import Background
from gui.jobs.engine import Computing, EngineLoader, survey_models
from gui.jobs.translation import LoadEngine, TranslationThread
from gui.language import Language
from gui.logs import log_to_terminal
from gui.main_window import MainWindow
from gui.pages.settings import SettingsPage
from gui.pages.translate import TranslatePage
from gui.pages.translate_aids import add_aids
from gui.pages.translate_findings import FindingsOnPage
from gui.pages.translate_inside import add_views
from gui.pages.translate_lesson import Corrections
from gui.pages.translate_parts.lesson_panel import LessonPanel
from gui.pages.translate_parts.saved_translation import SavedTranslation
from gui.pages.translate_parts.text_files import TextFiles
from gui.pages.translate_steering import PageSteering
from gui.session import Session
from gui.settings import Settings
from gui.theme import Theme
from gui.viewmodels.findings import Findings
from gui.viewmodels.lesson import LessonViewModel
from gui.viewmodels.models import Models, SurveyModels
from gui.viewmodels.steering import SteeringViewModel
from gui.viewmodels.translate import TranslateViewModel

if TYPE_CHECKING:
    from gui.pages.classroom import ClassroomPage
    from gui.pages.teach import TeachPage

    LearningPage = TeachPage | ClassroomPage


@dataclass
class Composition:
    """The parts of a running window; keep it as long as the window lives.

    ``ends`` are what ends the jobs of pages that were opened, each within seconds; ``holds`` are
    asked when the user closes the window, and ask in turn where something would be lost.
    """

    settings: Settings
    theme: Theme
    background: Background
    thread: TranslationThread
    models: Models
    window: MainWindow
    files: TextFiles
    ends: list[Callable[[], None]] = field(default_factory=list)
    holds: list[Callable[[], bool]] = field(default_factory=list)

    def begin(self) -> None:
        """After the window is on screen: look for models, load one."""
        self.models.refresh()

    def shutdown(self) -> None:
        """End every job."""
        for end in self.ends:
            end()
        self.thread.shutdown()
        self.background.shutdown()


def dress(app: QApplication) -> None:
    """Name, style and fonts of the application; the colours come with the window."""
    app.setApplicationName("attune")
    app.setDesktopFileName("attune")
    app.setWindowIcon(QIcon(str(resources_folder() / "icons" / "attune-256.png")))
    app.setStyle("Fusion")
    app.setFont(interface_font())


def compose(
    settings: Settings | None = None,
    load: LoadEngine | None = None,
    models: SurveyModels = survey_models,
) -> Composition:
    """The window and all it needs; ``load`` and ``models`` run off the UI thread.

    Args:
        load: loads a model instead of the real translator.
    """
    settings = settings or Settings()
    theme = Theme(settings)
    background = Background()
    loader = EngineLoader()
    thread = TranslationThread(load or loader)
    known = Models(settings, background, models)
    view_model = TranslateViewModel(settings, known, thread)
    translate = TranslatePage(settings, theme, view_model, background)
    pages: dict[str, Callable[[], QWidget]] = {}
    window = MainWindow(settings, theme, translate, pages)
    files = add_aids(translate, settings, theme)
    parts = Composition(settings, theme, background, thread, known, window, files)
    parts.ends.append(SavedTranslation(translate, files, theme).shutdown)
    window.keeps_open = lambda: any(hold() for hold in parts.holds)
    _follow_computing(parts, loader)
    findings = Findings(view_model, thread, settings, translate)
    FindingsOnPage(translate, findings, settings, theme)
    _add_corrections(parts)
    steering = SteeringViewModel(view_model, thread, lambda: settings.beam.value, translate)
    PageSteering(translate, steering, theme)
    findings.bettered.connect(steering.replace)
    parts.ends += add_views(translate, settings, theme, thread, background, steering)
    pages["teach"] = lambda: _teach_page(parts)
    pages["classroom"] = lambda: _classroom_page(parts)
    pages["models"] = lambda: _models_page(parts)
    pages["settings"] = lambda: SettingsPage(settings, theme, known)
    window.painted.connect(lambda: QTimer.singleShot(0, parts.begin))
    window.closing.connect(parts.shutdown)
    if settings.newer is not None:
        window.say_unkept(settings.newer)
    return parts


def _follow_computing(parts: Composition, loader: EngineLoader) -> None:
    """Load the model anew when another precision or number of threads is chosen."""
    settings = parts.settings

    def take() -> None:
        loader.computing = Computing(settings.precision.value, settings.threads.value)

    def load_anew() -> None:
        take()
        current = parts.models.current
        if current is not None:
            parts.thread.forget(current.path)
            parts.window.translate.model.translate()

    take()
    for setting in (settings.precision, settings.threads):
        setting.changed.connect(load_anew)


def _add_corrections(parts: Composition) -> None:
    """What corrects a translation and teaches it, on the page that translates."""
    window, page = parts.window, parts.window.translate
    lesson = LessonViewModel(parent=page)
    panel = LessonPanel(lesson, parts.theme, parts.background)
    Corrections(page, panel, parts.settings)
    parts.ends.append(lesson.shutdown)

    def keeps_open() -> bool:
        if lesson.undecided:
            window.open("translate")
            panel.ask_to_close()
        return lesson.undecided

    parts.holds.append(keeps_open)

    def forget_and_close() -> None:
        lesson.forget()
        window.close()  # which asks what else would be lost

    panel.close_confirmed.connect(forget_and_close)


def _let_learn(
    parts: Composition, name: str, page: LearningPage, learning: Callable[[], bool]
) -> None:
    """What a ``page`` on which models learn does to the rest of the window.

    Args:
        name: of the page.
        learning: whether something would be lost if the window closed now.
    """
    window = parts.window
    parts.ends.append(page.shutdown)

    def translate_with(model: str) -> None:
        window.translate.translate_with(model)
        window.open("translate")

    page.translate_with.connect(translate_with)
    page.progress_changed.connect(lambda share: window.rail.set_progress(name, share))

    def keeps_open() -> bool:
        busy = learning()
        if busy:
            window.open(name)
            page.ask_to_close()
        return busy

    parts.holds.append(keeps_open)
    page.close_confirmed.connect(window.close)


def _teach_page(parts: Composition) -> QWidget:
    """The page that trains; its modules are imported when it is first opened."""
    from gui.pages.models import ModelsPage
    from gui.pages.teach import TeachPage

    window = parts.window
    page = TeachPage(parts.settings, parts.theme, background=parts.background)

    def kept(name: str) -> None:
        parts.models.refresh()
        window.translate.offer(name)

    def compare(name: str, sentence: str) -> None:
        models = window.open("models")
        if isinstance(models, ModelsPage):
            models.compare_on(name, sentence)

    page.model_kept.connect(kept)
    page.compare_asked.connect(compare)
    _let_learn(parts, "teach", page, lambda: page.model.run.worth_keeping)
    return page


def _classroom_page(parts: Composition) -> QWidget:
    """The page of runs; its modules are imported when it is first opened."""
    from gui.classroom import classroom_page

    page = classroom_page(parts.settings, parts.theme, parts.models, parts.background)
    page.model_kept.connect(lambda _name: parts.models.refresh())
    _let_learn(parts, "classroom", page, lambda: page.model.runs.worth_keeping)
    return page


def _models_page(parts: Composition) -> QWidget:
    """The page of models; its modules are imported when it is first opened."""
    from gui.pages.models import ModelsPage
    from gui.pages.teach import TeachPage
    from gui.viewmodels.comparing import Comparing
    from gui.viewmodels.library import Library

    window = parts.window
    library = Library(parts.models)
    comparing = Comparing(lambda: parts.settings.beam.value)
    page = ModelsPage(library, parts.theme, comparing=comparing, background=parts.background)
    comparing.setParent(page)
    page.last_sentence = lambda: _last_sentence(window.translate.model)
    library.setParent(page)
    parts.ends.append(page.shutdown)

    def translate_with(name: str) -> None:
        window.translate.translate_with(name)
        window.open("translate")

    def teach_further(name: str) -> None:
        teach = window.open("teach")
        if isinstance(teach, TeachPage):
            teach.model.form.take_models(tuple(e.card for e in library.shelf.sound if e.card))
            teach.model.form.set_base(name)
            if not teach.model.run.busy:
                teach.model.again()

    page.translate_with.connect(translate_with)
    page.teach_further.connect(teach_further)
    return page


def _last_sentence(model: TranslateViewModel) -> str:
    """The sentence under the caret of what was translated, if there is one."""
    index = model.highlight.inside
    return "" if index is None else model.segments[index].translation.source


def run(arguments: Sequence[str], on_painted: Callable[[], None] | None = None) -> int:
    """Show the window until it is closed; the exit code.

    Args:
        arguments: the program's name, Qt's own options, and files to open.
        on_painted: called when a window of its own is on screen, whichever others are open.
    """
    log_to_terminal()
    app = QApplication(list(arguments))
    dress(app)
    session = Session([Path(name) for name in app.arguments()[1:]], app)
    if on_painted is None and not session.begins():
        return 0
    settings = Settings()
    _language = Language(settings.language.value)  # as long as the window is open
    parts = compose(settings)
    session.attend(parts.window, parts.files.open)
    garbage = GarbageCollector(app)
    parts.thread.loaded.connect(garbage.settle)
    if on_painted is not None:
        parts.window.painted.connect(on_painted)
    parts.window.show()
    code = app.exec()
    session.end()
    return code
