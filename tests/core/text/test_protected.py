"""What passes through untouched is found, whole, and nothing else is."""

from __future__ import annotations

import itertools
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.text.protected import find_protected, with_phrases
from core.text.segments import split
from tests.pace import seconds_here


def found(text: str) -> list[tuple[str, str]]:
    return [(text[span.start : span.end], span.kind) for span in find_protected(text)]


@pytest.mark.parametrize(
    ("text", "span", "kind"),
    [
        ("请看https://example.org/a?b=1&c=2这个网站。", "https://example.org/a?b=1&c=2", "url"),
        ("访问 https://example.org/a/b，谢谢。", "https://example.org/a/b", "url"),
        ("See (https://example.org/a_(b)). Then", "https://example.org/a_(b)", "url"),
        ("at https://example.org/?q=x!", "https://example.org/?q=x", "url"),
        ('<"https://example.org/x">', "https://example.org/x", "url"),
        ("看https://example.org/wiki/北京。", "https://example.org/wiki/北京", "url"),
        ("看https://example.org/这个网站。", "https://example.org/", "url"),
        ("FTP: ftp://example.org/a.zip.", "ftp://example.org/a.zip", "url"),
        ("www.example.com是网站", "www.example.com", "url"),
        ("go to www.example.museum/x today", "www.example.museum/x", "url"),
        ("Visit example.org.", "example.org", "url"),
        ("在example.com:8080/x上", "example.com:8080/x", "url"),
        ("设MAX_RETRIES=5吧", "MAX_RETRIES", "identifier"),
        ("is my_variable_2 set", "my_variable_2", "identifier"),
        ("MAC地址是00:1A:2B:3C:4D:5E。", "00:1A:2B:3C:4D:5E", "identifier"),
        ("IBAN is DE89370400440532013000.", "DE89370400440532013000", "identifier"),
        ("ID 550e8400-e29b-41d4-a716-446655440000 is", "550e8400-e29b-41d4-a716-446655440000",
         "identifier"),
        ("在2024-06-30之前", "2024-06-30", "identifier"),
        ("at 2024-06-30T12:00:00Z.", "2024-06-30T12:00:00Z", "identifier"),
        ("ISBN 978-7-111-12345-6,", "978-7-111-12345-6", "identifier"),
        ("有10⁶个", "10⁶", "identifier"),
        ("is 25m² large", "25m²", "identifier"),
        ("加2½杯", "2½", "identifier"),
        ("邮箱是li.ming+a@mail.example.com，", "li.ming+a@mail.example.com", "email"),
        ("Write to a_b@example.co.uk.", "a_b@example.co.uk", "email"),
        ("运行`pip install attune`。", "`pip install attune`", "code"),
        ("Use ``a `b` c`` here", "``a `b` c``", "code"),
        ("Use ```x = 1``` here", "```x = 1```", "code"),
        ("你好，{name}！", "{name}", "placeholder"),
        ("共{0}个", "{0}", "placeholder"),
        ("a {} b", "{}", "placeholder"),
        ("is {value:>5.2f} or", "{value:>5.2f}", "placeholder"),
        ("is {count, number} or", "{count, number}", "placeholder"),
        ("你好{姓名}", "{姓名}", "placeholder"),
        ("欢迎{{ user }}先生", "{{ user }}", "placeholder"),
        ("欢迎来到${city}。", "${city}", "placeholder"),
        ("a {% if x %} b", "{% if x %}", "placeholder"),
        ("找不到“%s”。", "%s", "placeholder"),
        ("已下载%d次", "%d", "placeholder"),
        ("剩余%(minutes)d分钟", "%(minutes)d", "placeholder"),
        ("is %1$s now", "%1$s", "placeholder"),
        ("is %-5.2f now", "%-5.2f", "placeholder"),
        ("in %TEMP% now", "%TEMP%", "placeholder"),
        ("a&nbsp;b", "&nbsp;", "placeholder"),
        ("a &#8212; b", "&#8212;", "placeholder"),
        ("按<br/>键", "<br/>", "tag"),
        ("读<a href=\"https://e.org/?a=1\" class='x'>", "<a href=\"https://e.org/?a=1\" class='x'>",
         "tag"),
        ("</strong>", "</strong>", "tag"),
        ("a<1>b", "<1>", "tag"),
        ("a <!-- note, no tag --> b", "<!-- note, no tag -->", "tag"),
        ("文件在/home/user/文档/report.txt里。", "/home/user/文档/report.txt", "path"),
        ("see ~/notes and", "~/notes", "path"),
        ("in /etc/hosts.", "/etc/hosts", "path"),
        ("see core/text/a.py, then", "core/text/a.py", "path"),
        ("打开report.pdf吧", "report.pdf", "path"),
        ("打开C:\\Users\\Li\\file.txt看看。", "C:\\Users\\Li\\file.txt", "path"),
        ("run C:\\Program Files\\A\\a.exe now", "C:\\Program Files\\A\\a.exe", "path"),
        ("on \\\\server\\share\\x here", "\\\\server\\share\\x", "path"),
        ("谢谢@li_ming的帮助", "@li_ming", "handle"),
        ("@小明 你来吗", "@小明", "handle"),
        ("thanks @bob.", "@bob", "handle"),
        ("今天 #周末 好", "#周末", "hashtag"),
        ("#周末去哪儿#我们", "#周末去哪儿#", "hashtag"),
        ("about #AI_2 now", "#AI_2", "hashtag"),
    ],
)  # fmt: skip
def test_spans(text: str, span: str, kind: str) -> None:
    assert found(text) == [(span, kind)]


