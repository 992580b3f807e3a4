"""Shapes of models: what cannot be is refused by the option's name."""

from __future__ import annotations

from typing import Any

import pytest

from core.errors import BundleError, OptionError
from core.model.config import ModelConfig


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"encoder": "cnn"}, ("encoder", "'cnn'", "transformer, bidirectional")),
        ({"cell": "LSTM"}, ("cell", "'LSTM'", "lstm, gru")),
        ({"attention": "sparse"}, ("attention", "'sparse'", "multi-head, additive")),
        ({"residual": 1}, ("residual", "yes or no")),
        ({"attention_strength": float("nan")}, ("attention_strength is nan",)),
        ({"attention_window": 0}, ("attention_window is 0",)),
        ({"source_vocabulary": 0}, ("source_vocabulary is 0",)),
        ({"target_vocabulary": -1}, ("target_vocabulary is -1",)),
        ({"width": 0}, ("width is 0",)),
        ({"encoder_layers": 0}, ("encoder_layers is 0",)),
        ({"encoder_heads": 0}, ("encoder_heads is 0",)),
        ({"attention_heads": 0}, ("attention_heads is 0",)),
        ({"feed_forward": 0}, ("feed_forward is 0",)),
        ({"decoder_width": 0}, ("decoder_width is 0",)),
        ({"decoder_layers": 0}, ("decoder_layers is 0",)),
        ({"width": 384.0}, ("width is 384.0", "whole number")),
        ({"encoder_heads": 5}, ("encoder_heads is 5", "width 384")),
        ({"encoder_heads": 128, "attention_heads": 6}, ("encoder_heads is 128", "256")),
        ({"attention_heads": 5}, ("attention_heads is 5", "width 384")),
        ({"encoder": "bidirectional", "width": 9, "attention_heads": 3}, ("width is 9", "even")),
        ({"alignment_head": 6}, ("alignment_head is 6", "0 to 5")),
        ({"alignment_head": -1}, ("alignment_head is -1",)),
        ({"alignment_head": 1.5}, ("alignment_head is 1.5", "whole number")),
        ({"alignment_head": True}, ("alignment_head is True",)),
        ({"attention": "additive", "alignment_head": 1}, ("alignment_head is 1", "0 to 0")),
        ({"dropout": 1.0}, ("dropout is 1.0",)),
        ({"dropout": -0.1}, ("dropout is -0.1",)),
    ],
)
def test_an_impossible_shape_is_refused_by_name(
    changes: dict[str, Any], words: tuple[str, ...]
) -> None:
    with pytest.raises(OptionError) as caught:
        ModelConfig(**{"source_vocabulary": 10, "target_vocabulary": 10, **changes})
    for word in words:
        assert word in caught.value.sentence()


def test_heads_that_are_not_used_bind_nobody() -> None:
    config = ModelConfig(10, 10, width=10, encoder="bidirectional", attention="additive")
    assert config.encoder_heads == 6


def test_a_config_comes_back_from_its_fields() -> None:
    config = ModelConfig(10, 11, encoder="bidirectional", cell="gru", alignment_head=2, dropout=0.1)
    assert ModelConfig.from_dict(config.to_dict()) == config


def test_a_manifest_of_an_older_program_is_today_s_shape() -> None:
    fields = {
        "source_vocabulary": 10, "target_vocabulary": 11, "width": 12, "encoder": "rnn",
        "encoder_layers": 2, "encoder_heads": 6, "feed_forward": 1536, "cell": "gru",
        "decoder_width": 8, "decoder_layers": 2, "attention": "additive", "attention_heads": 6,
        "alignment_head": None, "dropout": 0.1,
    }  # fmt: skip
    config = ModelConfig.from_dict(fields)
    assert (config.encoder, config.joining, config.residual) == ("bidirectional", "joined", True)
    assert (config.decoder, config.input_feeding, config.attention_strength) == (
        "attention",
        False,
        1.0,
    )
    assert (config.embeddings, config.initialisation) == ("tied", "default")
    assert ModelConfig.from_dict(config.to_dict()) == config


@pytest.mark.parametrize(
    "fields",
    [
        {"source_vocabulary": 10, "target_vocabulary": 10, "flash": True},
        {"source_vocabulary": 10},
        {"source_vocabulary": 10, "target_vocabulary": 10, "dropout": "much"},
    ],
)
def test_fields_of_another_program_are_a_damaged_bundle(fields: dict[str, Any]) -> None:
    with pytest.raises(BundleError, match="shape"):
        ModelConfig.from_dict(fields)
