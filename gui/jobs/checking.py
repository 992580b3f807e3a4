"""Reading and checking a file of pairs, and listing the models, off the UI thread."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QThread, Signal, Slot

from core.cancel import Cancelled, CancelToken
from gui.errors import Failure, describe
from gui.jobs.engine import list_models

if TYPE_CHECKING:
    from core.store.model_store import ModelCard
    from core.training.checks import CheckReport

Check = Callable[[Path, str, str, CancelToken], "CheckReport"]
ListModels = Callable[[], "tuple[ModelCard, ...]"]


def check_pairs(path: Path, source: str, target: str, cancel: CancelToken) -> CheckReport:
    """:func:`core.training.checks.check_file`, imported when first used."""
    from core.training.checks import check_file

    return check_file(path, source, target, cancel)


@dataclass(frozen=True, slots=True)
class CheckRequest:
    """One file to check for one direction."""

    path: Path
    source_language: str
    target_language: str


class _Worker(QObject):
    checked = Signal(object, object, object)  # token, request, CheckReport | Failure
    listed = Signal(object)  # tuple[ModelCard, ...] | Failure

    def __init__(self, check: Check, models: ListModels) -> None:
        super().__init__()
        self._check = check
        self._models = models

    @Slot(object, object)
    def check(self, request: CheckRequest, token: CancelToken) -> None:
        if token.cancelled:
            return
        try:
            outcome: object = self._check(
                request.path, request.source_language, request.target_language, token
            )
        except Cancelled:
            return
        except Exception as error:  # noqa: BLE001 - the thread's edge: shown in the page
            outcome = describe(error)
        self.checked.emit(token, request, outcome)

    @Slot()
    def list_models(self) -> None:
        try:
            outcome: object = self._models()
        except Exception as error:  # noqa: BLE001 - the thread's edge: shown in the page
            outcome = describe(error)
        self.listed.emit(outcome)


class Checking(QObject):
    """Checks files in a thread; the newest request wins. Lives in the UI thread."""

    checked = Signal(object, object)  # CheckRequest, CheckReport
    failed = Signal(object, object)  # CheckRequest, Failure
    models_listed = Signal(object)  # tuple[ModelCard, ...]
    models_failed = Signal(object)  # Failure
    _check_requested = Signal(object, object)
    _models_requested = Signal()

    def __init__(
        self,
        check: Check = check_pairs,
        models: ListModels = list_models,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._token: CancelToken | None = None
        self._over = False
        self._thread = QThread(self)
        self._thread.setObjectName("checking")
        self._worker = _Worker(check, models)
        self._worker.moveToThread(self._thread)
        self._check_requested.connect(self._worker.check)
        self._models_requested.connect(self._worker.list_models)
        self._worker.checked.connect(self._on_checked)
        self._worker.listed.connect(self._on_listed)

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
        if not self._over:
            self._thread.start()
            self._models_requested.emit()

    def shutdown(self) -> None:
        """Cancel and wait for the thread to end; what is asked afterwards is not answered."""
        self._over = True
        self.cancel()
        self._thread.quit()
        self._thread.wait()

    @Slot(object, object, object)
    def _on_checked(self, token: CancelToken, request: CheckRequest, outcome: object) -> None:
        if token is not self._token:
            return
        self._token = None
        signal = self.failed if isinstance(outcome, Failure) else self.checked
        signal.emit(request, outcome)

    @Slot(object)
    def _on_listed(self, outcome: object) -> None:
        signal = self.models_failed if isinstance(outcome, Failure) else self.models_listed
        signal.emit(outcome)
