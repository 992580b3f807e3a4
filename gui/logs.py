"""The log of the window: on standard error, and in a file that is begun anew at a megabyte.

It holds no text that was translated: what the program logs itself quotes none, and of exceptions
it tells where they happened, not what they say (``core/crash_reports.py``).
"""

from __future__ import annotations

import logging
from pathlib import Path

from core.crash_reports import trace
from core.errors import StorageError
from core.files import storage_errors
from core.paths import ensure, state_folder

MOST_BYTES = 1_000_000
FORMER = 3  # files of so many bytes that are kept beside the one that grows

_log = logging.getLogger(__name__)


class Formatter(logging.Formatter):
    """A line for a record, and where an exception happened."""

    def formatException(self, ei: object) -> str:
        """See :func:`core.crash_reports.trace`."""
        error = ei[1] if isinstance(ei, tuple) else None
        return trace(error) if isinstance(error, BaseException) else ""

    def format(self, record: logging.LogRecord) -> str:
        """Like the library's, which would keep another formatter's words of the exception."""
        kept, record.exc_text = record.exc_text, None
        line = super().format(record)
        record.exc_text = kept
        return line


def log_file() -> Path:
    """The file that grows."""
    return state_folder() / "logs" / "attune.log"


def log_to_terminal() -> None:
    """Warnings on standard error."""
    handler = logging.StreamHandler()
    handler.setLevel(logging.WARNING)
    handler.setFormatter(Formatter("%(levelname)s %(name)s: %(message)s"))
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.WARNING)


def log_to_file() -> logging.Handler | None:
    """What our modules say from INFO on in :func:`log_file`; ``None`` if it cannot be written."""
    from logging.handlers import RotatingFileHandler  # not before the window is on screen

    file = log_file()
    try:
        ensure(file.parent)
        with storage_errors(file):
            handler = RotatingFileHandler(
                file, maxBytes=MOST_BYTES, backupCount=FORMER, encoding="utf-8"
            )
    except StorageError as error:
        _log.warning("there is no log: %s", error)
        return None
    handler.setFormatter(Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    for name in ("gui", "core"):  # of ours alone: libraries' words may quote anything
        logging.getLogger(name).setLevel(logging.INFO)
        logging.getLogger(name).addHandler(handler)
    return handler
