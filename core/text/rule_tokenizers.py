"""Tokenizers that need no library: by rules for English, by blanks and marks, by characters.

All are :class:`core.text.tokenizer.Tokenizer`.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from core.text.emoji import EMOJI_SEQUENCE
from core.text.languages import ENGLISH
from core.text.protected import ATOM, TAG_MARK
from core.text.units import CHARACTERS, PIECES, SPACES

# jieba and spaCy leave runs of mixed blanks attached to neighbours now and then.
_BLANKS = re.compile(r"(\s+)")
_WHOLE = re.compile(f"({EMOJI_SEQUENCE.pattern}|[{ATOM}{TAG_MARK}])")


def cut_whole(text: str, tokenize: Callable[[str], list[str]]) -> list[str]:
    """Tokens of ``text`` by ``tokenize``; blanks, emoji and protected spans become tokens too."""
    tokens: list[str] = []
    for index, part in enumerate(_WHOLE.split(text)):
        found = [part] if index % 2 else tokenize(part)
        tokens += (token for whole in found for token in _BLANKS.split(whole) if token)
    return tokens


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
    units = PIECES

    def tokenize(self, text: str) -> list[str]:
        """See :class:`core.text.tokenizer.Tokenizer`."""
        return cut_whole(text, self._words)

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


# A run of letters and digits, with what joins them inside, or a mark by itself.
_WORD = re.compile(r"[^\W_]+(?:[-'’.,_][^\W_]+)*|\S")


class PlainTokenizer:
    """Words of any language that writes blanks: they end at blanks and at marks."""

    def __init__(self, language: str, units: str = PIECES) -> None:
        self.language, self.units = language, units

    def tokenize(self, text: str) -> list[str]:
        """See :class:`core.text.tokenizer.Tokenizer`."""
        return cut_whole(text, self._words)

    @staticmethod
    def _words(text: str) -> list[str]:
        found: list[str] = []
        position = 0
        for match in _WORD.finditer(text):
            found += [text[position : match.start()], match[0]]
            position = match.end()
        return [*found, text[position:]]


class CharacterTokenizer:
    """Every character by itself; an emoji of several is one."""

    units = CHARACTERS

    def __init__(self, language: str) -> None:
        self.language = language

    def tokenize(self, text: str) -> list[str]:
        """See :class:`core.text.tokenizer.Tokenizer`."""
        return cut_whole(text, list)


class BlankTokenizer:
    """What stands between blanks, whatever it is."""

    units = SPACES

    def __init__(self, language: str) -> None:
        self.language = language

    def tokenize(self, text: str) -> list[str]:
        """See :class:`core.text.tokenizer.Tokenizer`."""
        return [token for token in _BLANKS.split(text) if token]
