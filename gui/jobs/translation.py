"""The thread that owns the translator: nothing else ever touches a model.

It loads the model when first asked, takes the newest request, and hands out results sentence
by sentence through a queue, so that a busy window takes many at once and a quiet one takes each
as it comes. What is asked about single sentences is answered between two results, so that nobody
who asks waits for a long text.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, QThread, Signal

from core.cancel import Cancelled, CancelToken
from core.crash_reports import withheld
from core.translation.result import SegmentResult
from gui.errors import describe
from gui.jobs.latest import Latest
from gui.jobs.translation_engine import Engine

LoadEngine = Callable[[Path], Engine]
Ask = Callable[[Engine, CancelToken], object]
"""Called in the thread; gives frozen plain values."""

IDLE = 5.0  # seconds without a request

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Request:
    """Translate ``text`` with the model in folder ``model``; a blank text only loads the model.

    ``number`` grows with every request and comes back with all that belongs to it.
    """

    number: int
    model: Path
    text: str
    beam: int


@dataclass(frozen=True, slots=True)
class Aside:
    """Something asked about a sentence beside translating; the newest of a ``key`` counts."""

    number: int
    key: str
    model: Path
    ask: Ask


@dataclass(frozen=True, slots=True)
class Loaded:
    """A model is ready: its folder, name, precision (``int8``, ``bf16``, ``fp32``)."""

    model: Path
    name: str
    precision: str


@dataclass(frozen=True, slots=True)
class Finished:
    """All results of request ``number`` were handed out, ``seconds`` after it was begun."""

    number: int
    seconds: float


class TranslationThread(QThread):
    """Translates the newest request.

    Signals (delivered in the UI thread):
        loading(Path): a model is being loaded.
        loaded(Loaded): it is ready.
        results_ready(): :meth:`drain` has something.
        finished_request(Finished): request done; drain first.
        failed(int, Failure): request ended by an error.
        answered(int, object): what was asked aside has this answer.
        refused(int, Failure): it ended by an error.
    """

    loading = Signal(object)
    loaded = Signal(object)
    results_ready = Signal()
    finished_request = Signal(object)
    failed = Signal(int, object)
    answered = Signal(int, object)
    refused = Signal(int, object)

    def __init__(self, load: LoadEngine, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("translation")
        self._load = load
        self._mailbox: Latest[Request | Aside] = Latest()
        self._asides: dict[str, tuple[int, CancelToken]] = {}  # the newest of each key
        self._lock = threading.Lock()
        self._results: list[SegmentResult] = []
        self._newest = 0
        self._asked = 0
        self._token = CancelToken()
        self._engine: Engine | None = None
        self._model: Path | None = None
        self._idled = False

    # -- asked in the UI thread -----------------------------------------------------------

    def request(self, request: Request) -> None:
        """Translate ``request`` instead of whatever is being translated."""
        self._overtake(request.number)
        if self._mailbox.put(request) and not self.isRunning():
            self.start()

    def ask(self, key: str, model: Path, ask: Ask) -> int:
        """Have ``ask`` answered by ``model`` instead of what was asked under ``key`` before.

        Returns:
            The number that comes back with the answer.
        """
        self.give_up(key)
        self._asked += 1
        aside = Aside(self._asked, key, model, ask)
        with self._lock:
            self._asides[key] = aside.number, CancelToken()
        if self._mailbox.put(aside, key) and not self.isRunning():
            self.start()
        return aside.number

    def give_up(self, key: str) -> None:
        """What was asked under ``key`` needs no answer any more."""
        self._mailbox.discard(key)
        with self._lock:
            _, token = self._asides.pop(key, (0, None))
        if token is not None:
            token.cancel()

    def cancel(self) -> None:
        """Stop translating; no result comes after this call."""
        self._mailbox.discard()
        self._overtake(0)

    def drain(self) -> tuple[SegmentResult, ...]:
        """Take the results that have come, all of the newest request."""
        with self._lock:
            results = tuple(self._results)
            self._results.clear()
        return results

    def forget(self, model: Path) -> None:
        """Load ``model`` anew when next asked for it: its folder has changed."""
        with self._lock:
            if self._model == model:
                self._model = None

    def shutdown(self) -> None:
        """Stop translating and end the thread; waits while a model is being loaded."""
        self._mailbox.close()
        self._overtake(0)
        for key in tuple(self._asides):
            self.give_up(key)
        self.wait()

    def _overtake(self, number: int) -> None:
        with self._lock:
            self._newest = number
            self._token.cancel()
            self._results.clear()

    # -- the thread -----------------------------------------------------------------------

    def run(self) -> None:
        """The thread's loop."""
        while (request := self._mailbox.take()) is not None:
            if isinstance(request, Aside):
                self._answer(request)
                continue
            token = CancelToken()
            with self._lock:
                if request.number != self._newest:
                    continue
                self._token = token
            try:
                self._translate(request, token)
            except Cancelled:
                continue
            except Exception as error:  # noqa: BLE001 - the thread's edge: shown in the window
                self.failed.emit(request.number, describe(error))
            self._idle()
        self._engine = None

    def _idle(self) -> None:
        if self._engine is not None and not self._idled and self._mailbox.quiet(IDLE):
            self._idled = True
            self._engine.when_idle()

    def _translate(self, request: Request, token: CancelToken) -> None:
        engine = self._engine_for(request.model)
        if not request.text.strip():
            return
        began = time.perf_counter()
        for result in engine.translate(request.text, request.beam, token):
            self._deliver(result, token)
            while isinstance(aside := self._mailbox.take_other(None), Aside):
                if aside.model == request.model:
                    self._answer(aside)
        token.check()
        seconds = time.perf_counter() - began
        _log.info("translated %s in %.2f s", withheld(request.text), seconds)
        self.finished_request.emit(Finished(request.number, seconds))

    def _deliver(self, result: SegmentResult, token: CancelToken) -> None:
        with self._lock:
            token.check()
            first = not self._results
            self._results.append(result)
        if first:
            self.results_ready.emit()

    def _answer(self, aside: Aside) -> None:
        with self._lock:
            number, token = self._asides.get(aside.key, (0, None))
        if token is None or number != aside.number:  # a newer one waits
            return
        try:
            answer = aside.ask(self._engine_for(aside.model), token)
            token.check()
        except Cancelled:
            return
        except Exception as error:  # noqa: BLE001 - the thread's edge: shown in the window
            self.refused.emit(aside.number, describe(error))
        else:
            self.answered.emit(aside.number, answer)

    def _engine_for(self, model: Path) -> Engine:
        with self._lock:
            current = self._model
        if self._engine is None or current != model:
            self._engine = None
            self.loading.emit(model)
            engine = self._load(model)
            self._engine = engine
            with self._lock:
                self._model = model
            _log.info("loaded %s in %s", engine.name, engine.precision)
            self.loaded.emit(Loaded(model, engine.name, engine.precision))
        return self._engine
