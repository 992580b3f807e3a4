"""The decoder that a config names."""

from __future__ import annotations

from core.model.config import ModelConfig
from core.model.decoder import Decoder
from core.model.decoder_feeding import InputFeedingDecoder
from core.model.decoder_fixed import ContextDecoder, InitialStateDecoder
from core.model.decoder_recurrent import AttentionDecoder
from core.model.decoder_transformer import TransformerDecoder

_KINDS: dict[str, type[Decoder]] = {
    "attention": AttentionDecoder,
    "initial-state": InitialStateDecoder,
    "context": ContextDecoder,
    "transformer": TransformerDecoder,
}


def make_decoder(config: ModelConfig) -> Decoder:
    """The decoder ``config.decoder``, with input feeding if ``config.input_feeding``."""
    return (InputFeedingDecoder if config.input_feeding else _KINDS[config.decoder])(config)
