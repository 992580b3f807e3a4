"""Encoded segments: ids, and where in the text as typed their pieces and words stand."""

from __future__ import annotations

import functools
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.text.encoding import SegmentEncoder
from core.text.languages import CHINESE, ENGLISH
from core.text.subword import SubwordVocabulary, Vocabulary
from core.text.tokenizer import make_tokenizer
from core.text.vocab import UNK, WordVocabulary


@functools.cache
def encoder(language: str, *, whole_words: bool = False) -> SegmentEncoder:
    sentences = {
        CHINESE: [["我", "喜欢", "学习", "汉语", ",", "。", "用", "Python", "▁3", "k", "g"]],
        ENGLISH: [["▁I", "▁like", "▁to", "▁learn", "n't", ".", "▁do", "!"]],
    }[language]
    vocabulary: Vocabulary = (
        WordVocabulary.build(sentences)
        if whole_words
        else SubwordVocabulary.train(sentences * 2, size=150, alphabet=80)
    )
    return SegmentEncoder(language, make_tokenizer(language), vocabulary)


def shown(language: str, text: str, **options: bool) -> list[str]:
    """The slices of ``text`` that its pieces stand for; unknown ones in brackets."""
    encoded = encoder(language).encode(text, **options)
    slices = [text[a:b] for a, b in encoded.piece_spans]
    return [f"[{s}]" if i == UNK else s for i, s in zip(encoded.ids, slices, strict=True)]


def word_texts(language: str, text: str, **options: bool) -> list[str]:
    return [text[a:b] for a, b in encoder(language).encode(text, **options).words]


def test_chinese() -> None:
    text = "我喜欢學習汉语。"
    encoded = encoder(CHINESE).encode(text)
    assert shown(CHINESE, text) == ["我", "喜欢", "學習", "汉语", "。"]
    assert word_texts(CHINESE, text) == ["我", "喜欢", "學習", "汉语", "。"]
    assert encoded.piece_words == (0, 1, 2, 3, 4)
    assert encoded.traditional
    assert encoded.translatable


def test_the_marker_of_english_takes_no_place() -> None:
    assert shown(ENGLISH, "I don't  like.") == ["I", "do", "n't", "like", "."]


def test_unknown_characters_in_a_row_are_one_piece() -> None:
    assert shown(CHINESE, "我喜欢龘鑫，龘") == ["我", "喜欢", "[龘鑫]", "，", "[龘]"]


def test_what_stands_between_unknown_characters_parts_them() -> None:
    assert shown(CHINESE, "龘 鑫") == ["[龘]", "[鑫]"]
    assert shown(CHINESE, "龘\x00鑫") == ["[龘]", "[鑫]"]


@pytest.mark.parametrize("emoji", ["😀", "👨‍👩‍👧", "🇨🇳", "👍🏽", "❤️", "3️⃣", "🏳️‍🌈", "😀🎉"])
def test_emoji_are_one_unknown_piece(emoji: str) -> None:
    assert shown(CHINESE, f"我{emoji}用") == ["我", f"[{emoji}]", "用"]
    assert shown(ENGLISH, f"I{emoji} do") == ["I", f"[{emoji}]", "do"]


@pytest.mark.parametrize("emoji", ["😀", "👍🏽"])
def test_the_marker_before_an_emoji_is_a_piece_of_its_own(emoji: str) -> None:
    encoded = encoder(ENGLISH).encode(f"I {emoji}")
    assert len(encoded.ids) == 3
    assert encoded.ids[1] != UNK
    assert encoded.ids[2] == UNK


def test_one_character_of_several_pieces() -> None:
    text = "用㎏用"  # normalised to "kg"
    encoded = encoder(CHINESE).encode(text)
    assert [text[a:b] for a, b in encoded.words] == ["用", "㎏", "用"]
    assert [text[a:b] for a, b in encoded.piece_spans] == ["用", "㎏", "㎏", "用"]


@given(
    st.text(st.one_of(st.sampled_from("我喜欢龘😀👍🏽 ，ab\x00\ud800㎏國e\u0301"), st.characters()))
)
def test_places_lie_in_the_text_and_in_order(text: str) -> None:
    for language in (CHINESE, ENGLISH):
        encoded = encoder(language).encode(text)
        size = len(encoded.ids)
        assert len(encoded.piece_words) == len(encoded.piece_spans) == size
        for spans in (encoded.words, encoded.piece_spans):
            assert list(spans) == sorted(spans)
            assert all(0 <= a < b <= len(text) for a, b in spans)
        for word, (start, end) in zip(encoded.piece_words, encoded.piece_spans, strict=True):
            begin = encoded.words[word][0]
            assert begin <= start < end


