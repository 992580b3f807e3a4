"""A system as the user composes it: a preset, and the options that differ from it. No widgets."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from core.errors import OptionError
from core.parts import Part, Value, defaults
from gui.errors import Failure, describe
from gui.i18n import tr
from gui.viewmodels.registry import Registry, Suggestion

_FLAGS = {"yes": True, "no": False}


@dataclass(frozen=True, slots=True)
class Choosable:
    """An option as the form shows it now.

    ``usual`` is its value in the preset, ``wrong`` what was typed that it cannot have.
    """

    part: Part
    value: Value
    usual: Value
    wrong: str | None = None

    @property
    def changed(self) -> bool:
        """Whether the user has another value than the preset."""
        return self.wrong is not None or self.value != self.usual


class System(QObject):
    """The values of all registered options.

    What an option is set to while it means nothing is kept, for the case that it means something
    again; the system has its default meanwhile.
    """

    changed = Signal()

    def __init__(self, registry: Registry, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.registry = registry
        self._parts = {part.name: part for part in registry.parts}
        self.preset: Suggestion = registry.presets[0]
        self._prose = True
        self._values = self._usual()
        self._wrong: dict[str, str] = {}  # as typed

    # -- what it is -------------------------------------------------------------------------

    def options(self) -> tuple[Choosable, ...]:
        """The options that mean something beside the others, in the registries' order."""
        usual, values = self._usual(), self.values
        return tuple(
            Choosable(part, self._values[name], usual[name], self._wrong.get(name))
            for name, part in self._parts.items()
            if part.applies(values)
        )

    @property
    def values(self) -> dict[str, Value]:
        """The value of every option; its default where it means nothing."""
        values = dict(self._values)
        for _ in range(len(self._parts)):  # one that goes may take others along
            settled = {
                name: values[name] if part.applies(values) else part.default
                for name, part in self._parts.items()
            }
            if settled == values:
                break
            values = settled
        return values

    def part(self, name: str) -> Part | None:
        """The option called ``name``."""
        return self._parts.get(name)

    def changes(self) -> tuple[tuple[str, Value], ...]:
        """The options that differ from the preset, as the program has to be told of them."""
        usual, values = self._usual(), self.values
        return tuple(
            (name, values[name])
            for name, part in self._parts.items()
            if part.applies(values) and values[name] != usual[name]
        )

    @property
    def composed(self) -> bool:
        """Whether the user has chosen anything."""
        return self.preset is not self.registry.presets[0] or bool(self.changes())

    @property
    def title(self) -> str:
        """What to call the system: its preset, and how many options are changed."""
        count = sum(option.changed for option in self.options())
        if not count:
            return self.preset.name
        return tr("{preset}, {count} changed", preset=self.preset.name, count=count)

    # -- what is wrong with it --------------------------------------------------------------

    def problem(self) -> Failure | None:
        """Why there is no such system, and what to change; ``None`` where it makes sense."""
        for option in self.options():
            if option.wrong is not None:
                try:
                    option.part.check(_typed(option.part, option.wrong))
                except OptionError as error:
                    return describe(error)
        try:
            self.registry.check(self.values)
        except OptionError as error:
            return describe(error)
        return None

    def concerned(self, failure: Failure) -> tuple[Part, ...]:
        """The options that ``failure`` speaks of by their names, as far as they can be changed."""
        words = set(re.findall(r"\w+", failure.text.casefold()))
        return tuple(o.part for o in self.options() if o.part.name in words)

    # -- changing it ------------------------------------------------------------------------

    def choose_preset(self, name: str) -> None:
        """Take all options from the preset ``name``."""
        found = next((p for p in self.registry.presets if p.name == name), None)
        if found is not None:
            self.preset = found
            self.reset_all()

    def set(self, name: str, value: Value) -> None:
        """Give the option ``name`` the value ``value``."""
        if name in self._parts:
            self._wrong.pop(name, None)
            self._values[name] = value
            self.changed.emit()

    def type(self, name: str, text: str) -> None:
        """Take what was typed for the option ``name``; see :meth:`problem`."""
        part = self._parts[name]
        value = _typed(part, text)
        try:
            part.check(value)
        except OptionError:
            self._wrong[name] = text
            self.changed.emit()
        else:
            self.set(name, value)

    def reset(self, name: str) -> None:
        """Give the option ``name`` its value in the preset."""
        self.set(name, self._usual()[name])

    def reset_all(self) -> None:
        """Take all options from the preset."""
        self._values, self._wrong = self._usual(), {}
        self.changed.emit()

    def set_prose(self, prose: bool) -> None:
        """Say whether running text of Chinese and English is learnt: other usual values hold."""
        if prose == self._prose:
            return
        before, self._prose = self._usual(), prose
        usual = self._usual()
        for name in self.registry.prose & self._parts.keys():
            if self._values[name] == before[name]:
                self._values[name] = usual[name]
        self.changed.emit()

    def take(self, preset: str, changes: Mapping[str, Value]) -> None:
        """Compose the system of an earlier run; what is no longer registered is left out."""
        self.choose_preset(preset)
        self._values.update({n: v for n, v in changes.items() if n in self._parts})
        self.changed.emit()

    def _usual(self) -> dict[str, Value]:
        known = {n: v for n, v in self.preset.values.items() if n in self._parts}
        tidy = {} if self._prose else dict.fromkeys(self.registry.prose & self._parts.keys(), 0.0)
        return defaults(self._parts.values()) | tidy | known


def formula_of(part: Part, value: Value) -> str:
    """The formula of an option with this value, in TeX; empty where it has none."""
    chosen = next((c.formula for c in part.choices if c.value == value), "")
    return chosen or part.formula


def value_text(part: Part, value: Value) -> str:
    """``value`` as it is typed."""
    if isinstance(part.default, float) and isinstance(value, int | float):
        return f"{value:g}"
    return str(value)


def _typed(part: Part, text: str) -> Value:
    """What ``text`` says for the option ``part``; itself where it is no such value."""
    text = text.strip()
    if isinstance(part.default, bool):
        return _FLAGS.get(text, text)
    if isinstance(part.default, int | float):
        kind = int if isinstance(part.default, int) else float
        try:
            return kind(text.replace(",", "."))
        except ValueError:
            return text
    return text
