"""Days of a month are known again in the other language."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.text.dates import Date, find_dates, lone_days, lone_months, write_date


@pytest.mark.parametrize(
    ("text", "language", "dates"),
    [
        ("他1月16日来。", "zh", [("1月16日", 1, 16)]),
        ("2019 年 12 月 16 号", "zh", [("12 月 16 号", 12, 16)]),
        ("三月五日到十二月二十五日", "zh", [("三月五日", 3, 5), ("十二月二十五日", 12, 25)]),
        ("8月12日至15日", "zh", [("8月12日", 8, 12)]),
        ("12月16号楼、12月16次、12月36日、13月1日、16日", "zh", []),
        ("3个月20日", "zh", []),
        ("on January 16 he came", "en", [("January 16", 1, 16)]),
        ("Jan. 16, 2019 and 4 March", "en", [("Jan. 16", 1, 16), ("4 March", 3, 4)]),
        ("on the 16th of March", "en", [("the 16th of March", 3, 16)]),
        ("16 Sept and May the 4th", "en", [("16 Sept", 9, 16), ("May the 4th", 5, 4)]),
        ("On December 12, August 2016", "en", [("December 12", 12, 12)]),
        ("by 24 July 25 and 16 March 2019", "en", [("July 25", 7, 25), ("16 March", 3, 16)]),
        ("He may 16 times", "en", []),
        ("in March 2019, 1.5 March, March 15,000, March 40", "en", []),
        ("August 12", "de", []),
    ],
)
def test_dates(text: str, language: str, dates: list[tuple[str, int, int]]) -> None:
    found = [(text[d.start : d.end], *d.when) for d in find_dates(text, language)]
    assert found == dates


@pytest.mark.parametrize(
    ("text", "language", "shown"),
    [
        ("In January 2019 and on January 16", "en", ["January"]),
        ("on the 16th of January", "en", []),
        ("他在1月份来", "zh", ["1月份"]),
        ("他在1月16日来", "zh", []),
    ],
)
def test_months_without_a_day(text: str, language: str, shown: list[str]) -> None:
    found = lone_months(text, language)
    assert [text[slice(*place)] for place in found] == shown


@pytest.mark.parametrize(
    ("text", "language", "shown"),
    [
        ("On the 16th of the month", "en", ["the 16th"]),
        ("on 16, in 160, at 16:30, 1.16, 16%, 16,000, on May 16", "en", ["16"]),
        ("在20月16日、月16日、16日", "zh", ["20月16日", "月16日", "16日"]),
        ("1月16日、116日", "zh", []),
    ],
)
def test_days_without_a_month(text: str, language: str, shown: list[str]) -> None:
    assert [text[slice(*place)] for place in lone_days(text, 16, language)] == shown


def test_dates_are_written_in_the_order_of_what_they_replace() -> None:
    date = Date(0, 0, 8, 12)
    assert write_date(date, "zh", "12月12日") == "8月12日"
    assert write_date(date, "en", "December 12") == "August 12"
    assert write_date(date, "en", "12th of December") == "12 August"
    assert write_date(date, "en", "12") == "August 12"


@given(st.text(st.sampled_from("0123456789月日号 十二May the5th,."), max_size=20))
def test_any_text_can_be_read(text: str) -> None:
    for language in ("zh", "en"):
        for date in find_dates(text, language):
            assert 0 <= date.start < date.end <= len(text)
            assert 1 <= date.month <= 12 and 1 <= date.day <= 31
        for place in lone_days(text, 5, language):
            assert 0 <= place[0] < place[1] <= len(text)
