"""Days of the week: which are beyond doubt, which may be meant, and how they are written."""

from __future__ import annotations

import pytest

from core.text.weekdays import DAYS, find_weekdays, unnamed, write_adverb, write_weekday


def lost(source: str, target: str, language: str = "zh") -> list[str]:
    other = "en" if language == "zh" else "zh"
    found = unnamed(find_weekdays(source, language), find_weekdays(target, other))
    return [source[day.start : day.end] for day in found]


@pytest.mark.parametrize("number", range(7))
@pytest.mark.parametrize("week", ["星期", "礼拜", "禮拜", "周", "週"])
def test_every_day_in_every_dress(week: str, number: int) -> None:
    named = f"{week}{'一二三四五六日'[number]}"
    text = f"我们{named}去看电影。"
    (day,) = find_weekdays(text, "zh")
    assert (day.days, day.required) == ({number}, True)
    assert text[day.start : day.end] == named
    for shown in (DAYS[number], DAYS[number].lower(), f"{DAYS[number]}s", f"{DAYS[number][:3]}."):
        assert lost(text, f"We are off to the pictures on {shown}") == []
    assert lost(text, f"We are off to the pictures on {DAYS[number - 1]}.") == [named]
    assert lost(f"See you {DAYS[number]}!", f"{week}{'一二三四五六日'[number - 1]}见！", "en")
    assert lost(f"See you {DAYS[number]}!", text, "en") == []


@pytest.mark.parametrize(
    "text",
    [
        "我一周三次去游泳", "两周四趟", "她每周五天上班", "四周一片漆黑", "上周三家公司倒闭",
        "上周日本队赢了", "上周日元下跌", "上周四川下雨", "上周五角大楼说", "上周一直下雨",
        "上周三星发布了手机", "整个星期天气都好", "夏商周三代", "上周六国会谈", "每周一两次",
        "周末愉快", "下个星期见", "礼拜堂在山上", "我在周日报社工作",
    ],
)  # fmt: skip
def test_what_may_be_no_day_need_not_be_named(text: str) -> None:
    assert lost(text, "Nothing of the kind.") == []


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("每周三晚上", "周三"), ("上个星期二", "星期二"), ("5月4日周六", "周六"),
        ("本周五见", "周五"), ("下周一起床", ""), ("第二周周三", "周三"), ("周日早上", "周日"),
        ("星期天去", "星期天"), ("下周四开会", "周四"), ("周六日休息", ""),
    ],
)  # fmt: skip
def test_what_is_beyond_doubt(text: str, named: str) -> None:
    assert lost(text, "Nothing of the kind.") == ([named] if named else [])


def test_lists_and_ranges_name_each() -> None:
    days = find_weekdays("周二、四和周六，周六日", "zh")
    assert [min(day.days) for day in days] == [1, 3, 5, 5, 6]
    assert lost("Closed on Tuesday, Thursday and Saturday.", "周二、四、六不开", "en") == []
    assert lost("Monday to Friday", "周一至五", "en") == []
    assert lost("Monday to Friday", "周一至四", "en") == ["Friday"]


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("on Good Friday", "耶稣受难日"), ("Easter Sunday", "复活节"), ("Palm Sunday", "棕枝节"),
        ("Sunday school", "主日学校"), ("on Sunday", "主日"), ("Saturday and Sunday", "双休日"),
        ("Monday or Tuesday", "工作日"), ("the sun sat", "太阳"), ("He wed", "他结婚了"),
        ("mondayish", "懒"),
    ],
)  # fmt: skip
def test_other_words_for_days(english: str, chinese: str) -> None:
    assert lost(english, chinese, "en") == []


def test_the_weekend_is_saturday_and_sunday() -> None:
    assert lost("我们周六见", "See you at the weekend") == []
    assert lost("我们周五见", "See you at the weekend") == ["周五"]
    assert lost("我们周五见", "See you on weekdays") == []


@pytest.mark.parametrize("number", range(7))
def test_what_is_written_is_read(number: int) -> None:
    (day,) = find_weekdays(DAYS[number], "en")
    for instead in ("", "周二", "礼拜天", "星期五"):
        written = write_weekday(day, "zh", instead)
        assert written.startswith(instead[:-1])
        assert [found.days for found in find_weekdays(f"{written}见", "zh")] == [{number}]
    assert write_weekday(day, "en", "Mondays") == f"{DAYS[number]}s"
    assert write_weekday(day, "en", "monday") == DAYS[number]


def test_adverbs() -> None:
    for text, language, other, wanted in (
        ("周三见", "zh", "en", "on Wednesday"),
        ("每周三见", "zh", "en", "on Wednesdays"),
        ("See you Wednesday", "en", "zh", "星期三"),
        ("I run on Wednesdays", "en", "zh", "每星期三"),
    ):
        (day,) = find_weekdays(text, language)
        assert write_adverb(day, text, other) == wanted


def test_a_language_that_is_not_read_may_name_any_day() -> None:
    english, german = find_weekdays("on Wednesday", "en"), find_weekdays("am Mittwoch", "de")
    assert unnamed(english, german) == unnamed(german, english) == ()
