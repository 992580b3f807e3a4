"""Tokenizers lose nothing; their words carry the marker where a blank stood."""

from __future__ import annotations

import functools
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import jieba
import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from core.errors import OptionError
from core.text import tokenizer as module
from core.text.normalize import normalize
from core.text.tokenizer import (
    SpacyTokenizer,
    Tokenizer,
    make_tokenizer,
    words,
    words_of_tokenized,
)
from tests.pace import seconds_here

make = functools.cache(make_tokenizer)
characters = st.one_of(
    st.sampled_from("我喜欢学习 the cat's  'm, .…$3.50-a@b.c/😀👍🏽👨‍👩‍👧🇨🇳❤️\u200d\u0301龘"),
    st.characters(),
)
texts = st.text(characters, max_size=40).map(lambda text: normalize(text, "zh").text)


@given(texts, st.sampled_from(["zh", "en"]))
def test_tokens_join_back_to_the_text(text: str, language: str) -> None:
    tokens = make(language).tokenize(text)
    assert "".join(tokens) == text
    assert "" not in tokens
    for token in tokens:
        assert token.isspace() or not any(map(str.isspace, token))


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("emoji", ["👨‍👩‍👧", "🇨🇳", "👍🏽", "❤️", "1️⃣"])
def test_emoji_are_tokens_of_their_own(language: str, emoji: str) -> None:
    assert make(language).tokenize(f"a{emoji}b {emoji}") == ["a", emoji, "b", " ", emoji]


def test_words_of_chinese() -> None:
    assert make("zh").tokenize("我喜欢学习机器学习。") == [
        "我",
        "喜欢",
        "学习",
        "机器",
        "学习",
        "。",
    ]


def test_words_of_english() -> None:
    tokens = make("en").tokenize("I don't like it, Mr. Smith.")
    assert tokens == [
        "I",
        " ",
        "do",
        "n't",
        " ",
        "like",
        " ",
        "it",
        ",",
        " ",
        "Mr.",
        " ",
        "Smith",
        ".",
    ]


def forms(text: str, language: str) -> list[str]:
    return [span.form for span in words(make(language).tokenize(text), language)]


def test_english_words_behind_a_blank_are_marked() -> None:
    assert forms("I don't.", "en") == ["▁I", "▁do", "n't", "."]


def test_blanks_in_chinese_count_between_foreign_words_only() -> None:
    assert forms("我 用 Python 3 写", "zh") == ["我", "用", "Python", "▁3", "写"]


def test_spans_are_the_words_places() -> None:
    text = "a  b, c"
    for span in words(make("en").tokenize(text), "en"):
        assert text[span.start : span.end] == span.text


@pytest.mark.parametrize("language", ["", "French", "zh-en", "f"])
def test_what_is_no_code_of_a_language_is_refused(language: str) -> None:
    with pytest.raises(OptionError, match=f"'{language}'"):
        make_tokenizer(language)


# --- tokenised corpora ---------------------------------------------------------------------------


def tokenized(text: str, language: str) -> list[str]:
    return [span.form for span in words_of_tokenized(text, normalize(text, language), language)]


def test_blanks_are_the_boundaries() -> None:
    assert tokenized("机器学习 很 好", "zh") == ["机器学习", "很", "好"]
    assert tokenized("I do n't know , Tom 's ( friend ) .", "en") == [
        "▁I", "▁do", "n't", "▁know", ",", "▁Tom", "'s", "▁(", "▁friend", ")", ".",
    ]  # fmt: skip


@given(st.text(max_size=30))
def test_there_is_a_word_for_every_stretch_between_blanks(text: str) -> None:
    assert len(tokenized(text, "en")) == len(text.split())


def test_what_normalisation_takes_away_still_counts() -> None:
    assert tokenized("a \u200b \x00 ¨ b", "en") == ["▁a", "", "", "▁¨", "▁b"]


# --- jieba's dictionary --------------------------------------------------------------------------


@pytest.fixture
def fresh_dictionary(monkeypatch: pytest.MonkeyPatch) -> None:
    """jieba as at the start of the program."""
    uncached = functools.cache(module._jieba_dictionary.__wrapped__)
    monkeypatch.setattr(module, "_jieba_dictionary", uncached)


@pytest.mark.usefixtures("fresh_dictionary")
def test_jieba_reads_its_dictionary_and_writes_nothing(
    attune_home: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    shared = tmp_path / "shared"
    shared.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(shared))
    assert make_tokenizer("zh").tokenize("学习机器") == ["学习", "机器"]
    assert capfd.readouterr() == ("", "")
    assert not attune_home.exists()
    assert list(shared.iterdir()) == []


def test_frequencies_are_those_that_jieba_reads() -> None:
    ours, theirs = module._jieba_dictionary(), jieba.Tokenizer()
    assert (ours.FREQ, ours.total) == theirs.gen_pfdict(theirs.get_dict_file())


def test_a_second_tokenizer_shares_the_dictionary(monkeypatch: pytest.MonkeyPatch) -> None:
    make_tokenizer("zh")
    monkeypatch.setattr(jieba, "Tokenizer", None)  # would fail
    second: Tokenizer = make_tokenizer("zh")
    assert second.tokenize("你好") == ["你好"]


def test_importing_spacy_opens_no_socket() -> None:
    program = (
        "import sys; sys.addaudithook(lambda e, a: e.startswith('socket.') and print(e))\n"
        "from core.text.tokenizer import make_tokenizer; make_tokenizer('en')"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False, timeout=120
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_of_many_words_few_are_remembered_and_all_are_cut_alike(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "MOST_WORDS", 1_000)
    tokenizer, whole = SpacyTokenizer(), spacy.blank("en")
    known = []
    for number in range(150):
        names = " ".join(f"Mr. Q{number}x{k}'s" for k in range(10))
        tokens = [part for t in whole(names) for part in (t.text, t.whitespace_) if part]
        assert tokenizer.tokenize(names) == tokens
        known += [len(rules.vocab) for rules in tokenizer._rules.free]
    assert len(known) > 100
    assert max(known) <= 1_000
    assert len(whole.vocab) > 2_000


def test_threads_that_share_a_tokenizer_cut_alike() -> None:
    tokenizer = SpacyTokenizer()
    texts = [f"Mr. Q{n}'s cat doesn't cost ${n}.50, it's 3k{n}." for n in range(400)]
    expected = [tokenizer.tokenize(text) for text in texts]
    with ThreadPoolExecutor(4) as threads:
        found = [list(threads.map(tokenizer.tokenize, texts)) for _ in range(3)]
    assert found == [expected] * 3
    with tokenizer._rules.lent() as one, SpacyTokenizer()._rules.lent() as other:
        assert one is not other


@pytest.mark.parametrize("unit", ["——", "……", ")", "'s"])
def test_a_word_without_end_is_cut_in_no_time(unit: str) -> None:
    tokenizer = make_tokenizer("en")
    text = f"It rains {unit * (16_000 // len(unit))} today."
    start = time.process_time()
    tokens = tokenizer.tokenize(text)
    assert time.process_time() - start < seconds_here(3)
    assert "".join(tokens) == text
    assert tokens[:3] == ["It", " ", "rains"]
    assert tokens[-3:] == [" ", "today", "."]
