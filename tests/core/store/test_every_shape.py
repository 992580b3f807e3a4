"""Every combination of options that makes sense learns, is saved, and comes back as it was.

There are tens of thousands. So the shapes are chosen such that any two values of two options meet
in at least one of them (pairwise covering), which is where options get into each other's way.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from core.decoding.beam_search import beam_search
from core.decoding.hypothesis import Hypothesis
from core.decoding.options import SearchOptions
from core.model.config import ModelConfig
from core.model.inference import InferenceModel, can_lay_out
from core.model.seq2seq import Seq2Seq
from core.store.loading import Loaded, load_model, load_ready
from core.store.quantize import dequantize, quantize
from core.text.vocab import WordVocabulary
from core.training.batching import collate
from core.training.hyperparameters import Recipe
from core.training.schedule import Budget
from core.training.trainer import Trainer

Fields = dict[str, Any]

ATTENTIONS = ("multi-head", "additive", "dot", "scaled-dot", "general", "local-m", "local-p")
FACTORS: dict[str, list[Fields]] = {
    "encoder": [
        {"encoder": "transformer"},
        {"encoder": "one-directional"},
        {"encoder": "bidirectional", "joining": "joined"},
        {"encoder": "bidirectional", "joining": "summed"},
    ],
    "decoder": [
        *({"attention": attention} for attention in ATTENTIONS),
        {"decoder": "initial-state", "attention": "none"},
        {"decoder": "context", "attention": "none"},
        {"decoder": "transformer"},
    ],
    "feeding": [{"input_feeding": False}, {"input_feeding": True}],
    "cell": [{"cell": cell} for cell in ("lstm", "gru", "rnn-tanh", "rnn-relu")],
    "embeddings": [{"embeddings": kind} for kind in ("tied", "separate", "shared")],
    "embedding width": [{"embedding_width": 0}, {"embedding_width": 6}],
    "layers": [
        {"encoder_layers": 1, "decoder_layers": 1, "residual": False},
        {"encoder_layers": 2, "decoder_layers": 2, "residual": False},
        {"encoder_layers": 2, "decoder_layers": 2, "residual": True},
    ],
    "rest": [
        {"initialisation": "default", "dropout": 0.0, "alignment_head": 0, "stored": "fp32"},
        {"initialisation": "xavier", "dropout": 0.3, "attention_strength": 0.5, "stored": "int8"},
        {"initialisation": "default", "dropout": 0.3, "attention_window": 1, "stored": "bf16"},
    ],
}

Row = tuple[int, ...]
Pair = tuple[tuple[int, int], tuple[int, int]]


def pairs_of(row: Row) -> set[Pair]:
    return set(itertools.combinations(enumerate(row), 2))


def makes_sense(row: Row) -> bool:
    fields: Fields = {}
    for values, place in zip(FACTORS.values(), row, strict=True):
        fields |= values[place]
    encoder, decoder, feeding = (
        values[place] for values, place in zip(FACTORS.values(), row[:3], strict=False)
    )
    if fields["embedding_width"] and "transformer" in (fields["encoder"], fields.get("decoder")):
        return False
    if decoder.get("attention") == "none" and encoder["encoder"] == "transformer":
        return False
    return "decoder" not in decoder or not feeding["input_feeding"]


def covering() -> list[Row]:
    """Few rows, a place in each factor each, in which all pairs that make sense are."""
    sizes = [range(len(values)) for values in FACTORS.values()]
    wanted = {
        pair for row in itertools.product(*sizes) if makes_sense(row) for pair in pairs_of(row)
    }
    chance, rows = random.Random(1), []
    while wanted:
        (one, value), (other, second) = min(wanted)
        best: tuple[int, Row] | None = None
        for _ in range(30):
            row = [chance.choice(size) for size in sizes]
            row[one], row[other] = value, second
            if makes_sense(tuple(row)):
                gain = len(wanted & pairs_of(tuple(row)))
                best = max(best, (gain, tuple(row))) if best else (gain, tuple(row))
        assert best is not None
        wanted -= pairs_of(best[1])
        rows.append(best[1])
    return rows


def shape(row: Row) -> Fields:
    fields: Fields = {}
    for values, place in zip(FACTORS.values(), row, strict=True):
        fields |= values[place]
    return fields


ROWS = covering()
WORDS = [chr(ord("a") + index) for index in range(9)]
SOURCE = torch.tensor([[4, 5, 6, 7], [8, 9, 1, 1]])
LENGTHS = torch.tensor([4, 2])


@pytest.fixture(autouse=True)
def one_processor() -> Iterator[None]:
    """What is so small is computed sooner on one thread."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


