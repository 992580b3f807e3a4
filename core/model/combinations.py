"""Which options of a model go together; a combination that makes no sense is refused by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.errors import OptionError
from core.model.decoder_parts import FIXED_CONTEXT, ONE_SIZE
from core.model.parts import RECURRENT_ENCODERS

if TYPE_CHECKING:
    from core.model.config import ModelConfig


def check_combination(config: ModelConfig) -> None:
    """Refuse options of which each is possible, but not beside the others.

    Raises:
        OptionError: one does not go with another; both are named.
    """
    _check_encoder(config)
    _check_decoder(config)
    _check_attention(config)
    _check_embeddings(config)


def _check_encoder(config: ModelConfig) -> None:
    if config.encoder == "transformer":  # rotary positions turn pairs of each head's width
        _divides_width(config, "encoder_heads", 2 * config.encoder_heads)
    elif config.encoder == "bidirectional" and config.joining == "joined" and config.width % 2:
        raise OptionError(
            f"width is {config.width}", remedy="Give an even number: each direction takes half."
        )


def _check_decoder(config: ModelConfig) -> None:
    fixed = config.decoder in FIXED_CONTEXT
    if fixed and config.encoder not in RECURRENT_ENCODERS:
        raise OptionError(
            f"decoder is {config.decoder!r}, but encoder {config.encoder!r} has no last state to"
            " begin from",
            remedy=f"Give one of {', '.join(RECURRENT_ENCODERS)} as encoder.",
        )
    if config.decoder == "initial-state" and config.decoder_layers != config.encoder_layers:
        raise OptionError(
            f"decoder_layers is {config.decoder_layers}, but encoder_layers"
            f" {config.encoder_layers}: decoder 'initial-state' begins each layer from one of them",
            remedy="Give the same number.",
        )
    if config.input_feeding and config.decoder != "attention":
        raise OptionError(
            f"input_feeding is yes, but decoder {config.decoder!r} has no answer of attention to"
            " feed to a recurrent layer",
            remedy="Give 'attention' as decoder, or no input_feeding.",
        )


def _check_attention(config: ModelConfig) -> None:
    fixed = config.decoder in FIXED_CONTEXT
    if fixed and config.attention != "none":
        raise OptionError(
            f"attention is {config.attention!r}, but decoder {config.decoder!r} asks none",
            remedy="Give 'none' as attention, or 'attention' as decoder.",
        )
    if not fixed and config.attention == "none":
        raise OptionError(
            f"attention is 'none', but decoder {config.decoder!r} asks it",
            remedy=f"Give an attention, or one of {', '.join(FIXED_CONTEXT)} as decoder.",
        )
    if config.decoder == "transformer":
        if config.attention != "multi-head":
            raise OptionError(
                f"attention is {config.attention!r}, but decoder 'transformer' asks multi-head"
                " attention",
                remedy="Give 'multi-head' as attention, or 'attention' as decoder.",
            )
        # Its attention to what is written turns by rotary positions, as the encoder's does.
        _divides_width(config, "attention_heads", 2 * config.attention_heads)
    if config.attention in ONE_SIZE and config.decoder_width != config.width:
        raise OptionError(
            f"attention is {config.attention!r}, which multiplies states of one size, but"
            f" decoder_width is {config.decoder_width} and width {config.width}",
            remedy="Give one size to both, or 'general' as attention.",
        )
    heads = config.heads
    _divides_width(config, "attention_heads", heads)
    if config.alignment_head is not None and not 0 <= config.alignment_head < heads:
        raise OptionError(
            f"alignment_head is {config.alignment_head}", remedy=f"Give 0 to {heads - 1}."
        )


def _check_embeddings(config: ModelConfig) -> None:
    narrow = config.embedding_size != config.width
    if narrow and "transformer" in (config.encoder, config.decoder):
        raise OptionError(
            f"embedding_width is {config.embedding_width}, but a Transformer adds to embeddings of"
            f" width {config.width}",
            remedy=f"Give 0 or {config.width}, or a recurrent encoder and decoder.",
        )
    if config.embeddings == "shared" and config.source_vocabulary != config.target_vocabulary:
        raise OptionError(
            "embeddings is 'shared', but the vocabularies have"
            f" {config.source_vocabulary} and {config.target_vocabulary} entries",
            remedy="Learn one vocabulary from both sides, or give 'tied' as embeddings.",
        )


def _divides_width(config: ModelConfig, name: str, parts: int) -> None:
    if config.width % parts:
        raise OptionError(
            f"{name} is {getattr(config, name)}, but width {config.width} is no multiple of {parts}"
        )
