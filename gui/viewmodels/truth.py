"""Whether the attention of the chosen word tells the truth: what is asked and answered."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, QTimer, Signal

from core.translation.result import Translation
from gui.errors import Failure
from gui.jobs.other_models import OtherModels, Work
from gui.jobs.questions import Answer
from gui.viewmodels.highlight import Highlight
from gui.viewmodels.links import Side
from gui.viewmodels.segments import SegmentList

if TYPE_CHECKING:
    from collections.abc import Iterator

    from core.cancel import CancelToken
    from core.insight.agreement import Evidence

SETTLE = 150  # milliseconds that a new sentence must stay: whoever types is not to wait for this


class Asked(Protocol):
    """What is asked in the thread; see :class:`gui.jobs.questions.Questions`."""

    def ask(
        self, model: Path, sentence: Translation, word: int, cancel: CancelToken
    ) -> Iterator[Answer]: ...

    def forget(self, cancel: CancelToken) -> Iterator[Answer]: ...


class TruthViewModel(QObject):
    """Asks about the translated word that is chosen, while someone looks.

    Attributes:
        sentence: the sentence that is looked into; ``None`` for none.
        word: the chosen word of its translation.
        evidence: of that word; ``None`` until it is there, and where there is none.
        answered: whether the model has said what it can.
        failure: why it cannot be asked.

    Signals:
        changed(): an attribute differs.
    """

    changed = Signal()

    def __init__(
        self,
        highlight: Highlight,
        segments: SegmentList,
        model: Callable[[], Path | None],
        questions: Asked,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._highlight, self._segments, self._model = highlight, segments, model
        self._questions = questions
        self._thread = OtherModels(self)
        self._thread.found.connect(self._on_found)
        self._thread.failed.connect(self._on_failed)
        self._ticket, self._watched = 0, False
        self._settle = QTimer(self, singleShot=True, interval=SETTLE)
        self._settle.timeout.connect(self._ask)
        self.sentence: Translation | None = None
        self.word: int | None = None
        self._clear()
        highlight.changed.connect(self._follow)

    # -- who looks ------------------------------------------------------------------------

    def watch(self, watched: bool) -> None:
        """Whether someone looks; nothing is asked, and no model kept, while nobody does."""
        if watched == self._watched:
            return
        self._watched = watched
        if watched:
            self._follow()
        else:
            self.forget()

    def forget(self) -> None:
        """Let the model go: nobody looks, or it is another now."""
        self._settle.stop()
        self.sentence = self.word = None
        self._clear()
        if self._thread.isRunning():
            self._start(self._questions.forget)
        if self._watched:
            self._follow()

    def retry(self) -> None:
        """Ask once more after a failure."""
        self._clear()
        self.changed.emit()
        self._ask()

    def shutdown(self) -> None:
        """End the thread and wait for it."""
        self._settle.stop()
        self._thread.shutdown()

    # -- what is asked --------------------------------------------------------------------

    def _follow(self) -> None:
        """Ask about the chosen word, if it is another now."""
        if not self._watched:
            return
        index = self._highlight.inside
        sentence = None if index is None else self._segments[index].translation
        word = None if sentence is None or index is None else self._word(index, sentence)
        if (sentence, word) == (self.sentence, self.word):
            return
        known = sentence == self.sentence
        self.sentence, self.word = sentence, word
        self._clear()
        self._thread.cancel()
        self._ticket = 0
        self.answered = sentence is not None and word in sentence.copied  # nothing was chosen there
        self.changed.emit()
        if self.answered:
            self._settle.stop()
        elif known:
            self._ask()
        else:
            self._settle.start()

    def _word(self, index: int, sentence: Translation) -> int | None:
        """The chosen word, else the one most read from the chosen source word, else the first."""
        if not sentence.target_words:
            return None
        spot = self._highlight.chosen
        if spot is None or spot.segment != index:
            return 0
        if spot.side is Side.TARGET:
            return spot.word
        rows = sentence.alignment
        return max(range(len(rows)), key=lambda row: rows[row][spot.word], default=0)

    def _ask(self) -> None:
        model = self._model()
        self._settle.stop()
        if self.sentence is not None and self.word is not None and model is not None:
            self._start(partial(self._questions.ask, model, self.sentence, self.word))

    def _start(self, work: Work) -> None:
        self._ticket = self._thread.ask(work)

    def _clear(self) -> None:
        self.evidence: Evidence | None = None
        self.answered = False
        self.failure: Failure | None = None

    # -- what is answered -----------------------------------------------------------------

    def _on_found(self, ticket: int, answer: Answer) -> None:
        if ticket == self._ticket and answer.word == self.word:
            self.evidence, self.answered = answer.evidence, True
            self.changed.emit()

    def _on_failed(self, ticket: int, failure: Failure) -> None:
        if ticket == self._ticket:
            self.failure, self.answered = failure, True
            self.changed.emit()