def test_marks_of_markdown_are_tags() -> None:
    text = "这是**粗体**和*斜体*，~~不~~看[这里](https://a.org/x)和![图](a.png)。价格*不含税。"
    assert found(text) == [
        (mark, "tag")
        for mark in (
            "**", "**", "*", "*", "~~", "~~", "[", "](https://a.org/x)", "![", "](a.png)", "*"
        )
    ]  # fmt: skip


def test_several_in_order() -> None:
    text = "已下载%d%%：<b>{0}</b>，见a@b.org或c.txt"
    assert [span for span, _ in found(text)] == [
        "%d", "%%", "<b>", "{0}", "</b>", "a@b.org", "c.txt",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "",
        "我喜欢猫。你呢？",
        "It rose 50% of the time, and/or 24/7, at 80 km/h on 1/2/2024.",
        "He left at 5 p.m. on Jan. 3, e.g. from the U.S. for v1.2.3 at $100.",
        "I like C# and F#, the #1 choice. # Heading",
        "增长了50%，是100%的人。5%左右",
        "他/她/它，男/女，公里/小时",
        "a < b and c > d, x <- y, a<b and c>d",
        "{这是一个句子，不是占位符}",
        "Meet me @ 5 pm; AT&T; fish & chips;",
        "He said `no and left.",
        "http:// and www. and @ and # and {",
        "End of one.Start of another",
        "well-known, 12-year-old, 9-11, 10-20-30, COVID-19, e-mail, A-1 and 12:30:45 in 2024-25",
        "问题#3和#4都已修复，住在#5楼",
        "5 * 3 = 15, 2**3, 2*3, **** and * and ~ and [x] and a[1]",
        "Internationalisation, ____, a_ and _b",
    ],
)
def test_what_is_language_is_left_alone(text: str) -> None:
    assert found(text) == []


PARTS = st.sampled_from(
    ["https://a.org/x?y=1.5", "a.b@c.org", "`x. y`", "{name}", "%s", "<b>", "</b>", "a/b.txt",
     "@li_ming", "#周末#", "我喜欢", "The cat sat", "。", ". ", "! ", "，", " ", "\n", "Mr. "]
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(PARTS | st.characters(), max_size=20).map("".join))
def test_spans_are_in_order_and_apart(text: str) -> None:
    spans = find_protected(text)
    for span in spans:
        assert 0 <= span.start < span.end <= len(text)
        assert "\n" not in text[span.start : span.end]
    for span, behind in itertools.pairwise(spans):
        assert span.end <= behind.start


@settings(max_examples=300, deadline=None)
@given(
    st.lists(PARTS, max_size=20).map(" ".join),
    st.sampled_from(["zh", "en"]),
    st.sampled_from([None, 5, 40]),
)
def test_no_span_is_cut_and_sentences_show_the_same(
    text: str, language: str, limit: int | None
) -> None:
    segments = split(text, language, limit).segments
    shown = [
        (segment.start + span.start, segment.start + span.end)
        for segment in segments
        for span in find_protected(segment.text)
    ]
    assert shown == [(span.start, span.end) for span in find_protected(text)]


def test_a_stop_inside_a_span_ends_no_sentence() -> None:
    text = "See https://a.org/?q=1. Then run `a. B! c` now. Use x.y@c.org! Bye."
    assert [segment.text for segment in split(text, "en").segments] == [
        "See https://a.org/?q=1.", "Then run `a. B! c` now.", "Use x.y@c.org!", "Bye.",
    ]  # fmt: skip


def test_a_closing_tag_stays_with_its_sentence() -> None:
    for language, text in (
        ("zh", "<p>今天很好。</p><p>明天下雨。</p>"),
        ("en", "<b>Stop.</b> <i>Now.</i>"),
    ):
        first, second = split(text, language).segments
        assert first.text.startswith("<") and first.text.endswith(">")
        assert first.text + second.gap + second.text == text


def test_a_span_longer_than_a_sentence_may_be_is_left_whole() -> None:
    address = "https://a.org/" + "b" * 500
    text = f"请看{address}，" + "我喜欢猫" * 100
    assert any(address in segment.text for segment in split(text, "zh").segments)


HOSTILE = ["a", "a.", "a/", "/a", "a@", "@", "#", "<a ", "{", "`", "` ", "a.b/", "www.", "%",
           "C:\\a\\", "\\\\a", "a-", "-", '<a a="', "~/", "/我", "C:\\a a a ", "<!--", "{{", "&a",
           "https://", ")", "https://a/"]  # fmt: skip


@pytest.mark.parametrize("unit", HOSTILE)
def test_the_time_is_linear(unit: str) -> None:
    def seconds(size: int) -> float:
        text = "https://a" * (unit == ")") + unit * (size // len(unit)) + ".x"
        begin = time.process_time()
        find_protected(text)
        return time.process_time() - begin

    seconds(1_000)
    assert seconds(100_000) < seconds_here(1.5)  # quadratic ones take minutes


@pytest.mark.parametrize("unit", ["a-", "it's", "twenty-"])
def test_a_word_without_end_takes_no_time(unit: str) -> None:
    start = time.process_time()
    with_phrases("他读 The Old Man。" + unit * (60_000 // len(unit)), ())
    assert time.process_time() - start < seconds_here(1)


def test_phrases_have_words_of_any_sense() -> None:
    for text, phrase in (
        ("他读 The Old Man and the Sea。", "The Old Man and the Sea"),
        ("3D-print this 吧", "print this"),
        ("don't mother-in-law 好", "don't mother-in-law"),
    ):
        (span,) = with_phrases(text, ())
        assert text[span.start : span.end] == phrase
