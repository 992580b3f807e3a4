"""What looks wrong in a translation, and where: each case is worked by hand."""

from __future__ import annotations

import dataclasses

import pytest

from core.text.segments import Segment, Segmented
from core.translation.alarms import AlarmLimits, find_alarms
from core.translation.coverage import LengthModel
from core.translation.joining import join
from core.translation.result import Alarm, AlarmKind, Translation, Word

# Wide lengths, so that each test has the alarms of its own fault alone.
LIMITS = AlarmLimits(
    0.2, 3, 3, LengthModel(1.0, 100.0), 3.0, -3.0, guess=0.25, phrase=3, shared=0.5
)


def words(text: str) -> tuple[Word, ...]:
    found, start = [], 0
    for word in text.split(" "):
        found.append(Word(word, start, start + len(word)))
        start += len(word) + 1
    return tuple(found)


def translation(source: str, target: str, looks: list[int]) -> Translation:
    """Words parted by blanks; each of the translation looks at one of the source (``looks``)."""
    count = len(source.split(" "))
    rows = tuple(tuple(float(j == look) for j in range(count)) for look in looks)
    return Translation(source, target, -1.0, words(source), words(target), rows)


def alarms(
    source: str, target: str, looks: list[int], into: str = "zh", limits: AlarmLimits = LIMITS
) -> tuple[Alarm, ...]:
    found = translation(source, target, looks)
    return find_alarms(found, "en" if into == "zh" else "zh", into, limits)


def one(*given: object, **named: object) -> Alarm:
    [alarm] = alarms(*given, **named)  # type: ignore[arg-type]
    return alarm


def texts(alarm: Alarm, source: str, target: str) -> tuple[list[str], list[str]]:
    return [source[a:b] for a, b in alarm.source], [target[a:b] for a, b in alarm.target]


# --- coverage ------------------------------------------------------------------------------------


def test_a_translation_that_covers_its_source_has_no_alarm() -> None:
    assert alarms("green tea tastes good", "绿 茶 好 喝", [0, 1, 2, 3]) == ()


def test_words_that_nothing_looks_at_are_untranslated() -> None:
    source = "we drank bitter green mountain tea yesterday evening"
    found = one(source, "我们 昨天 晚上 喝了", [0, 6, 7, 1])
    assert found.kind is AlarmKind.UNTRANSLATED
    assert found.source == ((9, 34),)
    assert found.text == "bitter green mountain tea"
    assert found.target == ()


def test_words_of_the_grammar_do_not_count_but_do_not_part_a_stretch_either() -> None:
    source = "the cat of the old man and the dog came home"
    looks = [9, 10]  # came home
    assert one(source, "回 家", looks).text == "cat of the old man and the dog"
    assert alarms("it is of the cat that we are", "猫", [4]) == ()


def test_a_stretch_at_the_end_is_truncated() -> None:
    source = "green tea tastes good but black coffee smells better"
    found = one(source, "绿 茶 好 喝", [0, 1, 2, 3])
    assert found.kind is AlarmKind.TRUNCATED
    assert found.text == "black coffee smells better"
    assert found.target == ((6, 7),)  # behind its last word


def test_a_little_attention_by_many_words_is_reading() -> None:
    source = "green tea tastes good"
    found = translation(source, "绿 茶 好 喝", [0, 0, 0, 0])
    rows = tuple((0.7, 0.1, 0.1, 0.1) for _ in range(4))
    shared = dataclasses.replace(found, alignment=rows)
    assert find_alarms(shared, "en", "zh", LIMITS) == ()
    assert find_alarms(found, "en", "zh", LIMITS) != ()


# --- length --------------------------------------------------------------------------------------

NARROW = dataclasses.replace(LIMITS, lengths=LengthModel(1.0, 1.0))


def test_lengths_are_compared_in_standard_deviations() -> None:
    lengths = LengthModel(ratio=2.0, variance=4.0)
    assert lengths.deviation("abcd", "12345678") == 0
    assert lengths.deviation("ab cd", "1234 5678 9012") == pytest.approx((12 - 8) / 4)
    assert lengths.deviation("", "12") == 0
    # An address and a number are as long on both sides; a name that only one side has counts.
    address = "https://tea.example/menu?id=7"
    assert lengths.deviation(f"abc {address} 12", f"xyz {address}，12") == (4 - 6) / 12**0.5
    assert lengths.deviation("看 Anna", "看 Anne") == (5 - 10) / 20**0.5


def test_a_translation_far_too_long_ran_away() -> None:
    target = "甲 乙 丙 丁 戊 己 庚 辛 壬 癸 子 丑"
    found = one("ab cd", target, [0, 1] * 6, limits=NARROW)
    assert found.kind is AlarmKind.RUNAWAY
    assert found.target == (
        (target.index("戊"), len(target)),
    )  # four characters were to be expected


