"""Before and after on the same sentences."""

from __future__ import annotations

import random

import pytest
import sacrebleu

from core.evaluation.comparison import LEAST_TESTED, compare

WORDS = (
    "red", "green", "blue", "small", "large", "house", "river", "stone", "cloud", "paper",
    "walks", "sings", "sleeps",
)  # fmt: skip


def sentences(count: int, seed: int) -> list[str]:
    rng = random.Random(seed)
    return [" ".join(rng.choices(WORDS, k=rng.randint(5, 12))) for _ in range(count)]


def spoilt(lines: list[str], share: float, seed: int = 3) -> list[str]:
    rng = random.Random(seed)
    return [
        " ".join("x" if rng.random() < share else word for word in line.split()) for line in lines
    ]


def test_scores_are_sacrebleu_s_and_a_real_gain_is_no_chance() -> None:
    references = sentences(80, 1)
    before, after = spoilt(references, 0.5), spoilt(references, 0.2)
    found = compare(references, references, before, after, "en")
    assert found.sentences == 80
    for side, lines in (("before", before), ("after", after)):
        expected = sacrebleu.corpus_bleu(lines, [references]).score
        assert getattr(found.bleu, side) == pytest.approx(expected)
        expected = sacrebleu.corpus_chrf(lines, [references]).score
        assert getattr(found.chrf, side) == pytest.approx(expected)
    assert found.bleu.p_value is not None
    assert found.bleu.p_value < 0.01
    assert 0 < found.chrf.after_error < 10


def test_what_changed_most_is_told_and_what_did_not_change_is_not() -> None:
    references = ["the red house", "a blue river", "two small stones", "paper clouds"]
    before = ["the red house", "a blue river", "two large stones", "xyz"]
    after = ["the red house", "a qqq", "two small stones", "xyz"]
    found = compare(["一", "二", "三", "四"], references, before, after, "en")
    assert [(c.source, c.before, c.after) for c in found.better] == [
        ("三", "two large stones", "two small stones")
    ]
    assert [(c.source, c.reference) for c in found.worse] == [("二", "a blue river")]
    assert found.better[0].gain > 0 > found.worse[0].gain


def test_only_so_many_changes_are_shown_largest_first() -> None:
    references = sentences(30, 2)
    found = compare(references, references, spoilt(references, 0.6), references, "en", shown=4)
    gains = [change.gain for change in found.better]
    assert len(gains) == 4
    assert gains == sorted(gains, reverse=True)
    assert found.worse == ()


def test_equal_models_differ_by_chance_alone() -> None:
    references = sentences(LEAST_TESTED, 5)
    lines = spoilt(references, 0.3)
    found = compare(references, references, lines, lines, "en")
    assert found.bleu.p_value == found.chrf.p_value == 1.0
    assert found.better == found.worse == ()


def test_of_few_sentences_nothing_is_said_about_chance() -> None:
    references = sentences(LEAST_TESTED - 1, 6)
    found = compare(references, references, spoilt(references, 0.9), references, "en")
    assert found.bleu.p_value is None
