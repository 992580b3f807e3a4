"""Confidence of words: from pieces to words, and from probabilities to how often they are right."""

from __future__ import annotations

import json
import math
from pathlib import Path

import pytest

from core.errors import BundleError
from core.paths import resources_folder
from core.translation.confidence import (
    CALIBRATIONS,
    Calibration,
    calibration_in,
    word_confidences,
    word_log_probabilities,
)
from core.translation.translator import TranslateOptions, Translator

NAN = math.nan


def test_a_word_is_as_probable_as_its_pieces_together() -> None:
    #        "learn" "ing" " "  "cats"
    pieces = [(0, 5), (5, 8), (9, 13)]
    logs = [math.log(0.5), math.log(0.8), math.log(0.9)]
    sums = word_log_probabilities(logs, pieces, [(0, 8), (9, 13)])
    assert [math.exp(total) for total in sums if total is not None] == pytest.approx([0.4, 0.9])


def test_a_piece_counts_in_every_word_that_it_is_part_of() -> None:
    sums = word_log_probabilities([-1.0, -2.0], [(0, 3), (3, 6)], [(0, 2), (2, 4), (4, 6)])
    assert sums == [-1.0, -3.0, -2.0]


def test_nothing_is_said_of_what_the_model_did_not_choose() -> None:
    spans = [(0, 1), (1, 2), (3, 4)]
    assert word_log_probabilities([-1.0, NAN, -2.0], spans, [(0, 2), (3, 4), (5, 6)]) == [
        None, -2.0, None,
    ]  # fmt: skip
    assert word_log_probabilities([], [], [(0, 1)]) == [None]
    assert word_log_probabilities([-1.0], [(0, 1)], []) == []


def test_temperature_divides_the_log_odds_and_the_bias_is_added() -> None:
    even = math.log(0.5)
    assert Calibration().confidence(math.log(0.9)) == pytest.approx(0.9)
    # Odds of 9 to 1 become 3 to 1.
    assert Calibration(temperature=2).confidence(math.log(0.9)) == pytest.approx(0.75)
    assert Calibration(temperature=2).confidence(even) == pytest.approx(0.5)
    assert Calibration(bias=math.log(4)).confidence(even) == pytest.approx(0.8)
    for extreme in (0.0, -1e9):
        assert 0 <= Calibration(temperature=0.2).confidence(extreme) <= 1


def test_confidences_keep_the_order_of_probabilities() -> None:
    found = word_confidences(
        [-0.1, -1.0, -3.0],
        [(0, 1), (2, 3), (4, 5)],
        [(0, 1), (2, 3), (4, 5)],
        Calibration(1.7, 0.3),
    )
    assert list(found) == sorted(found, reverse=True)  # type: ignore[type-var]


# --- what ships ----------------------------------------------------------------------------------


@pytest.mark.parametrize("direction", ["zh-en", "en-zh"])
def test_the_default_models_are_calibrated(direction: str) -> None:
    source, target = direction.split("-")
    found = calibration_in(resources_folder() / CALIBRATIONS, source, target)
    assert found != Calibration()
    assert 0.2 < found.temperature < 5


@pytest.mark.parametrize(
    "text",
    [
        "no json", "[]", '{"zh-en": {"temperature": 2}}',
        '{"zh-en": {"temperature": 0, "bias": 0}}',
        f'{{"zh-en": {{"temperature": 1, "bias": {"9" * 400}}}}}',
    ],
)  # fmt: skip
def test_a_damaged_file_is_told(tmp_path: Path, text: str) -> None:
    place = tmp_path / CALIBRATIONS
    place.write_text(text)
    with pytest.raises(BundleError) as caught:
        calibration_in(place, "zh", "en")
    assert str(place) in caught.value.sentence()


def test_a_direction_that_was_never_fitted_stays_as_it_is(tmp_path: Path) -> None:
    place = tmp_path / CALIBRATIONS
    place.write_text(json.dumps({"en-zh": {"temperature": 2.0, "bias": 1.0}}))
    assert calibration_in(place, "zh", "en") == Calibration()


# --- in a translation ----------------------------------------------------------------------------


def test_each_word_of_a_translation_has_a_confidence_but_for_copies(translator: Translator) -> None:
    [found] = translator.translate_segments(["我看见龘。"], TranslateOptions())
    assert found.translation == "I see 龘."
    assert [c is None for c in found.confidences] == [
        index in found.copied for index in range(len(found.target_words))
    ]
    assert all(c > 0.5 for c in found.confidences if c is not None)


def test_a_surprising_word_is_less_sure(translator: Translator) -> None:
    [usual] = translator.translate_segments(["我喜欢猫。"], TranslateOptions())
    forced = translator.complete("我喜欢猫。", "You").translation
    sure, unsure = usual.confidences[0], forced.confidences[0]
    assert sure is not None and unsure is not None
    assert unsure < sure
