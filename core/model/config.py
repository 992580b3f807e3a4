"""What a model is made of, as plain values."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Any

from core.errors import BundleError, OptionError
from core.field_types import is_of
from core.model.combinations import check_combination
from core.model.parts import MODEL_PARTS

# Names that values had in older manifests.
_RENAMED = {"encoder": {"rnn": "bidirectional"}}


@dataclass(frozen=True, slots=True)
class ModelConfig:
    """Shape of a sequence-to-sequence model.

    What each option does, with formula and paper, is in :mod:`core.model.parts`; which go together,
    in :mod:`core.model.combinations`.

    Attributes:
        source_vocabulary, target_vocabulary: number of ids on each side.
        width: size of the encoder's states.
        encoder: ``"transformer"``, ``"bidirectional"`` or ``"one-directional"``.
        encoder_layers: layers of the encoder.
        encoder_heads: heads of self-attention; must divide half of ``width``.
        feed_forward: inner size of a Transformer's feed-forward block.
        cell: ``"lstm"``, ``"gru"``, ``"rnn-tanh"`` or ``"rnn-relu"``, in every recurrent layer.
        decoder_width: size of a recurrent decoder's states.
        decoder_layers: layers of the decoder, at least 1.
        attention: how source words are scored; ``"none"`` exactly in the decoders without.
        attention_heads: heads of the decoder's multi-head attention; must divide ``width``.
        alignment_head: the head shown as alignment, from 0; ``None`` shows the mean.
        dropout: probability of dropping an activation while training.
        joining: ``"joined"`` (each direction has half of ``width``) or ``"summed"``.
        residual: whether stacked recurrent layers add to what they read.
        decoder: ``"attention"``, ``"initial-state"``, ``"context"`` or ``"transformer"``; the
            first layer of ``"attention"`` asks the attention, the others read its answer.
        input_feeding: whether the first layer reads the answer of the step before.
        attention_strength: factor of the context.
        attention_window: source pieces on either side that local attention looks at.
        embeddings: ``"tied"`` (the target's are the output weights), ``"separate"`` or
            ``"shared"`` (the source's, too; one vocabulary).
        initialisation: ``"default"`` or ``"xavier"``.
        embedding_width: size of embeddings under recurrent layers; 0 for that of the states.
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
    joining: str = "joined"
    residual: bool = True
    decoder: str = "attention"
    input_feeding: bool = False
    attention_strength: float = 1.0
    attention_window: int = 10
    embeddings: str = "tied"
    initialisation: str = "default"
    embedding_width: int = 0

    def __post_init__(self) -> None:
        for name in ("source_vocabulary", "target_vocabulary"):
            value = getattr(self, name)
            if not isinstance(value, int) or value < 1:
                raise OptionError(
                    f"{name} is {value!r}", remedy="Give a whole number of at least 1."
                )
        for part in MODEL_PARTS:
            part.check(getattr(self, part.name))
        if not is_of(self.alignment_head, int | None):
            raise OptionError(
                f"alignment_head is {self.alignment_head!r}", remedy="Give a whole number or none."
            )
        check_combination(self)

    @property
    def embedding_size(self) -> int:
        """How wide embeddings are, and the features that the output layer reads."""
        return self.embedding_width or self.width

    @property
    def heads(self) -> int:
        """How many rows of attention weights a step has: the heads, or the only one."""
        return self.attention_heads if self.attention == "multi-head" else 1

    def to_dict(self) -> dict[str, Any]:
        """The fields as JSON values."""
        return dataclasses.asdict(self)

    @classmethod
    def from_dict(cls, fields: dict[str, Any]) -> ModelConfig:
        """The config with ``fields``; those that an older program did not write are its shape's.

        Raises:
            BundleError: a field is unknown, missing or impossible, so this program is too old or
                the manifest damaged.
        """
        renamed: dict[str, Any] = {
            name: _RENAMED.get(name, {}).get(value, value) if isinstance(value, str) else value
            for name, value in fields.items()
        }
        try:
            return cls(**renamed)
        except (TypeError, OptionError) as error:
            reason = error.what if isinstance(error, OptionError) else str(error)
            raise BundleError(
                f"the model's shape cannot be read ({reason})",
                remedy="Install the model again, or a newer version of this program.",
            ) from error
