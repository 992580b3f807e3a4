"""What a system is trained on and for how long: file, languages, budget, name. No widgets."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from core.parts import Value
from core.text.languages import is_chinese_english, is_language
from gui.i18n import language_name, tr
from gui.jobs.checking import Checking
from gui.jobs.train_command import TrainPlan
from gui.settings import Settings
from gui.viewmodels.file_check import FileCheck
from gui.viewmodels.model_names import free_name, name_problem
from gui.viewmodels.pins import one_line
from gui.viewmodels.registry import Suggestion
from gui.viewmodels.second_pass import SecondPass
from gui.viewmodels.system import System

LIMITS = {"minutes": (0.1, 600.0), "epochs": (0.1, 1000.0), "steps": (1.0, 1e7)}
"""The least and the most of each budget."""
_PINS = 5
_LONGEST_PIN = 200  # characters


@dataclass(frozen=True, slots=True)
class SampleTask:
    """Pairs that come with the program: their file, languages, and a name for them.

    ``units`` are options that they need, ``options`` those of a system that learns them soon.
    """

    file: Path
    languages: tuple[str, str]
    title: str
    about: str = ""
    units: tuple[tuple[str, Value], ...] = ()
    options: tuple[tuple[str, Value], ...] = ()


class ClassPlan(QObject):
    """The form's values, and the check of the file.

    Args:
        checking: reads files in a thread; its owner ends it.
        cores: processors of this computer.
    """

    changed = Signal()

    def __init__(
        self,
        settings: Settings,
        checking: Checking,
        system: System,
        cores: int,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._checking, self._system, self.cores = checking, system, cores
        # Which pairs do not belong together is asked of a translator: not of any pair of languages.
        second = SecondPass(checking, str, None, self)
        self.pairs = FileCheck(settings, checking, second, self)
        self.pairs.changed.connect(self._on_checked)
        self.languages = ("zh", "en")
        self.budget, self._amounts = "minutes", {"minutes": "5", "epochs": "10", "steps": "1000"}
        self.alone = cores < 2  # whether it takes all processors
        self.name = ""
        self._named = False  # by the user
        self.pinned: tuple[str, ...] = ()
        self.taken: tuple[str, ...] = ()
        self.suggest_name()

    # -- file ---------------------------------------------------------------------------------

    def choose(self, *paths: Path) -> None:
        """Take a file of pairs, or two whose lines belong together, and check it."""
        self.pairs.choose(*paths)
        self.check()

    def take_sample(self, sample: SampleTask) -> None:
        """Take pairs that come with the program, their languages, and options that suit them.

        A system that the user has composed stays as it is but for the units.
        """
        self.languages = sample.languages
        for name, value in sample.units if self._system.composed else sample.options:
            self._system.set(name, value)
        self.choose(sample.file)

    def check(self) -> None:
        """Check the file (again)."""
        if self.pairs.paths and not self.language_problem():
            self.pairs.check(*self.languages)
        self.changed.emit()

    def set_languages(self, source: str, target: str) -> None:
        """Say what is read and what is written; the file is checked again."""
        languages = source.strip().lower(), target.strip().lower()
        if languages != self.languages:
            self.languages = languages
            self.pinned = ()
            self.check()

    @property
    def usual_pair(self) -> bool:
        """Whether it is about Chinese and English."""
        return is_chinese_english(*self.languages)

    # -- the rest -----------------------------------------------------------------------------

    @property
    def amount(self) -> str:
        """How much of the budget, as typed."""
        return self._amounts[self.budget]

    def set_budget(self, budget: str) -> None:
        """End after minutes, epochs or steps."""
        self.budget = budget
        self.changed.emit()

    def set_amount(self, text: str) -> None:
        """Take what was typed for the budget."""
        self._amounts[self.budget] = text
        self.changed.emit()

    def set_alone(self, alone: bool) -> None:
        """Take all processors, or share them with other runs."""
        self.alone = alone
        self.changed.emit()

    def set_name(self, name: str) -> None:
        """Take ``name`` for the model; see :meth:`problem`."""
        self.name, self._named = name, bool(name.strip())
        self.changed.emit()

    def suit(self, preset: Suggestion) -> None:
        """Learn for as long as ``preset`` is meant to, where it says so."""
        if preset.epochs:
            self.budget, self._amounts["epochs"] = "epochs", str(preset.epochs)
            self.changed.emit()

    def suggest_name(self) -> None:
        """Call it after the system, unless the user has given it a name."""
        if not self._named:
            self.name = free_name(self._system.preset.name, self.taken)

    def again(self) -> None:
        """The name was given away: find another."""
        self.name = free_name(self.name.strip() or self._system.preset.name, self.taken)
        self._named = False
        self.changed.emit()

    def pin(self, text: str) -> str:
        """Have ``text`` translated at every validation; why it cannot be, as a sentence."""
        sentence = one_line(text)
        if not sentence or sentence in self.pinned:
            return ""
        if len(self.pinned) >= _PINS:
            return tr("{count} sentences are pinned: take one away first.", count=_PINS)
        if len(sentence) > _LONGEST_PIN:
            return tr("The sentence has {count} characters; pin one of {most} at most.",
                      count=len(sentence), most=_LONGEST_PIN)  # fmt: skip
        self.pinned = (*self.pinned, sentence)
        self.changed.emit()
        return ""

    def unpin(self, sentence: str) -> None:
        """Show ``sentence`` no more."""
        self.pinned = tuple(other for other in self.pinned if other != sentence)
        self.changed.emit()

    # -- what is wrong ------------------------------------------------------------------------

    def language_problem(self) -> str:
        """Why the languages cannot be taken, as a sentence; empty when they can."""
        if all(map(is_language, self.languages)):
            return ""
        return tr("A language is 2 to 16 small letters, digits or _: zh, de, digits.")

    def amount_problem(self) -> str:
        """Why the budget cannot be taken, as a sentence; empty when it can."""
        low, high = LIMITS[self.budget]
        value = self._value()
        if value is not None and low <= value <= high:
            return ""
        return tr("Time: give a number from {low} to {high}.", low=f"{low:g}", high=f"{high:.0f}")

    def problem(self) -> str:
        """Why training cannot start, as a sentence; empty when it can."""
        if self.pairs.choice is not None and not self.pairs.choice.count:
            return tr("There is no good pair in this file.")
        return self.language_problem() or self.amount_problem() or self.name_problem()

    def name_problem(self) -> str:
        """Why the name cannot be taken, as a sentence; empty when it can."""
        return name_problem(self.name.strip(), self.taken)

    @property
    def complete(self) -> bool:
        """Whether all is there that a run needs."""
        there = bool(self.pairs.paths) and self.pairs.choice is not None
        return there and not self.pairs.busy and not self.problem()

    def plan(self) -> TrainPlan:
        """As the program is to be told of it; the file is the one that was chosen."""
        system = self._system
        half = max(1, self.cores // 2)
        return TrainPlan(
            name=self.name.strip(),
            system=system.title,
            preset=system.preset.name,
            file=self.pairs.paths[0],
            languages=self.languages,
            changes=system.changes(),
            about=self.pairs.name,
            budget=self.budget,
            amount=self._value() or 0.0,
            threads=self.cores if self.alone else half,
            pinned=self.pinned,
            attends=system.values.get("attention") != "none",
        )

    def direction(self) -> str:
        """The languages as a user reads them."""
        return " → ".join(map(language_name, self.languages))

    def _value(self) -> float | None:
        try:
            value = float(self.amount.strip().replace(",", "."))
        except ValueError:
            return None
        return round(value) if self.budget == "steps" else value

    def _on_checked(self) -> None:
        self.changed.emit()
