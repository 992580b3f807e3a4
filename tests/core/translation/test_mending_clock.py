"""The half of the day of an English time is said in Chinese."""

from __future__ import annotations

import pytest

from tests.core.translation.test_mending import mended


# Pieces of I like 3 p.m. cats: I like 3 p . m . cats
@pytest.mark.parametrize(
    ("pieces", "looks", "wanted"),
    [
        ("我 喜欢 3 点 猫", [0, 1, 2, 2, 7], "我喜欢下午3点猫"),
        ("我 喜欢 早上 3 点 磅 猫", [0, 1, 3, 2, 2, 3, 7], "我喜欢下午3点猫"),
        ("我 喜欢 下午 3 点 猫", [0, 1, 3, 2, 2, 7], "我喜欢下午3点猫"),
        ("我 喜欢 3 猫", [0, 1, 2, 7], "我喜欢3猫"),
    ],
)
def test_mends(pieces: str, looks: list[int], wanted: str) -> None:
    assert mended("I like 3 p.m. cats", pieces, looks, "zh") == wanted


def test_only_times_of_english() -> None:
    assert mended("我喜欢3点", "▁I ▁like ▁3", [0, 1, 2]) == "I like 3"
