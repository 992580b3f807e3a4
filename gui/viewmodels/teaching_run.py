"""The run of training that the window has started: its child process and what it has said."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, QTimer, Signal

from core.events import Event
from gui.jobs.child import ChildJob, Patience
from gui.viewmodels.learning import Learning, RunState
from gui.viewmodels.run_clock import LONG, RunClock

_TICK = 500  # milliseconds: a clock that shows seconds then leaves none out
_RUNNING = {RunState.LEARNING, RunState.PAUSING, RunState.PAUSED, RunState.RESUMING}


class TeachingRun(QObject):
    """At most one run at a time; what the user asks shows at once, what the child answers later.

    Args:
        patience: how long the child may take to end.
    """

    changed = Signal()  # a few times a second
    ticked = Signal()  # time goes by, though the child may have said nothing
    progress_changed = Signal(object)  # 0..1, or None while nothing learns
    kept = Signal(str)  # the new model's name
    discarded = Signal(str)
    gone = Signal(str, bool)  # the process of the run of this model; whether it was discarded

    def __init__(self, patience: Patience | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._patience = patience
        self._jobs: list[ChildJob] = []  # the newest last; each until its process is gone
        self._retired = False
        self._clock = RunClock()
        self._ticks = QTimer(self, interval=_TICK)
        self._ticks.timeout.connect(self._on_tick)
        self.learning: Learning | None = None

    @property
    def busy(self) -> bool:
        """Whether a run is under way."""
        return self.learning is not None and not self.learning.state.ended

    @property
    def has_child(self) -> bool:
        """Whether a process is there, though its run may have ended."""
        return bool(self._jobs)

    @property
    def worth_keeping(self) -> bool:
        """Whether a run is under way that the user has not discarded."""
        if self.learning is None or self.learning.state.ended:
            return False
        return self.learning.state is not RunState.DISCARDING

    @property
    def elapsed(self) -> float:
        """Seconds since the start without rests; with those before, of a run gone on with."""
        step = self.learning.latest if self.learning else None
        return max(self._clock.seconds, step.elapsed if step else 0.0)

    @property
    def late(self) -> bool:
        """Whether the first update takes long to come."""
        run = self.learning
        if run is None or run.latest is not None:
            return False
        return run.state in (RunState.STARTING, RunState.LEARNING) and self._clock.seconds >= LONG

    def start(self, learning: Learning, command: Sequence[str]) -> None:
        """Begin ``learning`` with the child ``command``.

        The child before may still be leaving, and nobody waits for it.
        """
        self.learning = learning
        job = ChildJob(command, self._patience, self)
        job.events.connect(lambda events: self._on_events(learning, events))
        job.ended.connect(lambda details: self._on_ended(job, learning, details))
        self._jobs.append(job)
        job.start()
        self._clock = RunClock()
        self._ticks.start()
        self._on_tick()
        self.changed.emit()
        self.progress_changed.emit(0.0)

    def pause(self) -> None:
        """Let the run rest after its step."""
        self._tell(RunState.PAUSING, {RunState.LEARNING}, "pause")

    def resume(self) -> None:
        """Let the run go on."""
        self._tell(RunState.RESUMING, {RunState.PAUSED, RunState.PAUSING}, "resume")

    def stop(self) -> None:
        """End the run and keep the best so far."""
        self._tell(RunState.STOPPING, _RUNNING, "stop")

    def leave(self) -> None:
        """End the run so that it can be gone on with another time."""
        self._tell(RunState.LEAVING, {RunState.STARTING, *_RUNNING}, "leave")

    def discard(self) -> None:
        """End the run and keep nothing."""
        every = {RunState.STARTING, RunState.STOPPING, RunState.LEAVING, *_RUNNING}
        self._tell(RunState.DISCARDING, every, "discard")

    def shutdown(self) -> None:
        """End all children and wait for them."""
        for job in self._jobs:
            job.shutdown()

    def retire(self) -> None:
        """Have this object deleted as soon as the last child is gone, and not before."""
        self._retired = True
        self._leave_when_idle()

    def _leave_when_idle(self) -> None:
        if self._retired and not self._jobs:
            self.deleteLater()

    def _tell(self, state: RunState, allowed: set[RunState], command: str) -> None:
        if not self._jobs or self.learning is None or self.learning.state not in allowed:
            return
        self.learning.state = state
        getattr(self._jobs[-1], command)()
        self._on_tick()
        self.changed.emit()

    def _on_tick(self) -> None:
        rests = self.learning is not None and self.learning.state is RunState.PAUSED
        self._clock.run(self.busy and not rests)
        if not self.busy:
            self._ticks.stop()
        self.ticked.emit()

    def _on_events(self, learning: Learning, events: tuple[Event, ...]) -> None:
        for event in events:
            learning.apply(event)
        if learning is not self.learning:
            return  # a newer run has taken its place
        if learning.state is RunState.DISCARDED:
            self.learning = None
        self._on_tick()
        self.changed.emit()
        self.progress_changed.emit(None if learning.state.ended else learning.progress)
        if learning.state is RunState.KEPT:
            self.kept.emit(learning.finished.model if learning.finished else learning.name)
        elif learning.state is RunState.DISCARDED:
            self.discarded.emit(learning.name)

    def _on_ended(self, job: ChildJob, learning: Learning, details: str) -> None:
        self._jobs.remove(job)
        job.deleteLater()
        learning.details = details
        self.changed.emit()
        self.gone.emit(learning.name, learning.state is RunState.DISCARDED)
        self._leave_when_idle()
