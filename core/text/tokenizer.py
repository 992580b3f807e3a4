"""Texts cut into words, characters, or at blanks, all behind one protocol.

jieba cuts Chinese into words, spaCy's blank pipelines the languages that it knows, blanks and marks
all others.
"""

from __future__ import annotations

import contextlib
import functools
import importlib
import itertools
import re
import socket
import warnings
from bisect import bisect_left
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Protocol

from core.text.languages import CHINESE, ENGLISH, is_han, is_spaced, language_code
from core.text.normalize import Normalized
from core.text.protected import TAG_MARK
from core.text.rule_tokenizers import BlankTokenizer, CharacterTokenizer, PlainTokenizer, cut_whole
from core.text.rule_tokenizers import PlainEnglishTokenizer as PlainEnglishTokenizer
from core.text.subword import MARKER
from core.text.units import CHARACTERS, PIECES, SPACES, marks_first
from core.text.word_list import read_frequencies

MOST_WORDS = 50_000  # that spaCy remembers: 20 MB
# What spaCy looks through again for every mark at its end: longer than any sentence that is learnt.
_ENDLESS = re.compile(r"\S{600}(?=\S)")


class Tokenizer(Protocol):
    """Cuts normalised text into tokens; joined, they are the very text, blanks included.

    Attributes:
        language: of the texts.
        units: what it cuts them into, of :data:`core.text.units.UNITS`; pieces are of its words.
    """

    language: str
    units: str

    def tokenize(self, text: str) -> list[str]:
        """The tokens of ``text``, blanks as tokens of their own."""
        ...


@functools.cache
def _jieba_dictionary() -> Any:
    """jieba with its dictionary (50 MB), read once: cutting only looks into it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # compiling its source warns of escapes in strings
        jieba: Any = importlib.import_module("jieba")
    dictionary = jieba.Tokenizer()
    with dictionary.get_dict_file() as file:
        dictionary.FREQ, dictionary.total = read_frequencies(file)
    dictionary.initialized = True  # else it would do so itself, and keep a cache in a shared folder
    return dictionary


class JiebaTokenizer:
    """Chinese words by jieba's dictionary and its hidden Markov model for unknown words."""

    language = CHINESE

    def __init__(self, units: str = PIECES) -> None:
        self.units = units
        self._words: Callable[[str], list[str]] = _jieba_dictionary().lcut

    def tokenize(self, text: str) -> list[str]:
        """See :class:`Tokenizer`."""
        return cut_whole(text, self._words)


@contextlib.contextmanager
def _no_socket() -> Iterator[None]:
    """Keep spaCy's import, which brings in urllib3, from opening a socket to see if IPv6 works."""
    has_ipv6 = socket.has_ipv6
    socket.has_ipv6 = False
    try:
        yield
    finally:
        socket.has_ipv6 = has_ipv6


class _SpacyRules:
    """spaCy's tokenizers of a language, each lent to one caller at a time.

    One takes a sixth of a second to make, and no two threads may use it at once. It keeps each word
    it ever saw, half a kilobyte of it, and its memory zones, which would forget them, double its
    time; so one that has seen many is not lent again.

    Raises:
        ImportError: spaCy has no such language, or needs for it what is not installed.
    """

    def __init__(self, language: str) -> None:
        self._language = language
        self.free = deque([self._new()])

    def _new(self) -> Any:
        with _no_socket():
            spacy: Any = importlib.import_module("spacy")
            return spacy.blank(self._language).tokenizer

    @contextlib.contextmanager
    def lent(self) -> Iterator[Any]:
        """One for the time of the context."""
        try:
            rules = self.free.pop()
        except IndexError:  # all are lent
            rules = self._new()
        try:
            yield rules
        finally:
            if len(rules.vocab) <= MOST_WORDS:
                self.free.append(rules)


_spacy_rules = functools.cache(_SpacyRules)


