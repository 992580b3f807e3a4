"""The currency of an amount is the source's."""

from __future__ import annotations

import pytest

from tests.core.translation.test_mending import mended


@pytest.mark.parametrize(
    ("text", "pieces", "looks", "wanted"),
    [
        ("I like €35 cats", "我 喜欢 3 5 美元 猫", [0, 1, 3, 4, 4, 5], "我喜欢35欧元猫"),
        ("I like €35 cats", "我 喜欢 3 5 猫", [0, 1, 3, 4, 5], "我喜欢35欧元猫"),
        ("I like €35 cats", "我 喜欢 3 6 美元 猫", [0, 1, 3, 4, 4, 5], "我喜欢35欧元猫"),
        ("I like $35 cats", "我 喜欢 3 5 美元 猫", [0, 1, 3, 4, 4, 5], "我喜欢35美元猫"),
        # What may be a weight is no amount to be named, whether its number is there or not.
        ("I like 35 pounds", "我 喜欢 3 6 磅", [0, 1, 2, 3, 4], "我喜欢35磅"),
        ("I like 35 pounds", "我 喜欢", [0, 1], "我喜欢35"),
        ("I like 35 bucks", "我 喜欢", [0, 1], "我喜欢35"),
        ("I like 35% cats", "我 喜欢 $ 3 5 % 猫", [0, 1, 2, 2, 3, 4, 5], "我喜欢35%猫"),
        ("I like 35 cats", "我 喜欢 3 5 美元 猫", [0, 1, 2, 3, 4, 4], "我喜欢35美元猫"),
    ],
)
def test_into_chinese(text: str, pieces: str, looks: list[int], wanted: str) -> None:
    assert mended(text, pieces, looks, "zh") == wanted


@pytest.mark.parametrize(
    ("text", "pieces", "looks", "wanted"),
    [
        (
            "我喜欢35元猫。",
            "▁I ▁like ▁$ 3 5 ▁cats .",
            [0, 1, 2, 2, 3, 5, 6],
            "I like 35 yuan cats.",
        ),
        ("我喜欢35元猫。", "▁I ▁like ▁3 5 ▁cats .", [0, 1, 2, 3, 5, 6], "I like 35 yuan cats."),
        ("我喜欢35猫。", "▁I ▁like ▁$ 3 5 ▁cats .", [0, 1, 2, 2, 3, 4, 5], "I like 35 cats."),
        ("我喜欢35猫元。", "▁I ▁like ▁$ 3 5 ▁cats .", [0, 1, 2, 2, 3, 4, 6], "I like $35 cats."),
        ("我喜欢3万元猫。", "▁I ▁like ▁cats .", [0, 1, 5, 6], "I like 30,000 yuan cats."),
    ],
)
def test_into_english(text: str, pieces: str, looks: list[int], wanted: str) -> None:
    assert mended(text, pieces, looks) == wanted
