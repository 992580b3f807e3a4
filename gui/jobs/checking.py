"""Work on files that a page asks for: checks of pairs, lists of models; off the UI thread."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QThread, Signal, SignalInstance, Slot

from core.cancel import Cancelled, CancelToken
from gui.errors import Failure, describe
from gui.jobs.engine import list_models
from gui.jobs.pair_files import (
    CheckRequest,
    Excerpt,
    check_pairs,
    remove_pairs,
    write_excerpt,
    write_pairs,
)
from gui.jobs.unfinished import discard_unfinished, list_unfinished, tidy_unfinished

if TYPE_CHECKING:
    from core.store.model_store import ModelCard
    from core.training.checks import CheckReport, Pair
    from gui.viewmodels.pair_choice import PairChoice

Check = Callable[[CheckRequest, CancelToken], "CheckReport"]
ListModels = Callable[[], "tuple[ModelCard, ...]"]


class _Worker(QObject):
    checked = Signal(object, object, object)  # token, request, CheckReport | Failure
    answered = Signal(str, object)  # what was asked, the answer | Failure

    def __init__(self, check: Check) -> None:
        super().__init__()
        self._check = check

    @Slot(object, object)
    def check(self, request: CheckRequest, token: CancelToken) -> None:
        if token.cancelled:
            return
        try:
            outcome: object = self._check(request, token)
        except Cancelled:
            return
        except Exception as error:  # noqa: BLE001 - the thread's edge: shown in the page
            outcome = describe(error)
        self.checked.emit(token, request, outcome)

    @Slot(str, object)
    def answer(self, question: str, function: Callable[[], object]) -> None:
        try:
            outcome: object = function()
        except Exception as error:  # noqa: BLE001 - the thread's edge: shown in the page
            outcome = describe(error)
        self.answered.emit(question, outcome)


class Checking(QObject):
    """Checks files in a thread; the newest request wins. Lives in the UI thread.

    The other questions are answered in their order, each by its signal or the one of its failure.
    """

    checked = Signal(object, object)  # CheckRequest, CheckReport
    failed = Signal(object, object)  # CheckRequest, Failure
    models_listed = Signal(object)  # tuple[ModelCard, ...]
    models_failed = Signal(object)  # Failure
    written = Signal(object)  # Path
    write_failed = Signal(object)  # Failure
    excerpt_written = Signal(object)  # Excerpt
    excerpt_failed = Signal(object)  # Failure
    runs_listed = Signal(object)  # tuple[UnfinishedRun, ...]
    runs_failed = Signal(object)  # Failure
    _check_requested = Signal(object, object)
    _asked = Signal(str, object)

    def __init__(
        self,
        check: Check = check_pairs,
        models: ListModels = list_models,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._models = models
        self._token: CancelToken | None = None
        self._over = False
        self._files: set[Path] = set()  # written for children; the thread's while it runs
        self._answers: dict[str, tuple[SignalInstance, SignalInstance]] = {
            "models": (self.models_listed, self.models_failed),
            "write": (self.written, self.write_failed),
            "excerpt": (self.excerpt_written, self.excerpt_failed),
            "runs": (self.runs_listed, self.runs_failed),
        }
        self._thread = QThread(self)
        self._thread.setObjectName("checking")
        self._worker = _Worker(check)
        self._worker.moveToThread(self._thread)
        self._check_requested.connect(self._worker.check)
        self._asked.connect(self._worker.answer)
        self._worker.checked.connect(self._on_checked)
        self._worker.answered.connect(self._on_answered)

    def check(self, request: CheckRequest) -> None:
        """Start checking; ``checked`` or ``failed`` answers unless cancelled or overtaken."""
        self.cancel()
        if self._over:
            return
        self._token = CancelToken()
        self._thread.start()
        self._check_requested.emit(request, self._token)

    def cancel(self) -> None:
        """Give up the check that runs, if one does."""
        if self._token is not None:
            self._token.cancel()
            self._token = None

    def list_models(self) -> None:
        """Ask for the models; ``models_listed`` or ``models_failed`` answers."""
        self._ask("models", self._models)

    def write(self, choice: PairChoice, name: str) -> None:
        """Write the pairs of ``choice`` to a file; ``written`` or ``write_failed`` answers."""
        self._ask("write", partial(self._write, choice.pairs(), name))

    def write_excerpt(self, pairs: tuple[Pair, ...]) -> None:
        """Write ``pairs`` to a file; ``excerpt_written`` or ``excerpt_failed`` answers."""
        self._ask("excerpt", partial(self._write_excerpt, pairs))

    def remove(self, path: Path) -> None:
        """Remove a file that was written."""
        self._ask("", partial(self._remove, path))

    def list_unfinished(self) -> None:
        """Ask for the unfinished runs; ``runs_listed`` or ``runs_failed`` answers."""
        self._ask("runs", list_unfinished)

    def discard_unfinished(self, name: str) -> None:
        """Forget the run ``name``; ``runs_listed`` or ``runs_failed`` answers."""
        self._ask("runs", partial(discard_unfinished, name))

    def tidy_unfinished(self, name: str, discarded: bool) -> None:
        """Forget the run ``name`` if it is no use; ``runs_listed`` or ``runs_failed`` answers."""
        self._ask("runs", partial(tidy_unfinished, name, discarded))

    def shutdown(self) -> None:
        """Cancel and wait for the thread to end; what is asked afterwards is not answered.

        What it has written goes: end the children that read it before.
        """
        self._over = True
        self.cancel()
        self._thread.quit()
        self._thread.wait()
        for path in tuple(self._files):
            self._remove(path)

    def _write(self, pairs: Iterable[Pair], name: str) -> Path:
        path = write_pairs(pairs, name)
        self._files.add(path)
        return path

    def _write_excerpt(self, pairs: tuple[Pair, ...]) -> Excerpt:
        excerpt = write_excerpt(pairs)
        self._files.add(excerpt.path)
        return excerpt

    def _remove(self, path: Path) -> None:
        remove_pairs(path)
        self._files.discard(path)

    def _ask(self, question: str, function: Callable[[], object]) -> None:
        if not self._over:
            self._thread.start()
            self._asked.emit(question, function)

    @Slot(object, object, object)
    def _on_checked(self, token: CancelToken, request: CheckRequest, outcome: object) -> None:
        if token is not self._token:
            return
        self._token = None
        signal = self.failed if isinstance(outcome, Failure) else self.checked
        signal.emit(request, outcome)

    @Slot(str, object)
    def _on_answered(self, question: str, outcome: object) -> None:
        if question in self._answers:
            answered, failed = self._answers[question]
            (failed if isinstance(outcome, Failure) else answered).emit(outcome)
