"""The terminal program as a child process, supervised from a QThread.

Neither the child's load, nor its crash, nor its end can hold up the window: the pipe is read
and the deadlines are kept in a thread of their own. What the child says reaches the listener
as the events of :mod:`core.events`; a child that dies without a last word is given one.
"""

from __future__ import annotations

import logging
import sys
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, QProcess, QProcessEnvironment, Qt, QThread, QTimer, Signal, Slot

import core
from core.events import (
    Discarded,
    Event,
    Failed,
    Finished,
    Sample,
    Step,
    Validation,
    parse_event,
)
from gui.jobs.throttle import Throttle

_log = logging.getLogger(__name__)

_FREQUENT = (Step, Sample, Validation)
_LAST_WORDS = (Finished, Discarded, Failed)
_TAIL_LINES = 60
_LONGEST_LINE = 1 << 20  # bytes; anything longer is no event


def tune_command(file: Path, base: str, name: str, minutes: float) -> tuple[str, ...]:
    """The command line that teaches the model ``base`` the pairs in ``file``."""
    # Joined by "=", since a name may begin with a hyphen.
    what = ("tune", str(file.resolve()), f"--base={base}", f"--name={name}")
    arguments = ("--events", *what, f"--minutes={minutes:g}")
    if getattr(sys, "frozen", False):
        return (sys.executable, "--cli", *arguments)
    return (sys.executable, "-m", "core.cli", *arguments)


@dataclass(frozen=True, slots=True)
class Patience:
    """How long the child may take, in milliseconds, before it is made to end.

    ``stop`` is silence after the command, since keeping the best may take a while and the child
    shows by its events that it lives; ``discard`` and ``close`` (its input closed) are absolute.
    """

    stop: int = 120_000
    discard: int = 4_000
    close: int = 3_000


class _Supervisor(QObject):
    """Owns the process; lives in the thread of its :class:`ChildJob`."""

    delivered = Signal(object)  # tuple[Event, ...]
    ended = Signal(str)

    def __init__(self, command: Sequence[str], patience: Patience) -> None:
        super().__init__()
        self._command = tuple(command)
        self._patience = patience
        self._buffer = b""
        self._error_buffer = b""
        self._tail: deque[str] = deque(maxlen=_TAIL_LINES)
        self._last_step = 0
        self._said_last_word = False
        self._wish = ""  # the last of stop, discard and close that the user asked for
        self._closed = False  # its input, after which a well-behaved child ends
        process = self._process = QProcess(self)
        process.readyReadStandardOutput.connect(self._read_events)
        process.readyReadStandardError.connect(self._read_errors)
        process.errorOccurred.connect(self._on_error)
        process.finished.connect(self._on_finished)
        self._throttle = Throttle(parent=self)
        self._throttle.delivered.connect(self.delivered)
        self._deadline = QTimer(self)
        self._deadline.setSingleShot(True)
        self._deadline.timeout.connect(self._on_deadline)

    @Slot()
    def start(self) -> None:
        environment = QProcessEnvironment.systemEnvironment()
        environment.insert("PYTHONUTF8", "1")
        environment.insert("PYTHONUNBUFFERED", "1")
        self._process.setProcessEnvironment(environment)
        # ``-m`` looks in the working directory first: there must be our core, not the user's.
        self._process.setWorkingDirectory(str(Path(core.__file__).resolve().parent.parent))
        self._process.start(self._command[0], list(self._command[1:]))

    @Slot(str)
    def command(self, word: str) -> None:
        """Tell the child ``word``; start the clock for those that end it."""
        if self._process.state() == QProcess.ProcessState.NotRunning:
            return
        if word == "close":
            self._wish = self._wish or word
            self._close()
            return
        self._process.write(word.encode() + b"\n")
        if word in ("stop", "discard"):
            self._wish = word
            self._deadline.start(getattr(self._patience, word))

    def _close(self) -> None:
        self._process.closeWriteChannel()
        self._closed = True
        self._deadline.start(self._patience.close)

    def _on_deadline(self) -> None:
        """First close its input, then kill it."""
        if self._closed:
            self._process.kill()
        else:
            self._close()

    def _read_events(self) -> None:
        self._buffer += bytes(self._process.readAllStandardOutput().data())
        *lines, self._buffer = self._buffer.split(b"\n")
        if len(self._buffer) > _LONGEST_LINE:
            lines.append(self._buffer)
            self._buffer = b""
        for line in lines:
            self._take(line)

    def _take(self, line: bytes) -> None:
        text = line.decode("utf-8", errors="replace").strip()
        if not text:
            return
        try:
            event = parse_event(text)
        except ValueError:
            self._keep(text)  # a stray print belongs in the report, nowhere else
            return
        self._deliver(event)

    def _deliver(self, event: Event) -> None:
        if self._said_last_word:
            return
        if isinstance(event, _FREQUENT):
            self._last_step = max(self._last_step, event.step)
        self._throttle.push(event)
        if not isinstance(event, _FREQUENT):
            self._throttle.flush()
        if isinstance(event, _LAST_WORDS):
            self._said_last_word = True
            self._close()
        elif self._wish == "stop" and not self._closed:
            self._deadline.start(self._patience.stop)

    def _read_errors(self) -> None:
        self._error_buffer += bytes(self._process.readAllStandardError().data())
        *lines, self._error_buffer = self._error_buffer.split(b"\n")
        for line in lines:
            self._keep(line.decode("utf-8", errors="replace"))
        self._error_buffer = self._error_buffer[-_LONGEST_LINE:]

    def _keep(self, line: str) -> None:
        """Keep ``line`` for the report."""
        if line.strip():
            self._tail.append(line.rstrip()[:500])

    def _on_error(self, error: QProcess.ProcessError) -> None:
        if error == QProcess.ProcessError.FailedToStart:
            self._tail.append(self._process.errorString())
            failure = Failed(
                "the training program could not be started",
                where=self._command[0],
                remedy="Install Attune again, or move it back to where it was installed.",
            )
            self._end(failure)

    def _on_finished(self, code: int, status: QProcess.ExitStatus) -> None:
        self._read_errors()
        self._read_events()
        self._take(self._buffer)
        self._keep(self._error_buffer.decode("utf-8", errors="replace"))
        self._end(self._epitaph(code, status))

    def _end(self, last_word: Event) -> None:
        self._deliver(last_word)
        self._deadline.stop()
        self._throttle.close()
        self.ended.emit("\n".join(self._tail))

    def _epitaph(self, code: int, status: QProcess.ExitStatus) -> Event:
        """The last word of a child that ended without one."""
        if self._wish == "discard":
            return Discarded(step=self._last_step)
        if self._wish == "stop":
            return Failed(
                "training ended before the best model was written",
                remedy="Start again; give it a little longer before stopping.",
            )
        if status == QProcess.ExitStatus.CrashExit:
            return Failed(
                f"the training program was ended by the system (code {code})",
                remedy="Most often memory ran out: close other programs and start again.",
            )
        bug = any(line.startswith("Traceback ") for line in self._tail)
        if code == 1 and self._tail and not bug:  # a user's error, told on standard error alone
            return Failed(self._tail[-1].rstrip("."), remedy="Mend this and start again.")
        return Failed(
            f"the training program ended unexpectedly (exit code {code})",
            remedy="Start again; if it happens twice, report it with the details below.",
        )


