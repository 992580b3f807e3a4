"""What can be done with the chosen run: while it learns, when it was left, and as a model."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from gui.i18n import tr
from gui.pages.models_parts.model_files import ask_where_to_export
from gui.pages.models_parts.rename_form import RenameForm
from gui.pages.teach_steps.banners import ConfirmBar
from gui.pages.teach_steps.parts import button
from gui.theme import SMALL, TINY
from gui.viewmodels.class_run import ClassRun
from gui.viewmodels.classroom import ClassroomViewModel
from gui.viewmodels.learning import RunState
from gui.viewmodels.library import Library
from gui.widgets.flow_layout import FlowLayout


class RunActions(QWidget):
    """Buttons for the chosen run; questions are asked in their place.

    Signals:
        translate_with(str): the model of this name is to translate.
        compare_asked(): the ticked models are to be compared.
        repeat_asked(): the chosen run's system is to be composed again.
    """

    translate_with = Signal(str)
    compare_asked = Signal()
    repeat_asked = Signal()

    def __init__(self, model: ClassroomViewModel, library: Library) -> None:
        super().__init__()
        self._model, self._library = model, library
        self.rename_form = RenameForm(library)
        self.confirm = ConfirmBar(
            tr("Discard what it has learnt so far?"),
            tr("Nothing of this run will be kept. It goes on until you decide."),
            yes=tr("Discard"),
            no=tr("Keep learning"),
        )
        self.confirm.confirmed.connect(self._discard)
        self._asked: ClassRun | None = None
        self._make_buttons()
        self.confirm.answered.connect(self._row.show)
        column = QVBoxLayout(self)
        column.setContentsMargins(SMALL, SMALL, SMALL, TINY)
        column.setSpacing(SMALL)
        column.addWidget(self.rename_form)
        column.addWidget(self.confirm)
        column.addWidget(self._row)

    def _make_buttons(self) -> None:
        runs = self._model.runs
        self.pause = self._button(tr("Pause"), runs.pause)
        self.stop = self._button(tr("Stop and keep the best"), runs.stop)
        self.leave = self._button(tr("Leave"), runs.leave)
        self.leave.setToolTip(tr("End it for now; it can be gone on with another time"))
        self.go_on = self._button(tr("Go on"), runs.go_on, "primary")
        self.translate_button = self._button(
            tr("Translate with it"), lambda run: self.translate(), "primary"
        )
        self.compare = self._button(tr("Side by side"), lambda run: self.compare_asked.emit())
        self.compare.setToolTip(tr("What the ticked models make of one sentence"))
        self.repeat = self._button(tr("Compose again"), lambda run: self.repeat_asked.emit())
        self.repeat.setToolTip(tr("Take its system and its options for another run"))
        self.rename_button = self._button(tr("Rename…"), lambda run: self.rename())
        self.export = self._button(tr("Export…"), self._export)
        self.delete = self._button(tr("Delete"), lambda run: self.remove(), "danger")
        self.discard = self._button(tr("Discard…"), lambda run: self.remove(), "danger")
        self._row = QWidget()
        row = QHBoxLayout(self._row)
        row.setContentsMargins(0, 0, 0, 0)
        row.addLayout(
            FlowLayout(
                self.go_on, self.translate_button, self.pause, self.stop, self.leave, self.compare,
                self.repeat, self.rename_button, self.export, self.delete, self.discard,
            )
        )  # fmt: skip

    def _button(self, text: str, act: Callable[[ClassRun], object], role: str = "") -> QPushButton:
        push = button(text, role)

        def on_click() -> None:
            run = self._model.runs.chosen
            if run is not None:
                act(run)

        push.clicked.connect(on_click)
        return push

    # -- what there is to do ------------------------------------------------------------------

    def refresh(self) -> None:
        """Offer what makes sense for the chosen run."""
        run = self._model.runs.chosen
        self._row.setEnabled(run is not None)
        if run is None:
            return
        if self._asked is not None and (self._asked is not run or self._asked.state.ended):
            self.confirm.withdraw()
            self._asked = None
        state, kept = run.state, run.state is RunState.KEPT
        waiting = state is RunState.WAITING
        resting = state in (RunState.PAUSED, RunState.PAUSING)
        self.pause.setText(tr("Resume") if resting else tr("Pause"))
        self.pause.setEnabled(state in (RunState.LEARNING, RunState.PAUSED, RunState.PAUSING))
        self.stop.setEnabled(state is not RunState.STARTING and not state.ending)
        self.leave.setEnabled(not state.ending)
        self.discard.setEnabled(state is not RunState.DISCARDING)
        for push in (self.pause, self.stop, self.leave):
            push.setVisible(run.live)
        self.discard.setVisible(not kept)
        self.discard.setText(tr("Take away") if waiting else tr("Discard…"))
        left = state in (RunState.LEFT, RunState.FAILED) and run.plan is not None
        self.go_on.setVisible(left and (state is RunState.LEFT or bool(run.learning.steps)))
        self.repeat.setVisible(run.plan is not None and run.plan.composed)
        for push in (self.translate_button, self.rename_button, self.export, self.delete):
            push.setVisible(kept)
            push.setEnabled(run.card is not None)
        several = sum(each.card is not None and each.shown for each in self._model.runs.runs) > 1
        self.compare.setVisible(kept)
        self.compare.setEnabled(several)

    def translate(self) -> None:
        """Translate with the chosen model."""
        run = self._model.runs.chosen
        if run is not None and run.card is not None:
            self.translate_with.emit(run.name)

    def remove(self) -> None:
        """Delete the chosen model, which can be undone, or ask whether a run is to be discarded."""
        run = self._model.runs.chosen
        if run is None:
            return
        if run.card is not None:
            self._choose_entry(run)
            self._library.delete()
        elif run.state is RunState.WAITING:
            self._model.runs.discard(run)
        elif run.state is not RunState.DISCARDING:
            self._asked = run
            self._row.hide()
            self.confirm.ask()

    def rename(self) -> None:
        """Ask for the chosen model's new name."""
        run = self._model.runs.chosen
        if run is not None and run.card is not None and self._choose_entry(run):
            self.rename_form.begin()

    def _export(self, run: ClassRun) -> QFileDialog | None:
        if not self._choose_entry(run):
            return None

        def export(path: Path) -> None:
            if self._choose_entry(run):
                self._library.export(path)

        return ask_where_to_export(self, run.name, export)

    def _choose_entry(self, run: ClassRun) -> bool:
        """Let the library know which model is meant; whether it has it."""
        entry = self._library.shelf.named(run.name)
        if entry is not None:
            self._library.choose(entry)
        return entry is not None

    def _discard(self) -> None:
        run, self._asked = self._asked, None
        if run is not None:
            self._model.runs.discard(run)
