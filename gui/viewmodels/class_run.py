"""One run of the Classroom: what it has said, its plan, its child. No widgets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gui.jobs.run_chart_rendering import RunCurve
from gui.jobs.train_command import TrainPlan
from gui.viewmodels.learning import Learning, RunState
from gui.viewmodels.teaching_run import TeachingRun

if TYPE_CHECKING:
    from core.store.model_store import ModelCard


class ClassRun:
    """One run: what is known of it, and its child process while there is one.

    Attributes:
        learning: what it has said so far; of a kept one what its receipt tells.
        plan: what was asked for; ``None`` where a model came from elsewhere.
        run: its child; ``None`` for one of an earlier session.
        card: the model that it became.
        resumed: whether it goes on from a checkpoint.
        shown: whether its curves are in the chart.
        number: of the runs in this window: its colour and its dashes.
    """

    def __init__(self, learning: Learning, number: int, plan: TrainPlan | None = None) -> None:
        self.learning, self.number, self.plan = learning, number, plan
        self.run: TeachingRun | None = None
        self.card: ModelCard | None = None
        self.resumed = False
        self.shown = True
        self.drawn: tuple[object, RunCurve] | None = None  # and of what state of it

    @property
    def name(self) -> str:
        """Of the model that it makes or has made."""
        return self.learning.name

    @property
    def state(self) -> RunState:
        """Where it stands."""
        return self.learning.state

    @property
    def live(self) -> bool:
        """Whether a child is under way for it."""
        return self.run is not None and not self.state.ended and self.state is not RunState.WAITING

    @property
    def has_child(self) -> bool:
        """Whether a process is there, though it may have said its last word."""
        return self.run is not None and self.run.has_child
