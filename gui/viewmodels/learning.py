"""What the window knows of one run of training: a fold over the child's events. No Qt."""

from __future__ import annotations

from enum import Enum, auto

from core.events import (
    Changed,
    Compared,
    Discarded,
    Event,
    Failed,
    Finished,
    GradientFlow,
    Left,
    Message,
    Paused,
    Resumed,
    Sample,
    Started,
    Step,
    Validation,
    Warned,
)


class RunState(Enum):
    """Where a run stands.

    WAITING waits for processors, the others in ``-ING`` but LEARNING for the child's answer.
    """

    WAITING = auto()
    STARTING = auto()
    LEARNING = auto()
    PAUSING = auto()
    PAUSED = auto()
    RESUMING = auto()
    STOPPING = auto()
    LEAVING = auto()
    DISCARDING = auto()
    KEPT = auto()
    DISCARDED = auto()
    LEFT = auto()
    FAILED = auto()

    @property
    def ended(self) -> bool:
        """Whether nothing more will come."""
        return self in (RunState.KEPT, RunState.DISCARDED, RunState.LEFT, RunState.FAILED)

    @property
    def ending(self) -> bool:
        """Whether the user has asked for the end and waits for it."""
        return self in (RunState.STOPPING, RunState.LEAVING, RunState.DISCARDING)


class Learning:
    """One run: what it teaches, what it has said so far, and where it stands.

    Args:
        name: the new model's.
        base: the name of the model that learns.
    """

    def __init__(self, name: str, base: str) -> None:
        self.name = name
        self.base = base
        self.state = RunState.STARTING
        self.message = ""
        self.warnings: dict[str, str] = {}
        self.started: Started | None = None
        self.latest: Step | None = None
        self.steps: list[int] = []
        self.losses: list[float] = []
        self.norms: list[float] = []  # of the gradient, as many as losses
        self.validations: list[Validation] = []
        self.samples: dict[str, list[Sample]] = {}
        self.compared: dict[str, Compared] = {}
        self.changes: dict[str, list[Changed]] = {}
        self.finished: Finished | None = None
        self.failure: Failed | None = None
        self.details = ""
        self.rested = False  # at any time
        self.distances: tuple[float, ...] = ()  # norms of the gradient, by steps from the loss
        self.attends = True  # whether there is attention to look at
        self.left_at = 0  # updates before it was left, where it has not been gone on with

    def take_past(self, past: Learning) -> None:
        """Go on where ``past`` ended; what is told anew of it takes its place."""
        self.steps, self.losses, self.norms = past.steps, past.losses, past.norms
        self.validations, self.samples = past.validations, past.samples

    @property
    def progress(self) -> float:
        """From 0 to 1."""
        return self.latest.progress if self.latest else 0.0

    @property
    def all_taught(self) -> bool:
        """Whether too few pairs were there to hold some out: the taught ones are judged by."""
        return self.started is not None and not self.started.held_out

    @property
    def warning(self) -> str:
        """All that has gone wrong while it goes on; empty where nothing has."""
        return " ".join(filter(None, self.warnings.values()))

    @property
    def general(self) -> list[Validation]:
        """The validations that looked at general sentences too."""
        return [v for v in self.validations if v.general_loss is not None]

    @property
    def watched(self) -> list[list[Sample]]:
        """What became of each sample at every validation, the oldest first; pinned ones lead."""
        return sorted(self.samples.values(), key=lambda history: not history[-1].pinned)

    @property
    def before(self) -> Validation | None:
        """The scores on the held-out pairs before any update; a run gone on with has none."""
        first = self.validations[0] if self.validations else None
        return first if first and not first.step else None

    @property
    def best(self) -> Validation | None:
        """The scores of the model that will be kept."""
        if self.finished is not None:
            kept = [v for v in self.validations if v.step == self.finished.best_step]
            if kept:
                return kept[-1]
        return min(self.validations, key=lambda v: v.loss, default=None)

    def apply(self, event: Event) -> None:
        """Take in one event of the child."""
        if isinstance(event, Step):
            self._apply_step(event)
        elif isinstance(event, Validation):
            _rewind(self.validations, event)
            self.validations.append(event)
        elif isinstance(event, Sample):
            history = self.samples.setdefault(event.source, [])
            _rewind(history, event)
            history.append(event)
        elif isinstance(event, GradientFlow | Compared | Changed):
            self._look_at(event)
        elif isinstance(event, Message | Warned):
            self._hear(event)
        elif isinstance(event, Started):
            self.started = event
            self.message = ""
            self._leave(RunState.STARTING, RunState.LEARNING)
        elif isinstance(event, Paused):
            self.rested = True
            if not self.state.ending:
                self.state = RunState.PAUSED
        elif isinstance(event, Resumed):
            if not self.state.ending:
                self.state = RunState.LEARNING
        else:
            self._apply_last_word(event)

    def _look_at(self, event: GradientFlow | Compared | Changed) -> None:
        if isinstance(event, GradientFlow):
            self.distances = event.norms
        elif isinstance(event, Compared):
            self.compared[event.name] = event
        else:
            self.changes.setdefault(event.name, []).append(event)

    def _hear(self, event: Message | Warned) -> None:
        if isinstance(event, Warned):
            self.warnings[event.about] = event.text
        else:
            self.message = event.text

    def _apply_step(self, event: Step) -> None:
        self.latest = event
        self.message = ""  # it spoke of something that is over
        if not event.replayed:  # the loss of a replayed one is that of general sentences
            while self.steps and self.steps[-1] >= event.step:  # gone on with from a checkpoint
                for values in (self.steps, self.losses, self.norms):
                    values.pop()
            self.steps.append(event.step)
            self.losses.append(event.loss)
            self.norms.append(event.gradient_norm)
        self._leave(RunState.STARTING, RunState.LEARNING)

    def _apply_last_word(self, event: Event) -> None:
        if isinstance(event, Finished):
            self.finished = event
            self.state = RunState.KEPT
        elif isinstance(event, Discarded):
            self.state = RunState.DISCARDED
        elif isinstance(event, Left):
            self.state = RunState.LEFT
        elif isinstance(event, Failed):
            self.failure = event
            self.state = RunState.FAILED

    def _leave(self, old: RunState, new: RunState) -> None:
        if self.state is old:
            self.state = new


def _rewind(history: list[Validation] | list[Sample], event: Validation | Sample) -> None:
    """Forget what comes after ``event``: the run was gone on with from a checkpoint."""
    while history and history[-1].step > event.step:
        history.pop()
