"""Tables of embeddings: separate, tied to the output layer, or shared by both sides."""

from __future__ import annotations

from typing import Any, NamedTuple

from torch import Tensor, nn

from core.model.config import ModelConfig

SOURCE_TABLE, TARGET_TABLE = "encoder.embedding.weight", "decoder.embedding.weight"
OUTPUT_TABLE = "output_embedding.weight"


class Encoded(NamedTuple):
    """What an encoder makes of a sentence.

    Attributes:
        states: ``[B, S, width]``.
        finals: h and c (0 where the cell has none) of each recurrent layer behind the last real
            word, ``[B, layers, 2, width]``; ``None`` where the decoder wants none.
    """

    states: Tensor
    finals: Tensor | None


def make_embedding(entries: int, width: int) -> nn.Embedding:
    """A table ``[entries, width]`` whose rows have a length of about 1.

    What is read of it is multiplied by √width (Vaswani et al. 2017, section 3.4), so that one table
    serves as embeddings, whose numbers are about 1, and as the weights of the output layer.
    """
    table = nn.Embedding(entries, width)
    nn.init.normal_(table.weight, std=width**-0.5)
    return table


def target_table(config: ModelConfig) -> str:
    """The name among a model's weights of the target's embeddings."""
    return SOURCE_TABLE if config.embeddings == "shared" else TARGET_TABLE


def output_table(config: ModelConfig) -> str:
    """The name among a model's weights of the output layer's matrix."""
    return OUTPUT_TABLE if config.embeddings == "separate" else target_table(config)


def share_table(model: nn.Module) -> None:
    """Let encoder and decoder of ``model`` have one table, which is saved once, as the source's."""
    encoder, decoder = model.get_submodule("encoder"), model.get_submodule("decoder")
    decoder.embedding = encoder.get_submodule("embedding")
    model.register_state_dict_post_hook(_leave_out)  # type: ignore[no-untyped-call]
    model.register_load_state_dict_pre_hook(_put_in)  # type: ignore[no-untyped-call]


def _leave_out(
    _model: nn.Module, state: dict[str, Tensor], prefix: str, _metadata: dict[str, Any]
) -> None:
    del state[prefix + TARGET_TABLE]


def _put_in(_model: nn.Module, state: dict[str, Tensor], prefix: str, *_: Any) -> None:
    if prefix + SOURCE_TABLE in state:
        state[prefix + TARGET_TABLE] = state[prefix + SOURCE_TABLE]
