"""What a model is made of, as plain values."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Any

from core.errors import BundleError, OptionError

_SIZES = (
    "source_vocabulary",
    "target_vocabulary",
    "width",
    "encoder_layers",
    "encoder_heads",
    "feed_forward",
    "decoder_width",
    "decoder_layers",
    "attention_heads",
)


@dataclass(frozen=True, slots=True)
class ModelConfig:
    """Shape of a sequence-to-sequence model.

    Attributes:
        source_vocabulary, target_vocabulary: number of ids on each side.
        width: size of embeddings and encoder states; even.
        encoder: ``"transformer"`` (self-attention) or ``"rnn"`` (bidirectional).
        encoder_layers: layers of the encoder.
        encoder_heads: heads of self-attention; must divide half of ``width``.
        feed_forward: inner size of the Transformer's feed-forward block.
        cell: ``"lstm"`` or ``"gru"``, in the decoder and in a recurrent encoder.
        decoder_width: size of the decoder's recurrent states.
        decoder_layers: recurrent layers of the decoder, at least 1; the first one asks the
            attention, the others read its answer.
        attention: ``"multi-head"`` (Vaswani et al. 2017) or ``"additive"`` (Bahdanau et al. 2015).
        attention_heads: heads of the decoder's multi-head attention; must divide ``width``.
        alignment_head: the head shown as alignment, from 0; ``None`` shows the mean.
        dropout: probability of dropping an activation while training.
    """

    source_vocabulary: int
    target_vocabulary: int
    width: int = 384
    encoder: str = "transformer"
    encoder_layers: int = 6
    encoder_heads: int = 6
    feed_forward: int = 1536
    cell: str = "lstm"
    decoder_width: int = 512
    decoder_layers: int = 2
    attention: str = "multi-head"
    attention_heads: int = 6
    alignment_head: int | None = None
    dropout: float = 0.0

    def __post_init__(self) -> None:
        self._one_of("encoder", ("transformer", "rnn"))
        self._one_of("cell", ("lstm", "gru"))
        self._one_of("attention", ("multi-head", "additive"))
        for name in _SIZES:
            value = getattr(self, name)
            if not isinstance(value, int) or value < 1:
                raise OptionError(
                    f"{name} is {value!r}", remedy="Give a whole number of at least 1."
                )
        if self.encoder == "transformer":  # rotary positions turn pairs of each head's width
            self._divides_width("encoder_heads", 2 * self.encoder_heads)
        elif self.width % 2:
            raise OptionError(
                f"width is {self.width}", remedy="Give an even number: each direction takes half."
            )
        heads = self.attention_heads if self.attention == "multi-head" else 1
        self._divides_width("attention_heads", heads)
        if self.alignment_head is not None and not 0 <= self.alignment_head < heads:
            raise OptionError(
                f"alignment_head is {self.alignment_head}", remedy=f"Give 0 to {heads - 1}."
            )
        if not 0 <= self.dropout < 1:
            raise OptionError(f"dropout is {self.dropout}", remedy="Give 0 to below 1.")

    def _one_of(self, name: str, values: tuple[str, ...]) -> None:
        if getattr(self, name) not in values:
            raise OptionError(
                f"{name} is {getattr(self, name)!r}", remedy=f"Give one of {', '.join(values)}."
            )

    def _divides_width(self, name: str, parts: int) -> None:
        if self.width % parts:
            raise OptionError(
                f"{name} is {getattr(self, name)}, but width {self.width} is no multiple of {parts}"
            )

    def to_dict(self) -> dict[str, Any]:
        """The fields as JSON values."""
        return dataclasses.asdict(self)

    @classmethod
    def from_dict(cls, fields: dict[str, Any]) -> ModelConfig:
        """The config with ``fields``.

        Raises:
            BundleError: a field is unknown or missing, so this program is too old or the
                manifest damaged.
        """
        try:
            return cls(**fields)
        except TypeError as error:
            raise BundleError(
                f"the model's shape cannot be read ({error})",
                remedy="Install the model again, or a newer version of this program.",
            ) from error