class ChildJob(QObject):
    """One run of the terminal program; lives in the UI thread.

    ``events`` carries tuples of :class:`core.events.Event` in order, a few times a second; the last
    event of all is ``Finished``, ``Discarded`` or ``Failed``, whatever happens. ``ended`` follows
    once process and thread are gone, with the tail of the error output for a report; from then
    on the job may be deleted.
    """

    events = Signal(object)
    ended = Signal(str)
    _command = Signal(str)

    def __init__(
        self,
        command: Sequence[str],
        patience: Patience | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._patience = patience or Patience()
        self._thread = QThread(self)
        self._thread.setObjectName("child supervisor")
        # Deleted with this object, after its thread: two threads that each drop the same
        # QObject, one by deleteLater and one by its last Python reference, would collide.
        self._supervisor = _Supervisor(command, self._patience)
        self._supervisor.moveToThread(self._thread)
        self._thread.started.connect(self._supervisor.start)
        self._command.connect(self._supervisor.command)
        self._supervisor.delivered.connect(self.events)
        self._supervisor.ended.connect(self._keep_details)
        # Direct, so that the thread ends also while the UI thread waits for it.
        self._supervisor.ended.connect(self._thread.quit, Qt.ConnectionType.DirectConnection)
        self._thread.finished.connect(self._on_thread_finished)
        self._details = ""

    @property
    def running(self) -> bool:
        """Whether the process, and the thread that watches it, still lives."""
        return self._thread.isRunning()

    def start(self) -> None:
        """Start the child; its first event follows."""
        self._thread.start()

    def pause(self) -> None:
        """Ask the child to wait; it answers ``Paused``."""
        self._command.emit("pause")

    def resume(self) -> None:
        """Ask the child to go on; it answers ``Resumed``."""
        self._command.emit("resume")

    def stop(self) -> None:
        """Ask the child to end and keep the best so far; it answers ``Finished``."""
        self._command.emit("stop")

    def discard(self) -> None:
        """Ask the child to end and keep nothing; it answers ``Discarded``, or is made to end."""
        self._command.emit("discard")

    def shutdown(self) -> None:
        """End the child by closing its input, by force if it does not go, and wait for it."""
        if not self._thread.isRunning():
            return
        self._command.emit("close")
        if not self._thread.wait(self._patience.close + 5_000):
            _log.error("the training program would not end")

    @Slot(str)
    def _keep_details(self, details: str) -> None:
        self._details = details

    @Slot()
    def _on_thread_finished(self) -> None:
        self._thread.wait()  # it has left its loop: a matter of microseconds
        self.ended.emit(self._details)