def test_a_translation_far_too_short_is_truncated_though_all_was_looked_at() -> None:
    source = "alpha bravo charlie delta"
    found = translation(source, "甲", [0])
    spread = dataclasses.replace(found, alignment=((0.25,) * 4,))
    [alarm] = find_alarms(spread, "en", "zh", NARROW)
    assert (alarm.kind, alarm.text, alarm.target) == (AlarmKind.TRUNCATED, source, ((0, 1),))


# --- repetition ----------------------------------------------------------------------------------


def test_what_is_said_again_of_the_same_words_is_a_loop() -> None:
    source, target = "他 喝 绿茶", "he drinks green tea drinks green tea"
    found = one(source, target, [0, 1, 2, 2, 1, 2, 2], "en")
    assert found.kind is AlarmKind.LOOP
    assert texts(found, source, target)[1] == ["drinks green tea", "drinks green tea"]


def test_what_the_source_says_again_may_be_said_again() -> None:
    source = "他 喝 绿茶 我 喝 绿茶"
    target = "he drinks green tea I drinks green tea"
    assert alarms(source, target, [0, 1, 2, 2, 3, 4, 5, 5], "en") == ()


def test_a_phrase_that_looks_elsewhere_the_second_time_is_no_loop() -> None:
    source = "白天 他 喝 绿茶 夜里 她 饮 清茗"
    target = "he drinks green tea she drinks green tea"
    assert alarms(source, target, [1, 2, 3, 3, 5, 6, 7, 7], "en") == ()


def test_a_stutter_is_a_loop_even_of_what_the_source_has_elsewhere_too() -> None:
    target = "in the old town in the old town people like the town"
    looks = [1, 1, 1, 1, 1, 1, 1, 1, 3, 4, 5, 5]
    assert one("在 小镇 里 人们 喜欢 小镇", target, looks, "en").kind is AlarmKind.LOOP
    again = "在 小镇 在 小镇 人们 喜欢 小镇"
    assert alarms(again, target, [0, 0, 1, 1, 2, 2, 3, 3, 4, 5, 6, 6], "en") == ()


def test_a_word_three_times_is_a_loop_unless_the_source_has_it_so() -> None:
    assert one("他 来 了", "he came came came", [0, 1, 1, 1], "en").kind is AlarmKind.LOOP
    assert alarms("来 来 来", "come come come", [0, 1, 2], "en") == ()


# --- numbers and names ---------------------------------------------------------------------------


def test_another_number_in_its_place_is_told_once_with_both_places() -> None:
    source, target = "他 买 了 35 本 书", "he bought 53 books"
    found = one(source, target, [0, 1, 3, 5], "en")
    assert found.kind is AlarmKind.NUMBER
    assert texts(found, source, target) == (["35"], ["53"])
    assert found.text == "35"


def test_numbers_that_are_missing_or_made_up_are_told_alone() -> None:
    assert one("他 买 了 35 本 书", "he bought some books", [0, 1, 3, 5], "en").target == ()
    made_up = one("he bought some books", "他 买 了 35 本 书", [0, 1, 1, 2, 3, 3])
    assert (made_up.source, made_up.text) == ((), "35")


def test_a_number_that_lost_its_side_is_told_with_its_sign() -> None:
    source, target = "今天 有 零下 二十 度", "it is twenty degrees today"
    found = one(source, target, [0, 1, 3, 4, 0], "en")
    assert (found.kind, found.text, found.target) == (AlarmKind.NUMBER, "零下 二十", ())
    assert alarms(source, "it is minus twenty degrees today", [0, 1, 2, 3, 4, 0], "en") == ()
    [found] = alarms(source, "it is cold today", [0, 1, 3, 0], "en")
    assert (found.kind, found.text) == (AlarmKind.NUMBER, "二十")  # once, not twice


def test_an_amount_in_another_currency_is_told() -> None:
    source, target = "票价 是 300 欧元", "the ticket is 300 dollars"
    found = one(source, target, [0, 0, 1, 2, 3], "en")
    assert (found.kind, found.text) == (AlarmKind.NUMBER, "300 欧元")
    assert alarms(source, "the ticket is 300 euros", [0, 0, 1, 2, 3], "en") == ()


def test_another_day_in_its_place_is_told_once_with_both_places() -> None:
    source, target = "他 周三 来 了", "he came on Tuesday"
    found = one(source, target, [0, 2, 1, 1], "en")
    assert found.kind is AlarmKind.WEEKDAY
    assert texts(found, source, target) == (["周三"], ["Tuesday"])
    assert one(source, "he came", [0, 2], "en").target == ()
    made_up = one("he came", "他 星期二 来 了", [0, 1, 1, 1])
    assert (made_up.kind, made_up.source, made_up.text) == (AlarmKind.WEEKDAY, (), "星期二")
    assert alarms(source, "he came on Wednesday", [0, 2, 1, 1], "en") == ()


def test_a_number_in_another_dress_is_right() -> None:
    assert alarms("三月 有 3万 人", "in March 30,000 people", [0, 0, 2, 3], "en") == ()


