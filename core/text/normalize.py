"""Normalisation that remembers where every character came from.

Unicode NFKC unifies widths (full-width letters, half-width kana) and compatibility forms;
control characters and lone surrogates go; blanks of every kind become one space each; dashes,
quotation marks and ellipses get one form. Traditional Chinese becomes Simplified (OpenCC).
"""

from __future__ import annotations

import functools
import re
import unicodedata
from dataclasses import dataclass
from typing import Protocol, cast

from core.text.languages import CHINESE, HAN_PATTERN


@dataclass(frozen=True, slots=True)
class Normalized:
    """A normalised text.

    ``origins[i]`` is the offset in the source of the character that ``text[i]`` came from, and
    ``ends[i]`` the offset just behind it; ``traditional`` tells that OpenCC changed something.
    """

    text: str
    origins: tuple[int, ...]
    ends: tuple[int, ...]
    traditional: bool = False


# One form for marks that differ only by typing habits, applied after NFKC.
_MARKS = {
    "\u2018": "'", "\u2019": "'", "\u201b": "'", "\u2032": "'", "\u00b4": "'",
    "\u201c": '"', "\u201d": '"', "\u201e": '"', "\u2033": '"', "\u300c": '"', "\u300d": '"',
    "\u300e": '"', "\u300f": '"', "\u2010": "-", "\u2011": "-", "\u2012": "-", "\u2013": "-",
    "\u2015": "\u2014", "\u2212": "-", "\u2500": "\u2014", "\u22ef": "...", "\u30fb": "\u00b7",
    "\u2022": "\u00b7", "\u2027": "\u00b7", "\u3010": "[", "\u3011": "]", "\u3014": "[",
    "\u3015": "]",
}  # fmt: skip
_DROPPED = frozenset(("Cc", "Cs", "Cf"))
# Joiners and selectors belong to emoji; a text without them would show other emoji.
_KEPT_FORMAT = frozenset(("\u200d",))
_PLAIN = re.compile(r"[\x20-\x7e]*\Z")


def _clean(piece: str) -> str:
    """NFKC of one base character with its marks, less what the model should not see."""
    kept: list[str] = []
    for character in unicodedata.normalize("NFKC", piece):
        character = _MARKS.get(character, character)
        if character.isspace():
            kept.append(" ")
        elif (
            len(character) > 1
            or character in _KEPT_FORMAT
            or unicodedata.category(character) not in _DROPPED
        ):
            kept.append(character)
    return "".join(kept)


class _Converter(Protocol):
    def convert(self, text: str) -> str: ...


@functools.cache
def _converter() -> _Converter:
    import opencc

    return cast(_Converter, opencc.OpenCC("t2s"))


def simplify(text: str) -> str:
    """Traditional characters of ``text`` turned into Simplified ones, length unchanged.

    A phrase that OpenCC would turn into one of another length is converted character by
    character, so that offsets hold.
    """
    if not HAN_PATTERN.search(text):
        return text
    converted = _converter().convert(text)
    if len(converted) == len(text):
        return converted
    singles = (_converter().convert(character) for character in text)
    return "".join(s if len(s) == 1 else c for s, c in zip(singles, text, strict=True))


def normalize(text: str, language: str) -> Normalized:
    """Normalise ``text`` of ``language``; see the module's docstring."""
    if _PLAIN.match(text):
        return Normalized(text, tuple(range(len(text))), tuple(range(1, len(text) + 1)))
    parts: list[str] = []
    origins: list[int] = []
    ends: list[int] = []
    position = 0
    while position < len(text):
        end = position + 1
        while end < len(text) and unicodedata.combining(text[end]):
            end += 1
        clean = _clean(text[position:end])
        parts.append(clean)
        origins += [position] * len(clean)
        ends += [end] * len(clean)
        position = end
    joined = "".join(parts)
    simple = simplify(joined) if language == CHINESE else joined
    return Normalized(simple, tuple(origins), tuple(ends), simple != joined)
