"""Amounts of money in both languages: read, missed and written."""

from __future__ import annotations

import pytest

from core.text.currencies import find_amounts, unpriced, write_amount
from core.text.numbers import find_numbers


def lost(source: str, target: str, language: str = "zh") -> list[str]:
    other = "en" if language == "zh" else "zh"
    given = find_amounts(source, language, find_numbers(source, language))
    numbers = find_numbers(target, other)
    found = unpriced(given, numbers, find_amounts(target, other, numbers))
    return [source[one.start : one.end] for one in found]


@pytest.mark.parametrize(
    ("chinese", "english"),
    [
        ("50美元", "$50"), ("50美元", "50 US dollars"), ("300欧元", "€300"),
        ("300欧元", "300 Euros"),
        ("120英镑", "£120"), ("120英镑", "120 pounds"), ("五百英镑", "500 pounds sterling"),
        ("3500元", "3,500 yuan"), ("3500元人民币", "RMB 3,500"), ("人民币3500元", "¥3,500"),
        ("5亿日元", "500 million yen"), ("5亿日元", "¥500 million"), ("40块钱", "$40"),
        ("40块", "40 euros"), ("20港元", "HK$20"), ("20加元", "20 Canadian dollars"),
        ("20加元", "$20"), ("100卢比", "Rs 100"), ("数十亿美元", "billions of dollars"),
        ("106万韩元", "KRW1.06 million"), ("独中三元", "scored 3"),
    ],
)  # fmt: skip
def test_agreeing(chinese: str, english: str) -> None:
    assert lost(chinese, english) == []
    assert lost(english, chinese, "en") == []


@pytest.mark.parametrize(
    ("source", "target", "language", "wrong"),
    [
        ("票价300欧元。", "The ticket is $300.", "zh", ["300欧元"]),
        ("票价300欧元。", "The ticket is 300.", "zh", ["300欧元"]),
        ("It is €50.", "这是50美元。", "en", ["€50"]),
        ("It is £120.", "这是120磅。", "en", ["£120"]),
        ("It is ¥300.", "这是300美元。", "en", ["¥300"]),
        ("我有一千元。", "I have a thousand dollars.", "zh", ["一千元"]),
        # Without the number something else is wrong; a weight is no money.
        ("票价300欧元。", "The ticket is dear.", "zh", []),
        ("It weighs 5 pounds.", "它重5磅。", "en", []),
        ("他的300元素周期表", "his 300", "zh", []),
    ],
)
def test_not_agreeing(source: str, target: str, language: str, wrong: list[str]) -> None:
    assert lost(source, target, language) == wrong


@pytest.mark.parametrize(
    ("text", "language", "shown", "written"),
    [
        ("€50", "en", "50", "50欧元"), ("$50", "en", "50", "50美元"),
        ("¥300", "en", "300", "300元"),
        ("£3 million", "en", "300万", "300万英镑"), ("300欧元", "zh", "300", "€300"),
        ("300元", "zh", "300", "300 yuan"),
        ("五百英镑", "zh", "five hundred", "five hundred pounds"),
        ("HK$20", "en", "20", "20港元"), ("20澳元", "zh", "20", "A$20"),
    ],
)  # fmt: skip
def test_written(text: str, language: str, shown: str, written: str) -> None:
    (amount,) = find_amounts(text, language, find_numbers(text, language))
    other = "en" if language == "zh" else "zh"
    assert text[amount.start : amount.end] == text
    assert write_amount(shown, amount, other) == written
    assert lost(text, written, language) == []


def test_in_a_language_that_is_not_read_a_number_may_have_any_currency() -> None:
    english, german = find_numbers("£120", "en"), find_numbers("120 Pfund", "de")
    amounts = find_amounts("£120", "en", english)
    others = find_amounts("120 Pfund", "de", german)
    assert unpriced(amounts, german, others) == unpriced(others, english, amounts) == ()
