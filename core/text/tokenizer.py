"""Words: jieba cuts Chinese, spaCy's blank pipeline cuts English; both behind one protocol."""

from __future__ import annotations

import functools
import importlib
import logging
import re
from dataclasses import dataclass
from typing import Any, Protocol

from core.errors import OptionError
from core.paths import cache_folder, ensure
from core.text.languages import CHINESE, ENGLISH, is_han
from core.text.subword import MARKER


class Tokenizer(Protocol):
    """Cuts normalised text into tokens; joined, they are the very text, blanks included."""

    language: str

    def tokenize(self, text: str) -> list[str]:
        """The tokens of ``text``, blanks as tokens of their own."""
        ...


# jieba and spaCy leave runs of mixed blanks attached to neighbours now and then.
_BLANKS = re.compile(r"(\s+)")


def _split_blanks(tokens: list[str]) -> list[str]:
    return [part for token in tokens for part in _BLANKS.split(token) if part]


class JiebaTokenizer:
    """Chinese words by jieba's dictionary and its hidden Markov model for unknown words."""

    language = CHINESE

    def __init__(self) -> None:
        jieba: Any = importlib.import_module("jieba")

        jieba.setLogLevel(logging.WARNING)
        self._jieba = jieba.Tokenizer()
        # Its default is the shared temporary folder, where another user could plant a file.
        self._jieba.tmp_dir = str(ensure(cache_folder() / "jieba"))

    def tokenize(self, text: str) -> list[str]:
        """See :class:`Tokenizer`."""
        return _split_blanks(self._jieba.lcut(text))


class SpacyTokenizer:
    """English words by spaCy's rules; needs no downloaded model."""

    language = ENGLISH

    def __init__(self) -> None:
        spacy: Any = importlib.import_module("spacy")
        self._tokenizer = spacy.blank(ENGLISH).tokenizer

    def tokenize(self, text: str) -> list[str]:
        """See :class:`Tokenizer`."""
        tokens: list[str] = []
        for token in self._tokenizer(text):
            tokens.append(token.text)
            if token.whitespace_:
                tokens.append(token.whitespace_)
        return _split_blanks(tokens)


def make_tokenizer(language: str) -> Tokenizer:
    """A tokenizer of ``language``; each thread needs one of its own."""
    if language == CHINESE:
        return JiebaTokenizer()
    if language == ENGLISH:
        return SpacyTokenizer()
    raise OptionError(f"no tokenizer for the language {language!r}", remedy="Use zh or en.")


@dataclass(frozen=True, slots=True)
class Span:
    """A word of normalised text: its characters, offsets, and the form the vocabulary sees."""

    text: str
    start: int
    end: int
    form: str


def words(tokens: list[str], language: str) -> list[Span]:
    """Tokens without blanks, each in the form the vocabulary sees.

    In English a word behind a blank, and the first, carries the marker; in Chinese only a
    word behind a blank that stands between two words without Chinese characters does, since
    blanks beside Chinese characters mean nothing.
    """
    spans: list[Span] = []
    position = 0
    blank = language == ENGLISH
    previous = ""
    for token in tokens:
        if token.isspace():
            blank = True
        else:
            marked = blank and (
                language == ENGLISH
                or (bool(previous) and not is_han(previous[-1]) and not is_han(token[0]))
            )
            form = MARKER + token if marked else token
            spans.append(Span(token, position, position + len(token), form))
            previous, blank = token, False
        position += len(token)
    return spans


@functools.cache
def _no_blank_before() -> re.Pattern[str]:
    return re.compile(r"[,.;:!?%)\]}]+|n't|'\w{0,2}")


def words_of_tokenized(text: str, language: str) -> list[Span]:
    """Words of a text whose blanks are its word boundaries (tokenised corpora).

    English marks and clitics join the word before them, as in running text.
    """
    spans: list[Span] = []
    for match in re.finditer(r"\S+", text):
        token = match.group()
        joined = language == CHINESE or (
            bool(spans) and _no_blank_before().fullmatch(token) is not None
        )
        form = token if joined else MARKER + token
        spans.append(Span(token, match.start(), match.end(), form))
    return spans
