"""The file to teach, what its check has found, and what the user has decided about that."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from gui.errors import Failure
from gui.i18n import tr
from gui.jobs.checking import Checking
from gui.jobs.pair_files import CheckRequest
from gui.settings import Settings
from gui.viewmodels.pair_choice import PairChoice
from gui.viewmodels.second_pass import SecondPass

if TYPE_CHECKING:
    from core.training.checks import CheckReport, Doubt, Pair

_MOST_RECENT = 6
_BETWEEN = "\n"  # the two paths of aligned files in the settings


class FileCheck(QObject):
    """One file, or two aligned ones, at a time; the check itself happens elsewhere.

    Args:
        settings: the files of before.
        checking: reads files in a thread; its owner ends it.
        second: what a model thinks of the pairs follows when it is known.
    """

    changed = Signal()

    def __init__(
        self,
        settings: Settings,
        checking: Checking,
        second: SecondPass,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._settings = settings
        self.second = second
        second.found.connect(self._on_found)
        self._found: list[tuple[Pair, Doubt]] = []  # by the second pass, in this file
        self.paths: tuple[Path, ...] = ()
        self.choice: PairChoice | None = None
        self.busy = False
        self.problem: Failure | None = None
        self._history: list[PairChoice] = []
        self._checking = checking
        checking.checked.connect(self._on_checked)
        checking.failed.connect(self._on_failed)

    @property
    def name(self) -> str:
        """The file's name, or those of two."""
        return " + ".join(path.name for path in self.paths)

    @property
    def recent(self) -> tuple[tuple[Path, ...], ...]:
        """Files taught before that are still there, newest first; some of them are two."""
        kept = (entry.split(_BETWEEN) for entry in self._settings.recent_pairs.value)
        # Not Path.is_file, which raises where a folder on the way may not be read.
        there = (paths for paths in kept if all(map(os.path.isfile, paths)))
        return tuple(tuple(map(Path, paths)) for paths in there)

    @property
    def undoable(self) -> bool:
        """Whether something was dropped or put right."""
        return bool(self._history) and not self.busy

    @property
    def plain(self) -> bool:
        """Whether the file itself holds what is to be learnt, so that a child can read it."""
        return len(self.paths) == 1 and self.choice is not None and not self.choice.changed

    def choose(self, *paths: Path) -> None:
        """Take another file, or none."""
        self._checking.cancel()
        self.paths = tuple(path.absolute() for path in paths)
        self.choice, self.problem, self.busy = None, None, False
        self._history, self._found = [], []
        self.second.forget()

    def check(self, source_language: str, target_language: str) -> None:
        """Check the file for one direction; what was left out for a reason stays so."""
        self._ask(CheckRequest(self.paths, source_language, target_language))

    def fail(self, problem: Failure) -> None:
        """Say why there is nothing to learn from."""
        self.problem, self.busy = problem, False

    def cancel(self) -> None:
        """Give up the check that runs."""
        self._checking.cancel()
        self.busy = False

    def drop(self, reason: str) -> None:
        """Leave out the pairs that are doubtful for ``reason``; :meth:`undo` takes it back."""
        if self.choice is not None and reason in self.choice.doubt_counts:
            self._history.append(self.choice)
            self.choice = self.choice.drop(reason)
            self.changed.emit()

    def put_right(self, source_language: str, target_language: str) -> None:
        """Turn the pairs whose sides are swapped; the file is checked again for that."""
        if self.choice is not None and self.choice.fixable:
            self._ask(CheckRequest(self.paths, source_language, target_language, fix_swapped=True))
            self.changed.emit()

    def undo(self) -> None:
        """Take back what was dropped or put right last."""
        if self.undoable:
            self.choice = self._history.pop()
            self.changed.emit()

    def _ask(self, request: CheckRequest) -> None:
        self.problem, self.busy = None, True
        self._checking.check(request)

    def _on_checked(self, request: CheckRequest, report: CheckReport) -> None:
        self.busy = False
        first = self.choice is None
        if request.fix_swapped and self.choice is not None:
            self._history.append(self.choice)
            self.choice = self.choice.checked_again(report, turned=True)
        else:
            dropped = self.choice.dropped if self.choice else ()
            self._history = [PairChoice(report, dropped[:n]) for n in range(len(dropped))]
            self.choice = PairChoice(report, dropped)
        if first:
            self._remember()
        self._add(self._found)
        self.changed.emit()
        self.second.take(report.pairs, (request.source_language, request.target_language))

    def _on_found(self, found: tuple[tuple[Pair, Doubt], ...]) -> None:
        self._found.extend(found)
        self._add(found)
        self.changed.emit()

    def _add(self, found: Iterable[tuple[Pair, Doubt]]) -> None:
        """Let the choice, and those that can be gone back to, know of more doubts."""
        if self.choice is not None:
            self.choice = self.choice.with_doubts(found)
        self._history = [choice.with_doubts(found) for choice in self._history]

    def _remember(self) -> None:
        entry = _BETWEEN.join(map(str, self.paths))
        recent = (entry, *self._settings.recent_pairs.value)
        self._settings.recent_pairs.set(tuple(dict.fromkeys(recent))[:_MOST_RECENT])

    def _on_failed(self, request: CheckRequest, problem: Failure) -> None:
        self.busy, self.choice, self.problem = False, None, problem
        self.second.forget()
        self.changed.emit()


def no_models() -> Failure:
    """Why nothing can be learnt where no model is."""
    return Failure(
        tr("There is no model that could learn."),
        tr("Install Attune again: it brings models of its own."),
    )
