"""Days of a month are known by the month beside them."""

from __future__ import annotations

import pytest

from core.text.dates import find_month, month_of, write_day


@pytest.mark.parametrize(
    ("text", "number", "language", "month"),
    [
        ("他1月16日来。", "16", "zh", 1),
        ("他１２月 16 号来。".replace("１２", "12"), "16", "zh", 12),
        ("12月16号楼", "16", "zh", None),
        ("12月16次", "16", "zh", None),
        ("16日他来了", "16", "zh", None),
        ("12月36日", "36", "zh", None),
        ("2019年1月", "2019", "zh", None),
        ("on January 16 he came", "16", "en", 1),
        ("on Jan. 16, 2019", "16", "en", 1),
        ("on the 16th of March", "16", "en", 3),
        ("on 16 Sept", "16", "en", 9),
        ("He may 16 times", "16", "en", None),
        ("in March 2019", "2019", "en", None),
        ("1.5 March", "1.5", "en", None),
    ],
)
def test_the_month_of_a_day(text: str, number: str, language: str, month: int | None) -> None:
    start = text.index(number)
    assert month_of(text, start, start + len(number), language) == month


@pytest.mark.parametrize(
    ("text", "language", "shown"),
    [
        ("In January 2019 he came", "en", "January"),
        ("on January 16 he came", "en", None),
        ("on 16 January he came", "en", None),
        ("on the 16th of January", "en", None),
        ("他在1月份来", "zh", "1月份"),
        ("他在11月来", "zh", None),
        ("他在1月16日来", "zh", None),
    ],
)
def test_a_month_without_a_day(text: str, language: str, shown: str | None) -> None:
    found = find_month(text, 1, language)
    assert (found and text[slice(*found)]) == shown


def test_days_are_written() -> None:
    assert write_day(3, 16, "en") == "March 16"
    assert write_day(12, 1, "zh") == "12月1日"
