"""Texts cut into words of any language, characters, and what stands between blanks."""

from __future__ import annotations

import functools
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import BundleError, OptionError
from core.text.encoding import SegmentEncoder
from core.text.normalize import normalize
from core.text.options import TextOptions
from core.text.subword import vocabulary_from_json
from core.text.target import join_pieces
from core.text.tokenizer import make_tokenizer, words
from core.text.units import CHARACTERS, PIECES, SPACES, UNITS, WORDS
from core.text.vocab import SPECIALS, UNK, WordVocabulary

make = functools.cache(make_tokenizer)


def forms(text: str, language: str, units: str) -> list[str]:
    return [span.form for span in words(make(language, units).tokenize(text), language, units)]


@pytest.mark.parametrize(
    ("language", "units", "text", "expected"),
    [
        ("de", WORDS, "Das ist z.B. gut, oder?", "▁Das ▁ist ▁z.B. ▁gut , ▁oder ?"),
        ("text", WORDS, "don't stop, it's 3.5!", "▁don't ▁stop , ▁it's ▁3.5 !"),
        ("en", WORDS, "I don't.", "▁I ▁do n't ."),
        ("zh", WORDS, "我喜欢学习。", "我 喜欢 学习 。"),
        ("en", CHARACTERS, "no go!", "n o ▁g o !"),
        ("zh", CHARACTERS, "我 用 a b", "我 用 a ▁b"),
        ("word", CHARACTERS, "ab  👍🏽", "a b ▁👍🏽"),
        ("tags", SPACES, "NOUN VERB-3,x  .", "▁NOUN ▁VERB-3,x ▁."),
        ("zh", SPACES, "我们 去", "▁我们 ▁去"),
    ],
)
def test_cut(language: str, units: str, text: str, expected: str) -> None:
    assert forms(text, language, units) == expected.split()


@given(st.text(st.one_of(st.sampled_from("ab ,.'我用é3-"), st.characters()), max_size=30))
def test_tokens_join_to_the_text(text: str) -> None:
    for language, units in (("word", CHARACTERS), ("text", WORDS), ("tags", SPACES)):
        normal = normalize(text, language).text
        assert "".join(make(language, units).tokenize(normal)) == normal


@pytest.mark.parametrize("units", [WORDS, CHARACTERS, SPACES])
@pytest.mark.parametrize("text", ["a b, c!", "two  words", "(x) y", "x"])
def test_forms_join_to_the_text_with_single_blanks(units: str, text: str) -> None:
    joined = join_pieces(forms(text, "text", units), "text")
    assert joined.text == " ".join(text.split())


def test_tokenizers_tell_what_they_cut_into() -> None:
    for language in ("zh", "en", "de", "word"):
        for units in UNITS:
            tokenizer = make(language, units)
            assert (tokenizer.language, tokenizer.units) == (language, units)


# --- vocabularies --------------------------------------------------------------------------------


def test_a_vocabulary_remembers_its_units() -> None:
    vocabulary = WordVocabulary(["a", "b"], CHARACTERS)
    again = vocabulary_from_json(vocabulary.to_json())
    assert isinstance(again, WordVocabulary)
    assert again.units == CHARACTERS
    assert again.to_json() == vocabulary.to_json()


def test_a_vocabulary_from_before_there_were_units_is_of_words() -> None:
    old = '{"kind": "word", "version": 1, "words": ["a"]}'
    assert vocabulary_from_json(old).units == WORDS


def test_unknown_units_are_refused() -> None:
    newer = '{"kind": "word", "version": 1, "units": "syllables", "words": ["a"]}'
    with pytest.raises(BundleError, match="syllables"):
        vocabulary_from_json(newer)


@given(st.lists(st.lists(st.sampled_from("abcdefgh"), max_size=6), max_size=12), st.integers(1, 3))
def test_no_more_entries_than_asked_for_and_the_most_frequent(
    sentences: list[list[str]], min_freq: int
) -> None:
    counts = Counter(word for sentence in sentences for word in sentence)
    for size in (5, 6, 8):
        found = WordVocabulary.build(sentences, max_size=size, min_freq=min_freq)
        assert len(found) <= size
        kept = found.pieces(range(len(SPECIALS), len(found)))
        assert all(counts[word] >= min_freq for word in kept)
        left = [count for word, count in counts.items() if word not in kept and count >= min_freq]
        if left:
            assert len(found) == size
            assert max(left) <= min(counts[word] for word in kept)


# --- encoding ------------------------------------------------------------------------------------


def test_unknown_words_side_by_side_stay_apart() -> None:
    encoder = SegmentEncoder.of("zh", WordVocabulary(["我"], WORDS), plain=True)
    encoded = encoder.encode("我喜欢学习")
    assert encoded.ids == (4, UNK, UNK)
    assert [encoded.text[a:b] for a, b in encoded.piece_spans] == ["我", "喜欢", "学习"]
    assert encoded.piece_words == (0, 1, 2)


def test_a_task_may_read_anything_and_nothing_of_it_is_protected() -> None:
    vocabulary = WordVocabulary(["2", "▁2", "@", "a", ".", "b"], CHARACTERS)
    encoder = SegmentEncoder.of("en", vocabulary, plain=True)
    assert encoder.encode("22").translatable
    assert not SegmentEncoder.of("en", vocabulary).encode("22").translatable
    address = encoder.encode("a@a.b", protect=True)
    assert address.protected == ()
    assert len(address.ids) == 5
    assert address.plain


# --- options -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"source_units": "syllables"}, "source_units is 'syllables'"),
        ({"target_vocabulary_size": 4}, "target_vocabulary_size is 4"),
        ({"source_vocabulary_size": 70_000}, "source_vocabulary_size is 70000"),
        ({"source_min_freq": 0}, "source_min_freq is 0"),
        ({"shared": True, "target_units": WORDS}, "embeddings is shared"),
    ],
)
def test_options_that_make_no_sense(options: dict[str, object], told: str) -> None:
    with pytest.raises(OptionError, match=told) as caught:
        TextOptions(**options)  # type: ignore[arg-type]
    assert caught.value.remedy


def test_usual_options_are_pieces() -> None:
    assert TextOptions().units == (PIECES, PIECES)