def make(fields: Fields) -> Loaded:
    vocabulary = WordVocabulary(WORDS)
    config = ModelConfig(
        len(vocabulary), len(vocabulary), width=8, encoder_heads=2, feed_forward=8,
        decoder_width=8, attention_heads=2, **fields,
    )  # fmt: skip
    torch.manual_seed(1)
    return Loaded("tiny", "zh", "en", Seq2Seq(config), vocabulary, vocabulary)


def learn(model: Seq2Seq) -> None:
    """One update, of all that can learn."""
    before = {name: value.clone() for name, value in model.state_dict().items()}
    no_links = np.zeros((0, 2), np.int64)
    batch = collate([
        (np.array([4, 5, 6]), np.array([7, 8]), no_links),
        (np.array([9, 4]), np.array([10, 11, 12, 6]), no_links),
    ])  # fmt: skip
    reports = list(Trainer(model, Recipe(), torch.float32).run(iter([batch]), Budget(steps=1)))
    assert np.isfinite(reports[0].loss)
    moved = {name for name, value in model.state_dict().items() if not value.equal(before[name])}
    assert {"encoder.embedding.weight", "decoder.bias"} <= moved


def found_by(model: Any) -> list[Hypothesis]:
    """What greedy and beam search find."""
    found = []
    for beam in (1, 2):
        options = SearchOptions(beam=beam, n_best=beam, max_length_ratio=0.5, max_length_offset=1)
        found += [
            one for several in beam_search(model, SOURCE, LENGTHS, options) for one in several
        ]
    return found


def alike(found: list[Hypothesis], wanted: list[Hypothesis], near: float) -> None:
    assert [one.ids for one in found] == [one.ids for one in wanted]
    for one, other in zip(found, wanted, strict=True):
        assert one.score == pytest.approx(other.score, abs=near)
        np.testing.assert_allclose(one.attention, other.attention, atol=near)
        np.testing.assert_allclose(one.attention.sum(-1), np.ones(len(one.attention)), atol=1e-5)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: "-".join(map(str, row)))
def test_a_shape_learns_and_comes_back_from_its_bundle(row: Row, tmp_path: Path) -> None:
    fields = shape(row)
    stored = fields.pop("stored")
    loaded = make(fields)
    learn(loaded.model)
    weights = loaded.model.state_dict()
    loaded.save(tmp_path / "m", name="m", weights=weights, receipt={}, precision=stored)
    if stored == "int8":
        weights = dequantize(quantize(weights))
    elif stored == "bf16":
        weights = {name: value.bfloat16().float() for name, value in weights.items()}
    loaded.model.load_state_dict(weights)
    again = load_model(tmp_path / "m").model
    assert again.config == loaded.model.config
    wanted = found_by(loaded.model.eval())
    alike(found_by(again.eval()), wanted, 1e-6)
    ready = load_ready(tmp_path / "m", "fp32").model
    assert isinstance(ready, InferenceModel) is can_lay_out(again.config)
    alike(found_by(ready), wanted, 1e-4)


def test_any_two_values_that_can_meet_do() -> None:
    sizes = [range(len(values)) for values in FACTORS.values()]
    possible = [row for row in itertools.product(*sizes) if makes_sense(row)]
    met = set().union(*map(pairs_of, ROWS))
    assert met == set().union(*map(pairs_of, possible))
    assert len(ROWS) < 55 < len(possible)