@given(st.text(st.sampled_from("我喜欢龘😀 ，。ab"), max_size=20))
def test_every_visible_character_has_a_piece(text: str) -> None:
    encoded = encoder(CHINESE).encode(text)
    covered = {i for a, b in encoded.piece_spans for i in range(a, b)}
    assert covered == {i for i, character in enumerate(text) if character != " "}


@pytest.mark.parametrize(
    ("language", "text", "translatable"),
    [
        (CHINESE, "我", True),
        (CHINESE, "OK，我", True),
        (CHINESE, "Hello, world", False),
        (CHINESE, "123", False),
        (CHINESE, "。！", False),
        (CHINESE, "😀", False),
        (CHINESE, "", False),
        (CHINESE, " \x00\ud800", False),
        (ENGLISH, "I", True),
        (ENGLISH, "I 我", True),
        (ENGLISH, "我喜欢", False),
        (ENGLISH, "3.14 !", False),
    ],
)
def test_what_can_be_translated(language: str, text: str, translatable: bool) -> None:
    assert encoder(language).encode(text).translatable is translatable


def test_tokenised_text_keeps_its_words() -> None:
    text = "我喜欢 学习  汉 语"
    encoded = encoder(CHINESE).encode(text, tokenized=True)
    assert word_texts(CHINESE, text, tokenized=True) == ["我喜欢", "学习", "汉", "语"]
    assert encoded.piece_words[-1] == 3


def test_a_tokenised_word_of_nothing_has_no_piece() -> None:
    text = "I \u200b like"
    assert word_texts(ENGLISH, text, tokenized=True) == ["I", "\u200b", "like"]
    assert encoder(ENGLISH).encode(text, tokenized=True).piece_words == (0, 2)


def test_word_vocabularies_serve_as_well() -> None:
    encoded = encoder(ENGLISH, whole_words=True).encode("I \u200b learn fast", tokenized=True)
    assert encoded.ids == (4, 7, UNK)
    assert encoded.piece_words == (0, 2, 3)


def test_time_grows_with_length_only() -> None:
    text = "我喜欢学习，龘鑫😀 abc。" * 6_000  # 100,000 characters
    begin = time.process_time()
    encoder(CHINESE).encode(text)
    assert time.process_time() - begin < 15


def test_protected_spans_are_one_unknown_piece_each() -> None:
    text = "我用https://a.org/，学习%s。"
    assert shown(CHINESE, text, protect=True) == [
        "我", "用", "[https://a.org/]", "，", "学习", "[%s]", "。",
    ]  # fmt: skip
    assert "[https://a.org/]" not in shown(CHINESE, text)
    kinds = [span.kind for span in encoder(CHINESE).encode(text, protect=True).protected]
    assert kinds == ["url", "placeholder"]
    assert encoder(CHINESE).encode(text).protected == ()


def test_foreign_words_in_a_row_are_one_unknown_piece_in_chinese() -> None:
    text = "我学习New York Times。"
    assert "[New York Times]" in shown(CHINESE, text, protect=True)
    [span] = encoder(CHINESE).encode(text, protect=True).protected
    assert (text[span.start : span.end], span.kind) == ("New York Times", "phrase")
    assert encoder(CHINESE).encode("我学习Python。", protect=True).protected == ()
    assert encoder(ENGLISH).encode("I like to", protect=True).protected == ()
    kinds = [s.kind for s in encoder(CHINESE).encode("我<b>like tea</b>", protect=True).protected]
    assert kinds == ["tag", "phrase", "tag"]
    url = "看https://a.org/a b我"  # what is protected already is not protected twice
    assert [s.kind for s in encoder(CHINESE).encode(url, protect=True).protected] == ["url"]


def test_tags_are_no_words() -> None:
    text = "我<b>喜欢</b>学<i>习</i>。"
    assert word_texts(CHINESE, text, protect=True) == ["我", "喜欢", "学", "习", "。"]
    assert word_texts(ENGLISH, "I <b>like</b> to", protect=True) == ["I", "like", "to"]
    marked = encoder(ENGLISH).encode("I <b>like</b> to", protect=True)
    assert marked.ids == encoder(ENGLISH).encode("I like to").ids


@pytest.mark.parametrize(
    ("text", "translatable"),
    [("https://a.org/", False), ("`我喜欢`", False), ("<p>123</p>", False), ("我a@b.org", True)],
)
def test_spans_alone_are_nothing_to_translate(text: str, translatable: bool) -> None:
    assert encoder(CHINESE).encode(text, protect=True).translatable is translatable


def test_a_protected_span_is_not_converted() -> None:
    text = "我看{變數}"
    encoded = encoder(CHINESE).encode(text, protect=True)
    assert not encoded.traditional
    assert encoder(CHINESE).encode(text).traditional
