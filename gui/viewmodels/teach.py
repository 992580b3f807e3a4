"""What the Teach page knows and may do: the file, its check, the form, the run. No widgets."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from core.events import Event
from gui.errors import Failure
from gui.i18n import tr
from gui.jobs.checking import Checking, CheckRequest
from gui.jobs.child import ChildJob, Patience, tune_command
from gui.settings import Settings
from gui.viewmodels.learning import Learning, RunState

if TYPE_CHECKING:
    from core.store.model_store import ModelCard
    from core.training.checks import CheckReport

FEWEST_MINUTES, MOST_MINUTES = 1, 600
_LONGEST_NAME = 40
_NAME = re.compile(r"\w[\w .\-]*")
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

    changed = Signal()  # anything but the run
    learning_changed = Signal()  # the run; a few times a second
    progress_changed = Signal(object)  # 0..1, or None while nothing learns
    model_kept = Signal(str)

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
        self._patience = patience
        self._jobs: list[ChildJob] = []  # the newest last; each until its process is gone
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
        self.learning: Learning | None = None
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
    def busy(self) -> bool:
        """Whether a run is under way."""
        return self.learning is not None and not self.learning.state.ended

    # -- file and check -------------------------------------------------------------------

    @property
    def recent(self) -> tuple[Path, ...]:
        """Files taught before that are still there, newest first."""
        return tuple(p for p in map(Path, self._settings.recent_pairs.value) if p.is_file())

    def load_models(self) -> None:
        """Ask for the models that can learn."""
        self._checking.list_models()

    def choose(self, path: Path) -> None:
        """Take ``path`` as the file to teach and check it."""
        self.file = path.absolute()
        self.report = None
        self.notice = ""
        self.name = self._free_name(_as_name(path))
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
        name = self.name.strip()
        if not name:
            return tr("Give the new model a name.")
        if len(name) > _LONGEST_NAME:
            return tr("Use at most {count} characters.", count=_LONGEST_NAME)
        if not _NAME.fullmatch(name) or name.endswith("."):
            return tr("Use letters, digits, spaces, hyphens and dots; start with a letter.")
        if name.casefold() in self._taken():
            return tr("There is a model of this name already.")
        return ""

    def start_problem(self) -> str:
        """Why learning cannot start, as a sentence; empty when it can."""
        if self.busy:
            return tr("A model is learning now.")
        if self.report is not None and not self.report.pairs:
            return tr("There is no good pair in this file.")
        return self.name_problem()

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
        self.learning = Learning(name, self.base.name)
        command = self._command(self.file, self.base.name, name, self.minutes)
        self._begin_job(self.learning, command)
        self.step = TeachStep.LEARN
        self.notice = ""
        self.changed.emit()
        self.learning_changed.emit()
        self.progress_changed.emit(0.0)

    def pause(self) -> None:
        """Let the run rest after its step."""
        self._tell(RunState.PAUSING, {RunState.LEARNING}, "pause")

    def resume(self) -> None:
        """Let the run go on."""
        self._tell(RunState.RESUMING, {RunState.PAUSED, RunState.PAUSING}, "resume")

    def stop(self) -> None:
        """End the run and keep the best so far."""
        running = {RunState.LEARNING, RunState.PAUSING, RunState.PAUSED, RunState.RESUMING}
        self._tell(RunState.STOPPING, running, "stop")

    def discard(self) -> None:
        """End the run and keep nothing."""
        every = {state for state in RunState if not state.ended} - {RunState.DISCARDING}
        self._tell(RunState.DISCARDING, every, "discard")

    def _tell(self, state: RunState, allowed: set[RunState], command: str) -> None:
        if not self._jobs or self.learning is None or self.learning.state not in allowed:
            return
        self.learning.state = state
        getattr(self._jobs[-1], command)()
        self.learning_changed.emit()

    def again(self) -> None:
        """Back to the form with the same file and a name that is free."""
        self.name = self._free_name(self.name.strip() or "model")
        self.step = TeachStep.CHECK if self.file is not None else TeachStep.FILE
        self.notice = ""
        self.changed.emit()

    def shutdown(self) -> None:
        """End the run and the threads, and wait for them."""
        for job in self._jobs:
            job.shutdown()
        self._checking.shutdown()

    def _begin_job(self, run: Learning, command: Sequence[str]) -> None:
        """Start a child; the one before may still be leaving, and nobody waits for it."""
        job = ChildJob(command, self._patience, self)
        job.events.connect(lambda events: self._on_events(run, events))
        job.ended.connect(lambda details: self._on_ended(job, run, details))
        self._jobs.append(job)
        job.start()

    # -- answers --------------------------------------------------------------------------

    def _on_events(self, run: Learning, events: tuple[Event, ...]) -> None:
        for event in events:
            run.apply(event)
        self.learning_changed.emit()
        self.progress_changed.emit(None if run.state.ended else run.progress)
        if run.state is RunState.KEPT:
            self._on_kept(run)
        elif run.state is RunState.DISCARDED:
            self._on_discarded(run)

    def _on_kept(self, run: Learning) -> None:
        if self.step is TeachStep.LEARN:
            self.step = TeachStep.RESULT
        self.load_models()
        self.changed.emit()
        self.model_kept.emit(run.finished.model if run.finished else run.name)

    def _on_discarded(self, run: Learning) -> None:
        self.learning = None
        if self.step is TeachStep.LEARN:
            self.step = TeachStep.CHECK
        self.notice = tr("Discarded. Nothing of “{name}” was kept.", name=run.name)
        self.changed.emit()

    def _on_ended(self, job: ChildJob, run: Learning, details: str) -> None:
        self._jobs.remove(job)
        job.deleteLater()
        run.details = details
        self.learning_changed.emit()

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
        first = self.models is None
        self.models = models
        wanted = self.base.name if self.base else self._settings.model.value
        self.base = next((m for m in models if m.name == wanted), models[0] if models else None)
        if first:
            self.name = self._free_name(self.name) if self.name else ""
        if self.checking and first:
            self.check()
        else:
            self.changed.emit()

    def _on_models_failed(self, problem: Failure) -> None:
        self.checking = False
        self.problem = problem
        self.changed.emit()

    # -- names ----------------------------------------------------------------------------

    def _taken(self) -> set[str]:
        taken = {model.name.casefold() for model in self.models or ()}
        if self.learning is not None and self.learning.state is RunState.KEPT:
            taken.add(self.learning.name.casefold())
        return taken

    def _free_name(self, wish: str) -> str:
        """``wish``, numbered when it is taken."""
        taken = self._taken()
        stem = re.sub(r"-\d+$", "", wish) if wish.casefold() in taken else wish
        name, count = wish, 2
        while name.casefold() in taken:
            name = f"{stem}-{count}"
            count += 1
        return name


def _as_name(path: Path) -> str:
    """A name for a model from a file's: its first part, without what a name may not hold."""
    stem = unicodedata.normalize("NFC", path.name.split(".")[0])
    kept = re.sub(r"[^\w\-]+", "-", stem).strip("-_ ")
    return kept[: _LONGEST_NAME - 4] or "model"


def _direction(model: ModelCard) -> tuple[str, str]:
    return model.source_language, model.target_language


def _no_models() -> Failure:
    return Failure(
        tr("There is no model that could learn."),
        tr("Install Attune again: it brings models of its own."),
    )
