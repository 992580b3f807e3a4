"""Errors as the window shows them: one sentence and a remedy, never a traceback."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from core import crash_reports
from core.errors import AttuneError, BundleError
from core.events import Failed
from gui.core_words import from_core
from gui.i18n import joined, tr

PROGRAM = "attune"

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Failure:
    """What went wrong, ready to show.

    Attributes:
        sentence: what and where, one sentence.
        remedy: what the user can do; may be empty.
        kind: ``model`` (another model may help), ``user`` (other input may) or ``bug``.
    """

    sentence: str
    remedy: str = ""
    kind: str = "user"

    @property
    def text(self) -> str:
        """The sentence and the remedy, in one line."""
        return joined(self.sentence, self.remedy)


def describe(error: BaseException) -> Failure:
    """``error`` for the window; one that is not the user's goes to the log and into a report."""
    if isinstance(error, AttuneError):
        kind = "model" if isinstance(error, BundleError) else "user"
        return Failure(_sentence(error), from_core(error.remedy), kind)
    if isinstance(error, MemoryError):
        return Failure(
            tr("The computer ran out of memory."), tr("Close other programs, then try again.")
        )
    _log.error("unexpected error", exc_info=error)
    crash_reports.report(error, PROGRAM)
    return Failure(
        tr("Something unexpected went wrong ({name}).", name=type(error).__name__),
        tr("Your text is untouched. A report of it is offered at the next start."),
        "bug",
    )


def _sentence(error: AttuneError) -> str:
    """What is wrong, and where."""
    what, where = from_core(error.what), from_core(error.where)
    if where:
        return tr("{place}: {what}.", place=where, what=what)
    return tr("{what}.", what=what[:1].upper() + what[1:])


def describe_failed(event: Failed) -> Failure:
    """What a child says in its last word."""
    return describe(AttuneError(event.what, where=event.where, remedy=event.remedy))


class _Unhandled(QObject):
    """Brings failures of any thread to the one in which it was made."""

    caught = Signal(object)


def show_unhandled(show: Callable[[Failure], None]) -> None:
    """Send exceptions that no one caught, in slots of any thread, to ``show`` in this one."""
    unhandled = _Unhandled()
    unhandled.caught.connect(show)

    crash_reports.hook_unhandled(lambda error: unhandled.caught.emit(describe(error)))
