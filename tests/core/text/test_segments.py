"""Sentences: where they end, what stands between them, and that nothing is lost."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.text.protected import find_protected
from core.text.segments import MAX_CHARACTERS, Segmented, gap_for, split
from tests.pace import seconds_here


def texts(text: str, language: str) -> list[str]:
    return [segment.text for segment in split(text, language).segments]


def joined(result: Segmented) -> str:
    return "".join(s.gap + s.text for s in result.segments) + result.tail


ENGLISH = [
    ["Mr. Smith met Dr. Li at 5 p.m. on Jan. 5.", "They talked."],
    ["Is No. 5 alive?", "No.", "It isn't."],
    ["Contract no. HT-2024-A is valid.", "I said no.", "He left."],
    ["He paid $3.14 for it, e.g. for tea.", "See www.a-b.com/c?d=1.e for more!"],
    ["The U.S. Army came.", "He lives in the U.S.", "She does not."],
    ["J. R. Brown wrote it.", "So did I.", "Read report.final.pdf first."],
    ["Wait... what is it?", "Well...", "Nothing."],
    ['"Stop!" he said.', '"Why?"', "She left."],
    ["(See Fig. 3.)", "We bought tea, milk, etc. and left."],
    ["hi!", "how are you?", "i am fine.", "thanks."],
    ["What?!", "Really!!!", "Yes."],
    ['He said: "It is late.', 'I go."', "Nobody answered.", "Roe v. Wade is a case."],
    ["It was over.", "2019 came; then, we left: all of us."],
]

CHINESE = [
    ["你好。", "我是小明！", "你呢？！", "再见……"],
    ["他说：“你好！”", "然后走了。"],
    ["“真的吗？”，他问。", "（是的。）", "她点头。"],
    ["苹果很甜；梨也很甜，价格是3.14元。", "我都要。"],
    ["你好.", "我是小明.", "报告.docx在桌上.", "我用Python.", "你呢?", "好!", "走吧"],
    ["我……我不知道。", "他想了很久……", "然后走了。"],
    ["「行吗？」", "『行！』", "好。。。"],
    ['他说:"你好!"', "然后走了。", "真的!", '"你好"是什么?'],
    ['他说:"晚了。', '我走。"', "没人说话。"],
    ["请看www.a.cn/b?c=1。", "好"],
]


@pytest.mark.parametrize("sentences", ENGLISH)
def test_english_sentences(sentences: list[str]) -> None:
    assert texts(" ".join(sentences), "en") == sentences


@pytest.mark.parametrize("sentences", CHINESE)
def test_chinese_sentences(sentences: list[str]) -> None:
    assert texts("".join(sentences), "zh") == sentences


@pytest.mark.parametrize(
    ("mark", "text"),
    [
        ("- ", "茶"), ("* ", "tea"), ("• ", "tea"), ("•", "茶"), ("1. ", "Tea"), ("12.", "茶"),
        ("（1）", "茶"), ("(二)", "茶"), ("1)", "茶"), ("1) ", "tea"), ("一、", "茶"),
        ("十二、", "茶"), ("3、", "茶"), ("第二条　", "茶"), ("1、", "2023年计划"),
        ("## ", "Tea"), ("  \t- ", "Tea"), ("\u3000\u3000", "茶"),
    ],
)  # fmt: skip
def test_bullets_and_indents_are_gaps(mark: str, text: str) -> None:
    result = split(f"前文。\n\n{mark}{text}\n", "zh")
    assert [(s.gap, s.text) for s in result.segments] == [("", "前文。"), (f"\n\n{mark}", text)]
    assert result.tail == "\n"


@pytest.mark.parametrize(
    "line",
    [
        "3.14 is pi",
        "-5 degrees",
        "一、二、三班",
        "一、二线城市",
        "3、4月份",
        "1、2号楼",
        "- ",
        "1.",
        "1)",
        "*",
        "——好",
        "2019. It",
    ],
)
def test_what_only_looks_like_a_bullet_is_text(line: str) -> None:
    assert split(line, "en").segments[0].gap == ""


def test_lines_end_at_newline_only() -> None:
    text = "one\rtwo\x0bthree\x0cfour\u2028five\x85six\r\nseven"
    assert texts(text, "en") == ["one\rtwo\x0bthree\x0cfour\u2028five\x85six", "seven"]
    assert split(text, "en").segments[1].gap == "\r\n"


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\u3000\t\n \r"])
def test_blank_text_is_all_tail(text: str) -> None:
    assert split(text, "zh") == Segmented((), text)


@pytest.mark.parametrize(
    ("gap", "language", "expected"),
    [
        ("", "en", " "), (" ", "en", " "), (" ", "zh", ""), ("", "zh", ""),
        ("\n", "en", "\n"), ("\n  - ", "zh", "\n  - "), ("\n一、", "en", "\n1. "),
        ("\n（十二）", "en", "\n(12) "), ("第三条　", "en", "Article 3. "), ("3、", "en", "3. "),
        ("\n一、", "zh", "\n一、"), ("2、", "zh", "2、"), ("  ", "zh", "  "),
    ],
)  # fmt: skip
def test_gap_for_target(gap: str, language: str, expected: str) -> None:
    assert gap_for(gap, language) == expected


def test_first_gap_keeps_its_blanks() -> None:
    assert split("你好。再见。\n- 茶。", "zh").gaps("en") == ("", " ", "\n- ")
    assert split(" Hello. Bye.", "en").gaps("zh") == (" ", "")
    assert split("", "en").gaps("zh") == ()
    assert split("一、茶。", "zh").gaps("en") == ("1. ",)


def test_long_sentence_is_cut_at_the_best_place() -> None:
    clause = "我们今天去公园看花"
    text = "，".join([clause] * 30) + "。"
    pieces = texts(text, "zh")
    assert len(pieces) == 2
    assert pieces[0].endswith("花，")
    semicolons = "，".join([clause] * 8) + "；" + "，".join([clause] * 14)
    assert texts(semicolons, "zh")[0].endswith("；")
    words = " ".join(["understanding"] * 100)
    assert all(set(p.split()) == {"understanding"} for p in texts(words, "en"))
    assert "1,000" in texts(" ".join(["1,000"] * 200), "en")[0].split()[-1]


@pytest.mark.parametrize("unit", ["e\u0301", "👍🏽", "👩\u200d👧", "\ud83d\ude00", "❤\ufe0f"])
def test_cuts_never_fall_inside_a_character(unit: str) -> None:
    for piece in texts(unit * 1000, "zh"):
        assert piece == unit * (len(piece) // len(unit))


def test_latin_word_in_chinese_is_kept_whole() -> None:
    text = "学" * 195 + "Transformer" + "学" * 250
    assert sum("Transformer" in piece for piece in texts(text, "zh")) == 1


@pytest.mark.parametrize("sentence", ["学" * 3000, "a" * 3000, "好 " * 1500])
def test_one_sentence_of_3000_characters(sentence: str) -> None:
    result = split(sentence, "zh")
    assert joined(result) == sentence
    lengths = [len(segment.text) for segment in result.segments]
    assert max(lengths) <= 200
    assert min(lengths) >= 100


@pytest.mark.parametrize(
    "unit",
    [
        "学",
        "我喜欢茶。",
        "a",
        ".",
        'a."',
        "3.14 ",
        "\n",
        "e\u0301",
        "1.",
        "你.",
        "  - ",
        '"a. b ',
        "。)",
    ],
)
def test_100000_characters_take_under_a_second(unit: str) -> None:
    text = unit * (100_000 // len(unit))
    start = time.process_time()
    result = split(text, "zh")
    assert time.process_time() - start < seconds_here(1.0)
    assert joined(result) == text


def test_limit_must_be_positive() -> None:
    with pytest.raises(ValueError, match="at least 1"):
        split("茶", "zh", max_characters=0)


INTERESTING = st.sampled_from(
    [*"aZé我一二1.。…!?！？；;,，、\"'“”（）()[]-*•· \t\n\r\u3000\u2028\x0b\x00",
     "Mr.", "U.S.", "No. ", "e\u0301", "👩\u200d👧", "\ud83d", "\ude00",
     "1. ", "（1）", "一、", "- ", "\n\n"]
)  # fmt: skip
TEXTS = st.lists(INTERESTING, max_size=80).map("".join) | st.text(max_size=80)


@settings(max_examples=400, deadline=None, derandomize=True, database=None)
@given(TEXTS, st.sampled_from(["zh", "en"]), st.sampled_from([None, 1, 2, 7]))
def test_nothing_is_lost(text: str, language: str, limit: int | None) -> None:
    result = split(text, language, max_characters=limit)
    assert joined(result) == text
    whole = find_protected(text)
    for segment in result.segments:
        assert text[segment.start : segment.end] == segment.text
        assert segment.text == segment.text.strip() != ""
        assert "\n" not in segment.text
        fits = len(segment.text) <= (limit or MAX_CHARACTERS[language])
        inside = any(s.start < segment.end and segment.start < s.end for s in whole)
        assert fits or inside
    assert result.tail.strip() == ""


def test_cells_of_a_table_are_sentences() -> None:
    text = "| 城市 | 人口。很多 |\n|---|:-:|\n上海\t\t2487万\n我有a|b两个。"
    assert [(s.gap, s.text) for s in split(text, "zh").segments] == [
        ("| ", "城市"), (" | ", "人口。"), ("", "很多"), (" |\n|", "---"), ("|", ":-:"),
        ("|\n", "上海"), ("\t\t", "2487万"), ("\n", "我有a|b两个。"),
    ]  # fmt: skip


def test_what_closes_a_mark_of_markdown_stays_with_its_sentence() -> None:
    text = "**你好。**再见。*真的？*[看。](a.org)好。"
    assert [s.text for s in split(text, "zh").segments] == [
        "**你好。**", "再见。", "*真的？*", "[看。](a.org)", "好。",
    ]  # fmt: skip
