"""State of the Translate page: text, segments, model, progress; no widgets."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from gui.errors import Failure
from gui.jobs.translation import Finished, Loaded, Request, TranslationThread
from gui.viewmodels.highlight import Highlight
from gui.viewmodels.models import Card, Models
from gui.viewmodels.segments import Edit, SegmentList

if TYPE_CHECKING:
    from gui.settings import Settings

DEBOUNCE = 200  # milliseconds of quiet before what was typed is translated
_SHARE = 4  # taking in results may use one part in so many of the UI thread's time


@dataclass(frozen=True, slots=True)
class Status:
    """What the status line and the panes' feet show.

    Attributes:
        phase: ``idle``, ``loading`` (the model), ``translating`` or ``stopped``.
        waiting: whether a text was asked for whose results are still to come.
        done, total: sentences of the current run.
        seconds: the last complete run's duration, ``None`` before the first.
        words_per_second: translated words by the seconds spent on them, of that run.
        precision: of the loaded model (``bf16``, ``fp32``), empty before.
    """

    phase: str = "idle"
    waiting: bool = False
    done: int = 0
    total: int = 0
    seconds: float | None = None
    words_per_second: float | None = None
    precision: str = ""

    @property
    def busy(self) -> bool:
        """Whether something runs."""
        return self.phase in ("loading", "translating")


class TranslateViewModel(QObject):
    """Turns typing into requests and results into edits of the translation.

    Signals:
        output_changed(Edit): replace this part of the translated text.
        status_changed(): :attr:`status` differs.
        notes_changed(): :attr:`notes` differs.
        failure_changed(): :attr:`failure` differs.
        text_proposed(str): put this text into the input (after a swap).
    """

    output_changed = Signal(object)
    status_changed = Signal()
    notes_changed = Signal()
    failure_changed = Signal()
    text_proposed = Signal(str)

    def __init__(
        self,
        settings: Settings,
        models: Models,
        thread: TranslationThread,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._settings = settings
        self._thread = thread
        self.models = models
        self.segments = SegmentList()
        self.highlight = Highlight(self.segments, self)
        self.status = Status()
        self.failure: Failure | None = None
        self.notes: frozenset[str] = frozenset()
        self._number = 0
        self._loading = False  # the thread is getting a model ready, whatever else is asked
        self._card: Card | None = None
        self._debounce = QTimer(self, singleShot=True, interval=DEBOUNCE)
        self._debounce.timeout.connect(self.translate)
        self._intake = QTimer(self, singleShot=True)
        self._intake.timeout.connect(self._take_results)
        self._next_intake = 0.0
        thread.loading.connect(self._on_loading)
        thread.loaded.connect(self._on_loaded)
        thread.results_ready.connect(self._on_results)
        thread.finished_request.connect(self._on_finished)
        thread.failed.connect(self._on_failed)
        thread.refused.connect(self._end_loading)
        models.current_changed.connect(self._on_model)
        models.failed.connect(self._fail)
        settings.beam.changed.connect(self._translate_anew)
        settings.live.changed.connect(self._on_live)

    # -- asked by the page ----------------------------------------------------------------

    @property
    def text(self) -> str:
        """The source text."""
        return self.segments.source

    @property
    def stoppable(self) -> bool:
        """Whether a text is being translated (a model that loads for later is not in the way)."""
        return self.status.busy and self.status.waiting

    def set_text(self, text: str) -> None:
        """The user typed: ``text`` is now the whole source text."""
        if text == self.text:
            return
        self.show(self.segments.type(text))
        if not text.strip():
            self._debounce.stop()
            self._halt()
            if self.models.current is not None:  # else it would hold for what is typed next
                self._set_failure(None)
            phase = "loading" if self._loading else "idle"
            self._set_status(phase=phase, waiting=False, done=0, total=0)
        elif self._settings.live.value:
            self._debounce.start()
        self._update_notes()

    def translate(self) -> None:
        """Translate the text as it is now; a blank text only has the model loaded."""
        self._debounce.stop()
        current = self.models.current
        if current is None:
            return
        self._set_failure(None)
        self._intake.stop()
        self._number += 1
        self.segments.begin()
        if self.text.strip():
            phase = "loading" if self._loading else "translating"
            self._set_status(phase=phase, waiting=True, done=0, total=0)
        request = Request(self._number, current.path, self.text, self._settings.beam.value)
        self._thread.request(request)

    def stop(self) -> None:
        """Stop translating; what is translated stays."""
        self._debounce.stop()
        if self.stoppable:
            self._halt()
            self._set_status(phase="stopped", waiting=False)

    def escape(self) -> None:
        """Stop what runs, else put out what is lit."""
        if self.stoppable:
            self.stop()
        else:
            self.highlight.free()

    def retry(self) -> None:
        """After a failure: look for models again where there is none, else translate again."""
        self._set_failure(None)
        if self.models.current is None:
            self.models.refresh()
        else:
            self.translate()

    def swap(self) -> None:
        """Translate the other way round, starting from the translation."""
        opposite = self.models.opposite
        if opposite is None:
            return
        translation = self.segments.output
        self.models.choose(opposite.name)
        if translation.strip():
            self.text_proposed.emit(translation)

    # -- what the thread says -------------------------------------------------------------

    def _on_loading(self, _model: object) -> None:
        self._loading = True
        self._set_status(phase="loading", precision="")

    def _on_loaded(self, loaded: Loaded) -> None:
        self._loading = False
        phase = self.status.phase
        if phase == "loading":
            phase = "translating" if self.status.waiting else "idle"
        self._set_status(phase=phase, precision=loaded.precision)

    def _on_results(self) -> None:
        wait = self._next_intake - time.perf_counter()
        if wait <= 0:
            self._take_results()
        elif not self._intake.isActive():
            self._intake.start(round(wait * 1000) + 1)

    def _take_results(self) -> None:
        results = self._thread.drain()
        if not results:
            return
        began = time.perf_counter()
        self.show(self.segments.apply(results))
        self._update_notes()
        self._set_status(phase="translating", done=results[-1].index + 1, total=results[-1].total)
        now = time.perf_counter()
        self._next_intake = now + (now - began) * (_SHARE - 1)

    def _on_finished(self, finished: Finished) -> None:
        if finished.number != self._number:
            return
        self._intake.stop()
        self._take_results()
        self.show(self.segments.finish())
        self._update_notes()
        translations = [self.segments[i].translation for i in range(len(self.segments))]
        spent = sum(t.seconds for t in translations)
        words = sum(len(t.target_words) for t in translations)
        self._set_status(
            phase="idle",
            waiting=False,
            seconds=finished.seconds,
            words_per_second=words / spent if spent > 0 else None,
        )

    def _on_failed(self, number: int, failure: Failure) -> None:
        self._end_loading()
        if number == self._number:
            self._fail(failure)

    def _end_loading(self) -> None:
        """If a model was being loaded, it came to nothing; the next request tells who waits."""
        self._loading = False
        if self.status.phase == "loading" and not self.status.waiting:
            self._set_status(phase="idle")

    def _fail(self, failure: Failure) -> None:
        self._set_status(phase="idle", waiting=False, done=0, total=0)
        self._set_failure(failure)

    # -- what the settings say ------------------------------------------------------------

    def _on_model(self) -> None:
        current = self.models.current
        if current is None:
            return
        before, self._card = self._card, current
        if before is None or _direction(before) != _direction(current):
            self.show(self.segments.clear())
        elif before.path == current.path:  # another model of the same name
            self._thread.forget(current.path)
        self._translate_anew()

    def _translate_anew(self) -> None:
        self.segments.mark_stale()
        self.highlight.refresh()
        self.translate()

    def _on_live(self, live: bool) -> None:
        if live and self.text.strip():
            self.translate()

    # -- inside ---------------------------------------------------------------------------

    def _halt(self) -> None:
        """Nothing of the current request counts any more."""
        self._number += 1
        self._intake.stop()
        self._thread.cancel()

    def show(self, edit: Edit) -> None:
        """The segments changed, and the translated text by ``edit``."""
        if not edit.empty:
            self.output_changed.emit(edit)
        self.highlight.refresh()

    def _update_notes(self) -> None:
        notes: frozenset[str] = frozenset().union(
            *(self.segments[i].notes for i in range(len(self.segments)))
        )
        if notes != self.notes:
            self.notes = notes
            self.notes_changed.emit()

    def _set_status(self, **changes: object) -> None:
        status = replace(self.status, **changes)  # type: ignore[arg-type]
        if status != self.status:
            self.status = status
            self.status_changed.emit()

    def _set_failure(self, failure: Failure | None) -> None:
        if failure != self.failure:
            self.failure = failure
            self.failure_changed.emit()


def _direction(card: Card) -> tuple[str, str]:
    return card.source_language, card.target_language
