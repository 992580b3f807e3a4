"""The drawn architecture: its numbers are those of the model that is made."""

from __future__ import annotations

import itertools
from typing import Any

import pytest

from core.model.config import ModelConfig
from core.model.diagram import Arrow, Diagram, diagram_of
from core.model.empty import without_weights
from core.model.seq2seq import Seq2Seq

ENCODERS: list[dict[str, Any]] = [
    {"encoder": "transformer"},
    {"encoder": "bidirectional"},
    {"encoder": "bidirectional", "joining": "summed"},
    {"encoder": "one-directional"},
]
ATTENTIONS = ("multi-head", "additive", "dot", "scaled-dot", "general", "local-m", "local-p")
DECODERS: list[dict[str, Any]] = [
    *({"attention": a, "input_feeding": f} for a in ATTENTIONS for f in (False, True)),
    {"decoder": "initial-state", "attention": "none"},
    {"decoder": "context", "attention": "none"},
    {"decoder": "transformer"},
]


def config_of(**changes: Any) -> ModelConfig:
    fields: dict[str, Any] = {
        "source_vocabulary": 13, "target_vocabulary": 13, "width": 8, "encoder_layers": 2,
        "encoder_heads": 2, "feed_forward": 12, "decoder_width": 8, "decoder_layers": 2,
        "attention_heads": 2,
    }  # fmt: skip
    return ModelConfig(**{**fields, **changes})


def has_weights(diagram: Diagram, config: ModelConfig) -> None:
    with without_weights():
        model = Seq2Seq(config)
    assert diagram.parameters == model.parameter_count()
    assert diagram.block("encoder").parameters == sum(
        weight.numel()
        for name, weight in model.encoder.named_parameters()
        if not name.startswith("embedding")
    )
    if config.attention != "none":
        assert diagram.block("attention").parameters == sum(
            weight.numel()
            for name, weight in model.decoder.named_parameters()
            if ".attention." in f".{name}"
        )


@pytest.mark.parametrize("cell", ["lstm", "gru", "rnn-tanh", "rnn-relu"])
def test_blocks_have_the_weights_of_the_model(cell: str) -> None:
    for encoder, decoder in itertools.product(ENCODERS, DECODERS):
        if encoder["encoder"] == "transformer" and decoder.get("attention") == "none":
            continue
        config = config_of(cell=cell, **encoder, **decoder)
        has_weights(diagram_of(config), config)


@pytest.mark.parametrize("embeddings", ["tied", "separate", "shared"])
@pytest.mark.parametrize("decoder", DECODERS[-3:])
def test_shared_tables_are_counted_once(embeddings: str, decoder: dict[str, Any]) -> None:
    config = config_of(
        encoder="bidirectional", embeddings=embeddings, width=6, feed_forward=10,
        attention_heads=1, **decoder,
    )  # fmt: skip
    diagram = diagram_of(config)
    has_weights(diagram, config)
    tied = {(arrow.begin, arrow.end) for arrow in diagram.arrows if arrow.kind == "tied"}
    assert (("target-embedding", "output") in tied) is (embeddings != "separate")
    assert (("source-embedding", "target-embedding") in tied) is (embeddings == "shared")


@pytest.mark.parametrize("decoder", [d for d in DECODERS if d.get("decoder") != "transformer"])
def test_embeddings_may_be_narrower_than_states(decoder: dict[str, Any]) -> None:
    config = config_of(encoder="bidirectional", embedding_width=5, **decoder)
    diagram = diagram_of(config)
    has_weights(diagram, config)
    assert diagram.block("source-embedding").outputs == "[B, S, 5]"
    assert diagram.block("encoder").outputs == f"[B, S, {config.width}]"
    assert diagram.block("output").inputs == "[B, T, 5]"


def test_arrows_join_blocks_that_are_there() -> None:
    for encoder, decoder in itertools.product(ENCODERS[1:], DECODERS):
        diagram = diagram_of(config_of(**encoder, **decoder))
        names = {block.name for block in diagram.blocks}
        assert len(names) == len(diagram.blocks)
        for arrow in diagram.arrows:
            assert {arrow.begin, arrow.end} <= names
        ends = {arrow.end for arrow in diagram.arrows}
        assert names - ends == {"source", "target"}  # all else is reached


def test_what_attention_answers_goes_where_the_decoder_reads_it() -> None:
    below = diagram_of(config_of()).arrows
    assert Arrow("attention", "upper-decoder", "answer", "context") in below
    assert not [arrow for arrow in below if arrow.kind == "feeding"]
    fed = diagram_of(config_of(input_feeding=True))
    assert Arrow("way-out", "decoder", "feeding", "to the next step") in fed.arrows
    assert fed.block("decoder").layers == 2
    assert fed.block("decoder").inputs == "[B, T, 16]"
    alone = diagram_of(config_of(decoder_layers=1))
    assert "upper-decoder" not in {block.name for block in alone.blocks}
    assert Arrow("decoder", "way-out", "states") in alone.arrows


def test_shapes_are_told_with_numbers() -> None:
    diagram = diagram_of(config_of(decoder_width=6))
    assert diagram.block("encoder").outputs == "[B, S, 8]"
    assert diagram.block("attention").inputs == "[B, T, 6] × [B, S, 8]"
    assert diagram.block("attention").outputs == "[B, T, 8], [B, 2, T, S]"
    assert diagram.block("upper-decoder").inputs == "[B, T, 14]"
    assert diagram.block("output").outputs == "[B, T, 13]"
    assert diagram.block("encoder").part == "encoder"
    assert diagram.block("encoder").title == "Transformer"
