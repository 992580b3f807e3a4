"""Times of day in both languages: read, judged and written."""

from __future__ import annotations

import pytest

from core.text.clock import find_clocks, find_spoken, tells, write_clock


@pytest.mark.parametrize(
    ("text", "hour", "minute", "chinese"),
    [
        ("at 9 p.m.", 21, 0, "晚上9点"), ("at 8:30 pm", 20, 30, "晚上8点30分"),
        ("3:05 P.M. on Monday", 15, 5, "下午3点5分"), ("12 a.m.", 0, 0, "凌晨12点"),
        ("12pm", 12, 0, "中午12点"), ("8AM", 8, 0, "早上8点"), ("at 10 a.m.", 10, 0, "上午10点"),
    ],
)  # fmt: skip
def test_english(text: str, hour: int, minute: int, chinese: str) -> None:
    (clock,) = find_clocks(text)
    assert (clock.hour, clock.minute) == (hour, minute)
    assert write_clock(clock) == chinese
    (spoken,) = find_spoken(f"在{chinese}见面")
    assert spoken.hour % 12 == hour % 12
    assert tells(spoken, clock, chinese)


@pytest.mark.parametrize("text", ["I am 9 and a man", "9 amps", "13 p.m.", "1.5 pm2", "at 9:75 am"])
def test_what_is_no_time(text: str) -> None:
    assert [text[clock.start : clock.end] for clock in find_clocks(text)] in ([], ["5 pm"])


@pytest.mark.parametrize(
    ("english", "chinese", "right"),
    [
        ("9 p.m.", "在凌晨9点离开", False), ("9 p.m.", "在晚上9点离开", True),
        ("9 p.m.", "在9点离开", False), ("9 p.m.", "晚上我在9点离开", True),
        ("9 p.m.", "在21点离开", True), ("9 p.m.", "在21:00离开", True),
        ("9 p.m.", "在晚九点离开", True), ("9 p.m.", "在晚上9点九点离开", False),
        ("8:30 pm", "在晚上8点30磅关门", False), ("8:30 pm", "在晚上八点半关门", True),
        ("8 a.m.", "在凌晨8点开门", False), ("3 a.m.", "在凌晨三点醒来", True),
        ("12 p.m.", "在中午十二点吃饭", True), ("2 p.m.", "下午两点", True),
    ],
)  # fmt: skip
def test_what_tells_the_time(english: str, chinese: str, right: bool) -> None:
    (clock,) = find_clocks(english)
    (spoken,) = find_spoken(chinese)
    assert spoken.hour % 12 == clock.hour % 12
    assert tells(spoken, clock, chinese) is right


def test_a_time_is_all_that_says_it() -> None:
    def said(text: str) -> list[str]:
        return [text[one.start : one.end] for one in find_spoken(text)]

    assert said("在凌晨九点早上九点离开") == ["凌晨九点早上九点"]
    assert said("从上午9点到下午5点30分") == ["上午9点", "下午5点30分"]
    assert said("3小时，5时间，1.5点，30点") == []
