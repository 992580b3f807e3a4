"""Teach: a file of pairs in, a model of one's own out, in four steps."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from gui.i18n import tr
from gui.jobs.background import Background
from gui.pages.teach_steps.banners import ConfirmBar
from gui.pages.teach_steps.check_step import CheckStep
from gui.pages.teach_steps.file_step import FileStep
from gui.pages.teach_steps.learn_step import LearnStep
from gui.pages.teach_steps.parts import page_style
from gui.pages.teach_steps.result_step import ResultStep
from gui.settings import Settings
from gui.theme import LARGE, MEDIUM, Theme
from gui.viewmodels.learning import RunState
from gui.viewmodels.teach import TeachViewModel
from gui.viewmodels.teach_step import TeachStep
from gui.widgets.label import label
from gui.widgets.step_header import StepHeader


class TeachPage(QWidget):
    """The page; what is under way goes on while another page is shown.

    Args:
        settings: recent files, minutes, the model that translates now.
        theme: the looks.
        parent: the window.
        view_model: the state behind it; the page's own unless given.
        background: the thread that draws; the page's own unless given. One thread for all
            pictures is best, since matplotlib's caches are not locked.
    """

    model_kept = Signal(str)
    progress_changed = Signal(object)  # 0..1, or None while nothing learns
    translate_with = Signal(str)
    compare_asked = Signal(str, str)  # a model of the user's, on this sentence
    close_confirmed = Signal()  # the run has ended as the answer to :meth:`ask_to_close` wants

    def __init__(
        self,
        settings: Settings,
        theme: Theme,
        parent: QWidget | None = None,
        *,
        view_model: TeachViewModel | None = None,
        background: Background | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self._theme = theme
        self._shown_before = False
        self._own_background = None if background else Background(self)
        self.model = view_model or TeachViewModel(settings, parent=self)
        names = (tr("File"), tr("Check"), tr("Learn"), tr("Result"))
        self.header = StepHeader(names, theme)
        self.header.chosen.connect(lambda step: self.model.go(TeachStep(step)))
        self.file_step = FileStep(self.model, theme)
        self.check_step = CheckStep(self.model, theme)
        drawing = background or self._own_background
        assert drawing is not None
        self.learn_step = LearnStep(self.model, theme, drawing, settings)
        self.result_step = ResultStep(self.model, theme)
        self.steps = QStackedWidget()
        self._pages = (self.file_step, self.check_step, self.learn_step, self.result_step)
        for step in self._pages:
            self.steps.addWidget(step)
        self._closes = False  # as soon as the run has ended in the way that was asked for
        self.closing = self._question()
        self._lay_out()
        self.model.changed.connect(self._refresh)
        self.model.run.changed.connect(self._refresh_learning)
        self.model.run.progress_changed.connect(self.progress_changed)
        self.model.run.kept.connect(self.model_kept)
        self.result_step.translate_with.connect(self.translate_with)
        self.result_step.compare_asked.connect(self.compare_asked)
        theme.changed.connect(self._on_theme)
        self._on_theme()
        self._refresh()

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.addWidget(label(tr("Teach"), "title"))
        top.addStretch()
        top.addWidget(self.header)
        column = QVBoxLayout(self)
        column.setContentsMargins(LARGE, MEDIUM, LARGE, MEDIUM)
        column.setSpacing(LARGE)
        column.addLayout(top)
        column.addWidget(self.steps, 1)
        column.addWidget(self.closing)

    def _question(self) -> ConfirmBar:
        bar = ConfirmBar(
            tr("Close Attune while a model learns?"),
            tr("Left, it waits to be gone on with when you open Attune next time."),
            yes=tr("Leave it and close"),
            no=tr("Keep learning"),
            role="primary",
        )
        self.keep_best = bar.add_answer(tr("Keep the best and close"))
        self.keep_best.clicked.connect(partial(self._close_after, self.model.run.stop))
        bar.answered.connect(self._focus_step)
        bar.confirmed.connect(partial(self._close_after, self.model.run.leave))
        return bar

    def ask_to_close(self) -> None:
        """Ask what is to become of the run when the window closes; see ``close_confirmed``."""
        self.model.go(TeachStep.LEARN)
        self._closes = False
        self.closing.ask()

    def _close_after(self, end: Callable[[], None], *_: object) -> None:
        """Have the run end, then the window; a failure keeps it open, to be read."""
        self._closes = True
        end()
        self._close_if_ended()

    def _close_if_ended(self) -> None:
        run = self.model.learning
        if self._closes and (run is None or run.state.ended):
            self._closes = False
            if run is None or run.state is not RunState.FAILED:
                QTimer.singleShot(0, self, self.close_confirmed.emit)

    def _focus_step(self) -> None:
        self._pages[self.model.step].setFocus()

    def shutdown(self) -> None:
        """End the run and all threads, and wait for them; call it before the window goes."""
        self.model.shutdown()
        if self._own_background is not None:
            self._own_background.shutdown()

    def showEvent(self, event: QShowEvent) -> None:
        self.model.load_models()  # some may be new, some gone
        if not self._shown_before:
            self._shown_before = True
            self.model.unfinished.look()
        QTimer.singleShot(0, self, self._settle_focus)

    def _settle_focus(self) -> None:
        """Off the header, where Qt puts it when the page appears; Tab leads there."""
        focus = QApplication.focusWidget()
        if focus is not None and self.header.isAncestorOf(focus):
            self.setFocus()

    def _on_theme(self) -> None:
        self.setStyleSheet(page_style(self._theme))

    def _refresh(self) -> None:
        self._keeping_focus(self._refresh_all)

    def _refresh_learning(self) -> None:
        if not self.model.run.worth_keeping:
            self.closing.withdraw()  # there is nothing to lose any more
        self._keeping_focus(self.learn_step.refresh)
        self._close_if_ended()

    def _keeping_focus(self, refresh: Callable[[], None]) -> None:
        """Refresh; a focus that was in the page stays there, though its control may go."""
        focus = QApplication.focusWidget()
        here = self.isVisible() and focus is not None and self.isAncestorOf(focus)
        moved = self.steps.currentIndex() != self.model.step
        self.steps.setCurrentIndex(self.model.step)
        current = self._pages[self.model.step]
        proxy = current.focusProxy()
        refresh()
        focus = QApplication.focusWidget()
        lost = focus is None or not self.isAncestorOf(focus)
        if here and (moved or lost or current.focusProxy() is not proxy):
            current.setFocus()
        self._refresh_header()

    def _refresh_all(self) -> None:
        for step in self._pages:
            step.refresh()

    def _refresh_header(self) -> None:
        model = self.model
        done = (
            model.file is not None,
            model.learning is not None and model.file is not None,
            model.reachable(TeachStep.RESULT),
            False,
        )
        reachable = [model.reachable(step) for step in TeachStep]
        self.header.show_state(model.step, reachable, done)
