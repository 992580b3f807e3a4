"""The models there are, and the one that is chosen; no widgets."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from gui.errors import Failure
from gui.i18n import tr
from gui.jobs.background import Background
from gui.settings import Settings


class Card(Protocol):
    """What the window needs of a model's card (``core.store.model_store.ModelCard``)."""

    @property
    def name(self) -> str: ...
    @property
    def path(self) -> Path: ...
    @property
    def source_language(self) -> str: ...
    @property
    def target_language(self) -> str: ...
    @property
    def built_in(self) -> bool: ...


ListModels = Callable[[], Sequence[Card]]


class Models(QObject):
    """Lists models in the background and keeps the user's choice.

    Signals:
        listed(): :attr:`cards` is new.
        current_changed(): another model is chosen, or its folder moved.
        failed(Failure): they cannot be listed, or there is none.
    """

    listed = Signal()
    current_changed = Signal()
    failed = Signal(object)

    def __init__(
        self,
        settings: Settings,
        background: Background,
        list_models: ListModels,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._settings = settings
        self._background = background
        self._list_models = list_models
        self.cards: tuple[Card, ...] = ()
        self.current: Card | None = None
        background.done.connect(self._on_done)
        background.failed.connect(self._on_failed)
        settings.model.changed.connect(self._update_current)

    def refresh(self) -> None:
        """Look again which models there are."""
        self._background.request("models", lambda: tuple(self._list_models()))

    def choose(self, name: str) -> None:
        """Translate with model ``name`` from now on."""
        self._settings.model.set(name)

    @property
    def opposite(self) -> Card | None:
        """A model for the other direction, the built-in one first."""
        current = self.current
        if current is None:
            return None
        wanted = (current.target_language, current.source_language)
        found = [c for c in self.cards if (c.source_language, c.target_language) == wanted]
        return min(found, key=lambda card: not card.built_in, default=None)

    def _on_done(self, key: str, value: tuple[Card, ...]) -> None:
        if key != "models":
            return
        self.cards = value
        self.listed.emit()
        self._update_current()

    def _on_failed(self, key: str, failure: Failure) -> None:
        if key == "models":
            self.failed.emit(failure)

    def _update_current(self) -> None:
        if not self.cards:
            self.current = None
            self.failed.emit(
                Failure(
                    tr("There is no model on this computer."),
                    tr("Install Attune again, or teach it a model of your own."),
                    "model",
                )
            )
            return
        named = [card for card in self.cards if card.name == self._settings.model.value]
        chosen = named[0] if named else self.cards[0]
        before = self.current
        self.current = chosen
        if before is None or (before.name, before.path) != (chosen.name, chosen.path):
            self.current_changed.emit()
