"""The terminal program as a child process, supervised from a QThread.

Neither the child's load, nor its crash, nor its end can hold up the window: the pipes are read
and the deadlines are kept in a thread of their own. What the child says reaches the listener
as the events of :mod:`core.events`; a child that dies without a last word is given one.

That thread makes and deletes no QObject, it only emits signals: Qt's locks are then never taken
there with the interpreter's lock held, so that the two threads cannot wait for each other.
"""

from __future__ import annotations

import logging
import queue
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from time import monotonic

from PySide6.QtCore import QObject, QThread, Signal, Slot

from core.events import (
    Checked,
    Discarded,
    Doubted,
    Event,
    Failed,
    Finished,
    Left,
    Sample,
    Scored,
    Step,
    Validation,
    parse_event,
)
from gui.i18n import tr
from gui.jobs.process import Ended, Process, Said, crashed
from gui.jobs.throttle import Throttle

_log = logging.getLogger(__name__)

_LEARNING = (Step, Sample, Validation)
_FREQUENT = (*_LEARNING, Doubted, Scored)
_LAST_WORDS = (Finished, Discarded, Left, Checked, Failed)
_TAIL_LINES = 60


@dataclass(frozen=True, slots=True)
class Patience:
    """How long the child may take, in milliseconds, before it is made to end.

    ``stop`` and ``leave`` are silence after the command, since keeping the best or the whole run
    may take a while and the child shows by its events that it lives; ``discard`` and ``close``
    (its input closed) are absolute.
    """

    stop: int = 120_000
    leave: int = 60_000
    discard: int = 4_000
    close: int = 10_000


class _Supervisor(QThread):
    """Runs the child from its start to its end; ``details`` is there when the thread is not."""

    delivered = Signal(object)  # tuple[Event, ...]

    def __init__(
        self, command: Sequence[str], patience: Patience, called: str, parent: QObject
    ) -> None:
        super().__init__(parent)
        self.setObjectName("child supervisor")
        self.details = ""
        self._called = called
        self._command = tuple(command)
        self._patience = patience
        self._inbox: queue.SimpleQueue[str | Said | Ended] = queue.SimpleQueue()
        self._tail: deque[str] = deque(maxlen=_TAIL_LINES)
        self._last_step = 0
        self._said_last_word = False
        self._wish = ""  # the last of stop, leave, discard and close that the user asked for
        self._closed = False  # its input, after which a well-behaved child ends
        self._deadline: float | None = None
        self._throttle: Throttle[Event] = Throttle(self.delivered.emit)

    def tell(self, word: str) -> None:
        """Have the child told ``word``; called from the UI thread."""
        self._inbox.put(word)

    def run(self) -> None:
        """The thread's loop."""
        try:
            self._process = Process(self._command, self._inbox.put)
        except OSError as error:
            self._keep(str(error))
            last_word: Event = Failed(
                tr("{program} could not be started", program=self._called),
                where=self._command[0],
                remedy=tr("Install Attune again, or move it back to where it was installed."),
            )
        else:
            code = self._converse()
            _log.info("%s ended with code %d", self._called, code)
            self._process.close_input()
            last_word = self._epitaph(code)
        self._deliver(last_word)
        self._throttle.flush()
        self.details = "\n".join(self._tail)

    def _converse(self) -> int:
        """Pass on what either side says until the child is gone; its exit code."""
        while True:
            due = [time for time in (self._deadline, self._throttle.due) if time is not None]
            try:
                timeout = max(min(due) - monotonic(), 0.0) if due else None
                item = self._inbox.get(timeout=timeout)
            except queue.Empty:
                self._on_time(monotonic())
                continue
            if isinstance(item, Ended):
                return item.code
            if isinstance(item, Said):
                self._keep(item.line) if item.aside else self._take(item.line)
            else:
                self._pass_on(item)

    def _on_time(self, now: float) -> None:
        if self._throttle.due is not None and now >= self._throttle.due:
            self._throttle.flush()
        if self._deadline is None or now < self._deadline:
            return
        if self._closed:  # and that has not helped
            self._deadline = None
            self._process.kill()
        else:
            self._close()

    def _pass_on(self, word: str) -> None:
        """Tell the child ``word``; start the clock for those that end it."""
        if word == "close":
            self._wish = self._wish or word
            self._close()
            return
        self._process.tell(word)
        if word in ("stop", "leave", "discard"):
            self._wish = word
            self._give(getattr(self._patience, word))

    def _close(self) -> None:
        self._process.close_input()
        self._closed = True
        self._give(self._patience.close)

    def _give(self, milliseconds: int) -> None:
        self._deadline = monotonic() + milliseconds / 1000

    def _take(self, line: str) -> None:
        text = line.strip()
        if not text:
            return
        try:
            event = parse_event(text)
        except ValueError:
            self._keep(text)  # a stray print belongs in the report, nowhere else
            return
        if self._deliver(event) and isinstance(event, _LAST_WORDS):
            self._close()
        elif self._wish in ("stop", "leave") and not self._closed:
            self._give(getattr(self._patience, self._wish))

    def _deliver(self, event: Event) -> bool:
        """Tell the listener of ``event``, unless the last word was said."""
        if self._said_last_word:
            return False
        self._throttle.push(event)
        if isinstance(event, _LEARNING):
            self._last_step = max(self._last_step, event.step)
        if not isinstance(event, _FREQUENT):
            self._throttle.flush()
        self._said_last_word = isinstance(event, _LAST_WORDS)
        return True

    def _keep(self, line: str) -> None:
        """Keep ``line`` for the report."""
        if line.strip():
            self._tail.append(line.rstrip()[:500])

    def _epitaph(self, code: int) -> Event:
        """The last word of a child that ended without one."""
        if self._wish == "discard":
            return Discarded(step=self._last_step)
        if self._wish == "leave":  # what it saved before, if it did, is there
            return Left(step=self._last_step, model="")
        if self._wish == "stop":
            return Failed(
                tr("training ended before the best model was written"),
                remedy=tr("Start again; give it a little longer before stopping."),
            )
        if crashed(code):
            return Failed(
                tr(
                    "{program} was ended by the system (code {code})",
                    program=self._called,
                    code=abs(code),
                ),
                remedy=tr("Most often memory ran out: close other programs and start again."),
            )
        bug = any(line.startswith("Traceback ") for line in self._tail)
        if code == 1 and self._tail and not bug:  # a user's error, told on standard error alone
            return Failed(self._tail[-1].rstrip("."), remedy=tr("Mend this and start again."))
        return Failed(
            tr("{program} ended unexpectedly (exit code {code})", program=self._called, code=code),
            remedy=tr("Start again; if it happens twice, report it with the details below."),
        )


