"""Numbers are known again in the dress of the other language."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.text.numbers import find_numbers, invented, missing
from core.text.numerals import chinese_value


def lost(chinese: str, english: str) -> list[str]:
    """What is required of the Chinese and not in the English, and the other way round."""
    zh, en = find_numbers(chinese, "zh"), find_numbers(english, "en")
    return [chinese[n.start : n.end] for n in missing(zh, en)] + [
        english[n.start : n.end] for n in missing(en, zh)
    ]


@pytest.mark.parametrize(
    ("chinese", "english"),
    [
        ("他今年35岁。", "He is 35."),
        ("他今年３５岁。", "He is thirty-five."),
        ("一共1,234.5元", "1,234.5 yuan in all"),
        ("一共1234.50元", "1,234.5 yuan in all"),
        ("增长了50%", "It grew by half"),
        ("增长了50％", "up 50 percent"),
        ("2024年3月5日", "March 5, 2024"),
        ("2024年3月5日", "5th of Mar. 2024"),
        ("2024-03-05", "5 March 2024"),
        ("第3章", "the third chapter"),
        ("第3章", "Chapter 3"),
        ("会议在14:30开始", "The meeting starts at 2:30 p.m."),
        ("会议下午2点30分开始", "The meeting starts at 14:30"),
        ("下午3点", "at 3:00 p.m."),
        ("3万人", "30,000 people"),
        ("3.5万人", "35,000 people"),
        ("2万5千人", "25,000 people"),
        ("350万人", "3.5 million people"),
        ("30多万人", "more than 300,000 people"),
        ("1.6亿元", "160 million yuan"),
        ("9.8万亿元", "9.8 trillion yuan"),
        ("30亿美元", "$3bn"),
        ("1000万英镑", "£10m"),
        ("600-700万", "6 to 7 million"),
        ("20世纪90年代", "the 1990s"),
        ("98年的夏天", "the summer of 1998"),
        ("三百万人", "3 million people"),
        ("三十五岁", "35 years old"),
        ("二〇二四年", "in 2024"),
        ("一万五千吨", "15,000 tons"),
        ("五点二亿吨", "520 million tons"),
        ("百分之三十五", "35%"),
        ("3千米", "3 kilometers"),
        ("192.168.1.1和3.14", "192.168.1.1 and 3.14"),
        ("电话010-12345678", "phone 010-12345678"),
        ("1个苹果和2本书", "an apple and a couple of books"),
        ("12个鸡蛋", "a dozen eggs"),
        ("千万不要来", "Do not come"),
        ("我十分高兴", "I am very glad"),
    ],
)
def test_agreeing(chinese: str, english: str) -> None:
    assert lost(chinese, english) == []


@pytest.mark.parametrize(
    ("chinese", "english", "wrong"),
    [
        ("他今年35岁。", "He is 36.", ["35", "36"]),
        ("他今年35岁。", "He is old.", ["35"]),
        ("共1,250元", "1, 250 yuan", ["1,250", "1", "250"]),
        ("3万人", "3 million people", ["3万", "3 million"]),
        ("三十五岁", "He is old", ["三十五"]),
        ("010号", "No. 10", []),
        ("版本2.13.0", "version 2.13.1", ["2.13.0", "2.13.1"]),
    ],
)
def test_not_agreeing(chinese: str, english: str, wrong: list[str]) -> None:
    assert lost(chinese, english) == wrong


def test_invented() -> None:
    def new(chinese: str, english: str) -> list[str]:
        numbers = invented(find_numbers(chinese, "zh"), find_numbers(english, "en"))
        return [english[number.start : number.end] for number in numbers]

    assert new("三月五日", "March 5") == []
    assert new("他很老", "He is 36 and has two sons") == ["36"]
    assert new("下午3点", "at 3:00 p.m.") == []


@pytest.mark.parametrize(
    ("word", "value"),
    [
        ("十", 10), ("十五", 15), ("三十", 30), ("一百零五", 105), ("两千三百", 2300),
        ("一万零二十", 10020), ("三百二十万", 3_200_000), ("一亿二千万", 120_000_000),
        ("三万亿", 3 * 10**12), ("二〇二四", 2024), ("二零零八", 2008), ("百", 100), ("万", 10_000),
        ("三点一四", Fraction("3.14")), ("一点五亿", 150_000_000), ("〇", 0),
    ],
)  # fmt: skip
def test_chinese_numerals(word: str, value: int) -> None:
    assert chinese_value(word) == value


@given(st.text(st.sampled_from("0123.,:%年月万亿千百十二点零 -kmM半"), max_size=20))
def test_any_text_can_be_read(text: str) -> None:
    for language in ("zh", "en"):
        for number in find_numbers(text, language):
            assert 0 <= number.start < number.end <= len(text)
            assert number.values
        assert missing(find_numbers(text, language), find_numbers(text, language)) == []
        assert invented(find_numbers(text, language), find_numbers(text, language)) == []


@pytest.mark.parametrize("language", ["zh", "en"])
def test_digits_without_end_are_a_code(language: str) -> None:
    digits, words = "9" * 5000, "九" * 5000
    (found,) = find_numbers(f"X {digits} Y {words}点{words}", language)
    assert found.values == {digits}
    assert missing([found], find_numbers(digits, language)) == []
