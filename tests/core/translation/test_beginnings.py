"""Beginnings of translations in the model's pieces."""

from __future__ import annotations

import pytest

from core.text.encoding import EncodedSegment, SegmentEncoder
from core.text.tokenizer import PlainEnglishTokenizer, make_tokenizer
from core.text.vocab import EOS, UNK
from core.translation.beginnings import Beginning, BeginningReader

from .planted import encoder, vocabulary

READER = BeginningReader("en", None, vocabulary("en"))


def source(text: str = "我喜欢猫。") -> EncodedSegment:
    return encoder("zh").encode(text, protect=True)


def read(text: str, of: str = "我喜欢猫。", *, whole: bool = True) -> Beginning:
    return READER.read(text, source(of), whole=whole)


def test_whole_words_are_their_own_pieces() -> None:
    found = read("I like cats .")
    assert READER.pieces(found.ids) == ["▁I", "▁like", "▁cats", "▁", "."]
    assert found.columns == (-1,) * 5
    assert found.rest == ""


def test_behind_a_whole_word_another_begins() -> None:
    found = read("I like")
    last = found.prefix.moves[-1]
    assert EOS in last
    assert set(vocabulary("en").encode(["▁cats"]).ids) <= set(last)
    assert not set(vocabulary("en").encode(["learn"]).ids) & set(last)
    assert len(read("I like", whole=False).prefix.moves) == 1 + len("▁like")


@pytest.mark.parametrize(("text", "rest"), [("I le", "▁le"), ("I le ", ""), ("I.", ""), ("", "")])
def test_the_last_word_may_go_on_unless_something_ends_it(text: str, rest: str) -> None:
    assert read(text, whole=False).rest == rest


def test_what_the_source_has_is_copied_and_what_nobody_knows_stays() -> None:
    found = read("I like 龘 鑫 cats", "我喜欢龘。")
    shown = [text for text in found.shown if text not in "▁"]
    assert shown == ["▁I", "▁like", "龘", "鑫", "▁cats"]
    unknown = [c for i, c in zip(found.ids, found.columns, strict=True) if i == UNK]
    column = source("我喜欢龘。").ids.index(UNK)
    assert unknown == [column, -1]
    assert set(found.columns) == {-1, column}


def test_tags_count_for_nothing() -> None:
    assert read("I <b>like", "我<b>喜欢</b>猫。").ids == read("I like").ids


def test_a_word_that_cannot_be_spelled_is_settled_as_it_is() -> None:
    found = read("I ж", whole=False)
    assert found.rest == ""
    assert found.shown[-1].lstrip("▁") == "ж"


def test_chinese_may_be_cut_into_words_in_another_way() -> None:
    reader = BeginningReader("zh", make_tokenizer("zh"), vocabulary("zh"))
    english = SegmentEncoder("en", make_tokenizer("en"), vocabulary("en")).encode("I like cats.")
    found = reader.read("今天，我喜欢学", english, whole=False)
    assert found.rest == "我喜欢学"  # a comma is settled
    assert reader.pieces(found.ids)[-1] == ","
    assert reader.read("我喜欢学", english, whole=True).rest == ""


SENTENCES = [
    "I don't think we can't do it, but we'll see.",
    "Mr. Smith said: \"It's fine!\" (She didn't.)",
    "He paid $5.50 and 1,250 people came at 3:45 p.m. to the U.S.",
    "A well-known state-of-the-art model... isn't it?",
    "You've got 10% of what they're owed; I'd say that's unfair.",
    "We cannot go - it's 5km away, etc.",
    "John's e-mail, \"quoted\" and 'single', ends here.",
]


@pytest.mark.parametrize("sentence", SENTENCES)
def test_english_is_cut_as_spacy_cuts_it(sentence: str) -> None:
    assert PlainEnglishTokenizer().tokenize(sentence) == make_tokenizer("en").tokenize(sentence)
