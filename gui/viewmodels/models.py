"""The models there are, and the one that is chosen; no widgets."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from core.text.languages import CHINESE
from gui.errors import Failure
from gui.i18n import tr
from gui.jobs.background import Background
from gui.settings import Settings


class Card(Protocol):
    """What the window needs of a model's card (``core.store.model_store.ModelCard``)."""

    @property
    def name(self) -> str:
        """Unique on this computer."""

    @property
    def path(self) -> Path:
        """Its folder."""

    @property
    def source_language(self) -> str:
        """A code, as ``zh``."""

    @property
    def target_language(self) -> str:
        """A code, as ``en``."""

    @property
    def attends(self) -> bool:
        """Whether it has an attention that can be looked at."""

    @property
    def built_in(self) -> bool:
        """Whether it came with the program."""


@dataclass(frozen=True, slots=True)
class Listing:
    """The sound models, and what is wrong with the one that was ``asked`` for by name."""

    cards: tuple[Card, ...]
    trouble: Failure | None = None
    asked: str = ""


SurveyModels = Callable[[str], Listing]


class Models(QObject):
    """Lists models in the background and keeps the user's choice.

    Signals:
        listed(): :attr:`cards` is new.
        current_changed(): another model is chosen.
        failed(Failure): they cannot be listed, there is none, or the chosen one is damaged.
        refused(Failure): the chosen one cannot be had; :attr:`current` is what it was.
    """

    listed = Signal()
    current_changed = Signal()
    failed = Signal(object)
    refused = Signal(object)

    def __init__(
        self,
        settings: Settings,
        background: Background,
        survey: SurveyModels,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._settings = settings
        self._background = background
        self._survey = survey
        self.cards: tuple[Card, ...] = ()
        self.current: Card | None = None
        self._used: dict[tuple[str, str], str] = {}  # names by direction
        background.done.connect(self._on_done)
        background.failed.connect(self._on_failed)
        settings.model.changed.connect(self._on_chosen)

    def refresh(self) -> None:
        """Look again which models there are."""
        name = self._settings.model.value
        self._background.request("models", lambda: replace(self._survey(name), asked=name))

    def choose(self, name: str) -> None:
        """Translate with model ``name`` from now on."""
        self._settings.model.set(name)

    @property
    def opposite(self) -> Card | None:
        """A model for the other direction: the one used there before, else a built-in one."""
        current = self.current
        if current is None or current.source_language == current.target_language:
            return None
        wanted = (current.target_language, current.source_language)
        found = [c for c in self.cards if (c.source_language, c.target_language) == wanted]
        before = self._used.get(wanted)
        return min(found, key=lambda card: (card.name != before, not card.built_in), default=None)

    def _on_done(self, key: str, listing: Listing) -> None:
        if key != "models":
            return
        self.cards = listing.cards
        name = self._settings.model.value
        trouble = listing.trouble if listing.asked == name else None  # else its answer follows
        chosen = self._named(name) or self._instead(trouble)
        self._set_current(chosen)
        self.listed.emit()
        if chosen is None:
            self.failed.emit(trouble or _no_model())
        elif trouble is not None:
            self._settings.model.set(chosen.name)
            self.refused.emit(trouble)

    def _instead(self, trouble: Failure | None) -> Card | None:
        """What translates where the chosen model does not: the one before, while it is there.

        At the start there is none before: then the user is told what the ``trouble`` is.
        """
        before = self._named(self.current.name) if self.current is not None else None
        if before is None and trouble is None:
            return min(self.cards, key=_rank, default=None)  # the first of equals
        return before

    def _on_failed(self, key: str, failure: Failure) -> None:
        if key == "models":
            self.failed.emit(failure)

    def _on_chosen(self, name: str) -> None:
        """A model made since the last look is known only after the next."""
        chosen = self._named(name)
        if chosen is None:
            self.refresh()
        else:
            self._set_current(chosen)

    def _named(self, name: str) -> Card | None:
        return next((card for card in self.cards if card.name == name), None)

    def _set_current(self, card: Card | None) -> None:
        before, self.current = self.current, card
        if card is not None:
            self._used[card.source_language, card.target_language] = card.name
        if card is not None and before != card:
            self.current_changed.emit()


def _no_model() -> Failure:
    return Failure(
        tr("There is no model on this computer."),
        tr("Install Attune again to get its own models back."),
        "model",
    )


def _rank(card: Card) -> tuple[bool, bool]:
    """Less for what a first start opens: a built-in model, from Chinese."""
    return not card.built_in, card.source_language != CHINESE
