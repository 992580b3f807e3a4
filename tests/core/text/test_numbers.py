"""Numbers are known again in the dress of the other language."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.text.numbers import find_numbers, invented, missing
from core.text.numerals import chinese_value, in_digits, with_signs


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
        ("20 世纪 90 年代", "the '90s"),
        ("二十世纪三十年代", "the 1930's"),
        ("19世纪30年代", "the 1830s"),
        ("十九世紀十年代", "the 1810s"),
        ("15世纪80年代", "late in the 15th century"),
        ("1830年代", "the 1830s"),
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
        ("三十分钟", "half an hour: 30 minutes"),
        ("五千万元", "fifty million yuan"),
        ("三万一千人", "thirty-one thousand people"),
        ("一百五十个人", "a hundred and fifty people"),
        ("二十年前", "two decades ago"),
        ("四十多个人", "some four dozen people"),
        ("三点二十分", "at 3:20"),
        ("十一点四十五分", "at eleven forty-five"),
        ("一千年", "a thousand years"),
        ("五六百米", "some 500 metres"),
        ("十三五规划", "the 13th Five-Year Plan"),
        ("万分之一", "one in ten thousand"),
        ("1000万美元", "$10M"),
        ("2.3万亿美元", "$2.3tn"),
        ("100米赛跑", "the 100m race"),
        ("1亿用户", "100m users"),
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
        ("3.5亿元", "350 million billion yuan", ["3.5亿", "350 million billion"]),
        ("35亿亿美元", "3.5 billion dollars", ["35亿亿", "3.5 billion"]),
        ("10美元", "$10M", ["10", "10M"]),
        ("75美元", "$75K", ["75", "75K"]),
        ("4.35%", "435%", ["4.35", "435"]),
        ("五十分钟后", "five minutes later", ["五十"]),
        ("五千万元", "five million yuan", ["五千万"]),
        ("三万一千人", "thirty thousand people", ["三万一千"]),
        ("三十二年", "three years", ["三十二"]),
        ("三点二十分", "at three o'clock", ["二十"]),
        ("19世纪30年代", "the 1930s", ["19世纪30年代", "1930"]),
        ("十五世纪八十年代", "the 80s", ["十五世纪八十年代", "80"]),
        ("一九九八年", "in that year", ["一九九八"]),
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


@given(st.text(st.sampled_from("0123.,:%年月万亿千百十二点零 -kmM半世纪代"), max_size=20))
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


@pytest.mark.parametrize(
    ("text", "language", "value"),
    [
        ("3.5亿", "zh", 350_000_000), ("九十八点五", "zh", Fraction("98.5")), ("五十五", "zh", 55),
        ("2万5千", "zh", 25_000), ("$10M", "en", 10_000_000), ("5m", "en", "5m"),
        ("4K", "en", "4K"), ("1.2.3", "en", "1.2.3"), ("a hundred and five", "en", 105),
        ("May", "en", 5), ("3 million million", "en", 3 * 10**12),
    ],
)  # fmt: skip
def test_the_value_is_what_it_says(text: str, language: str, value: object) -> None:
    assert [n.value for n in find_numbers(text, language) if n.end == len(text)][0] == value


def test_years_in_numerals_are_put_into_digits() -> None:
    text = "二〇二四年和一九九八年，一百〇五个人，〇〇七，三千年"
    assert in_digits(text) == "2024年和1998年，一百零五个人，〇零七，三千年"


def test_no_before_a_number_is_a_sign() -> None:
    text = "Order no. 77 and No.5, contract no. HT-2024-A. World No 1. He said no. 12th? No. I go."
    shown = with_signs(text)
    assert len(shown) == len(text)
    assert " ".join(shown.split()) == (
        "Order #77 and #5, contract #HT-2024-A. World #1. He said #12th? No. I go."
    )