def test_foreign_names_stay() -> None:
    source, target = "他 用 Linux 写 代码", "he writes code on Unix"
    found = one(source, target, [0, 3, 4, 1, 2], "en")
    assert (found.kind, found.text) == (AlarmKind.NAME, "Linux")
    garbled = one("he uses Linux now", "他 现在 用 Linus", [0, 3, 1, 2])
    assert (garbled.kind, garbled.text, garbled.source) == (AlarmKind.NAME, "Linus", ())
    assert (
        alarms("he uses Linux now", "他 现在 用 那个", [0, 3, 1, 2]) == ()
    )  # it has a Chinese name


def test_addresses_are_no_numbers_and_no_names() -> None:
    source, target = "看 https://a.example/42?x=Foo 吧", "see https://a.example/42?x=Foo now"
    assert alarms(source, target, [0, 1, 2], "en") == ()


# --- denials -------------------------------------------------------------------------------------


def test_a_denial_that_the_translation_lost() -> None:
    source, target = "这 是 我 不 必 读 的 书", "this is a book I have to read"
    found = one(source, target, [0, 1, 6, 7, 2, 4, 4, 5], "en")
    assert (found.kind, found.text) == (AlarmKind.NEGATION, "不 必")
    assert texts(found, source, target) == (["不"], [])
    assert alarms(source, "this is a book I need not read", [0, 1, 6, 7, 2, 4, 3, 5], "en") == ()
    [found] = alarms("we never saw it , friends", "我们 看见 了 它 ， 朋友", [0, 2, 2, 3, 4, 5])
    assert (found.kind, found.text) == (AlarmKind.NEGATION, "never saw")
    last = "他 来 ， 我 不 。"
    assert one(last, "he comes , I stay .", [0, 1, 2, 3, 3, 5], "en").text == "不"
    inside = one("今天 最 不愉快 的 事", "the most pleasant thing today", [1, 1, 2, 4, 0], "en")
    assert (inside.text, inside.source) == ("不愉快", ((5, 6),))


def test_idioms_and_addresses_deny_nothing() -> None:
    assert alarms("她 目不转睛 地 看 我", "she gazes at me", [0, 1, 3, 4], "en") == ()
    source = "see https://a.example/not/now today"
    assert alarms(source, "看 https://a.example/not/now 今天", [0, 1, 2]) == ()
    source, target = "我 不 看 https://a.example/not/now", "I see https://a.example/not/now"
    assert one(source, target, [0, 2, 3], "en").kind is AlarmKind.NEGATION


# --- confidence ----------------------------------------------------------------------------------


def guessed(confidences: list[float | None]) -> list[str]:
    count = len(confidences)
    text = " ".join("abcdefghijkl"[:count])
    found = dataclasses.replace(
        translation(" ".join("甲乙丙丁戊己庚辛壬癸子丑"[:count]), text, list(range(count))),
        confidences=tuple(confidences),
    )
    return [a.text for a in find_alarms(found, "zh", "en", LIMITS) if a.kind is AlarmKind.GUESSED]


def test_words_in_a_row_that_the_model_is_not_sure_of_are_guessed() -> None:
    sure, unsure = 0.7, 0.1
    # Of five words in a row one may be sure.
    assert guessed([sure] * 4 + [unsure] * 5 + [sure] * 3) == ["d e f g h i j"]
    assert guessed([unsure] * 8 + [sure] * 4) == ["a b c d e f g h i"]
    assert guessed([sure, unsure] * 6) == []
    assert guessed([unsure] * 3) == ["a b c"]
    assert guessed([unsure] * 2) == []


def test_copies_are_no_guesses() -> None:
    assert guessed([None] * 6) == []
    assert guessed([0.1, 0.1, None, 0.1, 0.1, 0.1]) == ["a b c d e f"]


# --- in a whole ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "language", "translatable"),
    [("1 2 3", "zh", 0), ("only English", "zh", 0), ("只 有 中文", "en", 0), ("请 翻译", "zh", 1),
     ("please translate", "en", 1), ("https://a.example/x", "en", 0)],
)  # fmt: skip
def test_what_was_copied_as_it_is_alarms_where_it_should_not_have_been(
    text: str, language: str, translatable: int
) -> None:
    looks = list(range(len(text.split())))
    found = dataclasses.replace(translation(text, text, looks), notes=("copied",))
    target = "en" if language == "zh" else "zh"
    alarms = find_alarms(found, language, target, LIMITS)
    assert [alarm.kind for alarm in alarms] == [AlarmKind.UNTRANSLATED] * translatable


def test_alarms_of_parts_move_with_them() -> None:
    alarm = Alarm(AlarmKind.NUMBER, ((0, 1),), ((2, 3),), "7")
    part = dataclasses.replace(translation("甲", "a 7", [0, 0]), alarms=(alarm,))
    segments = (Segment(0, 1, "甲", ""), Segment(2, 3, "甲", " "))
    whole = join("甲 甲", Segmented(segments, ""), [part, part], "en")
    assert whole.translation == "a 7 a 7"
    assert [(a.source, a.target) for a in whole.alarms] == [
        (((0, 1),), ((2, 3),)),
        (((2, 3),), ((6, 7),)),
    ]
