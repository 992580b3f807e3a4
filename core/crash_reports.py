"""Reports of bugs and crashes, kept on this computer for its user alone; nothing sends them.

A report tells the version, the system and where in the program it happened. It holds no text that
was translated: messages of exceptions may quote some, so they are left out unless asked for
(:func:`withheld`). A crash of the interpreter itself writes its report (by ``faulthandler``) into
a file that was opened at the start and that a clean end removes.
"""

from __future__ import annotations

import contextlib
import faulthandler
import hashlib
import logging
import os
import platform
import re
import sys
import threading
import traceback
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

from core import __version__
from core.errors import StorageError
from core.files import storage_errors, write_atomically
from core.paths import ensure, state_folder

TEXT_VARIABLE = "ATTUNE_LOG_TEXT"
MOST = 20  # reports that are kept
_NEW, _SEEN, _RUNNING, _ENDING = "crash-", "seen-", "running-", ".txt"
_LIBRARY = f"/python{sys.version_info.major}.{sys.version_info.minor}/"
_FILE = re.compile(r'File "([^"]+)"')
_FATAL = ("Fatal Python error", "Windows fatal exception")

_log = logging.getLogger(__name__)
_reported: set[str] = set()  # what this process has reported: a bug that comes back says no more


def reports_folder() -> Path:
    """Where the reports are."""
    return state_folder() / "crashes"


def may_hold_text() -> bool:
    """Whether the user lets logs and reports hold what was translated."""
    return os.environ.get(TEXT_VARIABLE, "") not in ("", "0")


def withheld(text: str) -> str:
    """``text``, or its length alone unless :func:`may_hold_text`."""
    left_out = "1 character" if len(text) == 1 else f"{len(text)} characters"
    return text if may_hold_text() else f"({left_out} left out)"


def heading(program: str) -> str:
    """The lines that a report begins with: when, what, where."""
    system = f"{platform.system()} {platform.release()} {platform.machine()}"
    frozen = ", frozen" if getattr(sys, "frozen", False) else ""
    return (
        f"Attune {__version__}: {program}\n"
        f"{datetime.now(UTC).isoformat(timespec='seconds')}\n"
        f"{system}, Python {platform.python_version()}{frozen}\n\n"
    )


def trace(error: BaseException) -> str:
    """Where ``error``, and what led to it, happened; without what the messages say."""
    chain: list[BaseException] = []
    found: BaseException | None = error
    while found is not None and found not in chain:
        chain.append(found)
        found = found.__cause__ or (None if found.__suppress_context__ else found.__context__)
    return "\nwhich led to:\n".join(map(_trace_of, reversed(chain)))


def _trace_of(error: BaseException) -> str:
    """Where ``error`` itself happened."""
    frames = traceback.StackSummary.extract(traceback.walk_tb(error.__traceback__))
    places = [f"  {_short(f.filename)}, line {f.lineno}, in {f.name}\n" for f in frames]
    message = str(error)
    # What cannot be imported is a part of the program, and the reason tells which file it lacks.
    told = message if isinstance(error, ImportError) else withheld(message)
    said = f": {told}" if message else ""
    return f"{''.join(places)}{type(error).__qualname__}{said}\n"


def _short(file: str) -> str:
    """A source's path without what it says of this computer."""
    path = file.replace("\\", "/")
    for root in ("/site-packages/", "/_internal/", _LIBRARY):
        if root in path:
            return path.rpartition(root)[2]
    home = str(Path(__file__).resolve().parent.parent).replace("\\", "/")
    return path.removeprefix(f"{home}/")


def report(error: BaseException, program: str) -> Path | None:
    """Write a report about ``error``; its file, or ``None`` where this process told it before."""
    what = trace(error)
    sign = hashlib.sha256(what.encode()).hexdigest()[:8]
    if sign in _reported:
        return None
    _reported.add(sign)
    main = threading.get_ident() == threading.main_thread().ident
    thread = "the main thread" if main else "a thread beside the main one"
    stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
    file = reports_folder() / f"{_NEW}{stamp}-{sign}{_ENDING}"
    try:
        ensure(file.parent)
        write_atomically(file, f"{heading(program)}In {thread}:\n{what}")
    except StorageError as failure:
        _log.warning("no report of this: %s", failure)
        return None
    _tidy()
    return file


