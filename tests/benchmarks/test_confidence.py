"""Calibration errors and correlations against plain loops; faults planted as they should be."""

from __future__ import annotations

import math
import random
from pathlib import Path

import numpy as np
import pytest

from benchmarks.alarms.cases import GOOD, Case, read_cases, write_cases
from benchmarks.alarms.planting import change_number, delete_clause, repeat_phrase
from benchmarks.alarms.tuning import fit_lengths
from benchmarks.confidence import calibrated, calibration_error, fit, log_odds, spearman
from benchmarks.drawing import draw
from core.translation.confidence import Calibration
from core.translation.result import Translation, Word


def test_the_calibration_error_is_that_of_a_plain_loop() -> None:
    chance = np.random.default_rng(1)
    confidence = chance.uniform(size=500)
    right = (chance.uniform(size=500) < confidence**2).astype(float)
    error = 0.0
    for low in range(15):
        inside = [i for i in range(500) if low / 15 <= confidence[i] < (low + 1) / 15]
        if inside:
            accuracy = sum(right[i] for i in inside) / len(inside)
            mean = sum(confidence[i] for i in inside) / len(inside)
            error += len(inside) / 500 * abs(accuracy - mean)
    assert calibration_error(confidence, right) == pytest.approx(error)
    assert calibration_error(np.ones(4), np.ones(4)) == 0


def test_fitting_finds_the_temperature_and_bias_that_made_the_data() -> None:
    chance = np.random.default_rng(2)
    logs = -chance.exponential(0.8, size=20_000)
    for made in (Calibration(2.5, 0.0), Calibration(1.6, -0.7)):
        right = (chance.uniform(size=logs.size) < calibrated(logs, made)).astype(float)
        found = fit(logs, right, bias=True)
        assert found.temperature == pytest.approx(made.temperature, rel=0.1)
        assert found.bias == pytest.approx(made.bias, abs=0.1)
        if not made.bias:
            assert fit(logs, right, bias=False).temperature == pytest.approx(2.5, rel=0.1)


def test_log_odds_agree_with_the_calibration_that_undoes_nothing() -> None:
    logs = np.array([-0.001, -0.7, -5.0])
    wanted = [math.log(p / (1 - p)) for p in (Calibration().confidence(x) for x in logs)]
    assert log_odds(logs) == pytest.approx(wanted)


def test_rank_correlation_with_ties() -> None:
    assert spearman(np.array([1.0, 2, 3]), np.array([10.0, 20, 90])) == pytest.approx(1)
    assert spearman(np.array([1.0, 2, 3]), np.array([3.0, 2, 1])) == pytest.approx(-1)
    # Ranks 1, 2.5, 2.5, 4 and 1, 2, 3, 4: sum of products 4.5, of squares 4.5 and 5.
    tied = spearman(np.array([1.0, 5, 5, 7]), np.array([1.0, 2, 3, 4]))
    assert tied == pytest.approx(4.5 / math.sqrt(4.5 * 5))


# --- cases ---------------------------------------------------------------------------------------


def translation(text: str) -> Translation:
    words, start = [], 0
    for word in text.replace(",", " ,").replace(".", " .").split():
        start = text.index(word, start)
        words.append(Word(word, start, start + len(word)))
        start += len(word)
    return Translation("甲", text, -1.0, target_words=tuple(words))


def test_another_number_stands_in_the_place_of_one() -> None:
    text = "We bought 25 books in the shop."
    planted = change_number(translation(text), random.Random(3))
    assert planted is not None
    before, after = text.split(), planted.split()
    assert [a for a, b in zip(before, after, strict=True) if a != b] == ["25"]
    assert change_number(translation("No number here."), random.Random(3)) is None


def test_a_clause_is_gone_with_its_mark() -> None:
    text = "The first one is here, the second one is there, the third one is gone."
    found = {delete_clause(translation(text), random.Random(seed)) for seed in range(20)}
    assert found == {
        "the second one is there, the third one is gone.",
        "The first one is here, the third one is gone.",
        "The first one is here, the second one is there.",
    }
    assert delete_clause(translation("Nothing but one clause here."), random.Random(1)) is None


def test_a_phrase_is_said_twice() -> None:
    text = "one two three four five six seven"
    planted = repeat_phrase(translation(text), random.Random(4))
    assert planted is not None
    words = planted.split()
    again = [i for i in range(1, len(words)) if words[i - 3 : i] == words[i : i + 3]]
    assert len(again) == 1
    assert len(words) == 7 + 3


def test_cases_are_read_as_they_were_written(tmp_path: Path) -> None:
    found = Translation(
        "甲", "a", -1.0, (Word("甲", 0, 1),), (Word("a", 0, 1),), ((1.0,),), (None,), (0,)
    )
    case = Case(GOOD, "set:1", "a", "a", 50.0, 51.0, found)
    write_cases(tmp_path / "sub" / "cases.jsonl", [case, case])
    assert read_cases(tmp_path / "sub" / "cases.jsonl") == [case, case]


def test_lengths_are_fitted_to_the_good_ones() -> None:
    def case(source: str, target: str, kind: str = GOOD) -> Case:
        return Case(kind, "", "", "", 0.0, 0.0, Translation(source, target, 0.0))

    lengths = fit_lengths(
        [case("ab", "abcd"), case("ab c", "a b c d e f g h"), case("a", "z" * 99, "x")]
    )
    assert lengths.ratio == pytest.approx(12 / 5, abs=1e-3)
    # (4 - 4.8)² / 2 and (8 - 7.2)² / 3, their mean.
    assert lengths.variance == pytest.approx((0.64 / 2 + 0.64 / 3) / 2, abs=1e-3)


def test_draws_share_no_sentence(tmp_path: Path) -> None:
    for name in ("one-dev", "two-dev", "three-en-zh"):
        lines = "".join(f"第{i}句话来自{name}\tsentence {i} of {name}\n" for i in range(40))
        (tmp_path / f"{name}.tsv").write_text(lines, encoding="utf-8")
    first, second = draw([tmp_path], "zh", 20, seed=1)
    assert len(first) == len(second) == 20
    assert not {one.source for one in first} & {one.source for one in second}
    assert {one.place.split(":")[0] for one in first + second} == {"one-dev", "two-dev"}
    assert draw([tmp_path], "zh", 20, seed=1) == (first, second)
    assert draw([tmp_path], "zh", 20, seed=2) != (first, second)
