"""The runs that can be gone on with, as the page offers them."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from gui.errors import Failure
from gui.jobs.checking import Checking
from gui.jobs.unfinished import UnfinishedRun


class UnfinishedRuns(QObject):
    """What a thread has found of them, and what it has been told to forget.

    Args:
        checking: looks at the disk in a thread; its owner ends it.
    """

    changed = Signal()

    def __init__(self, checking: Checking, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.runs: tuple[UnfinishedRun, ...] = ()
        self.problem: Failure | None = None
        self._checking = checking
        checking.runs_listed.connect(self._on_listed)
        checking.runs_failed.connect(self._on_failed)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the models that they would make."""
        return tuple(run.name for run in self.runs)

    def find(self, name: str) -> UnfinishedRun | None:
        """The run that would make the model ``name``."""
        return next((run for run in self.runs if run.name == name), None)

    def look(self) -> None:
        """Ask for the runs; ``changed`` answers."""
        self._checking.list_unfinished()

    def discard(self, name: str) -> None:
        """Forget the run ``name``, if there is one; ``changed`` answers."""
        self._checking.discard_unfinished(name)

    def tidy(self, name: str, discarded: bool) -> None:
        """After the process of the run ``name``: forget what is left of it and no use."""
        self._checking.tidy_unfinished(name, discarded)

    def take(self, name: str) -> None:
        """No longer offer the run ``name``: it goes on."""
        self._on_listed(tuple(run for run in self.runs if run.name != name))

    def _on_listed(self, runs: tuple[UnfinishedRun, ...]) -> None:
        self.runs, self.problem = runs, None
        self.changed.emit()

    def _on_failed(self, problem: Failure) -> None:
        self.problem = problem
        self.changed.emit()
