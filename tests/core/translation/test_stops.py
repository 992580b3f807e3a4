"""A stop is lent to what has none, and taken away again."""

from __future__ import annotations

import functools

import numpy as np
import pytest

from core.decoding.hypothesis import Hypothesis
from core.text.encoding import SegmentEncoder
from core.text.subword import SubwordVocabulary
from core.text.tokenizer import make_tokenizer
from core.text.vocab import WordVocabulary
from core.translation.stops import lacks_stop, stop_id, without_stop


@functools.cache
def encoder() -> SegmentEncoder:
    words = [["我", "喜欢", "。", "！", ",", ":", "a", "3", "）", "”"]] * 3
    vocabulary = SubwordVocabulary.train(words, size=60, alphabet=40)
    return SegmentEncoder("zh", make_tokenizer("zh"), vocabulary)


@pytest.mark.parametrize(
    ("text", "lacks"),
    [
        ("我喜欢", True),
        ("我喜欢a3", True),
        ("我喜欢 ", True),
        ("<b>我喜欢</b>", True),
        ("我喜欢https://a.org/", True),
        ("我喜欢{0}", True),
        ("我喜欢。", False),
        ("我喜欢！", False),
        ("我喜欢：", False),
        ("我喜欢，", False),
        ("我喜欢）", False),
        ("我喜欢😀", False),
    ],
)
def test_what_lacks_one(text: str, lacks: bool) -> None:
    assert lacks_stop(encoder().encode(text, protect=True)) is lacks


def test_the_piece_of_a_stop() -> None:
    assert stop_id(WordVocabulary(["a", "。", "."]), "zh") == 5
    assert stop_id(WordVocabulary(["a", "。", "."]), "en") == 6
    assert stop_id(WordVocabulary(["a", "."]), "zh") is None


def hypothesis(ids: tuple[int, ...]) -> Hypothesis:
    attention = np.arange(len(ids) * 3, dtype=np.float32).reshape(-1, 3)
    return Hypothesis(ids, -1.0, -2.0, tuple(-float(i) for i in ids), attention)


def test_the_output_loses_its_stop_and_the_source_its_column() -> None:
    found = without_stop(hypothesis((7, 8, 6)), 2, 6)
    assert found.ids == (7, 8)
    assert found.token_log_probabilities == (-7.0, -8.0)
    assert found.attention.tolist() == [[0, 1], [3, 4]]
    assert found.score == -1.0


def test_what_ends_otherwise_stays() -> None:
    assert without_stop(hypothesis((7, 6, 8)), 2, 6).ids == (7, 6, 8)
    assert without_stop(hypothesis((6,)), 2, 6).ids == ()
