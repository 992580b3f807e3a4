"""Subwords: pieces join back to the words, and what has no entry is unknown."""

from __future__ import annotations

import functools
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer as HubTokenizer

from core.errors import BundleError
from core.text.normalize import normalize
from core.text.subword import MARKER, SubwordVocabulary, vocabulary_from_json
from core.text.tokenizer import make_tokenizer, words
from core.text.vocab import SPECIALS, UNK

ENGLISH = (
    "The low lower lowest newer newest river. A newer river flows lower, the lowest flows low."
)
CHINESE = "我喜欢学习机器学习，你喜欢学习汉语。机器学习很有意思，学习汉语也很有意思。"


def forms(text: str, language: str) -> list[str]:
    tokens = _tokenizer(language).tokenize(normalize(text, language).text)
    return [span.form for span in words(tokens, language)]


_tokenizer = functools.cache(make_tokenizer)


@functools.cache
def vocabulary(language: str) -> SubwordVocabulary:
    text = ENGLISH if language == "en" else CHINESE
    return SubwordVocabulary.train([forms(text, language)], size=100, alphabet=60)


def test_the_first_ids_are_the_specials() -> None:
    assert vocabulary("en").pieces(range(4)) == list(SPECIALS)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_pieces_join_back_to_the_normalised_text(language: str) -> None:
    text = ENGLISH if language == "en" else CHINESE
    pieces = vocabulary(language).pieces(vocabulary(language).encode(forms(text, language)).ids)
    assert UNK not in vocabulary(language).encode(forms(text, language)).ids
    joined = "".join(pieces).replace(MARKER, " ").strip()
    assert joined == normalize(text, language).text


@given(st.text(st.sampled_from("the lowrnivs.,A"), max_size=30))
def test_any_text_of_known_characters_comes_back(text: str) -> None:
    text = " ".join(text.split())
    encoded = vocabulary("en").encode(forms(text, "en"))
    assert "".join(vocabulary("en").pieces(encoded.ids)).replace(MARKER, " ").strip() == text


@given(st.lists(st.text(st.sampled_from("▁lower龘😀n"), min_size=1, max_size=8), max_size=5))
def test_every_piece_knows_its_word_and_place(sentence: list[str]) -> None:
    encoded = vocabulary("en").encode(sentence)
    pieces = vocabulary("en").pieces(encoded.ids)
    rebuilt = [""] * len(sentence)
    for piece, index, word, (start, end) in zip(
        pieces, encoded.ids, encoded.words, encoded.spans, strict=True
    ):
        assert index == UNK or sentence[word][start:end] == piece
        rebuilt[word] += sentence[word][start:end]
    assert rebuilt == sentence


def test_frequent_words_become_one_piece() -> None:
    assert vocabulary("zh").pieces(vocabulary("zh").encode(["学习"]).ids) == ["学习"]


def test_words_do_not_melt_together() -> None:
    encoded = vocabulary("zh").encode(["学", "习"])
    assert encoded.words == (0, 1)


def test_rarer_characters_than_the_alphabet_has_room_for_are_unknown() -> None:
    small = SubwordVocabulary.train([["aaa", "aa", "b"]], size=20, alphabet=1, min_freq=10)
    assert small.pieces(small.encode(["ab"]).ids) == ["a", "<unk>"]


@pytest.mark.parametrize("special", SPECIALS)
def test_a_text_that_spells_a_special_is_unknown(special: str) -> None:
    assert set(vocabulary("en").encode([special, "low"]).ids[:1]) == {UNK}
    assert not {1, 2, 3} & set(vocabulary("en").encode([f"l{special}w"]).ids)


def test_a_batch_is_its_sentences_one_by_one() -> None:
    sentences = [["▁low"], [], ["▁newest", "."]]
    assert vocabulary("en").encode_batch(sentences) == [
        vocabulary("en").encode(s) for s in sentences
    ]


def test_json_gives_the_vocabulary_back() -> None:
    again = vocabulary_from_json(vocabulary("zh").to_json())
    assert len(again) == len(vocabulary("zh"))
    sentence = forms(CHINESE + "龘", "zh")
    assert again.encode(sentence) == vocabulary("zh").encode(sentence)


def damaged() -> list[str]:
    fields = json.loads(vocabulary("en").to_json())
    inner = {**fields["tokenizer"], "added_tokens": []}
    return [
        "",
        "[]",
        "null",
        "{}",
        json.dumps({**fields, "version": 2}),
        json.dumps({**fields, "kind": "other"}),
        json.dumps({**fields, "tokenizer": {"model": None}}),
        json.dumps(
            {**fields, "tokenizer": {**inner, "model": {"type": "BPE", "vocab": {}, "merges": []}}}
        ),
        "[" * 100_000,
        json.dumps({"kind": "word", "version": 1, "words": ["a", "\ud800"]}),
        json.dumps({"kind": "word", "version": 1, "words": ["a", "a"]}),
        json.dumps({"kind": "word", "version": 1, "words": 5}),
        json.dumps({"kind": "word", "version": 1, "words": ["a", 5]}),
    ]


def foreign() -> dict[str, dict[str, object]]:
    """Sound tokenizers of the library's that are not as this program writes them."""
    fields = json.loads(vocabulary("en").to_json())["tokenizer"]
    model = fields["model"]
    entries = dict(model["vocab"])
    last = max(entries, key=lambda piece: entries[piece])
    pattern = {"type": "Split", "pattern": {"Regex": "(a|a)*b"}, "behavior": "Isolated"}
    template = {"type": "ByteLevel"} | dict.fromkeys(
        ("add_prefix_space", "trim_offsets", "use_regex"), True
    )
    added = {**fields["added_tokens"][0], "id": len(entries), "content": "low"}
    return {
        "a pattern": {**fields, "pre_tokenizer": {**pattern, "invert": False}},
        "a template": {**fields, "post_processor": template},
        "chance": {**fields, "model": {**model, "dropout": 0.5}},
        "a gap": {**fields, "model": {**model, "vocab": {**entries, last: 10_000}}},
        "more entries": {**fields, "added_tokens": [*fields["added_tokens"], added]},
    }


@pytest.mark.parametrize("what", foreign())
def test_a_tokenizer_that_does_more_than_ours_is_refused(what: str) -> None:
    text = json.dumps({"kind": "subword", "version": 1, "tokenizer": foreign()[what]})
    HubTokenizer.from_str(json.dumps(foreign()[what]))  # the library would take it
    with pytest.raises(BundleError, match=r"as this program writes it|gaps|other entries"):
        vocabulary_from_json(text)


@pytest.mark.parametrize("text", damaged())
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(BundleError) as raised:
        vocabulary_from_json(text, where="source.tokenizer.json")
    assert raised.value.where == "source.tokenizer.json"
    assert raised.value.remedy
