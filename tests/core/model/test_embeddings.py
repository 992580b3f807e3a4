"""Tables of embeddings: which are one, how they are saved; and first weights."""

from __future__ import annotations

import copy
import math
from typing import Any

import pytest
import torch
from safetensors.torch import load, save

from core.model.config import ModelConfig
from core.model.embeddings import OUTPUT_TABLE, SOURCE_TABLE, TARGET_TABLE
from core.model.seq2seq import Seq2Seq

SOURCE, LENGTHS = torch.tensor([[4, 5, 6], [7, 8, 1]]), torch.tensor([3, 2])
TARGET = torch.tensor([[2, 5, 9], [2, 6, 4]])


def make(seed: int = 1, **changes: Any) -> Seq2Seq:
    fields: dict[str, Any] = {
        "width": 8, "encoder": "bidirectional", "encoder_layers": 1, "cell": "gru",
        "decoder_width": 6, "attention": "additive",
    }  # fmt: skip
    torch.manual_seed(seed)
    return Seq2Seq(ModelConfig(11, 11, **{**fields, **changes}))


def features_of(model: Seq2Seq) -> torch.Tensor:
    return model.eval()(SOURCE, LENGTHS, TARGET).features


@pytest.mark.parametrize(
    ("embeddings", "tables"),
    [
        ("tied", {SOURCE_TABLE, TARGET_TABLE}),
        ("separate", {SOURCE_TABLE, TARGET_TABLE, OUTPUT_TABLE}),
        ("shared", {SOURCE_TABLE}),
    ],
)
def test_a_table_that_serves_twice_is_kept_once(embeddings: str, tables: set[str]) -> None:
    model = make(embeddings=embeddings)
    state = model.state_dict()
    assert {name for name in state if "embedding" in name} == tables
    assert {name for name, _ in model.named_parameters() if "embedding" in name} == tables
    assert sum(value.numel() for value in state.values()) == model.parameter_count()
    assert load(save(state)).keys() == state.keys()  # which refuses weights that share memory


@pytest.mark.parametrize("embeddings", ["tied", "separate", "shared"])
@pytest.mark.parametrize("assign", [True, False])
def test_loaded_weights_give_the_same_scores_and_stay_shared(embeddings: str, assign: bool) -> None:
    model, other = make(embeddings=embeddings), make(2, embeddings=embeddings)
    other.load_state_dict(copy.deepcopy(model.state_dict()), assign=assign)
    for a_model in (other, copy.deepcopy(other)):
        found = a_model.logits(features_of(a_model))
        torch.testing.assert_close(found, model.logits(features_of(model)))
        same = a_model.encoder.embedding.weight is a_model.decoder.embedding.weight
        assert same is (embeddings == "shared")
        tied = a_model.output_weight is a_model.decoder.embedding.weight
        assert tied is (embeddings != "separate")


def test_scores_are_products_with_the_output_table() -> None:
    model = make(embeddings="separate")
    features = features_of(model)
    with torch.no_grad():
        model.decoder.bias.normal_()
        wanted = features @ model.state_dict()[OUTPUT_TABLE].T + model.decoder.bias
    torch.testing.assert_close(model.logits(features), wanted)


def test_a_weight_is_missed_when_it_is_not_there() -> None:
    state = make(embeddings="shared").state_dict()
    del state[SOURCE_TABLE]
    with pytest.raises(RuntimeError, match="embedding"):
        make(embeddings="shared").load_state_dict(state)


def test_xavier_bounds_each_gate_by_its_own_size() -> None:
    model = make(initialisation="xavier", encoder="transformer", encoder_heads=2, feed_forward=10)
    plain = make(encoder="transformer", encoder_heads=2, feed_forward=10)
    sizes = {
        "encoder.layers.0.query_key_value.weight": (8, 8),
        "encoder.layers.0.expand.weight": (8, 10),
        "decoder.bottom.weight_ih_l0": (8, 6),
        "decoder.bottom.weight_hh_l0": (6, 6),
        "decoder.upper.0.weight_ih_l0": (14, 6),
        "decoder.contract.weight": (12, 8),
    }
    for name, (inputs, outputs) in sizes.items():
        weight, bound = model.state_dict()[name], math.sqrt(6 / (inputs + outputs))
        assert 0.85 * bound < float(weight.abs().max()) <= bound * 1.0001, name
        spread = bound / math.sqrt(3)  # of a uniform distribution
        assert float(weight.std()) == pytest.approx(spread, rel=0.3), name
    for name, value in plain.state_dict().items():
        if "embedding" in name or value.ndim == 1:  # as without it
            assert model.state_dict()[name].shape == value.shape
    assert float(model.encoder.embedding.weight.detach().std()) == pytest.approx(8**-0.5, rel=0.3)
