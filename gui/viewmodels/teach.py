"""What the Teach page knows and may do: the file, its check, the form, the run. No widgets."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from gui.errors import Failure
from gui.i18n import number, tr
from gui.jobs.checking import Checking, CheckRequest
from gui.jobs.child import Patience, tune_command
from gui.settings import Settings
from gui.viewmodels.learning import Learning, RunState
from gui.viewmodels.model_names import free_name, name_from, name_problem
from gui.viewmodels.teaching_run import TeachingRun

if TYPE_CHECKING:
    from core.store.model_store import ModelCard
    from core.training.checks import CheckReport

FEWEST_MINUTES, MOST_MINUTES = 1, 600
_MOST_RECENT = 6

Command = Callable[[Path, str, str, float], Sequence[str]]


class TeachStep(IntEnum):
    """The four steps of the page, in their order."""

    FILE = 0
    CHECK = 1
    LEARN = 2
    RESULT = 3


class TeachViewModel(QObject):
    """State of the page; lives in the UI thread and sends all work elsewhere.

    Args:
        settings: recent files, minutes, and the model that translates now.
        checking: reads files and lists models in a thread; the view model ends it.
        command: the child's command line for file, base, name and minutes.
        patience: how long the child may take to end.
    """

    changed = Signal()  # anything but the run, which tells of itself

    def __init__(
        self,
        settings: Settings,
        checking: Checking | None = None,
        command: Command = tune_command,
        patience: Patience | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._settings = settings
        self._command = command
        self.run = TeachingRun(patience, self)
        self.run.kept.connect(self._on_kept)
        self.run.discarded.connect(self._on_discarded)
        self.step = TeachStep.FILE
        self.file: Path | None = None
        self.report: CheckReport | None = None
        self.checking = False
        self.problem: Failure | None = None
        self.notice = ""
        self.models: tuple[ModelCard, ...] | None = None
        self.base: ModelCard | None = None
        self.name = ""
        self.minutes = settings.teach_minutes.value
        self._checking = checking or Checking(parent=self)
        self._checking.checked.connect(self._on_checked)
        self._checking.failed.connect(self._on_check_failed)
        self._checking.models_listed.connect(self._on_models)
        self._checking.models_failed.connect(self._on_models_failed)

    # -- where we are ---------------------------------------------------------------------

    def reachable(self, step: TeachStep) -> bool:
        """Whether ``step`` has something to show."""
        if step is TeachStep.CHECK:
            return self.file is not None
        if step is TeachStep.LEARN:
            return self.learning is not None
        if step is TeachStep.RESULT:
            return self.learning is not None and self.learning.state is RunState.KEPT
        return True

    def go(self, step: TeachStep) -> None:
        """Show ``step`` if it has something to show."""
        if step is not self.step and self.reachable(step):
            self.step = step
            self.notice = ""
            self.changed.emit()

    def back(self) -> None:
        """Show the step before this one."""
        self.go(TeachStep(max(0, self.step - 1)))

    @property
    def learning(self) -> Learning | None:
        """The run that is under way or was the last; none after a discard."""
        return self.run.learning

    # -- file and check -------------------------------------------------------------------

    @property
    def recent(self) -> tuple[Path, ...]:
        """Files taught before that are still there, newest first."""
        # Not Path.is_file, which raises where a folder on the way may not be read.
        return tuple(Path(p) for p in self._settings.recent_pairs.value if os.path.isfile(p))  # noqa: PTH113

    def load_models(self) -> None:
        """Ask for the models that can learn."""
        self._checking.list_models()

    def choose(self, path: Path) -> None:
        """Take ``path`` as the file to teach and check it."""
        self.file = path.absolute()
        self.report = None
        self.notice = ""
        self.name = free_name(name_from(path), self._taken())
        self.step = TeachStep.CHECK
        self.check()

    def check(self) -> None:
        """Check the file (again); waits for the models, which tell the languages."""
        self.problem = None
        self.checking = self.file is not None
        if self.file is not None and self.models is None:
            self.load_models()
        elif self.file is not None and self.base is None:
            self.checking = False
            self.problem = _no_models()
        elif self.file is not None and self.base is not None:
            languages = (self.base.source_language, self.base.target_language)
            self._checking.check(CheckRequest(self.file, *languages))
        self.changed.emit()

    def cancel_check(self) -> None:
        """Give up checking and go back to the choice of a file."""
        self._checking.cancel()
        self.checking = False
        self.step = TeachStep.FILE
        if self.report is None:
            self.file = None
        self.changed.emit()

    def refuse(self, what: str, remedy: str) -> None:
        """Say on the first step why a choice cannot be taken."""
        self.problem = Failure(what, remedy)
        self.file = self.report = None
        self.step = TeachStep.FILE
        self.changed.emit()

    # -- form -----------------------------------------------------------------------------

    def set_base(self, name: str) -> None:
        """Choose the model that learns; another direction checks the file again."""
        before = self.base
        self.base = next((m for m in self.models or () if m.name == name), before)
        if before is None or self.base is None or _direction(before) != _direction(self.base):
            self.check()
        else:
            self.changed.emit()

    def set_name(self, name: str) -> None:
        """Take ``name`` for the new model; see :meth:`name_problem`."""
        self.name = name
        self.changed.emit()

    def set_minutes(self, minutes: int) -> None:
        """Learn for ``minutes``."""
        self.minutes = minutes
        self._settings.teach_minutes.set(minutes)
        self.changed.emit()

    def name_problem(self) -> str:
        """Why the name cannot be taken, as a sentence; empty when it can."""
        return name_problem(self.name.strip(), self._taken())

    def start_problem(self) -> str:
        """Why learning cannot start, as a sentence; empty when it can."""
        if self.run.busy:
            return tr("A model is learning now.")
        if self.base is None:
            return _no_models().sentence
        few = _too_few(len(self.report.pairs)) if self.report is not None else ""
        return few or self.name_problem()

    @property
    def can_start(self) -> bool:
        """Whether all is there that a run needs."""
        ready = self.report is not None and self.base is not None and not self.checking
        return ready and not self.start_problem()

    # -- run ------------------------------------------------------------------------------

    def start(self) -> None:
        """Start learning in a child process and show it."""
        if not self.can_start or self.file is None or self.base is None:
            return
        name = self.name.strip()
        self.step = TeachStep.LEARN
        self.notice = ""
        command = self._command(self.file, self.base.name, name, self.minutes)
        self.run.start(Learning(name, self.base.name), command)
        self.changed.emit()

    def again(self) -> None:
        """Back to the form with the same file and a name that is free."""
        self.name = free_name(self.name.strip() or "model", self._taken())
        self.step = TeachStep.CHECK if self.file is not None else TeachStep.FILE
        self.notice = ""
        self.changed.emit()

    def shutdown(self) -> None:
        """End the run and the threads, and wait for them."""
        self.run.shutdown()
        self._checking.shutdown()

    # -- answers --------------------------------------------------------------------------

    def _on_kept(self, name: str) -> None:
        if self.step is TeachStep.LEARN:
            self.step = TeachStep.RESULT
        self.load_models()
        self.changed.emit()

    def _on_discarded(self, name: str) -> None:
        if self.step is TeachStep.LEARN:
            self.step = TeachStep.CHECK
        self.notice = tr("Discarded. Nothing of {name} was kept.", name=name)
        self.changed.emit()

    def _on_checked(self, request: CheckRequest, report: CheckReport) -> None:
        self.checking = False
        self.report = report
        recent = (str(request.path), *self._settings.recent_pairs.value)
        self._settings.recent_pairs.set(tuple(dict.fromkeys(recent))[:_MOST_RECENT])
        self.changed.emit()

    def _on_check_failed(self, request: CheckRequest, problem: Failure) -> None:
        self.checking = False
        self.report = None
        self.problem = problem
        self.changed.emit()

    def _on_models(self, models: tuple[ModelCard, ...]) -> None:
        first, before = self.models is None, self.base
        self.models = models
        wanted = self.base.name if self.base else self._settings.model.value
        self.base = next((m for m in models if m.name == wanted), models[0] if models else None)
        if first:
            self.name = free_name(self.name, self._taken()) if self.name else ""
        turned = before and self.base and _direction(before) != _direction(self.base)
        if (self.checking and first) or (turned and self.file is not None):
            self.check()
        else:
            self.changed.emit()

    def _on_models_failed(self, problem: Failure) -> None:
        self.checking = False
        self.problem = problem
        self.changed.emit()

    def _taken(self) -> tuple[str, ...]:
        return tuple(model.name for model in self.models or ())


def _direction(model: ModelCard) -> tuple[str, str]:
    return model.source_language, model.target_language


def _no_models() -> Failure:
    return Failure(
        tr("There is no model that could learn."),
        tr("Install Attune again: it brings models of its own."),
    )


def _too_few(count: int) -> str:
    """Why ``count`` good pairs teach nothing, as a sentence; empty when they are enough."""
    from core.training.limits import FEWEST_PAIRS  # its package is light and in memory by now

    if not count:
        return tr("There is no good pair in this file.")
    if count >= FEWEST_PAIRS:
        return ""
    least = number(FEWEST_PAIRS)
    return tr("Too few good pairs: {count} of at least {least}.", count=number(count), least=least)
