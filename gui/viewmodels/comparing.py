"""Two models, or more, that translate the same sentence, side by side."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal

from core.translation.result import Translation
from gui.errors import Failure
from gui.jobs import engine
from gui.jobs.other_models import OtherModels, Translated
from gui.viewmodels.models import Card

Sides = tuple[Card, ...]
MOST_SIDES = 4
TranslateWith = Callable[..., Iterator[Translated]]


class Comparing(QObject):
    """Lives in the UI thread; the models are loaded, asked and forgotten in another one.

    Args:
        beam: hypotheses kept by the search, asked at every comparison.
        translate: what asks the models; see ``gui.jobs.engine.translate_with``.

    Signals:
        changed(): anything.
    """

    changed = Signal()

    def __init__(
        self,
        beam: Callable[[], int] = lambda: 4,
        translate: TranslateWith = engine.translate_with,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._beam, self._translate = beam, translate
        self._models = OtherModels(self)
        self._models.found.connect(self._on_found)
        self._models.answered.connect(self._on_answered)
        self._models.failed.connect(self._on_failed)
        self._ticket = 0
        self.cards: tuple[Card, ...] = ()
        self.sides: Sides | None = None
        self.sentence = ""
        self.busy = False
        self.failure: Failure | None = None
        self.translations: tuple[Translation, ...] = ()  # of the sides, as far as they are there

    def open(self, card: Card, cards: Sequence[Card]) -> bool:
        """Compare ``card`` with one of ``cards``, first with what it was tuned from.

        Returns:
            Whether there is another model for its languages.
        """
        self.cards = tuple(c for c in cards if _direction(c) == _direction(card))
        others = [c for c in self.cards if c.path != card.path]
        if not others:
            return False
        parent = getattr(card, "parent", None)
        other = min(others, key=lambda c: c.name != parent)
        self._forget()
        self.sides = (other, card) if other.name == parent else (card, other)
        self.changed.emit()
        return True

    def open_all(self, sides: Sequence[Card], cards: Sequence[Card]) -> bool:
        """Compare ``sides`` of the same languages as the first, :data:`MOST_SIDES` at most.

        Returns:
            Whether there are two of them.
        """
        alike = [card for card in sides if _direction(card) == _direction(sides[0])]
        if len(alike) < 2:
            return False
        self.cards = tuple(c for c in cards if _direction(c) == _direction(alike[0]))
        self._forget()
        self.sides = tuple(alike[:MOST_SIDES])
        self.changed.emit()
        return True

    def choose(self, side: int, name: str) -> None:
        """Let model ``name`` translate on ``side``, from 0; the sentence is translated anew."""
        card = next((c for c in self.cards if c.name == name), None)
        if self.sides is None or card is None or self.sides[side] == card:
            return
        self.sides = (*self.sides[:side], card, *self.sides[side + 1 :])
        self._forget()
        self.changed.emit()
        self.compare(self.sentence)

    def compare(self, sentence: str) -> None:
        """Have all models translate ``sentence``; a blank one is not translated."""
        self._forget()
        self.sentence = " ".join(sentence.split())
        if self.sides is not None and self.sentence:
            folders = [card.path for card in self.sides]
            work = partial(self._translate, folders, self.sentence, self._beam())
            self._ticket = self._models.ask(work)
            self.busy = True
        self.changed.emit()

    def close(self) -> None:
        """Give up what is under way."""
        self._forget()
        self.changed.emit()

    def shutdown(self) -> None:
        """End the thread."""
        self._models.shutdown()

    def _forget(self) -> None:
        self._models.cancel()
        self._ticket = 0
        self.busy, self.failure, self.translations = False, None, ()

    def _on_found(self, ticket: int, found: Translated) -> None:
        if ticket == self._ticket:
            self.translations += found.translations
            self.changed.emit()

    def _on_answered(self, ticket: int) -> None:
        if ticket == self._ticket:
            self.busy = False
            self.changed.emit()

    def _on_failed(self, ticket: int, failure: Failure) -> None:
        if ticket == self._ticket:
            self.busy, self.failure = False, failure
            self.changed.emit()


def _direction(card: Card) -> tuple[str, str]:
    return card.source_language, card.target_language
