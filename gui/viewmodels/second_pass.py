"""The second pass over a file: a model looks, in a process of its own, for wrong partners."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import Enum
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from core.events import Checked, Doubted, Event, Failed, Scored
from gui.errors import Failure, describe_failed
from gui.i18n import tr
from gui.jobs.check_command import second_pass_command
from gui.jobs.checking import Checking
from gui.jobs.child import ChildJob, Patience
from gui.jobs.pair_files import Excerpt, remove_pairs
from gui.viewmodels.pair_reasons import MISALIGNED
from gui.viewmodels.run_clock import LONG

if TYPE_CHECKING:
    from core.training.checks import Doubt, Pair

Command = Callable[[Path, str, str, str], Sequence[str]]

MOST = 20_000  # pairs looked at, from the top of the file: some ten minutes
# There is nothing to save, so the process may be ended a second after it was asked to.
_PATIENCE = Patience(close=1_000)


class LookState(Enum):
    """What the second pass is at; ``WAITING`` also without anything to look at."""

    WAITING = "waiting"
    LOOKING = "looking"
    STOPPED = "stopped"
    DONE = "done"
    FAILED = "failed"


class SecondPass(QObject):
    """Looks at the pairs of one file while somebody watches; lives in the UI thread.

    What was looked at stays so when nobody watches for a while; the rest follows afterwards.

    Args:
        checking: writes files in a thread; its owner ends it.
        model: the name of the model that looks; empty while none can.
        command: the child's command line for file, model and languages; ``None`` for no second
            pass at all.

    Signals:
        changed(): how far it is, a few times a second.
        found(object): a tuple of pairs with the doubts about them.
    """

    changed = Signal()
    found = Signal(object)

    def __init__(
        self,
        checking: Checking,
        model: Callable[[], str],
        command: Command | None = second_pass_command,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._checking, self._model, self._command = checking, model, command
        self._languages = ("", "")
        self._pairs: tuple[Pair, ...] = ()  # all that are to be looked at
        self._asked: tuple[Pair, ...] = ()  # those of them that are, or will be, in a file
        self._settled = 0  # the first of them, that need not be looked at again
        self._jobs: dict[ChildJob, Path] = {}  # until each is gone; the newest is the last
        self._job: ChildJob | None = None  # the one that is listened to
        self._watched = False
        self._doubted: set[int] = set()
        self._since: tuple[float, int] | None = None  # when how many had been looked at
        self._late = QTimer(self, singleShot=True, interval=round(LONG * 1000))
        self._late.timeout.connect(self.changed)
        checking.excerpt_written.connect(self._on_written)
        checking.excerpt_failed.connect(self._on_failed)
        self.state = LookState.WAITING
        self.problem: Failure | None = None
        self.in_file = 0
        self.done = 0
        self.pace = 0.0

    # -- what there is to tell ------------------------------------------------------------

    @property
    def total(self) -> int:
        """How many pairs are looked at in the end."""
        return len(self._pairs)

    @property
    def count(self) -> int:
        """How many pairs were doubted so far."""
        return len(self._doubted)

    @property
    def seconds_left(self) -> float | None:
        """How long it still takes; ``None`` until that can be told."""
        return (self.total - self.done) / self.pace if self.pace else None

    @property
    def late(self) -> bool:
        """Whether the first pair takes long to be looked at."""
        waits = self.state is LookState.LOOKING and self._since is None
        return waits and self._job is not None and not self._late.isActive()

    # -- what to do -----------------------------------------------------------------------

    def take(self, pairs: tuple[Pair, ...], languages: tuple[str, str]) -> None:
        """Look at ``pairs``, or at the first :data:`MOST` of them, and at no others any more."""
        self._end()
        self._pairs, self._languages = pairs[:MOST], languages
        self.in_file = len(pairs)
        self.done = self._settled = 0
        self._doubted = set()
        self.state, self.problem = LookState.WAITING, None
        self.go_on()

    def forget(self) -> None:
        """Look at nothing any more."""
        self.take((), self._languages)

    def watch(self, watched: bool) -> None:
        """Say whether somebody wants to know; nothing is computed for nobody."""
        self._watched = watched
        if watched:
            self.go_on()
        elif self.state is LookState.LOOKING:
            self._end()
            self.state = LookState.WAITING
            self.changed.emit()

    def stop(self) -> None:
        """Leave the rest of the file alone."""
        if self.state is LookState.LOOKING:
            self._end()
            self.state = LookState.STOPPED
            self.changed.emit()

    def go_on(self) -> None:
        """Look at what is left, if somebody watches and a model is at hand."""
        ready = self._watched and self._command is not None and bool(self._model())
        if self.state is LookState.WAITING and self._pairs and ready:
            self.state = LookState.LOOKING
            self.done = self._settled
            self._asked = self._pairs[self._settled :]
            self._checking.write_excerpt(self._asked)
        self.changed.emit()

    def shutdown(self) -> None:
        """End the child and wait for it."""
        self._watched = False
        self._end()
        for job, path in self._jobs.items():
            job.shutdown()
            remove_pairs(path)

    # -- answers --------------------------------------------------------------------------

    def _on_written(self, excerpt: Excerpt) -> None:
        """Have the child look at ``excerpt`` if nothing has come between."""
        model = self._model()
        if excerpt.pairs is not self._asked or self._job is not None or not model:
            self._checking.remove(excerpt.path)
            return
        assert self._command is not None
        command = self._command(excerpt.path, model, *self._languages)
        job = ChildJob(command, _PATIENCE, self, called=tr("the program that looks at pairs"))
        job.events.connect(lambda events: self._on_events(job, events))
        job.ended.connect(lambda _details: self._on_ended(job))
        self._job, self._since, self.pace = job, None, 0.0
        self._jobs[job] = excerpt.path
        job.start()
        self._late.start()

    def _on_failed(self, problem: Failure) -> None:
        if self.state is LookState.LOOKING:
            self._end()
            self.state, self.problem = LookState.FAILED, problem
            self.changed.emit()

    def _end(self) -> None:
        """Listen to the child no more, and have it end."""
        self._asked = ()
        if self._job is not None:
            self._job.close()
            self._job = None

    def _on_events(self, job: ChildJob, events: tuple[Event, ...]) -> None:
        if job is not self._job:
            return
        asked, begin = self._asked, self.total - len(self._asked)
        found: list[tuple[Pair, Doubt]] = []
        for event in events:
            if isinstance(event, Doubted) and event.reason == MISALIGNED:
                found.append(_doubt(asked[event.line - 1], event.note))
            elif isinstance(event, Scored):
                self.done, self._settled = begin + event.done, begin + event.settled
                self._measure(event.done)
            elif isinstance(event, Checked):
                self.state = LookState.DONE
            elif isinstance(event, Failed):
                self.state, self.problem = LookState.FAILED, describe_failed(event)
        self._doubted |= {pair.line for pair, _ in found}
        self.changed.emit()
        if found:
            self.found.emit(tuple(found))

    def _measure(self, done: int) -> None:
        """Pairs a second, without the time that the model takes to be loaded."""
        if not done:
            return
        now = monotonic()
        if self._since is None:
            self._since = now, done
        elif now > self._since[0]:
            self.pace = (done - self._since[1]) / (now - self._since[0])

    def _on_ended(self, job: ChildJob) -> None:
        self._checking.remove(self._jobs.pop(job))
        if job is self._job:
            self._job, self._asked = None, ()
        job.deleteLater()


def _doubt(pair: Pair, note: str) -> tuple[Pair, Doubt]:
    from core.training.checks import Doubt  # its package is light and in memory by now

    return pair, Doubt(pair.line, MISALIGNED, note)
