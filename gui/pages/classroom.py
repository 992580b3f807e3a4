"""Classroom: compose a system, train it beside others, compare what they make of a sentence."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property, partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from gui.errors import Failure
from gui.i18n import tr
from gui.jobs.background import Background
from gui.pages.classroom_parts.compose_view import Architecture, ComposeView
from gui.pages.classroom_parts.data_view import DataView
from gui.pages.classroom_parts.looks import classroom_style
from gui.pages.classroom_parts.run_actions import RunActions
from gui.pages.classroom_parts.runs_view import RunsView
from gui.pages.classroom_parts.vanishing_view import VanishingView
from gui.pages.models_parts.compare_view import CompareView
from gui.pages.teach_steps.banners import ConfirmBar
from gui.settings import Settings
from gui.theme import LARGE, MEDIUM, Theme
from gui.viewmodels.class_plan import SampleTask
from gui.viewmodels.class_run import ClassRun
from gui.viewmodels.classroom import ClassroomViewModel
from gui.viewmodels.comparing import Comparing
from gui.viewmodels.library import Library
from gui.viewmodels.vanishing import Vanishing
from gui.widgets.banner import Banner
from gui.widgets.buttons import Segments
from gui.widgets.label import label

COMPOSE, DATA, RUNS, COMPARE, GRADIENTS = "compose", "data", "runs", "compare", "gradients"


class ClassroomPage(QWidget):
    """The page; runs go on while another page is shown.

    Args:
        model: the state behind it; the page ends it.
        library, comparing: of the models that runs become; the page ends them.
        background: the thread that draws; its owner ends it.
        architecture: the drawing of a system with given values.
        samples: pairs that come with the program.
        vanishing: shows how gradients vanish; the page ends it.

    Signals:
        model_kept(str): a run has become a model.
        translate_with(str): the model of this name is to translate.
        close_confirmed(): the runs have ended as the answer to :meth:`ask_to_close` wants.
    """

    model_kept = Signal(str)
    progress_changed = Signal(object)  # 0..1, or None while nothing learns
    translate_with = Signal(str)
    close_confirmed = Signal()

    def __init__(
        self,
        settings: Settings,
        theme: Theme,
        model: ClassroomViewModel,
        library: Library,
        comparing: Comparing,
        background: Background,
        architecture: Architecture,
        samples: Sequence[SampleTask] = (),
        vanishing: Vanishing | None = None,
    ) -> None:
        super().__init__()
        self.setObjectName("page")
        self.model, self.library, self.comparing = model, library, comparing
        self._settings, self._theme, self._background = settings, theme, background
        self._architecture, self._samples = architecture, samples
        self._vanishing = vanishing or Vanishing(1, parent=self)
        self._shown, self._closes = COMPOSE, False
        self.notice = Banner(theme)
        self.tabs = Segments(
            [
                (COMPOSE, tr("Compose")),
                (DATA, tr("Data")),
                (RUNS, tr("Runs")),
                (COMPARE, tr("Side by side")),
                (GRADIENTS, tr("Gradients")),
            ]
        )
        self.stack = QStackedWidget()
        self.closing = self._question()
        self._on_theme()
        self._lay_out()
        self._connect()
        self._show(COMPOSE)

    # -- the views, each made when it is first opened -----------------------------------------

    @cached_property
    def compose(self) -> ComposeView:
        """Where a system is composed."""
        view = ComposeView(self.model, self._theme, self._background, self._architecture)
        view.data_asked.connect(partial(self.open, DATA))
        self.stack.addWidget(view)
        return view

    @cached_property
    def data(self) -> DataView:
        """Where its pairs are chosen, and how long it learns."""
        view = DataView(self.model, self._theme, self._samples)
        self.stack.addWidget(view)
        return view

    @cached_property
    def runs(self) -> RunsView:
        """Where runs are watched."""
        self.run_actions = RunActions(self.model, self.library)
        self.run_actions.repeat_asked.connect(self._repeat)
        self.run_actions.compare_asked.connect(partial(self.open, COMPARE))
        self.run_actions.translate_with.connect(self.translate_with)
        view = RunsView(self.model, self._theme, self._background, self._settings, self.run_actions)
        view.compose_asked.connect(partial(self.open, COMPOSE))
        self.stack.addWidget(view)
        return view

    @cached_property
    def compare(self) -> CompareView:
        """Where runs translate one sentence."""
        back, remark = tr("‹ Back to the runs"), self.model.runs.remark
        view = CompareView(self.comparing, self._theme, self._background, back, remark)
        view.left.connect(partial(self.open, RUNS))
        self.stack.addWidget(view)
        return view

    @cached_property
    def gradients(self) -> VanishingView:
        """Where gradients vanish."""
        view = VanishingView(self._vanishing, self._theme, self._background)
        self.stack.addWidget(view)
        return view

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.addWidget(label(tr("Classroom"), "title"))
        top.addStretch()
        top.addWidget(self.tabs)
        column = QVBoxLayout(self)
        column.setContentsMargins(LARGE, MEDIUM, LARGE, MEDIUM)
        column.setSpacing(MEDIUM)
        column.addLayout(top)
        column.addWidget(self.notice)
        column.addWidget(self.stack, 1)
        column.addWidget(self.closing)

    def _connect(self) -> None:
        model, library = self.model, self.library
        self.tabs.chosen.connect(self.open)
        model.started.connect(partial(self.open, RUNS))
        model.failed.connect(self._say_failure)
        model.runs.kept.connect(self.model_kept)
        model.runs.progress_changed.connect(self.progress_changed)
        model.runs.listed.connect(self._close_if_ended)
        model.runs.changed.connect(self._close_if_ended)
        library.noticed.connect(self._show_notice)
        library.listed.connect(model.look)
        self.notice.acted.connect(library.undo)
        self.notice.dismissed.connect(library.dismiss)
        self._theme.changed.connect(self._on_theme)

    def _question(self) -> ConfirmBar:
        runs = self.model.runs
        bar = ConfirmBar(
            tr("Close Attune while systems learn?"),
            tr("Left, they wait to be gone on with when you open Attune next time."),
            yes=tr("Leave them and close"),
            no=tr("Keep learning"),
            role="primary",
        )
        keep = bar.add_answer(tr("Keep the best of each and close"))
        keep.clicked.connect(partial(self._close_after, runs.stop))
        bar.confirmed.connect(partial(self._close_after, runs.leave))
        return bar

    # -- views ------------------------------------------------------------------------------

    def open(self, key: str) -> None:
        """Show a view; side by side needs two models, and says so."""
        if key == COMPARE and not self._begin_comparison():
            self.notice.say(
                tr("Tick two kept runs that read and write the same languages; they are compared.")
            )
            key = RUNS
        self._show(key)

    def _show(self, key: str) -> None:
        self._shown = key
        self.tabs.set_current(key)
        view = self._view(key)
        self.stack.setCurrentWidget(view)
        if self.isVisible():
            view.setFocus()

    def _view(self, key: str) -> QWidget:
        views: dict[str, Callable[[], QWidget]] = {
            COMPOSE: lambda: self.compose,
            DATA: lambda: self.data,
            RUNS: lambda: self.runs,
            COMPARE: lambda: self.compare,
            GRADIENTS: lambda: self.gradients,
        }
        return views[key]()

    def _begin_comparison(self) -> bool:
        """Whether there are two models to compare: the ticked ones, else the newest."""
        runs = [run for run in self.model.runs.runs if run.card is not None]
        ticked = [run.card for run in runs if run.shown and run.card]
        cards = [run.card for run in runs if run.card]
        others = [entry.card for entry in self.library.shelf.sound if entry.card is not None]
        every = list({card.path: card for card in (*cards, *others)}.values())
        for sides in (ticked, cards):
            if len(sides) > 1 and self.comparing.open_all(sides, every):
                pinned = self.model.runs.chosen.plan if self.model.runs.chosen else None
                usual = pinned.pinned[0] if pinned and pinned.pinned else ""
                self.compare.begin(self.comparing.sentence or usual)
                return True
        return False

    def _repeat(self) -> None:
        run = self.model.runs.chosen
        if run is not None:
            self.model.repeat(run)
            self.open(COMPOSE)

    # -- notices ----------------------------------------------------------------------------

    def _say_failure(self, failure: Failure) -> None:
        self.notice.say(failure.text, "error")

    def _show_notice(self) -> None:
        notice = self.library.notice
        if notice is None:
            self.notice.hide()
        else:
            self.notice.say(notice.text, notice.tone, tr("Undo") if notice.undo else "")

    # -- closing ----------------------------------------------------------------------------

    def ask_to_close(self) -> None:
        """Ask what is to become of the runs when the window closes; see ``close_confirmed``."""
        self._closes = False
        self.open(RUNS)
        self.closing.ask()

    def _close_after(self, how: Callable[[ClassRun], None], *_: object) -> None:
        """Have the runs end, then the window; a failure keeps it open, to be read."""
        self._closes = True
        self.model.runs.end_all(how)
        self._close_if_ended()

    def _close_if_ended(self) -> None:
        if not self.model.runs.worth_keeping:
            self.closing.withdraw()  # there is nothing to lose any more
        if self._closes and not self.model.runs.worth_keeping:
            self._closes = False
            QTimer.singleShot(0, self, self.close_confirmed.emit)

    def shutdown(self) -> None:
        """End the runs and all threads, and wait for them; call it before the window goes."""
        self._vanishing.shutdown()
        self.model.shutdown()
        self.library.shutdown()
        self.comparing.shutdown()

    # -- events -----------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        """Models may have come and gone meanwhile."""
        super().showEvent(event)
        self.library.refresh()
        self.model.look()
        QTimer.singleShot(0, self, self._settle_focus)

    def _settle_focus(self) -> None:
        """Off the row of views, where Qt puts it when the page appears; Tab leads there."""
        focus = QApplication.focusWidget()
        if focus is not None and self.tabs.isAncestorOf(focus):
            self._view(self._shown).setFocus()

    def _on_theme(self) -> None:
        self.setStyleSheet(classroom_style(self._theme))
