"""Steering translations: other words at a place, given beginnings, and the way back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from core.translation.result import Completed, Translation, WordChoice
from gui.errors import Failure
from gui.jobs.translation import Ask, TranslationThread
from gui.viewmodels.links import Side, Spot
from gui.viewmodels.segment import Segment, Step
from gui.viewmodels.translate import TranslateViewModel

_WORDS, _BEGINNING = "words", "beginning"


@dataclass(frozen=True, slots=True)
class AskedWord:
    """A word of the translation ``shown``, which begins at ``start`` there."""

    shown: Translation
    start: int
    text: str

    @property
    def before(self) -> str:
        """What stands before it, and stays."""
        return self.shown.translation[: self.start]


class SteeringViewModel(QObject):
    """Asks the model for other words, and puts what was chosen into the translation.

    Attributes:
        word: the word whose alternatives are looked at.
        choices: these; ``None`` until they are there.
        preview: the translation with what was typed so far, and how much of it was typed.
        failure: why there are none.

    Signals:
        opened(): :attr:`word` is another one.
        changed(): what is known of it differs.
        closed(): nobody looks at a word any more.
        steered(int): a translation was changed by hand up to this character of the whole text.
        history_changed(): what can be undone, done again or reset may differ.
    """

    opened = Signal()
    changed = Signal()
    closed = Signal()
    steered = Signal(int)
    history_changed = Signal()

    def __init__(
        self,
        model: TranslateViewModel,
        thread: TranslationThread,
        beam: Callable[[], int],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._model, self._segments = model, model.segments
        self._thread, self._beam = thread, beam
        self.word: AskedWord | None = None
        self.choices: tuple[WordChoice, ...] | None = None
        self.preview: Completed | None = None
        self.failure: Failure | None = None
        self._asked: dict[str, int] = {}  # the number of the newest question of each key
        self._subject: Translation | None = None  # what the beginning is wanted for
        self._apply = False  # put it into the text once it is there
        self._steps = 0
        thread.answered.connect(self._on_answer)
        thread.refused.connect(self._on_refusal)
        model.output_changed.connect(self._on_output)
        model.models.current_changed.connect(self.close)

    # -- a word ---------------------------------------------------------------------------

    def open(self, spot: Spot) -> None:
        """Look for the alternatives of a word of the translation."""
        segment = self._segments[spot.segment]
        if spot.side is not Side.TARGET or segment.stale:
            return
        word = segment.translation.target_words[spot.word]
        self._forget()
        self.word = AskedWord(segment.translation, word.start, word.text)
        shown, before = self.word.shown, self.word.before
        self._ask(_WORDS, lambda engine, cancel: engine.alternatives(shown, before, cancel))
        self.opened.emit()

    def close(self) -> None:
        """Look at no word any more."""
        if self.word is not None:
            self._forget()
            self.word = None
            self.closed.emit()

    def choose(self, choice: WordChoice) -> None:
        """Put ``choice`` in the word's place, and translate what follows anew."""
        if self.word is not None:
            self._begin(self.word.shown, choice.begun, whole=True, apply=True)

    def type(self, text: str) -> None:
        """``text`` was typed for the word's place so far; the last word of it may go on."""
        if self.word is None:
            return
        self.preview = None
        if text.strip():
            self._begin(self.word.shown, self.word.before + text.lstrip(), apply=False)
        else:
            self._give_up(_BEGINNING)
        self.changed.emit()

    def accept(self) -> None:
        """Put what was typed into the text as it is shown, as soon as it is."""
        if self.preview is not None and self.word is not None:
            self._put(self.word.shown, self.preview)
        elif _BEGINNING in self._asked:
            self._apply = True

    # -- whole sentences ------------------------------------------------------------------

    def begin_with(self, text: str) -> None:
        """Translate the sentence that is looked into anew, beginning with ``text``."""
        index = self._model.highlight.inside
        if index is not None and not self._segments[index].stale:
            self._begin(self._segments[index].translation, text, apply=True)

    def replace(self, shown: Translation, other: Translation) -> None:
        """Put the translation ``other`` in the place of ``shown``."""
        self._step(shown, other, 0)

    # -- the way back ---------------------------------------------------------------------

    @property
    def can_undo(self) -> bool:
        """Whether anything was changed by hand."""
        return self._last() is not None

    @property
    def can_redo(self) -> bool:
        """Whether anything was undone."""
        return self._next() is not None

    @property
    def can_reset(self) -> bool:
        """Whether there is more to take back in some sentence than one step."""
        return any(segment.place > 1 for _, segment in self._touched())

    def undo(self) -> None:
        """Take back what was done last."""
        index = self._last()
        if index is not None:
            segment = self._segments[index]
            self._show(index, segment.back(segment.place - 1))

    def redo(self) -> None:
        """Do what was undone last again."""
        index = self._next()
        if index is not None:
            segment = self._segments[index]
            self._show(index, segment.back(segment.place + 1))

    def reset(self) -> None:
        """Show what the model found by itself: for the sentence looked into, else the last."""
        index = self._model.highlight.inside
        if index is None or not self._segments[index].place:
            index = self._last()
        if index is not None:
            self._show(index, self._segments[index].back(0))

    def _last(self) -> int | None:
        """The sentence that was changed by hand last."""
        numbers = {
            segment.steps[segment.place - 1].number: index
            for index, segment in self._touched()
            if segment.place
        }
        return numbers[max(numbers)] if numbers else None

    def _next(self) -> int | None:
        """The sentence in which something was undone last."""
        numbers = {
            segment.steps[segment.place].number: index
            for index, segment in self._touched()
            if segment.place < len(segment.steps)
        }
        return numbers[min(numbers)] if numbers else None

    def _touched(self) -> list[tuple[int, Segment]]:
        all_ = ((index, self._segments[index]) for index in range(len(self._segments)))
        return [(index, segment) for index, segment in all_ if segment.steps]

    # -- questions and answers ------------------------------------------------------------

    def _ask(self, key: str, ask: Ask) -> None:
        current = self._model.models.current
        if current is None:
            return
        self.failure = None
        self._asked[key] = self._thread.ask(key, current.path, ask)

    def _begin(
        self, shown: Translation, text: str, *, whole: bool = False, apply: bool = False
    ) -> None:
        beam = self._beam()
        self._subject, self._apply = shown, apply
        self._ask(
            _BEGINNING,
            lambda engine, cancel: engine.complete(shown, text, beam, cancel, whole=whole),
        )

    def _give_up(self, key: str) -> None:
        if self._asked.pop(key, None) is not None:
            self._thread.give_up(key)

    def _forget(self) -> None:
        for key in (_WORDS, _BEGINNING):
            self._give_up(key)
        self.choices = self.preview = self.failure = None

    def _on_answer(self, number: int, answer: object) -> None:
        key = next((key for key, asked in self._asked.items() if asked == number), None)
        if key is None:
            return
        del self._asked[key]
        if key == _WORDS:
            self.choices = answer  # type: ignore[assignment]
            self.changed.emit()
            return
        completed: Completed = answer  # type: ignore[assignment]
        if self._apply and self._subject is not None:
            self._put(self._subject, completed)
        else:
            self.preview = completed
            self.changed.emit()

    def _on_refusal(self, number: int, failure: Failure) -> None:
        if number in self._asked.values():
            self._asked = {key: asked for key, asked in self._asked.items() if asked != number}
            self.failure = failure
            self.changed.emit()

    # -- the text -------------------------------------------------------------------------

    def _put(self, shown: Translation, completed: Completed) -> None:
        self._step(shown, completed.translation, completed.locked)

    def _step(self, shown: Translation, translation: Translation, locked: int) -> None:
        index = self._segments.find(shown)
        if index is None:  # its source has changed meanwhile
            return
        self._steps += 1
        self._show(index, self._segments[index].stepped(Step(translation, locked, self._steps)))

    def _show(self, index: int, segment: Segment) -> None:
        self.close()
        self._model.show(self._segments.put(index, segment))
        self.history_changed.emit()
        self.steered.emit(self._segments.output_start(index) + max(segment.locked - 1, 0))

    def _on_output(self) -> None:
        if self.word is not None and self._segments.find(self.word.shown) is None:
            self.close()
        self.history_changed.emit()
