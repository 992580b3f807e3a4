"""The runs of the Classroom: those under way, those that were left, and those kept as models."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal

from gui.errors import Failure
from gui.i18n import tr
from gui.jobs import class_files
from gui.jobs.child import Patience
from gui.jobs.class_files import FoundRuns
from gui.jobs.library import LibraryThread
from gui.jobs.train_command import TrainPlan, train_command, train_on_command
from gui.viewmodels.class_history import learning_from
from gui.viewmodels.class_run import ClassRun
from gui.viewmodels.learning import Learning, RunState
from gui.viewmodels.teaching_run import TeachingRun

Command = Callable[[TrainPlan], Sequence[str]]


class ClassRuns(QObject):
    """All runs, the newest first; a child each, as many at once as the processors allow.

    Args:
        cores: processors that all runs share; a run that would need more waits for its turn.
        patience: how long a child may take to end.
        begin, go_on: the child's command line for a plan: from nothing, and after it was left.
        thread: looks at the disk; its owner ends it.

    Signals:
        changed(): something of a run, a few times a second.
        listed(): there are other runs, or another one is chosen.
        kept(str): a run has become the model of this name.
        progress_changed(object): of all that learn, 0..1; ``None`` while none does.
        failed(Failure): the disk could not be looked at.
    """

    changed = Signal()
    listed = Signal()
    kept = Signal(str)
    progress_changed = Signal(object)
    failed = Signal(object)

    def __init__(
        self,
        cores: int,
        thread: LibraryThread,
        patience: Patience | None = None,
        begin: Command = train_command,
        go_on: Command = train_on_command,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.cores, self._patience = cores, patience
        self._begin, self._go_on, self._thread = begin, go_on, thread
        self.runs: list[ClassRun] = []
        self.chosen: ClassRun | None = None
        self.looked = False  # whether the disk has answered
        self._number = 0
        thread.answered.connect(self._on_answered)
        thread.failed.connect(self._on_failed)

    # -- what there is ----------------------------------------------------------------------

    @property
    def names(self) -> tuple[str, ...]:
        """The names that are taken."""
        return tuple(run.name for run in self.runs)

    @property
    def live(self) -> tuple[ClassRun, ...]:
        """The runs with a child under way."""
        return tuple(run for run in self.runs if run.live)

    @property
    def worth_keeping(self) -> bool:
        """Whether closing now would cut a run short that the user has not discarded."""
        return any(
            run.state is RunState.WAITING
            or (run.live and run.run is not None and run.run.worth_keeping)
            for run in self.runs
        )

    @property
    def shown(self) -> tuple[ClassRun, ...]:
        """The runs whose curves are in the chart, the oldest first."""
        return tuple(run for run in reversed(self.runs) if run.shown)

    def find(self, name: str) -> ClassRun | None:
        """The run of the model ``name``."""
        return next((run for run in self.runs if run.name == name), None)

    def remark(self, name: str) -> str:
        """What is to be known of the model ``name`` where its attention is looked at."""
        run = self.find(name)
        if run is None or run.learning.attends:
            return ""
        return tr("This system has no attention: all source words are drawn alike.")

    def look(self) -> None:
        """Ask the disk for runs that were left or kept; ``listed`` answers."""
        self._thread.ask("runs", class_files.list_runs)

    def choose(self, run: ClassRun | None) -> None:
        """Show ``run``."""
        if run is not self.chosen:
            self.chosen = run
            self.listed.emit()

    def show(self, run: ClassRun, shown: bool) -> None:
        """Have the curves of ``run`` in the chart, or not."""
        if run.shown != shown:
            run.shown = shown
            self.changed.emit()

    # -- beginning and ending ----------------------------------------------------------------

    def add(self, plan: TrainPlan) -> ClassRun:
        """Train what ``plan`` says, at once or as soon as there is a place."""
        run = self._new(self._learning(plan), plan)
        self._thread.ask("saved", partial(class_files.save_plan, plan))
        self._queue(run)
        return run

    def go_on(self, run: ClassRun) -> None:
        """Go on with a run that was left, or that failed with something saved."""
        if run.plan is None or run.state not in (RunState.LEFT, RunState.FAILED):
            return
        plan, old = run.plan, run.learning
        run.learning = self._learning(plan)
        run.learning.take_past(old)
        run.resumed = True
        self._queue(run)

    def pause(self, run: ClassRun) -> None:
        """Let it rest after its step, or go on after a rest."""
        if run.run is not None and run.state is RunState.LEARNING:
            run.run.pause()
        elif run.run is not None:
            run.run.resume()

    def stop(self, run: ClassRun) -> None:
        """End it and keep the best so far."""
        if run.run is not None:
            run.run.stop()

    def leave(self, run: ClassRun) -> None:
        """End it so that it can be gone on with another time."""
        if run.live and run.run is not None:
            run.run.leave()

    def discard(self, run: ClassRun) -> None:
        """End it and keep nothing; one that was left is forgotten, once nothing writes it."""
        if run.live and run.run is not None:
            run.run.discard()
        elif run.has_child and run.state is not RunState.KEPT:
            run.learning.state = RunState.DISCARDING
            self._on_changed()
        elif run.state is not RunState.KEPT:
            self._drop(run)
            self._forget(run)
            self._next()

    def end_all(self, how: Callable[[ClassRun], None]) -> None:
        """End every run in the way ``how``; those that wait are forgotten."""
        for run in tuple(self.runs):
            if run.state is RunState.WAITING:
                self.discard(run)
            elif run.live:
                how(run)

    def shutdown(self) -> None:
        """End all children and wait for them, also for those whose runs were dropped."""
        for child in self.findChildren(TeachingRun):
            child.shutdown()
        for run in self.runs:
            if run.state is RunState.DISCARDING:
                self._forget(run)

    # -- a place for each ---------------------------------------------------------------------

    def _queue(self, run: ClassRun) -> None:
        run.learning.state = RunState.WAITING
        run.shown = True
        self.chosen = run
        self._next()
        self.listed.emit()

    def _next(self) -> None:
        """Start those that wait, in their order, as far as there are processors for them.

        The child that has learnt a run so far must be gone before another goes on with it.
        """
        used = sum(run.plan.threads for run in self.live if run.plan)
        waiting = [run for run in reversed(self.runs) if run.state is RunState.WAITING]
        for run in waiting:
            if run.has_child:
                continue
            threads = run.plan.threads if run.plan else 1
            if used and used + threads > self.cores:
                return
            used += threads
            self._start(run)

    def _start(self, run: ClassRun) -> None:
        assert run.plan is not None
        command = self._go_on if run.resumed else self._begin
        run.learning.state = RunState.STARTING
        child = TeachingRun(self._patience, self)
        child.changed.connect(self._on_changed)
        child.kept.connect(self._on_kept)
        child.gone.connect(partial(self._on_gone, run))
        if run.run is not None:
            run.run.retire()
        run.run = child
        child.start(run.learning, command(run.plan))

    # -- answers ------------------------------------------------------------------------------

    def _on_changed(self) -> None:
        self.changed.emit()
        live = self.live
        share = sum(run.learning.progress for run in live) / len(live) if live else None
        self.progress_changed.emit(share)

    def _on_kept(self, name: str) -> None:
        self.look()
        self.kept.emit(name)

    def _on_gone(self, run: ClassRun, _name: str, discarded: bool) -> None:
        """Its process has ended, whatever it said last."""
        if run not in self.runs:
            return  # it was dropped before; another may have its name by now
        nothing = run.state is RunState.LEFT and not run.learning.steps
        if discarded or nothing or run.state is RunState.DISCARDING:
            self._drop(run)
            self._forget(run)
        elif run.state is RunState.LEFT:
            self.look()
        self._next()
        self._on_changed()
        self.listed.emit()

    def _forget(self, run: ClassRun) -> None:
        self._thread.ask("forgotten", partial(class_files.forget_run, run.name))

    def _drop(self, run: ClassRun) -> None:
        if run in self.runs:
            self.runs.remove(run)
        if self.chosen is run:
            self.chosen = self.runs[0] if self.runs else None
        if run.run is not None:
            run.run.retire()
            run.run = None
        self.listed.emit()

    @staticmethod
    def _learning(plan: TrainPlan) -> Learning:
        learning = Learning(plan.name, plan.system)
        learning.attends = plan.attends
        return learning

    def _new(self, learning: Learning, plan: TrainPlan | None, *, last: bool = False) -> ClassRun:
        run = ClassRun(learning, self._number, plan)
        self._number += 1
        self.runs.insert(len(self.runs) if last else 0, run)
        return run

    def _on_answered(self, question: str, outcome: object) -> None:
        if question == "runs" and isinstance(outcome, FoundRuns):
            self.looked = True
            self._take(outcome)

    def _on_failed(self, question: str, failure: Failure) -> None:
        self.failed.emit(failure)

    def _take(self, found: FoundRuns) -> None:
        """Join what lies on the disk with the runs of this session."""
        names = {kept.card.name for kept in found.kept}
        for run in tuple(self.runs):
            if run.card is not None and run.name not in names:
                self._drop(run)  # it was deleted or renamed
        for kept in found.kept:
            known = self.find(kept.card.name)
            if known is None:
                known = self._new(learning_from(kept), kept.plan, last=True)
                known.shown = False
            if known.state is RunState.KEPT:
                known.card = kept.card
        for left in found.left:
            if self.find(left.plan.name) is None:
                learning = self._learning(left.plan)
                learning.state = RunState.LEFT
                learning.left_at = left.steps
                self._new(learning, left.plan).shown = False
        if self.chosen is None and self.runs:
            self.chosen = self.runs[0]
            self.chosen.shown = True
        self.listed.emit()