class ChildJob(QObject):
    """One run of the terminal program; lives in the UI thread.

    ``events`` carries tuples of :class:`core.events.Event` in order, a few times a second; the last
    event of all is ``Finished``, ``Discarded``, ``Left``, ``Checked`` or ``Failed``, whatever
    happens. ``ended`` follows once process and thread are gone, with the tail of the error output
    for a report; from then on the job may be deleted.

    Args:
        command: the program and its arguments.
        patience: how long it may take to end.
        called: what a user reads of it when it fails; empty for training.
    """

    events = Signal(object)
    ended = Signal(str)

    def __init__(
        self,
        command: Sequence[str],
        patience: Patience | None = None,
        parent: QObject | None = None,
        *,
        called: str = "",
    ) -> None:
        super().__init__(parent)
        self._patience = patience or Patience()
        self._called = called or tr("the training program")
        self._thread = _Supervisor(command, self._patience, self._called, self)
        self._thread.delivered.connect(self.events)
        self._thread.finished.connect(self._on_thread_finished)

    @property
    def running(self) -> bool:
        """Whether the process, and the thread that watches it, still lives."""
        return self._thread.isRunning()

    def start(self) -> None:
        """Start the child; its first event follows."""
        self._thread.start()

    def pause(self) -> None:
        """Ask the child to wait; it answers ``Paused``."""
        self._thread.tell("pause")

    def resume(self) -> None:
        """Ask the child to go on; it answers ``Resumed``."""
        self._thread.tell("resume")

    def stop(self) -> None:
        """Ask the child to end and keep the best so far; it answers ``Finished``."""
        self._thread.tell("stop")

    def leave(self) -> None:
        """Ask the child to end so that it can be gone on with; it answers ``Left``."""
        self._thread.tell("leave")

    def discard(self) -> None:
        """Ask the child to end and keep nothing; it answers ``Discarded``, or is made to end."""
        self._thread.tell("discard")

    def close(self) -> None:
        """Close the child's input so that it ends, by force if need be; ``ended`` follows."""
        self._thread.tell("close")

    def shutdown(self) -> None:
        """End the child by closing its input, by force if it does not go, and wait for it."""
        if not self._thread.isRunning():
            return
        self._thread.tell("close")
        if not self._thread.wait(self._patience.close + 5_000):
            _log.error("%s would not end", self._called)

    @Slot()
    def _on_thread_finished(self) -> None:
        self._thread.wait()  # it has left its loop: a matter of microseconds
        self.ended.emit(self._thread.details)
