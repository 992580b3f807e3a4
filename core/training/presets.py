"""Model shapes by name."""

from __future__ import annotations

from dataclasses import dataclass

from core.errors import OptionError
from core.model.config import ModelConfig


@dataclass(frozen=True, slots=True)
class Preset:
    """A shape and a sentence about it; vocabulary sizes are filled in later.

    Attributes:
        config: the shape.
        vocabulary: most entries per language.
        about: what it is, for a person.
    """

    config: ModelConfig
    vocabulary: int
    about: str


PRESETS = {
    "default": Preset(
        ModelConfig(1, 1),
        12_000,
        "deep self-attention encoder, recurrent attention decoder (Chen et al. 2018)",
    ),
    "small": Preset(
        ModelConfig(
            1, 1, width=256, encoder_layers=3, encoder_heads=4, feed_forward=1024,
            decoder_width=256, attention_heads=4,
        ),
        8_000,
        "the default's shape at a fifth of its size",
    ),
    "bahdanau-gru": Preset(
        ModelConfig(
            1, 1, width=256, encoder="bidirectional", encoder_layers=1, cell="gru",
            decoder_width=256, decoder_layers=2, attention="additive",
        ),
        8_000,
        "bidirectional GRU encoder, GRU decoder, additive attention (Bahdanau et al. 2015)",
    ),
    "bahdanau-lstm": Preset(
        ModelConfig(
            1, 1, width=256, encoder="bidirectional", encoder_layers=2, cell="lstm",
            decoder_width=256, decoder_layers=2, attention="additive",
        ),
        8_000,
        "bidirectional LSTM encoder, LSTM decoder, additive attention",
    ),
}  # fmt: skip


def find_preset(name: str) -> Preset:
    """The preset called ``name``.

    Raises:
        OptionError: there is none.
    """
    if name not in PRESETS:
        raise OptionError(
            f"there is no preset called {name!r}", remedy=f"Give one of {', '.join(PRESETS)}."
        )
    return PRESETS[name]
