"""What is asked of a run before it starts: the model that learns, a name, how long and how."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from core.text.languages import CHINESE, is_chinese_english
from gui.i18n import number, tr
from gui.jobs.tune_command import Wishes
from gui.settings import Settings
from gui.viewmodels.model_names import free_name, name_from, name_problem
from gui.viewmodels.pins import Pins, one_line, pin_problem

if TYPE_CHECKING:
    from core.store.model_store import ModelCard

FEWEST_MINUTES, MOST_MINUTES = 1, 600
# The least and the most of each number as it is typed; replay in per cent.
LIMITS = {
    "epochs": (0.1, 1000.0),
    "learning_rate": (1e-6, 1e-2),
    "batch_tokens": (300.0, 20_000.0),
    "replay": (0.0, 90.0),
}
_PARTS = 3  # that can be frozen


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
        self.wishes = Wishes(settings.teach_minutes.value, settings.teach_strength.value)
        self._wrong: dict[str, str] = {}  # numbers that cannot be taken, as typed
        self._pins = Pins(settings)

    @property
    def direction(self) -> tuple[str, str]:
        """Codes of the languages that the model reads and writes; empty without one."""
        if self.base is None:
            return "", ""
        return self.base.source_language, self.base.target_language

    @property
    def pinned(self) -> tuple[str, ...]:
        """The sentences to watch."""
        return self.wishes.pinned

    def take_models(self, models: tuple[ModelCard, ...]) -> None:
        """Offer those ``models`` that can be taught; the one that learns stays if it is there."""
        models = tuple(
            card
            for card in models
            if is_chinese_english(card.source_language, card.target_language)
        )
        first, before = self.models is None, self.direction
        self.models = models
        wanted = self.base.name if self.base else self._settings.model.value
        usual = min(models, key=lambda card: card.source_language != CHINESE, default=None)
        self.base = next((m for m in models if m.name == wanted), usual)
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
        self._settings.teach_minutes.set(minutes)
        self._wish(minutes=minutes)

    def set_strength(self, strength: str) -> None:
        """Learn with small steps or with large ones."""
        self._settings.teach_strength.set(strength)
        self._wish(strength=strength)

    def set_number(self, name: str, text: str) -> None:
        """Take what was typed for one of :data:`LIMITS`; nothing leaves it to the program."""
        low, high = LIMITS[name]
        value = _number(text)
        self._wrong.pop(name, None)
        if not text.strip():
            self._wish(**{name: None})
        elif value is None or not low <= value <= high:
            self._wrong[name] = text
            self.changed.emit()
        elif name == "batch_tokens":
            self._wish(batch_tokens=round(value))
        else:
            self._wish(**{name: value / 100 if name == "replay" else value})

    def set_frozen(self, part: str, frozen: bool) -> None:
        """Say whether ``part`` stays as it is."""
        others = tuple(name for name in self.wishes.frozen if name != part)
        self._wish(frozen=(*others, part) if frozen else others)

    def set_brake(self, brake: bool) -> None:
        """Say whether the run ends when it forgets."""
        self._wish(brake=brake)

    def pin(self, text: str) -> str:
        """Have the sentence ``text`` shown while it learns; why it cannot be, as a sentence."""
        sentence = one_line(text)
        if not sentence or sentence in self.wishes.pinned:
            return ""
        problem = pin_problem(sentence, self.wishes.pinned, *self.direction)
        if not problem:
            self._pin(*self.wishes.pinned, sentence)
        return problem

    def unpin(self, sentence: str) -> None:
        """Show ``sentence`` no more."""
        self._pin(*(other for other in self.wishes.pinned if other != sentence))

    def wish_problem(self) -> str:
        """Why the numbers cannot be taken, as a sentence; empty when they can."""
        for name in LIMITS:
            if name in self._wrong:
                low, high = (f"{limit:g}" for limit in LIMITS[name])
                return tr("{what}: give a number from {low} to {high}, or nothing.",
                          what=_field_words(name), low=low, high=high)  # fmt: skip
        if len(self.wishes.frozen) == _PARTS:
            return tr("Leave one part of the model free to learn.")
        return ""

    def name_problem(self) -> str:
        """Why the name cannot be taken, as a sentence; empty when it can."""
        name = self.name.strip()
        if name.casefold() in {unfinished.casefold() for unfinished in self.unfinished}:
            return tr("An unfinished run has this name: go on with it or discard it.")
        return name_problem(name, self._taken())

    def _pin(self, *sentences: str) -> None:
        self._pins.set(self.direction[0], sentences)
        self._wish(pinned=sentences)

    def _wish(self, **changes: Any) -> None:
        self.wishes = replace(self.wishes, **changes)
        self.changed.emit()

    def _taken(self) -> tuple[str, ...]:
        return (*(model.name for model in self.models or ()), *self.unfinished)

    def _tell(self, first: bool, before: tuple[str, str]) -> None:
        turned = self.base is not None and before != self.direction
        if turned:  # each language keeps its own
            self.wishes = replace(self.wishes, pinned=self._pins.of(self.direction[0]))
        self.changed.emit()
        if first or turned:
            self.turned.emit()


def _number(text: str) -> float | None:
    """What ``text`` says, with a decimal point or comma; nothing where it is no number."""
    try:
        return float(text.strip().replace(",", "."))
    except ValueError:
        return None


def _field_words(name: str) -> str:
    return {
        "epochs": tr("Rounds"),
        "learning_rate": tr("Learning rate"),
        "batch_tokens": tr("Tokens in a batch"),
        "replay": tr("Replay"),
    }[name]


def few_pairs(count: int) -> str:
    """What follows where so few pairs are taught, as a sentence; empty where they are enough."""
    from core.training.limits import FEW_PAIRS  # its package is light and in memory by now

    if not 0 < count < FEW_PAIRS:
        return ""
    return tr("With fewer than {few} pairs all are learnt and none is kept to test on.",
              few=number(FEW_PAIRS))  # fmt: skip


def too_few(count: int) -> str:
    """Why ``count`` good pairs teach nothing, as a sentence; empty when they are enough."""
    from core.training.limits import FEWEST_PAIRS  # its package is light and in memory by now

    if not count:
        return tr("There is no good pair in this file.")
    if count >= FEWEST_PAIRS:
        return ""
    least = number(FEWEST_PAIRS)
    return tr("Too few good pairs: {count} of at least {least}.", count=number(count), least=least)