def unseen() -> tuple[Path, ...]:
    """The reports that nobody has looked at or put away, the oldest first."""
    return tuple(sorted(reports_folder().glob(f"{_NEW}*{_ENDING}")))


def put_away(file: Path) -> None:
    """Keep a report, but offer it no more."""
    with contextlib.suppress(OSError):  # it is gone, which is as well
        file.rename(file.with_name(_SEEN + file.name.removeprefix(_NEW)))


def delete(file: Path) -> None:
    """Delete a report.

    Raises:
        StorageError: that is not permitted.
    """
    with storage_errors(file):
        file.unlink(missing_ok=True)


def _tidy() -> None:
    """Delete the oldest reports where there are too many."""
    for kind in (_NEW, _SEEN):
        for file in sorted(reports_folder().glob(f"{kind}*{_ENDING}"))[:-MOST]:
            with contextlib.suppress(OSError):
                file.unlink()


# --- crashes of the interpreter itself -----------------------------------------------------------


@contextlib.contextmanager
def watch(program: str) -> Iterator[None]:
    """Let a crash inside the block leave a report.

    Each process has a file of its own, locked as long as it lives; what a process that was killed
    has left, the next one takes away.
    """
    _collect()
    file = reports_folder() / f"{_RUNNING}{os.getpid()}{_ENDING}"
    try:
        ensure(file.parent)
        with storage_errors(file):
            dump = file.open("w+", encoding="utf-8")
    except StorageError as failure:
        _log.warning("a crash will leave no report: %s", failure)
        yield
        return
    with dump:
        _lock(dump.fileno())
        dump.write(heading(program))
        dump.flush()
        faulthandler.enable(dump)
        try:
            yield
        finally:
            faulthandler.disable()
    with contextlib.suppress(OSError):  # the next start takes it away
        file.unlink(missing_ok=True)
    _collect()  # what children left that were killed meanwhile


def _collect() -> None:
    """Make reports of what processes that are gone have left."""
    for file in reports_folder().glob(f"{_RUNNING}*{_ENDING}"):
        # Gone meanwhile, or not to be replaced; on Windows, its process lives.
        with contextlib.suppress(OSError, StorageError):
            with file.open("r+", encoding="utf-8", errors="replace") as dump:
                if not _lock(dump.fileno()):
                    continue
                text = dump.read()
                stamp = datetime.fromtimestamp(file.stat().st_mtime, UTC).strftime("%Y%m%d-%H%M%S")
            if any(line.startswith(_FATAL) for line in text.splitlines()):
                number = file.name.removeprefix(_RUNNING)
                told = _FILE.sub(lambda found: f'File "{_short(found[1])}"', text)
                write_atomically(file.with_name(f"{_NEW}{stamp}-{number}"), told)
            file.unlink()  # where it was killed, or the power went, there is nothing to tell


def _lock(descriptor: int) -> bool:
    """Take the lock on an open file, which goes with its process; whether it was free."""
    if sys.platform == "win32":  # an open file can be neither renamed nor removed there
        return True
    import fcntl

    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


# --- exceptions that nobody caught ---------------------------------------------------------------


def hook_unhandled(heard: Callable[[BaseException], None]) -> None:
    """Call ``heard``, in the thread where it happened, with what nobody caught in any thread."""

    def of_the_interpreter(
        kind: type[BaseException], error: BaseException, where: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, where)
        else:
            heard(error)

    def of_a_thread(found: threading.ExceptHookArgs) -> None:
        if found.exc_value is not None:
            heard(found.exc_value)

    sys.excepthook = of_the_interpreter
    threading.excepthook = of_a_thread
