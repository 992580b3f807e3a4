"""Words: jieba cuts Chinese, spaCy's blank pipeline cuts English, both behind one protocol."""

from __future__ import annotations

import contextlib
import functools
import importlib
import logging
import re
import socket
import warnings
from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Protocol

from core.errors import OptionError, StorageError
from core.paths import cache_folder, ensure
from core.text.emoji import EMOJI_SEQUENCE
from core.text.languages import CHINESE, ENGLISH, is_han
from core.text.normalize import Normalized
from core.text.protected import ATOM, TAG_MARK
from core.text.subword import MARKER


class Tokenizer(Protocol):
    """Cuts normalised text into tokens; joined, they are the very text, blanks included."""

    language: str

    def tokenize(self, text: str) -> list[str]:
        """The tokens of ``text``, blanks as tokens of their own."""
        ...


# jieba and spaCy leave runs of mixed blanks attached to neighbours now and then.
_BLANKS = re.compile(r"(\s+)")
_WHOLE = re.compile(f"({EMOJI_SEQUENCE.pattern}|[{ATOM}{TAG_MARK}])")


def _cut(text: str, tokenize: Callable[[str], list[str]]) -> list[str]:
    """Tokens of ``text`` by ``tokenize``; blanks, emoji and protected spans become tokens too."""
    tokens: list[str] = []
    for index, part in enumerate(_WHOLE.split(text)):
        found = [part] if index % 2 else tokenize(part)
        tokens += (token for whole in found for token in _BLANKS.split(whole) if token)
    return tokens


@functools.cache
def _jieba_dictionary() -> Any:
    """jieba with its dictionary (50 MB), loaded once: cutting only reads it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # compiling its source warns of escapes in strings
        jieba: Any = importlib.import_module("jieba")
    # Without its cache it starts a second later; that is no reason for words on the terminal.
    jieba.setLogLevel(logging.CRITICAL)
    dictionary = jieba.Tokenizer()
    # Its default is the shared temporary folder, where another user could plant a file.
    folder = cache_folder() / "jieba"
    dictionary.tmp_dir = str(folder)
    with contextlib.suppress(StorageError):  # a disk that is read-only
        ensure(folder)
    dictionary.initialize()
    return dictionary


class JiebaTokenizer:
    """Chinese words by jieba's dictionary and its hidden Markov model for unknown words."""

    language = CHINESE

    def __init__(self) -> None:
        self._words: Callable[[str], list[str]] = _jieba_dictionary().lcut

    def tokenize(self, text: str) -> list[str]:
        """See :class:`Tokenizer`."""
        return _cut(text, self._words)


@contextlib.contextmanager
def _no_socket() -> Iterator[None]:
    """Keep spaCy's import, which brings in urllib3, from opening a socket to see if IPv6 works."""
    has_ipv6 = socket.has_ipv6
    socket.has_ipv6 = False
    try:
        yield
    finally:
        socket.has_ipv6 = has_ipv6


class SpacyTokenizer:
    """English words by spaCy's rules; needs no downloaded model."""

    language = ENGLISH

    def __init__(self) -> None:
        with _no_socket():
            spacy: Any = importlib.import_module("spacy")
        self._tokenizer = spacy.blank(ENGLISH).tokenizer

    def tokenize(self, text: str) -> list[str]:
        """See :class:`Tokenizer`."""
        return _cut(text, self._words)

    def _words(self, text: str) -> list[str]:
        return [part for token in self._tokenizer(text) for part in (token.text, token.whitespace_)]


_OPENS = re.compile(r"""\.{3}|['"($£€#\[{]""")
_CLITIC = re.compile(r"(?i)(?<=\w)(?:n['’]t|['’](?:s|m|d|ll|re|ve))$|(?<=^can)not$")
_CLOSES = re.compile(r"""(?:\.{3}|[.,;:!?%)\]}'"…]|(?<=\d)(?:km|kg|cm|mm|m|g))$""")
_INSIDE = re.compile(r"(\.{3}|…|—|--|(?<=[^\W\d_])[-,:/](?=[^\W\d_])|(?<=[a-z])\.(?=[A-Z]))")
_ABBREVIATION = re.compile(
    r"(?:[A-Za-z]\.)+|(?:Mr|Mrs|Ms|Dr|Prof|St|Jr|Sr|vs|Inc|Co|Corp|Ltd|Gen|Gov|Rep|Sen)\."
)


class PlainEnglishTokenizer:
    """English words as spaCy's rules cut them nearly always, without loading spaCy (a second).

    For beginnings of translations, which are read while somebody waits.
    """

    language = ENGLISH

    def tokenize(self, text: str) -> list[str]:
        """See :class:`Tokenizer`."""
        return _cut(text, self._words)

    def _words(self, text: str) -> list[str]:
        found: list[str] = []
        for part in _BLANKS.split(text):
            found += [part] if part.isspace() else self._parts(part)
        return found

    @staticmethod
    def _parts(word: str) -> list[str]:
        """``word``, which has no blanks, without the marks at its ends and inside."""
        before: list[str] = []
        behind: list[str] = []
        while found := _OPENS.match(word):
            before.append(found[0])
            word = word[found.end() :]
        while word and not _ABBREVIATION.fullmatch(word):
            found = _CLOSES.search(word) or _CLITIC.search(word)
            if not found:
                break
            behind.insert(0, found[0])
            word = word[: found.start()]
        inner = [word] if _ABBREVIATION.fullmatch(word) else _INSIDE.split(word)
        return [part for part in (*before, *inner, *behind) if part]


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
    """Tokens without blanks and tags, each in the form the vocabulary sees.

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
        elif token != TAG_MARK:
            marked = blank and (
                language == ENGLISH
                or (bool(previous) and not is_han(previous[-1]) and not is_han(token[0]))
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
        joined = language == CHINESE or (
            bool(spans) and _NO_BLANK_BEFORE.fullmatch(token) is not None
        )
        form = token if joined or not token else MARKER + token
        spans.append(Span(token, start, end, form))
    return spans
