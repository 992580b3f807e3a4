"""The panel in which a translation is corrected and taught, below the panes."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from itertools import pairwise

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QStackedWidget, QVBoxLayout, QWidget

from gui.i18n import number, tr
from gui.jobs.background import Background
from gui.pages.teach_steps.banners import Banner, ConfirmBar
from gui.pages.teach_steps.parts import button
from gui.pages.translate_parts.correction_form import CorrectionForm
from gui.pages.translate_parts.lesson_result import LessonResult
from gui.theme import HEADING, LARGE, MEDIUM, SMALL, Theme
from gui.viewmodels.lesson import STRONGEST, LessonViewModel
from gui.viewmodels.lesson_state import LessonState, Subject
from gui.viewmodels.run_words import late_words
from gui.widgets.card import Card
from gui.widgets.label import label

_LEAST = 160  # pixels: its height
_BUSY = {LessonState.LEARNING, LessonState.LOOKING}


class LessonPanel(Card):
    """Shows the lesson; hidden while there is none.

    Signals:
        opened(bool): it appears or goes.
        close_confirmed(): the lesson may end with the window.
    """

    opened = Signal(bool)
    close_confirmed = Signal()

    def __init__(self, model: LessonViewModel, theme: Theme, background: Background) -> None:
        super().__init__()
        self.model, self._theme = model, theme
        self.form = CorrectionForm()
        self.result = LessonResult(model, theme, background)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.progress, self.now = label(wrap=True), label(role="muted", wrap=True)
        self.failure = Banner()
        self.closing = self._question()
        self._stack = QStackedWidget()
        self._subject: Subject | None = None
        self._settled: LessonState | None = None  # the state that the focus was last put for
        self._make_buttons()
        self._lay_out()
        model.changed.connect(self.refresh)
        model.run.ticked.connect(self._on_tick)
        theme.changed.connect(self._on_theme)
        self.form.field.textChanged.connect(self._on_typed)
        self.form.field.teach_asked.connect(self._teach)
        self._on_theme()
        self.hide()

    def _make_buttons(self) -> None:
        self.cancel = button(tr("Cancel"))
        self.teach = button(tr("Teach"), "primary")
        self.teach.setToolTip(tr("Enter, in the translation"))
        self.stop = button(tr("Stop"))
        self.undo = button(tr("Undo"))
        self.undo.setToolTip(tr("Nothing of it remains"))
        self.again = button(tr("Teach again, stronger"))
        self.keep = button(tr("Keep"), "primary")
        self.keep.setToolTip(tr("Makes it a model of yours, which translates from now on"))
        for push, act in (
            (self.cancel, self.model.close),
            (self.teach, self._teach),
            (self.stop, self.model.stop),
            (self.undo, self.model.undo),
            (self.again, self._teach_again),
            (self.keep, self.model.keep),
        ):
            push.clicked.connect(partial(self._act, act))

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(SMALL)
        self.title = label(role="heading")
        head.addWidget(self.title, 1)
        for push in (self.cancel, self.stop, self.undo, self.again, self.teach, self.keep):
            head.addWidget(push)
        working = QWidget()
        middle = QVBoxLayout(working)
        middle.setContentsMargins(0, 0, 0, 0)
        middle.setSpacing(SMALL)
        for part in (self.progress, self.bar, self.now):
            middle.addWidget(part)
        middle.addStretch()
        self._pages = {"form": self.form, "working": working, "result": self.result}
        for page in self._pages.values():
            self._stack.addWidget(page)
        self.body.setContentsMargins(LARGE, MEDIUM, LARGE, MEDIUM)
        self.body.setSpacing(MEDIUM)
        self.body.addLayout(head)
        self.body.addWidget(self.failure)
        self.body.addWidget(self.closing)
        self.body.addWidget(self._stack, 1)
        self._order_keys()

    def _order_keys(self) -> None:
        """From the text straight to what is done with it, though that stands above it."""
        pushes = (self.teach, self.cancel, self.stop, self.undo, self.again, self.keep)
        for before, after in pairwise((self.form.field, *pushes)):
            self.setTabOrder(before, after)

    def _question(self) -> ConfirmBar:
        bar = ConfirmBar(
            tr("Close Attune before you decide about this lesson?"),
            tr("What it has learnt is lost then."),
            yes=tr("Forget it and close"),
            no=tr("Stay"),
        )
        bar.confirmed.connect(self.close_confirmed)
        return bar

    # -- what the user does ---------------------------------------------------------------

    def ask_to_close(self) -> None:
        """Ask whether the lesson may be lost as the window closes; see ``close_confirmed``."""
        self.closing.ask()

    def escape(self) -> bool:
        """Leave the form; whether there was one to leave."""
        if self.model.state is not LessonState.WRITING or not self.isAncestorOf(self.focusWidget()):
            return False
        self.model.close()
        return True

    def _act(self, act: Callable[[], None], _down: bool = False) -> None:
        act()

    def _teach(self) -> None:
        if not self.model.problem(self.form.text):
            self.model.teach(self.form.text)

    def _teach_again(self) -> None:
        self.model.teach(self.model.target, STRONGEST)

    def _on_typed(self) -> None:
        why = self.model.problem(self.form.text)
        self.teach.setEnabled(not why)
        self.form.hint.setText(why or tr("It learns this within seconds; then you decide."))

    # -- what the view model says ---------------------------------------------------------

    def refresh(self) -> None:
        """Show where the lesson stands."""
        model, state = self.model, self.model.state
        shown = state is not LessonState.CLOSED
        if state is LessonState.WRITING and model.subject is not self._subject:
            self._subject = model.subject
            if model.subject is not None:
                self.form.begin(model.subject.sentence.source, model.target)
        if not model.undecided:
            self.closing.withdraw()
        self._show_buttons()
        self.failure.show_failure(model.failure)
        page = "form" if state is LessonState.WRITING else "result"
        self._stack.setCurrentWidget(self._pages["working" if state in _BUSY else page])
        if state in _BUSY:
            self._show_progress()
        elif state is LessonState.TAUGHT:
            self.result.refresh()
        self._on_typed()
        if not shown:
            self._subject = None
        if shown != (not self.isHidden()):
            self.setVisible(shown)
            self.opened.emit(shown)
        self._settle_focus(state)

    def _show_buttons(self) -> None:
        model, state = self.model, self.model.state
        taught = state is LessonState.TAUGHT
        self.title.setText(self._title(state))
        self.cancel.setVisible(state is LessonState.WRITING)
        self.teach.setVisible(state is LessonState.WRITING)
        self.stop.setVisible(state in _BUSY)
        self.undo.setVisible(taught)
        self.again.setVisible(taught and model.worth_repeating)
        self.keep.setVisible((taught and not model.unchanged) or state is LessonState.KEEPING)
        self.keep.setEnabled(taught)

    def _title(self, state: LessonState) -> str:
        base = self.model.subject.base.name if self.model.subject else ""
        if state is LessonState.TAUGHT:
            return tr("What {name} has learnt", name=base)
        return tr("Correct and teach {name}", name=base)

    def _show_progress(self) -> None:
        learning = self.model.learning
        step = learning.latest if learning else None
        total = learning.started.total_steps if learning and learning.started else None
        if self.model.state is LessonState.LOOKING:
            words = tr("Looking at what has changed…")
        elif step is None or not total:
            words = late_words() if self.model.run.late else tr("Getting ready…")
        else:
            words = tr("Update {step} of {total}", step=number(step.step), total=number(total))
        self.progress.setText(words)
        self.bar.setRange(0, total if step and total else 0)
        self.bar.setValue(step.step if step and total else 0)
        samples = [s for told in learning.samples.values() for s in told] if learning else []
        newest = samples[-1].translation if samples else ""
        self.now.setText(tr("Now: {text}", text=newest) if newest else "")

    def _on_tick(self) -> None:
        if self.model.state in _BUSY:
            self._show_progress()

    def _settle_focus(self, state: LessonState) -> None:
        """To what is done next, when the state is new."""
        if state is self._settled:
            return
        self._settled = state
        first = {
            LessonState.WRITING: self.form.field,
            LessonState.LEARNING: self.stop,
            LessonState.TAUGHT: self.keep if self.model.mastered else self.undo,
        }.get(state)
        if first is not None:
            QTimer.singleShot(0, first, first.setFocus)

    def _on_theme(self) -> None:
        colors, px = self._theme.colors, self._theme.px
        self.setMinimumHeight(px(_LEAST))
        self.setStyleSheet(
            f'QPlainTextEdit[role="note"] {{ background: {colors.window}; padding: {px(6)}px;'
            f" font-size: {px(HEADING)}px;"
            f" border: 1px solid {colors.border_strong}; border-radius: 6px; }}"
            f' QPlainTextEdit[role="note"]:focus {{ border: 2px solid {colors.accent};'
            f" padding: {px(6) - 1}px; }}"
        )
        if self.model.state is LessonState.TAUGHT:
            self.result.refresh()
