"""Whatever a model is composed of, it can be translated with, steered and looked into."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from core.decoding.options import SamplingOptions
from core.insight.faithfulness import Witness
from core.insight.forced import ForcedAligner
from core.insight.head_reading import read_heads
from core.model.config import ModelConfig
from core.model.seq2seq import Seq2Seq
from core.store.loading import load_model
from core.text.subword import UNKNOWN_SIGN
from core.text.vocab import UNK
from core.training.transfer import reversed_model
from core.training.validation import inference_model, ready_model
from core.translation.translator import TranslateOptions, Translator

SHAPES: list[dict[str, Any]] = [
    {"decoder": "initial-state", "attention": "none", "cell": "lstm"},
    {"decoder": "context", "attention": "none", "cell": "rnn-tanh", "embeddings": "separate"},
    {"decoder": "transformer", "attention_heads": 2, "embeddings": "separate"},
    {"input_feeding": True, "attention": "local-p", "cell": "gru"},
    {"attention": "local-m", "cell": "gru", "initialisation": "xavier"},
]
SENTENCE, GREEDY = "我今天喜欢猫。", TranslateOptions(beam=1)


def place_of(tiny_bundle: Path, folder: Path, fields: dict[str, Any]) -> Path:
    """A bundle of that shape with the tiny model's vocabularies; it has learnt nothing."""
    tiny = load_model(tiny_bundle)
    sizes = len(tiny.source_vocabulary), len(tiny.target_vocabulary)
    torch.manual_seed(3)
    config = ModelConfig(
        *sizes, width=16, encoder="bidirectional", encoder_layers=2, feed_forward=16,
        decoder_width=16, dropout=0.5, **fields,
    )  # fmt: skip
    untaught = dataclasses.replace(tiny, model=Seq2Seq(config))
    weights = untaught.model.state_dict()
    untaught.save(folder / "m", name="m", weights=weights, receipt={}, precision="int8")
    return folder / "m"


@pytest.mark.parametrize("fields", SHAPES, ids=lambda fields: "-".join(map(str, fields.values())))
def test_a_shape_that_cannot_be_laid_out_serves_like_any_other(
    tiny_bundle: Path, tmp_path: Path, fields: dict[str, Any]
) -> None:
    place = place_of(tiny_bundle, tmp_path, fields)
    translator = Translator.load(place, precision="auto", threads=1)
    assert translator.precision == "fp32"
    [found] = translator.translate_segments([SENTENCE])
    again = Translator.load(place, precision="int8", threads=1).translate_segments([SENTENCE])
    assert found.translation == again[0].translation
    heads = read_heads(translator, found)
    assert heads.count == fields.get("attention_heads", 1)
    for view in heads.views:
        rows = np.array([row for row in view.pieces.alignment if any(row)])
        np.testing.assert_allclose(rows.sum(-1), np.ones(len(rows)), atol=1e-4)
    if fields.get("attention") == "none":
        np.testing.assert_allclose(rows, np.full_like(rows, 1 / rows.shape[1]), atol=1e-3)
    assert len(translator.n_best(SENTENCE, 2)) <= 2
    samples, same = (
        [one.translation for one in translator.sample(SENTENCE, 2, SamplingOptions(), seed=1)]
        for _ in range(2)
    )
    assert samples == same
    assert translator.alternatives(SENTENCE, "", found)
    assert translator.complete(SENTENCE, "I", GREEDY).translation.translation.startswith("I")


@pytest.mark.parametrize("fields", SHAPES, ids=lambda fields: "-".join(map(str, fields.values())))
def test_it_can_be_asked_what_it_looked_at(
    tiny_bundle: Path, tmp_path: Path, fields: dict[str, Any]
) -> None:
    loaded = load_model(place_of(tiny_bundle, tmp_path, fields))
    [forced] = ForcedAligner(loaded).align([(SENTENCE, "I like cats today.")])
    sums = np.array(forced.alignment).sum(-1)
    np.testing.assert_allclose(sums, np.ones_like(sums), atol=1e-4)
    evidence = Witness(loaded).question(forced, 2)
    assert evidence is not None


@pytest.mark.parametrize("fields", SHAPES, ids=lambda fields: "-".join(map(str, fields.values())))
def test_in_training_it_is_asked_as_it_is(
    tiny_bundle: Path, tmp_path: Path, fields: dict[str, Any]
) -> None:
    loaded = load_model(place_of(tiny_bundle, tmp_path, fields))
    loaded.model.train()
    assert ready_model(loaded.model) is loaded.model
    copied = inference_model(loaded.model, "int8")
    assert isinstance(copied, Seq2Seq) and not copied.training
    assert loaded.model.training and all(p.requires_grad for p in loaded.model.parameters())
    turned = reversed_model(loaded, "turned").model
    assert torch.equal(turned.encoder.embedding.weight, loaded.model.decoder.embedding.weight)
    assert torch.equal(turned.decoder.embedding.weight, loaded.model.encoder.embedding.weight)
    if fields.get("embeddings") == "separate":
        assert torch.equal(turned.output_weight, loaded.model.encoder.embedding.weight)


def test_what_stands_for_no_word_is_not_said(tiny_bundle: Path, tmp_path: Path) -> None:
    place = place_of(tiny_bundle, tmp_path, SHAPES[0])
    eager = load_model(place)
    with torch.no_grad():
        eager.model.decoder.bias[UNK] = 100  # it would say <unk> wherever it may
    eager.save(place, name="m", weights=eager.model.state_dict(), receipt={}, precision="fp32")
    translator = Translator.load(place, threads=1)
    [found] = translator.translate_segments(["我今天喜欢龘。"], GREEDY)  # which nobody attends to
    drawn = translator.sample(SENTENCE, 2, SamplingOptions(temperature=1.0), seed=1)
    assert found.translation and UNKNOWN_SIGN not in found.translation
    assert all(UNKNOWN_SIGN not in one.translation for one in drawn)
