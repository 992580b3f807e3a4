"""Other translations of the sentence that is looked into: the n-best list, and samples."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, QTimer, Signal

from core.translation.result import Translation
from gui.errors import Failure
from gui.jobs.translation import Ask, TranslationThread
from gui.jobs.translation_engine import Draw
from gui.viewmodels.models import Models

COUNT = 8  # translations asked for
_KEY = "others"
_SETTLE = 150  # milliseconds of quiet before other translations are looked for


@dataclass(frozen=True, slots=True)
class _Wish:
    """What is wanted: translations of ``source`` drawn by ``draw``, or the best ones."""

    source: str
    draw: Draw | None

    def ask(self, beam: int) -> Ask:
        """This, as the thread is asked."""
        source, draw = self.source, self.draw
        if draw is None:
            return lambda engine, cancel: engine.n_best(source, COUNT, beam, cancel)
        return lambda engine, cancel: engine.sample(source, COUNT, draw, cancel)


class OthersViewModel(QObject):
    """Looks for other translations of one sentence while someone looks at them.

    Attributes:
        shown: the translation that stands in the text.
        found: the others, best first; ``None`` until they are there.
        sampling: whether they are drawn at random.
        draw: how.
        failure: why there are none.
    """

    changed = Signal()

    def __init__(
        self,
        models: Models,
        thread: TranslationThread,
        beam: Callable[[], int],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._models, self._thread, self._beam = models, thread, beam
        self.shown: Translation | None = None
        self.found: tuple[Translation, ...] | None = None
        self.sampling = False
        self.draw = Draw(temperature=0.7, top_p=0.9, seed=1)
        self.failure: Failure | None = None
        self._wish: _Wish | None = None
        self._asked: int | None = None
        self._settle = QTimer(self, singleShot=True, interval=_SETTLE)
        self._settle.timeout.connect(self._ask)
        thread.answered.connect(self._on_answer)
        thread.refused.connect(self._on_refusal)
        models.current_changed.connect(self._on_model)

    def show(self, shown: Translation | None) -> None:
        """``shown`` is looked into; ``None`` when nobody looks any more."""
        self.shown = shown
        self._want(_SETTLE)

    def sample(self, sampling: bool) -> None:
        """Look for samples, or for the best."""
        self.sampling = sampling
        self._want(0)

    def set_draw(self, *, temperature: float, top_p: float) -> None:
        """Draw samples otherwise from now on."""
        self.draw = replace(self.draw, temperature=temperature, top_p=top_p)
        self._want(_SETTLE)

    def draw_again(self) -> None:
        """Draw other samples."""
        self.draw = replace(self.draw, seed=self.draw.seed + 1)
        self._want(0)

    def _want(self, settle: int) -> None:
        wish = None
        if self.shown is not None:
            wish = _Wish(self.shown.source, self.draw if self.sampling else None)
        if wish != self._wish:
            self._wish, self.found, self.failure, self._asked = wish, None, None, None
            self._thread.give_up(_KEY)
            if wish is None:
                self._settle.stop()
            else:
                self._settle.start(settle)
        self.changed.emit()

    def _ask(self) -> None:
        current, wish, beam = self._models.current, self._wish, self._beam()
        if current is None or wish is None:
            return
        self._asked = self._thread.ask(_KEY, current.path, wish.ask(beam))

    def _on_answer(self, number: int, answer: object) -> None:
        if number == self._asked:
            self._asked = None
            self.found = answer  # type: ignore[assignment]
            self.changed.emit()

    def _on_refusal(self, number: int, failure: Failure) -> None:
        if number == self._asked:
            self._asked, self.failure = None, failure
            self.changed.emit()

    def _on_model(self) -> None:
        self._wish = None
        self._want(_SETTLE)
