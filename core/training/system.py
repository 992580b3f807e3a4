"""A whole system as flat options of the four registries: a preset's, and those of a person.

Imports nothing heavy, so that a form can ask before a run starts whether its options go together.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from typing import Any

from core.decoding.parts import DECODING_PARTS
from core.errors import OptionError
from core.model.config import ModelConfig
from core.model.parts import MODEL_PARTS
from core.parts import Part, Value, defaults
from core.text.options import TextOptions
from core.text.parts import TEXT_PARTS
from core.training.parts import TRAINING_PARTS
from core.training.presets import find_preset

PARTS: tuple[Part, ...] = (*MODEL_PARTS, *TEXT_PARTS, *TRAINING_PARTS, *DECODING_PARTS)
# What makes Chinese and English sentences as untidy as people type them; pairs of other kinds are
# learnt as they are unless someone asks for it.
PROSE = ("join", "drop_stop", "untidy", "copy_unknown")


def compose(
    preset: str, given: Mapping[str, Value] | None = None, *, prose: bool = True
) -> dict[str, Value]:
    """Every option of a system.

    Args:
        preset: by name.
        given: options that go before the preset's.
        prose: whether the pairs are running text of Chinese and English (see :data:`PROSE`).

    Raises:
        OptionError: there is no such preset or option, a value is impossible, an option that was
            given means nothing beside the others, or the options do not go together.
    """
    given = given or {}
    values = defaults(PARTS)
    if not prose:
        values.update(dict.fromkeys(PROSE, 0.0))
    values.update(find_preset(preset).values)
    _refuse_unknown(given)
    values.update(given)
    for part in PARTS:
        part.check(values[part.name])
        if part.name in given and not part.applies(values):
            raise OptionError(f"{part.name} means nothing here", remedy=_wanted(part))
    values = _without_meaningless(values)
    model_config(values)
    text_options(values)
    return values


def _without_meaningless(values: Mapping[str, Value]) -> dict[str, Value]:
    """The same, with the default of what means nothing: a preset's would stand in the way."""
    return {
        part.name: values[part.name] if part.applies(values) else part.default for part in PARTS
    }


def model_config(
    values: Mapping[str, Value],
    source_vocabulary: int = 1,
    target_vocabulary: int = 1,
    alignment_head: int | None = None,
) -> ModelConfig:
    """The model's shape for vocabularies of so many entries.

    Raises:
        OptionError: the options do not go together.
    """
    shape: dict[str, Any] = {part.name: values[part.name] for part in MODEL_PARTS}
    return ModelConfig(source_vocabulary, target_vocabulary, alignment_head=alignment_head, **shape)


def text_options(values: Mapping[str, Value]) -> TextOptions:
    """How both sides are cut and counted.

    Raises:
        OptionError: the options do not go together.
    """
    cut: dict[str, Any] = {part.name: values[part.name] for part in TEXT_PARTS}
    return TextOptions(**cut, shared=values["embeddings"] == "shared")


def chosen(parts: Iterable[Part], values: Mapping[str, Value]) -> dict[str, Value]:
    """The values of these ``parts`` alone."""
    return {part.name: values[part.name] for part in parts if part.name in values}


def _refuse_unknown(given: Iterable[str]) -> None:
    known = [part.name for part in PARTS]
    for name in given:
        if name not in known:
            near = difflib.get_close_matches(name, known, 1)
            raise OptionError(
                f"there is no option {name!r}", remedy=f"Did you mean {near[0]}?" if near else ""
            )


def _wanted(part: Part) -> str:
    """What must be so for ``part`` to mean something."""

    def told(name: str, wanted: tuple[Value, ...]) -> str:
        return f"{name} is {' or '.join(map(str, wanted))}"

    needed = [told(*need) for need in part.needs]
    if part.either:
        needed.append(" or ".join(told(*need) for need in part.either))
    return f"It takes effect where {' and '.join(needed)}."
