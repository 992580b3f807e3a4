"""Sentences of known length, and how peers batch them."""

from __future__ import annotations

import pytest

from benchmarks.speed.material import (
    LENGTHS,
    SENTENCE,
    Batch,
    batches,
    document,
    sentence_of,
)
from benchmarks.speed.shapes import SHAPES, TransformerShape
from benchmarks.speed.tuning import tune
from core.text.segments import split
from core.text.tokenizer import make_tokenizer


def words(text: str) -> int:
    return len(list(make_tokenizer("zh").tokenize(text)))


def test_sentences_have_the_words_they_promise() -> None:
    assert words(SENTENCE) == 25
    assert {length: words(sentence_of(length)) for length in LENGTHS} == {n: n for n in LENGTHS}
    with pytest.raises(ValueError, match="12 words"):
        sentence_of(12)


def test_the_document_is_a_thousand_different_sentences() -> None:
    texts = document(1000)
    assert len(set(texts)) == 1000
    assert texts[:50] == document(50)
    assert all(len(split(text, "zh").segments) == 1 for text in texts[:100])
    assert 15 < sum(map(words, texts[:200])) / 200 < 25


def test_batches_are_alike_in_length_and_keep_the_sum() -> None:
    sources, targets = [9, 3, 5, 4], [10, 4, 6, 5]
    # 4.5 is rounded to 4, so that the second gets (6 + 10 + 1) / 2 = 8.5, rounded to 8.
    assert batches(sources, targets, 2) == [Batch((3, 4), 4), Batch((5, 9), 8)]
    assert batches([1, 1, 2, 2], [1, 2, 2, 3], 2) == [Batch((1, 1), 2), Batch((2, 2), 2)]
    many = batches(list(range(1, 101)), list(range(1, 101)), 32)
    assert [len(batch.sources) for batch in many] == [32, 32, 32, 4]
    total = sum(batch.target * len(batch.sources) for batch in many)
    assert abs(total - 5050) <= 2  # half a piece for each sentence of the last batch


def test_parameters_are_those_of_torch() -> None:
    from torch import nn

    shape = TransformerShape(50, 40, 16, 24, 2, 3, 2)
    torch_model = nn.Transformer(16, 2, 3, 2, 24, batch_first=True)
    ends = 2 * 2 * 16  # two norms behind the stacks, which Marian lacks
    layers = sum(weights.numel() for weights in torch_model.parameters()) - ends
    assert shape.parameters() == layers + 50 * 16 + 40 * 16 + 40


def test_the_equal_shapes_have_the_weights_of_the_default_model() -> None:
    for name in ("equal", "shallow"):
        assert SHAPES[name].parameters() == pytest.approx(28_142_048, rel=0.01)


def test_the_fastest_setting_of_each_kind_is_kept() -> None:
    def seconds(settings: dict) -> float:
        return {16: 3.0, 32: 2.0, 64: 2.5}[settings["batch"]] / settings["workers"]

    best, trials = tune(seconds, {"workers": 1, "batch": 16}, {"workers": [2], "batch": [32, 64]})
    assert best == {"workers": 2, "batch": 32}
    assert [trial["seconds"] for trial in trials] == [3.0, 1.5, 1.0, 1.25]
    assert tune(seconds, {"batch": 99}, {"workers": []}) == ({"batch": 99}, [])
