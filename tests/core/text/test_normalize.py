"""Normalisation against the Unicode database and tables written by hand."""

from __future__ import annotations

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.text.normalize import normalize
from tests.pace import seconds_here

# Characters where composition, width and dropping happen, mixed with anything at all.
TRICKY = (
    "aeＡｅ，。「ﾊﾞﾟが가각e\u0301\u0300\u0327\u00b4\u2026①㎏ﬁ\u3000\u200b\u200d\ufeff\x00\ud800龘國"
)
texts = st.text(st.one_of(st.sampled_from(TRICKY), st.characters()), max_size=40)


@given(texts, st.sampled_from(["zh", "en"]))
def test_every_character_has_its_place_in_the_source(text: str, language: str) -> None:
    found = normalize(text, language)
    assert len(found.origins) == len(found.ends) == len(found.text)
    assert list(found.origins) == sorted(found.origins)
    assert list(found.ends) == sorted(found.ends)
    for start, end in zip(found.origins, found.ends, strict=True):
        assert 0 <= start < end <= len(text)


@given(texts)
def test_a_character_comes_from_where_it_is_said_to(text: str) -> None:
    found = normalize(text, "en")
    for character, start, end in zip(found.text, found.origins, found.ends, strict=True):
        assert character in normalize(text[start:end], "en").text


@given(texts)
def test_nothing_unseen_is_left_and_blanks_are_spaces(text: str) -> None:
    for character in normalize(text, "zh").text:
        assert (
            character == "\u200d"
            or unicodedata.category(character) not in ("Cc", "Cs", "Cf")
            or (
                "\U000e0020" <= character <= "\U000e007f"  # tags of a flag
            )
        )
        assert character == " " or not character.isspace()


@given(
    st.text(st.sampled_from("abeＡｅ１ﾊﾊﾞﾟｶ가각ᄀ\u1161\u11a8e\u0301\u0300\u0327①㎏ﬁⅣ"), max_size=30)
)
def test_letters_are_those_of_nfkc(text: str) -> None:
    assert normalize(text, "en").text == unicodedata.normalize("NFKC", text)


@given(texts)
def test_normalising_twice_changes_nothing_more(text: str) -> None:
    once = normalize(text, "zh").text
    assert normalize(once, "zh").text == once


@pytest.mark.parametrize(
    ("text", "normalized"),
    [
        ("ＡＢＣ１２３", "ABC123"),
        ("你好，世界！（真的？）", "你好,世界!(真的?)"),
        ("ｶﾞ", "ガ"),
        ("“你好”‘a’「b」『c』", '"你好"\'a\'"b""c"'),
        ("等等……", "等等......"),
        ("a\u3000b\u00a0c\td\u2028e\x85f", "a b c d e f"),
        ("a\x00b\x07c\u200bd\ufeffe\ud83df", "abcdef"),
        ("don´t", "don't"),
        ("a – b − c‐d", "a - b - c-d"),
        ("。、《》", "。、《》"),
        ("e\u0301", "é"),
        ("▁", "_"),
        ("", ""),
    ],
)
def test_known_texts(text: str, normalized: str) -> None:
    assert normalize(text, "zh").text == normalized


@pytest.mark.parametrize(
    "emoji", ["👨‍👩‍👧", "🇨🇳", "👍🏽", "❤️", "1️⃣", "🏴\U000e0067\U000e0062\U000e007f", "🏳️‍🌈"]
)
def test_emoji_stay_whole(emoji: str) -> None:
    found = normalize(f"a{emoji}b", "zh")
    assert found.text == f"a{emoji}b"
    middle = slice(1, 1 + len(emoji))
    assert set(found.origins[middle]) == {1}
    assert set(found.ends[middle]) == {1 + len(emoji)}


def test_what_is_dropped_leaves_a_gap_in_the_offsets() -> None:
    found = normalize("a\x00\x00b", "en")
    assert (found.text, found.origins, found.ends) == ("ab", (0, 3), (1, 4))


def test_one_character_may_become_many() -> None:
    found = normalize("x㎏", "en")
    assert (found.text, found.origins, found.ends) == ("xkg", (0, 1, 1), (1, 2, 2))


def test_traditional_becomes_simplified_and_is_flagged() -> None:
    found = normalize("我們學習漢語。", "zh")
    assert found.text == "我们学习汉语。"
    assert found.traditional
    assert found.origins == tuple(range(7))


def test_traditional_by_phrase() -> None:
    assert normalize("乾隆皇帝的頭髮很乾", "zh").text == "乾隆皇帝的头发很干"


@pytest.mark.parametrize(
    "text",
    [
        "我们学习汉语。",
        "著名的瞭望塔",
        "他慰藉我，地上一片狼藉",
        "乾坤",
        "于是后来",
        "Hello",
        "",
        "你好，ＡＢＣ",
    ],
)
def test_simplified_is_not_flagged(text: str) -> None:
    assert not normalize(text, "zh").traditional


def test_english_is_not_converted() -> None:
    found = normalize("the word 學習", "en")
    assert found.text == "the word 學習"
    assert not found.traditional


def test_a_heap_of_marks_takes_no_quadratic_time() -> None:
    begin = time.process_time()
    normalize("a" + "\u0301\u0327" * 50_000, "en")
    assert time.process_time() - begin < seconds_here(
        5
    )  # a second at most; unbounded it takes minutes


def test_powers_and_fractions_are_other_numbers_without_their_signs() -> None:
    assert normalize("5² × 10⁻⁶ ＋ 2½", "en").text == "5² × 10⁻⁶ + 2½"
