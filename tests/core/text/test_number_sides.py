"""Numbers below zero and years before Christ: found, missed in a translation, and written."""

from __future__ import annotations

import pytest

from core.text.number_sides import Side, find_sided, unsided, with_unit, write_side
from core.text.numbers import find_numbers


def sided(text: str, language: str) -> list[str]:
    found = find_sided(text, language, find_numbers(text, language))
    return [text[one.start : one.end] for one in found]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("夜里降到零下二十度。", ["零下二十"]),
        ("零下 5 度，不是5度。", ["零下 5"]),
        ("现在-7℃，明天−3°", ["-7", "−3"]),
        ("负三加五等于二。", ["负三"]),
        ("公元前44年和公元44年", ["公元前44"]),
        ("西元前三百年", ["西元前三百"]),
        # Signs of something else.
        ("他44年前来过。", []),
        ("3-5度", []),
        ("第2-7页", []),
        ("-7个苹果", []),
        ("客队负2比3。", []),
        ("胜负35场", []),
        ("他要负一部分责任，负三年责", []),
        ("增长率为-5%，负5%", []),
        ("水在零度结冰。", []),
        ("净利润为-300万元，", ["-300万"]),
        ("原价-300元，12元-15元，- 300元", []),
    ],
)
def test_chinese(text: str, found: list[str]) -> None:
    assert sided(text, "zh") == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It fell to minus 20 degrees.", ["minus 20"]),
        ("Minus forty!", ["Minus forty"]),
        ("a negative 7", ["negative 7"]),
        ("12 degrees Celsius below zero", ["12 degrees Celsius below zero"]),
        ("It is twenty below freezing.", ["twenty below freezing"]),
        ("kept at -18°C or -18 degrees", ["-18", "-18"]),
        ("born in 63 BC, died in 14 AD", ["63 BC"]),
        ("founded 753 B.C.", ["753 B.C."]),
        ("about 300 BCE", ["300 BCE"]),
        ("the 3rd century BCE", ["3rd century BCE"]),
        ("the fifth century B.C.", ["fifth century B.C."]),
        # Signs of something else.
        ("two floors below us", []),
        ("from 10-12 degrees", []),
        ("- 5 apples, -5 apples", []),
        ("shares fell -5%, minus 5 percent", []),
        ("In 1983 BCD codes were used.", []),
        ("Net income was -$3 million.", ["-$3 million"]),
        ("from $5-$10 and -$3 off", []),
    ],
)
def test_english(text: str, found: list[str]) -> None:
    assert sided(text, "en") == found


@pytest.mark.parametrize(
    ("source", "wrong", "right"),
    [
        ("今天零下5度。", "It is 5 degrees today.", "It is minus 5 degrees today."),
        ("今天零下5度。", "below 5 degrees", "5 degrees below zero"),
        ("今天-5度。", "5 degrees", "-5°"),
        ("净利润为-300万元。", "It earned $3 million.", "It lost $3 million."),
        ("公元前44年。", "In 44.", "In 44 B.C."),
        ("公元前44年。", "In the year 44.", "44 years before Christ"),
    ],
)
def test_what_a_translation_lost(source: str, wrong: str, right: str) -> None:
    given = find_sided(source, "zh", find_numbers(source, "zh"))
    assert unsided(given, wrong, "en") == given != ()
    assert unsided(given, right, "en") == ()


def test_what_a_chinese_translation_lost() -> None:
    for source, wrong, right in (
        ("It was minus 5.", "那是5。", "那是负5。"),
        ("5 degrees below zero", "5度以下", "零下5度"),
        ("in 44 BC", "44年前", "公元前44年"),
        ("in 44 BCE", "44BCEE", "44BCE"),
        ("ten minus three", "十", "十减三"),
    ):
        given = find_sided(source, "en", find_numbers(source, "en"))
        assert unsided(given, wrong, "zh") == given != ()
        assert unsided(given, right, "zh") == ()


def test_each_side_by_itself() -> None:
    text = "公元前44年零下5度"
    given = find_sided(text, "zh", find_numbers(text, "zh"))
    assert [one.side for one in given] == [Side.BEFORE_CHRIST, Side.MINUS]
    assert unsided(given, "minus 5 in 44", "en") == given[:1]


@pytest.mark.parametrize(
    ("shown", "side", "language", "before", "behind", "written"),
    [
        ("20", Side.MINUS, "en", "at ", " degrees", "-20"),
        ("twenty", Side.MINUS, "en", "at ", " degrees", "minus twenty"),
        ("20", Side.MINUS, "zh", "有", "度", "零下20"),
        ("二十", Side.MINUS, "zh", "有", "摄氏度", "零下二十"),
        ("40", Side.MINUS, "zh", "为", "。", "-40"),
        ("四十", Side.MINUS, "zh", "为", "。", "负四十"),
        ("753", Side.BEFORE_CHRIST, "en", "in ", ".", "753 BC"),
        ("753", Side.BEFORE_CHRIST, "zh", "于", "年", "公元前753"),
        ("753", Side.BEFORE_CHRIST, "zh", "于公元", "年", "前753"),
    ],
)  # fmt: skip
def test_written(
    shown: str, side: Side, language: str, before: str, behind: str, written: str
) -> None:
    assert write_side(shown, side, language, before, behind) == written
    whole = before + written + behind
    given = find_sided(whole, language, find_numbers(whole, language))
    if "-" not in written or behind.startswith(" degrees"):  # a hyphen wants a measure
        assert [one.side for one in given] == [side]


def test_a_century_stays_before_its_side() -> None:
    text = "in the 3rd century, in 44"
    for number, written in (("3", "3rd century BC"), ("44", "44 BC")):
        start = text.index(number)
        place = with_unit(text, start, start + len(number), Side.BEFORE_CHRIST, "en")
        assert write_side(text[slice(*place)], Side.BEFORE_CHRIST, "en", "", "") == written
    assert with_unit("3世纪", 0, 1, Side.BEFORE_CHRIST, "zh") == (0, 1)
    assert with_unit("在第3世纪", 2, 3, Side.BEFORE_CHRIST, "zh") == (1, 3)
    assert with_unit("3 century", 0, 1, Side.MINUS, "en") == (0, 1)


def test_what_another_language_says_it_with_is_not_known() -> None:
    given = find_sided("in 44 BC", "en", find_numbers("in 44 BC", "en"))
    assert unsided(given, "44 v. Chr.", "de") == () != given
