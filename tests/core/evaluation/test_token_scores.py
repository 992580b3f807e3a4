"""The tutorials' scores, against cases worked by hand and definitions written otherwise."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import InputError
from core.evaluation.token_scores import (
    exact_match,
    mean_teaching_bleu,
    perplexity,
    teaching_bleu,
    token_accuracy,
    tokens_of,
)
from core.text.units import CHARACTERS, PIECES, SPACES, WORDS

REFERENCE = ["A", "B", "C", "D", "E", "F"]


@pytest.mark.parametrize(
    ("output", "longest", "expected"),
    [
        ("A B B C D", 2, math.exp(1 - 6 / 5) * (4 / 5) ** (1 / 2) * (3 / 4) ** (1 / 4)),
        ("A B", 2, math.exp(1 - 6 / 2)),
        ("A B C D E F", 2, 1.0),
        ("A B C D E F A B", 1, (6 / 8) ** (1 / 2)),  # no reward for length
        ("A A A A A A", 1, (1 / 6) ** (1 / 2)),  # each as often as in the reference
        ("F E D C B A", 2, 0.0),  # every word, no pair
        ("X Y Z", 1, 0.0),
        ("A", 2, 0.0),  # shorter than n
        ("", 1, 0.0),
        ("", 2, 0.0),
        (
            "A B C D X F",
            4,
            (5 / 6) ** (1 / 2) * (3 / 5) ** (1 / 4) * (2 / 4) ** (1 / 8) * (1 / 3) ** (1 / 16),
        ),
    ],
)
def test_teaching_bleu_by_hand(output: str, longest: int, expected: float) -> None:
    assert teaching_bleu(output.split(), REFERENCE, longest) == pytest.approx(expected)


words = st.lists(st.sampled_from("abc"), max_size=7)


@given(words, words, st.integers(1, 3))
def test_teaching_bleu_as_tutorials_count_it(out: list[str], ref: list[str], longest: int) -> None:
    if len(out) < longest:
        assert teaching_bleu(out, ref, longest) == 0
        return
    expected = np.exp(min(0.0, 1 - len(ref) / len(out)))
    for n in range(1, longest + 1):
        left = [tuple(ref[i : i + n]) for i in range(len(ref) - n + 1)]
        matches = 0
        for i in range(len(out) - n + 1):
            if tuple(out[i : i + n]) in left:
                left.remove(tuple(out[i : i + n]))
                matches += 1
        expected *= (matches / (len(out) - n + 1)) ** (0.5**n)
    assert teaching_bleu(out, ref, longest) == pytest.approx(expected)


def test_its_mean_is_over_outputs() -> None:
    found = mean_teaching_bleu([REFERENCE, ["A"]], [REFERENCE, REFERENCE])
    assert found == pytest.approx(0.5)


def test_token_accuracy() -> None:
    assert token_accuracy([[1, 2, 3]], [[1, 2, 3]]) == 1
    assert token_accuracy([[1, 9, 3], [5]], [[1, 2, 3], [5]]) == 3 / 4
    assert token_accuracy([[1, 2]], [[1, 2, 3, 4]]) == 2 / 4  # what is missing is wrong
    assert token_accuracy([[1, 2, 3, 4]], [[1, 2]]) == 2 / 4  # and what is too much
    assert token_accuracy([[2, 1]], [[1, 2]]) == 0
    assert token_accuracy([[]], [[]]) == 1


def test_exact_match() -> None:
    outputs = ["2021-05-03", "a  b", "x", ""]
    assert exact_match(outputs, ["2021-05-03", " a b", "y", "z"]) == 2 / 4


def test_perplexity_of_a_fair_die_is_its_sides() -> None:
    assert perplexity(-math.log(1 / 6)) == pytest.approx(6)
    assert perplexity(0.0) == 1
    assert perplexity(1e6) == math.inf


@pytest.mark.parametrize("score", [mean_teaching_bleu, token_accuracy, exact_match])
def test_what_cannot_be_scored(score: object) -> None:
    assert callable(score)
    with pytest.raises(InputError, match="nothing to score"):
        score([], [])
    with pytest.raises(InputError, match="1 outputs for 2 references"):
        score(["a"], ["a", "b"])


@pytest.mark.parametrize(
    ("text", "language", "units", "expected"),
    [
        ("It's 3, ok.", "en", PIECES, ["It's", "3", ",", "ok", "."]),
        ("我爱 a。", "zh", WORDS, ["我", "爱", "a", "。"]),
        ("NOUN  .x", "tags", SPACES, ["NOUN", ".x"]),
        ("12 3", "digits", CHARACTERS, ["1", "2", " ", "3"]),
    ],
)
def test_tokens(text: str, language: str, units: str, expected: list[str]) -> None:
    assert tokens_of(text, language, units) == expected
