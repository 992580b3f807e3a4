"""Word vocabularies, counted by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import BundleError, OptionError
from core.text.subword import vocabulary_from_json
from core.text.vocab import EOS, PAD, SOS, SPECIALS, UNK, WordVocabulary

# a 3, b 2, c 2, d 1, and b is seen before c.
SENTENCES = [["a", "b", "c"], ["a", "c", "b"], ["a", "d"]]


def test_specials_come_first() -> None:
    assert (UNK, PAD, SOS, EOS) == (0, 1, 2, 3)
    assert SPECIALS == ("<unk>", "<pad>", "<sos>", "<eos>")
    assert WordVocabulary.build(SENTENCES).pieces(range(4)) == list(SPECIALS)


@pytest.mark.parametrize(
    ("max_size", "min_freq", "kept"),
    [
        (None, 1, "a b c d"),
        (None, 2, "a b c"),
        (None, 3, "a"),
        (None, 4, ""),
        (7, 1, "a b c"),
        (6, 1, "a b"),
        (5, 2, "a"),
        (100, 1, "a b c d"),
    ],
)
def test_max_size_and_min_freq(max_size: int | None, min_freq: int, kept: str) -> None:
    vocabulary = WordVocabulary.build(SENTENCES, max_size=max_size, min_freq=min_freq)
    assert vocabulary.pieces(range(4, len(vocabulary))) == kept.split()


def test_words_outside_are_unknown() -> None:
    vocabulary = WordVocabulary.build(SENTENCES, min_freq=2)
    encoded = vocabulary.encode(["c", "d", "a", "new"])
    assert encoded.ids == (6, UNK, 4, UNK)
    assert encoded.words == (0, 1, 2, 3)
    assert encoded.spans == ((0, 1), (0, 1), (0, 1), (0, 3))


def test_a_text_that_spells_a_special_is_unknown() -> None:
    vocabulary = WordVocabulary.build([["a", *SPECIALS]])
    assert len(vocabulary) == 5
    assert vocabulary.encode([*SPECIALS, "a"]).ids == (UNK, UNK, UNK, UNK, 4)


@pytest.mark.parametrize("max_size", [0, 4])
def test_no_room_for_words_is_refused(max_size: int) -> None:
    with pytest.raises(OptionError, match=f"max_size is {max_size}"):
        WordVocabulary.build(SENTENCES, max_size=max_size)


def test_a_frequency_below_one_is_refused() -> None:
    with pytest.raises(OptionError, match="min_freq is 0"):
        WordVocabulary.build(SENTENCES, min_freq=0)


def test_a_word_twice_is_refused() -> None:
    with pytest.raises(BundleError, match="twice"):
        WordVocabulary(["a", "a"])


@given(st.lists(st.lists(st.text(min_size=1, max_size=4), max_size=6), max_size=6))
def test_json_gives_the_vocabulary_back(sentences: list[list[str]]) -> None:
    vocabulary = WordVocabulary.build(sentences)
    again = vocabulary_from_json(vocabulary.to_json())
    assert isinstance(again, WordVocabulary)
    assert again.pieces(range(len(again))) == vocabulary.pieces(range(len(vocabulary)))
