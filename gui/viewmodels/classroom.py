"""What the Classroom knows and may do: a system, its data, the runs, their comparison."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from gui.errors import Failure
from gui.jobs.checking import Checking
from gui.jobs.child import Patience
from gui.jobs.library import LibraryThread
from gui.jobs.train_command import TrainPlan, train_command, train_on_command
from gui.settings import Settings
from gui.viewmodels.class_plan import ClassPlan
from gui.viewmodels.class_runs import ClassRun, ClassRuns, Command
from gui.viewmodels.registry import Registry
from gui.viewmodels.system import System

if TYPE_CHECKING:
    from core.store.model_store import ModelCard


class ClassroomViewModel(QObject):
    """State of the page; lives in the UI thread and sends all work elsewhere.

    Args:
        registry: all that a system can be composed of.
        cores: processors that runs share.
        checking, thread: read and write files; the view model ends them.
        begin, go_on: the child's command line for a plan.

    Signals:
        changed(): system, data or what can be done; not the runs, which tell of themselves.
        started(): a run was added.
        failed(Failure): something could not be read or written.
    """

    changed = Signal()
    started = Signal()
    failed = Signal(object)

    def __init__(
        self,
        settings: Settings,
        registry: Registry,
        cores: int,
        checking: Checking | None = None,
        thread: LibraryThread | None = None,
        patience: Patience | None = None,
        begin: Command = train_command,
        go_on: Command = train_on_command,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._checking = checking or Checking(parent=self)
        self._thread = thread or LibraryThread(self)
        self.system = System(registry, self)
        self.plan = ClassPlan(settings, self._checking, self.system, cores, self)
        self.runs = ClassRuns(cores, self._thread, patience, begin, go_on, self)
        self._models: tuple[str, ...] = ()  # names that other models have
        self._files: dict[str, Path] = {}  # written for the runs of these names
        self._starting: TrainPlan | None = None  # while its pairs are written
        self.system.changed.connect(self._on_system)
        self.plan.changed.connect(self._on_plan)
        self.runs.listed.connect(self._on_listed)
        self.runs.failed.connect(self.failed)
        self._checking.models_listed.connect(self._on_models)
        self._checking.models_failed.connect(self.failed)
        self._checking.written.connect(self._on_written)
        self._checking.write_failed.connect(self._on_write_failed)

    def look(self) -> None:
        """Look what runs and models there are."""
        self.runs.look()
        self._checking.list_models()

    # -- starting ---------------------------------------------------------------------------

    @property
    def starting(self) -> bool:
        """Whether the pairs of a run are being written."""
        return self._starting is not None

    def start_problem(self) -> str:
        """Why training cannot start, as a sentence; empty when it can."""
        wrong = self.system.problem()
        return wrong.text if wrong is not None else self.plan.problem()

    @property
    def can_start(self) -> bool:
        """Whether all is there that a run needs."""
        return self.plan.complete and not self.starting and self.system.problem() is None

    def start(self) -> None:
        """Write the good pairs, then train on them in the background."""
        if not self.can_start or self.plan.pairs.choice is None:
            return
        self._starting = self.plan.plan()
        self._checking.write(
            self.plan.pairs.choice, f"{self._starting.file.name.split('.')[0]}.tsv"
        )
        self.changed.emit()

    def repeat(self, run: ClassRun) -> None:
        """Compose the system of ``run`` again."""
        if run.plan is not None:
            self.system.take(run.plan.preset, dict(run.plan.changes))

    def shutdown(self) -> None:
        """End the runs and the threads, and wait for them."""
        self.plan.pairs.second.shutdown()
        self.runs.shutdown()
        self._checking.shutdown()
        self._thread.shutdown()

    # -- answers ----------------------------------------------------------------------------

    def _on_written(self, file: Path) -> None:
        plan, self._starting = self._starting, None
        if plan is None:
            self._checking.remove(file)
            return
        self._files[plan.name] = file
        self.runs.add(plan.on(file))
        self.plan.again()
        self.started.emit()
        self.changed.emit()

    def _on_write_failed(self, problem: Failure) -> None:
        self._starting = None
        self.failed.emit(problem)
        self.changed.emit()

    def _on_models(self, cards: tuple[ModelCard, ...]) -> None:
        self._models = tuple(card.name for card in cards)
        self._on_listed()

    def _on_plan(self) -> None:
        self.system.set_prose(self.plan.usual_pair)
        self.changed.emit()

    def _on_system(self) -> None:
        self.plan.suggest_name()
        self.changed.emit()

    def _on_listed(self) -> None:
        self._know_names()
        self._tidy()
        self.plan.suggest_name()
        self.changed.emit()

    def _know_names(self) -> None:
        self.plan.taken = (*self._models, *self.runs.names)

    def _tidy(self) -> None:
        """Remove the files that were written for runs which have ended."""
        for name in tuple(self._files):
            run = self.runs.find(name)
            if run is None or run.state.ended:
                self._checking.remove(self._files.pop(name))