class SpacyTokenizer:
    """Words by spaCy's rules for a language; needs no downloaded model.

    Raises:
        ImportError: spaCy has no such language, or needs for it what is not installed.
    """

    def __init__(self, language: str = ENGLISH, units: str = PIECES) -> None:
        self.language, self.units = language, units
        self._rules = _spacy_rules(language)

    def tokenize(self, text: str) -> list[str]:
        """See :class:`Tokenizer`."""
        return cut_whole(text, self._words)

    def _words(self, text: str) -> list[str]:
        cuts = [0, *(match.end() for match in _ENDLESS.finditer(text)), len(text)]
        with self._rules.lent() as rules:
            tokens = itertools.chain.from_iterable(
                rules(text[start:end]) for start, end in itertools.pairwise(cuts)
            )
            return [part for token in tokens for part in (token.text, token.whitespace_)]


_LONGEST_ISO = 3  # letters of a code of ISO 639; longer ones name tasks


def make_tokenizer(language: str, units: str = PIECES) -> Tokenizer:
    """A tokenizer of ``language``.

    Args:
        language: a code.
        units: what texts are cut into, of :data:`core.text.units.UNITS`; for pieces, the words that
            they are of.

    Raises:
        OptionError: ``language`` is no code.
    """
    language_code(language)
    if units == CHARACTERS:
        return CharacterTokenizer(language)
    if units == SPACES:
        return BlankTokenizer(language)
    if language == CHINESE:
        return JiebaTokenizer(units)
    if language == ENGLISH:
        return SpacyTokenizer(language, units)
    if len(language) <= _LONGEST_ISO:
        with contextlib.suppress(ImportError):  # a language that spaCy does not know
            return SpacyTokenizer(language, units)
    return PlainTokenizer(language, units)


def target_tokenizer(language: str, units: str) -> Tokenizer | None:
    """That which outputs in ``language`` are read with.

    Pieces of English need none (see :func:`core.text.target.target_words`), so that spaCy, which
    takes a second to load, is not.
    """
    return None if (language, units) == (ENGLISH, PIECES) else make_tokenizer(language, units)


@dataclass(frozen=True, slots=True)
class Span:
    """A word of normalised text: its characters, offsets, and the form the vocabulary sees."""

    text: str
    start: int
    end: int
    form: str


def words(tokens: list[str], language: str, units: str = PIECES) -> list[Span]:
    """Tokens without blanks and tags, each in the form the vocabulary sees.

    In a language with blanks a word behind a blank, and the first, carries the marker; in one
    without, and of characters, only one behind a blank that stands between two without Chinese
    characters does, since blanks beside Chinese characters mean nothing.
    """
    spans: list[Span] = []
    position = 0
    first = blank = marks_first(language, units)
    previous = ""
    for token in tokens:
        if token.isspace():
            blank = True
        elif token != TAG_MARK:
            marked = blank and (
                first or (bool(previous) and not is_han(previous[-1]) and not is_han(token[0]))
            )
            form = MARKER + token if marked else token
            spans.append(Span(token, position, position + len(token), form))
            previous, blank = token, False
        position += len(token)
    return spans


_NO_BLANK_BEFORE = re.compile(r"[,.;:!?%)\]}]+|n't|'\w{0,2}")


def words_of_tokenized(text: str, normalized: Normalized, language: str) -> list[Span]:
    """Words of a ``text`` whose blanks are its word boundaries (tokenised corpora).

    One per stretch between blanks, even where normalisation left nothing of it, so that they can
    be counted. English marks and clitics join the word before them, as in running text.
    """
    spans: list[Span] = []
    for match in re.finditer(r"\S+", text):
        start, end = (bisect_left(normalized.origins, offset) for offset in match.span())
        token = normalized.text[start:end]
        joined = not is_spaced(language) or (
            bool(spans) and _NO_BLANK_BEFORE.fullmatch(token) is not None
        )
        form = token if joined or not token else MARKER + token
        spans.append(Span(token, start, end, form))
    return spans
