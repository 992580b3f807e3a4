"""All that a system can be composed of, gathered from the core's registries.

An option that is registered in the core appears in the window without an edit here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.parts import Part, Value

if TYPE_CHECKING:
    from core.model.diagram import Diagram


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A preset as the window shows it.

    Attributes:
        about: what it is.
        values: the options that it sets.
        teaches, paper: what can be learnt from it, and where it comes from.
        mends: flaws of tutorial code that it does not have.
        measured: its scores beside others', as a sentence; empty before they are measured.
        epochs: rounds through the pairs that it is meant to learn for; 0: it says nothing.
    """

    name: str
    about: str
    values: Mapping[str, Value]
    teaches: str = ""
    paper: str = ""
    mends: tuple[str, ...] = ()
    measured: str = ""
    epochs: int = 0


@dataclass(frozen=True, slots=True)
class Registry:
    """Options and presets; ``check`` refuses values that do not go together.

    ``prose`` names the options that are 0 by default where no Chinese and English are learnt.
    """

    parts: tuple[Part, ...]
    presets: tuple[Suggestion, ...]
    check: Callable[[Mapping[str, Value]], None]
    prose: frozenset[str] = frozenset()

    def part(self, name: str) -> Part | None:
        """The option called ``name``."""
        return next((part for part in self.parts if part.name == name), None)


def core_registry() -> Registry:
    """What the core has registered; imports nothing heavy."""
    from core.training.presets import PRESETS
    from core.training.system import PARTS, PROSE, model_config, text_options

    def check(values: Mapping[str, Value]) -> None:
        model_config(values)
        text_options(values)

    presets = tuple(
        Suggestion(
            name,
            preset.about,
            preset.values,
            preset.teaches,
            preset.paper,
            preset.mends,
            preset.measured,
            preset.epochs,
        )
        for name, preset in PRESETS.items()
    )
    return Registry(PARTS, presets, check, frozenset(PROSE))


def architecture(values: Mapping[str, Value]) -> Diagram | None:
    """The drawing of a system; ``None`` where there is no such system."""
    from core.errors import OptionError
    from core.model.diagram import diagram_of
    from core.training.system import model_config

    shared = values.get("embeddings") == "shared"
    source = values.get("source_vocabulary_size", 1)
    target = source if shared else values.get("target_vocabulary_size", 1)
    assert isinstance(source, int) and isinstance(target, int)
    try:
        return diagram_of(model_config(values, source, target))
    except OptionError:
        return None
