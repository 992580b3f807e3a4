"""Texts that nobody would call a sentence: a sensible result, in time, and nothing lost."""

from __future__ import annotations

import time

import pytest

from core.text.segments import split
from core.translation.translator import TranslateOptions, Translator

GREEDY = TranslateOptions(beam=1)


def whole(translator: Translator, text: str) -> str:
    parts = [r.gap + r.translation.translation for r in translator.translate(text, GREEDY)]
    return "".join(parts) + split(text, "zh").tail


@pytest.mark.parametrize(
    ("text", "translated"),
    [
        ("", ""),
        (" ", " "),
        ("\n\t \u3000\r\n", "\n\t \u3000\r\n"),
        ("。。。！？", "。。。！？"),
        ("...!!!", "...!!!"),
        ("😀🎉👍🏽", "😀🎉👍🏽"),
        ("\x00", "\x00"),
        ("\x07\x1b[31m\x7f", "\x07\x1b[31m\x7f"),
        ("\ud83d", "\ud83d"),
        ("Good morning, everyone. It's 9 a.m.", "Good morning, everyone. It's 9 a.m."),
        ("https://example.org/?q=1 user@example.org", "https://example.org/?q=1 user@example.org"),
    ],
)
def test_what_holds_no_chinese_is_given_back(
    translator: Translator, text: str, translated: str
) -> None:
    assert whole(translator, text) == translated


@pytest.mark.parametrize(
    "text",
    [
        "我喜欢\x00猫。",
        "\x00我喜欢猫。\x00",
        "我\u200b喜\ufeff欢猫。",
        "我喜欢\ud83d猫。",
        "我 喜 欢 猫。".replace(" ", "\x07"),
    ],
)
def test_control_characters_and_surrogates_do_not_hinder(translator: Translator, text: str) -> None:
    assert whole(translator, text).strip("\x00 ") == "I like cats."


def test_mixed_languages(translator: Translator) -> None:
    assert whole(translator, "我喜欢Python。") != ""
    assert whole(translator, "Hello. 我喜欢猫。 Bye.") == "Hello. I like cats. Bye."


def test_emoji_of_every_sentence_are_kept(translator: Translator) -> None:
    emoji = "😀🎉👍🏽👨‍👩‍👧🇨🇳❤️"
    translated = whole(translator, f"我喜欢{emoji}。😀我买书。你好{emoji}。")
    assert translated.count(emoji) == 2
    assert "😀 I buy books." in translated


def test_100000_characters_of_one_paragraph(translator: Translator) -> None:
    sentence = "我今天喜欢猫。你买书。他们现在看见面条。"
    text = sentence * (100_000 // len(sentence) + 1)
    begin = time.process_time()
    translated = whole(translator, text)
    assert time.process_time() - begin < 20
    assert translated.count("I like cats today.") == text.count("我今天喜欢猫。")
    assert translated.count("\n") == 0


def test_100000_characters_never_seen_before(translator: Translator) -> None:
    # Different sentences, so that none comes from memory; the first come at once.
    text = "".join(f"我喜欢{number}。\n" for number in range(12_000))[:100_000]
    begin = time.process_time()
    results = translator.translate(text, GREEDY)
    for _ in range(2_000):
        next(results)
    assert time.process_time() - begin < 20
    results.close()


def test_3000_characters_without_a_stop(translator: Translator) -> None:
    text = "我喜欢猫" * 750
    begin = time.process_time()
    results = list(translator.translate(text, GREEDY))
    assert time.process_time() - begin < 20
    assert "".join(text[r.start : r.end] for r in results) == text
    assert all("cats" in r.translation.translation for r in results)


def test_3000_rare_characters_in_a_row(translator: Translator) -> None:
    text = "".join(map(chr, range(0x20000, 0x20000 + 3_000)))
    assert whole(translator, text).replace(" ", "") == text


def test_a_word_of_3000_letters_in_chinese(translator: Translator) -> None:
    text = "我喜欢" + "abcdefghij" * 300
    results = list(translator.translate(text, GREEDY))
    assert "".join(text[r.start : r.end] for r in results) == text
    assert all(r.translation.translation.strip() for r in results)
