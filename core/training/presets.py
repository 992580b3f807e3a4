"""Systems by name: options of the four registries that differ from their defaults.

Imports nothing heavy; :mod:`core.training.system` puts a preset's options and a person's together.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass, field

from core.errors import OptionError
from core.parts import Value


@dataclass(frozen=True, slots=True)
class Preset:
    """A system.

    Attributes:
        values: its options, by the names of their parts; others have their defaults.
        about: what it is, for a person.
        teaches: what a learner sees in it.
        paper: authors and year.
        mends: flaws of tutorial code for such a system that this one does not have.
        measured: its scores beside the others', as a sentence; empty before they are measured.
    """

    values: Mapping[str, Value] = field(default_factory=dict)
    about: str = ""
    teaches: str = ""
    paper: str = ""
    mends: tuple[str, ...] = ()
    measured: str = ""


PRESETS: dict[str, Preset] = {
    "default": Preset(
        {"source_vocabulary_size": 12_000, "target_vocabulary_size": 12_000},
        "deep self-attention encoder, recurrent attention decoder",
        "The shape of the models that come with the program: a Transformer reads, an LSTM writes.",
        "Chen et al. 2018",
    ),
    "small": Preset(
        {
            "width": 256, "encoder_layers": 3, "encoder_heads": 4, "feed_forward": 1024,
            "decoder_width": 256, "attention_heads": 4,
        },
        "the default's shape at a fifth of its size",
        "How much of a large model's quality a small one has in the same time.",
        "Chen et al. 2018",
    ),
}  # fmt: skip


def find_preset(name: str) -> Preset:
    """The preset called ``name``.

    Raises:
        OptionError: there is none.
    """
    if name not in PRESETS:
        near = difflib.get_close_matches(name, PRESETS, 1)
        guess = f"Did you mean {near[0]}? " if near else ""
        raise OptionError(
            f"there is no preset called {name!r}",
            remedy=f"{guess}Give one of {', '.join(PRESETS)}.",
        )
    return PRESETS[name]
