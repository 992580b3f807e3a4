"""Options that are possible each, and senseless together, are refused with both names."""

from __future__ import annotations

from typing import Any

import pytest

from core.errors import OptionError
from core.model.config import ModelConfig

SMALL: dict[str, Any] = {
    "source_vocabulary": 10, "target_vocabulary": 10, "width": 8, "encoder": "bidirectional",
    "encoder_layers": 2, "decoder_width": 8, "decoder_layers": 2, "attention_heads": 2,
}  # fmt: skip
FIXED: dict[str, Any] = {"attention": "none", "decoder": "initial-state"}

SENSELESS = [
    ({**FIXED, "encoder": "transformer", "encoder_heads": 2}, ("decoder", "encoder 'transformer'")),
    ({**FIXED, "decoder": "context", "encoder": "transformer", "encoder_heads": 2},
     ("decoder is 'context'", "last state")),
    ({**FIXED, "encoder_layers": 1}, ("decoder_layers is 2", "encoder_layers 1")),
    ({**FIXED, "input_feeding": True}, ("input_feeding is yes", "'initial-state'")),
    ({"decoder": "transformer", "input_feeding": True}, ("input_feeding is yes", "'transformer'")),
    ({"decoder": "context"}, ("attention is 'multi-head'", "'context' asks none")),
    ({**FIXED, "attention": "dot"}, ("attention is 'dot'", "'initial-state' asks none")),
    ({"attention": "none"}, ("attention is 'none'", "decoder 'attention' asks it")),
    ({"decoder": "transformer", "attention": "none"}, ("attention is 'none'", "'transformer'")),
    ({"decoder": "transformer", "attention": "local-p"}, ("'local-p'", "asks multi-head")),
    ({"decoder": "transformer", "attention_heads": 8}, ("attention_heads is 8", "of 16")),
    ({"attention": "dot", "decoder_width": 6}, ("attention is 'dot'", "is 6 and width 8")),
    ({"attention": "scaled-dot", "decoder_width": 6}, ("'scaled-dot'", "'general'")),
    ({"embeddings": "shared", "target_vocabulary": 11}, ("embeddings is 'shared'", "10 and 11")),
    ({"width": 9, "attention": "additive"}, ("width is 9", "even")),
    ({"encoder": "transformer", "encoder_heads": 3}, ("encoder_heads is 3", "multiple of 6")),
    ({"attention_heads": 3}, ("attention_heads is 3", "width 8")),
    ({"decoder": "transformer", "embedding_width": 4}, ("embedding_width is 4", "width 8")),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "words"), SENSELESS)
def test_a_senseless_combination_is_refused_by_name(
    changes: dict[str, Any], words: tuple[str, ...]
) -> None:
    with pytest.raises(OptionError) as caught:
        ModelConfig(**{**SMALL, **changes})
    for word in words:
        assert word in caught.value.sentence()


@pytest.mark.parametrize(
    "changes",
    [
        {"width": 9, "encoder": "one-directional", "attention": "additive"},
        {"width": 9, "joining": "summed", "attention": "additive"},
        {**FIXED, "decoder": "context", "encoder_layers": 1},
        {"decoder": "transformer", "decoder_width": 5},
        {"attention": "general", "decoder_width": 6},
    ],
)
def test_what_is_not_used_binds_nobody(changes: dict[str, Any]) -> None:
    config = ModelConfig(**{**SMALL, **changes})
    assert ModelConfig.from_dict(config.to_dict()) == config
