"""What a system is composed of, as plain values: each option with its formula and its paper.

Whoever adds an option registers it as a :class:`Part`; the command line, the documentation and the
window are made of these, so that none of them has to be told of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from core.errors import OptionError
from core.field_types import is_of

Value = str | int | float | bool


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of an option that has names for values.

    Attributes:
        value: as the command line takes it.
        title: for a person, a noun.
        about: what it does, one plain sentence.
        formula: in TeX (what matplotlib's mathtext draws), without dollar signs; several lines are
            divided by line ends.
        paper: authors and year.
    """

    value: str
    title: str
    about: str = ""
    formula: str = ""
    paper: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """An option of a system.

    Attributes:
        name: of the field that it sets; the command line has it with dashes.
        group: heading that it stands under.
        title, about, formula, paper: as those of :class:`Choice`.
        default: its value where nobody says another; its type is the option's.
        choices: the values there are; none for a number or a switch.
        least, most: bounds of a number, both allowed.
        needs: it means something only where each of these other options has one of these values,
        either: and where at least one of these has, if any are named.
    """

    name: str
    group: str
    title: str
    default: Value
    about: str = ""
    choices: tuple[Choice, ...] = ()
    least: float | None = None
    most: float | None = None
    formula: str = ""
    paper: str = ""
    needs: tuple[tuple[str, tuple[Value, ...]], ...] = ()
    either: tuple[tuple[str, tuple[Value, ...]], ...] = ()

    def choice(self, value: Value) -> Choice:
        """The choice called ``value``.

        Raises:
            OptionError: there is none.
        """
        for choice in self.choices:
            if choice.value == value:
                return choice
        names = ", ".join(choice.value for choice in self.choices)
        raise OptionError(f"{self.name} is {value!r}", remedy=f"Give one of {names}.")

    def applies(self, values: Mapping[str, Value]) -> bool:
        """Whether it means something beside these values of the other options."""
        needed = all(values.get(name) in wanted for name, wanted in self.needs)
        return needed and (
            not self.either or any(values.get(name) in wanted for name, wanted in self.either)
        )

    def check(self, value: Value) -> None:
        """Refuse a value that the option cannot have.

        Raises:
            OptionError: it is of another kind, or out of bounds.
        """
        if self.choices:
            self.choice(value)
            return
        if not is_of(value, type(self.default)):
            raise OptionError(f"{self.name} is {value!r}", remedy=f"Give {self._kind()}.")
        number = value if isinstance(value, int | float) else 0  # what is no number has no bounds
        low = self.least is not None and number < self.least
        high = self.most is not None and number > self.most
        if low or high or value != value:
            raise OptionError(f"{self.name} is {value}", remedy=f"Give {self._kind()}.")

    def _kind(self) -> str:
        if isinstance(self.default, bool):
            return "yes or no"
        if isinstance(self.default, str):
            return "a text"
        kind = "a whole number" if isinstance(self.default, int) else "a number"
        bounds = [f"of at least {self.least:g}"] if self.least is not None else []
        bounds += [f"{'and ' if bounds else 'of '}at most {self.most:g}"] if self.most else []
        return " ".join((kind, *bounds))


def defaults(parts: Iterable[Part]) -> dict[str, Value]:
    """The default of each option."""
    return {part.name: part.default for part in parts}
