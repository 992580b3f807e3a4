"""What is asked of a run before it starts: the model that learns, a name, how long and how."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from gui.i18n import number, tr
from gui.jobs.tune_command import Wishes
from gui.settings import Settings
from gui.viewmodels.model_names import free_name, name_from, name_problem

if TYPE_CHECKING:
    from core.store.model_store import ModelCard

FEWEST_MINUTES, MOST_MINUTES = 1, 600


class TuneForm(QObject):
    """The form's values; those that a user likes to keep are in the settings.

    Signals:
        turned(): the model that learns reads another language than the one before.
    """

    changed = Signal()
    turned = Signal()

    def __init__(self, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self.models: tuple[ModelCard, ...] | None = None
        self.base: ModelCard | None = None
        self.name = ""
        self.unfinished: tuple[str, ...] = ()  # names of runs that can be gone on with
        self.wishes = Wishes(settings.teach_minutes.value)

    @property
    def direction(self) -> tuple[str, str]:
        """Codes of the languages that the model reads and writes; empty without one."""
        if self.base is None:
            return "", ""
        return self.base.source_language, self.base.target_language

    def take_models(self, models: tuple[ModelCard, ...]) -> None:
        """Offer ``models``; the one that learns stays if it is among them."""
        first, before = self.models is None, self.direction
        self.models = models
        wanted = self.base.name if self.base else self._settings.model.value
        self.base = next((m for m in models if m.name == wanted), models[0] if models else None)
        if first and self.name:
            self.suggest_name(self.name)
        self._tell(first, before)

    def set_base(self, name: str) -> None:
        """Choose the model that learns."""
        before = self.direction
        self.base = next((m for m in self.models or () if m.name == name), self.base)
        self._tell(False, before)

    def set_name(self, name: str) -> None:
        """Take ``name`` for the new model; see :meth:`name_problem`."""
        self.name = name
        self.changed.emit()

    def suggest_name(self, wish: str | Path) -> None:
        """Take ``wish``, or a file's name, or what is free and most like it."""
        self.name = free_name(name_from(wish) if isinstance(wish, Path) else wish, self._taken())

    def set_minutes(self, minutes: int) -> None:
        """Learn for ``minutes``."""
        self.wishes = replace(self.wishes, minutes=minutes)
        self._settings.teach_minutes.set(minutes)
        self.changed.emit()

    def name_problem(self) -> str:
        """Why the name cannot be taken, as a sentence; empty when it can."""
        name = self.name.strip()
        if name.casefold() in {unfinished.casefold() for unfinished in self.unfinished}:
            return tr("An unfinished run has this name: go on with it or discard it.")
        return name_problem(name, self._taken())

    def _taken(self) -> tuple[str, ...]:
        return (*(model.name for model in self.models or ()), *self.unfinished)

    def _tell(self, first: bool, before: tuple[str, str]) -> None:
        turned = self.base is not None and before != self.direction
        self.changed.emit()
        if first or turned:
            self.turned.emit()


def too_few(count: int) -> str:
    """Why ``count`` good pairs teach nothing, as a sentence; empty when they are enough."""
    from core.training.limits import FEWEST_PAIRS  # its package is light and in memory by now

    if not count:
        return tr("There is no good pair in this file.")
    if count >= FEWEST_PAIRS:
        return ""
    least = number(FEWEST_PAIRS)
    return tr("Too few good pairs: {count} of at least {least}.", count=number(count), least=least)
