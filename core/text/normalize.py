"""Normalisation that remembers where every character came from.

Unicode NFKC unifies widths (full-width letters, half-width kana) and compatibility forms, but
for powers and fractions, which are other numbers without their small digits;
control characters and lone surrogates go; blanks of every kind become one space each; dashes,
quotation marks and ellipses get one form. Traditional Chinese becomes Simplified (OpenCC).
Emoji of several characters stay as they are; protected spans become one character each.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol, cast

from core.text.emoji import EMOJI_SEQUENCE
from core.text.languages import CHINESE, HAN_PATTERN
from core.text.protected import ATOM, TAG, TAG_MARK, Protected


@dataclass(frozen=True, slots=True)
class Normalized:
    """A normalised text.

    ``text[i]`` came from the characters ``origins[i]`` up to ``ends[i]`` of the source;
    ``traditional`` tells that OpenCC changed something.
    """

    text: str
    origins: tuple[int, ...]
    ends: tuple[int, ...]
    traditional: bool = False


# One form for marks that differ only by typing habits.
_MARKS = {
    "\u2018": "'", "\u2019": "'", "\u201b": "'", "\u2032": "'", "\u00b4": "'",
    "\u201c": '"', "\u201d": '"', "\u201e": '"', "\u2033": '"', "\u300c": '"', "\u300d": '"',
    "\u300e": '"', "\u300f": '"', "\u2010": "-", "\u2011": "-", "\u2012": "-", "\u2013": "-",
    "\u2015": "\u2014", "\u2212": "-", "\u2500": "\u2014", "\u22ef": "...", "\u30fb": "\u00b7",
    "\u2022": "\u00b7", "\u2027": "\u00b7", "\u3010": "[", "\u3011": "]", "\u3014": "[",
    "\u3015": "]",
    "\u2581": "_",  # means a blank in vocabularies
}  # fmt: skip
_DROPPED = frozenset(("Cc", "Cs", "Cf"))
_NUMBERS = ("<super> 003", "<super> 2212", "<fraction>")  # ², ⁻, ½: 5² is not 52, 2½ not 21/2
_JOINER = "\u200d"  # changes how scripts and emoji look
_PLAIN = re.compile(r"[\x20-\x7e]*\Z")
# Marks on one character that are normalised together, as in the Stream-Safe Text Format of
# Unicode Annex 15: ordering an endless run of them takes quadratic time.
_MOST_MARKS = 30


def _units(text: str, position: int, stop: int) -> Iterator[tuple[int, int]]:
    """Stretches that are normalised by themselves: an emoji, or a character with its marks."""
    while position < stop:
        emoji = EMOJI_SEQUENCE.match(text, position, stop)
        end = emoji.end() if emoji else position + 1
        while end < stop and end - position <= _MOST_MARKS and _composes(text[end]):
            end += 1
        yield position, end
        position = end


def _cleaned(text: str, protected: Sequence[Protected]) -> Iterator[tuple[int, int, str]]:
    """Every unit of ``text`` and what stands for it."""
    position = 0
    for span in (*protected, None):
        stop = span.start if span else len(text)
        for start, end in _units(text, position, stop):
            yield start, end, _clean(text[start:end])
        if span:
            yield span.start, span.end, TAG_MARK if span.kind == TAG else ATOM
            position = span.end


def _composes(character: str) -> bool:
    """Whether ``character`` may melt into the one before it."""
    return (
        unicodedata.combining(character) > 0
        or character in "\uff9e\uff9f"  # voice marks of half-width kana
        or "\u1160" <= character <= "\u11ff"  # vowels and finals of Korean
    )


def _clean(unit: str) -> str:
    """What stands for a unit: NFKC and one form of each mark, less what is not to be seen."""
    if EMOJI_SEQUENCE.fullmatch(unit) or unicodedata.decomposition(unit[0]).startswith(_NUMBERS):
        return unit
    unit = _MARKS.get(unit, unit)
    compatible = unicodedata.normalize("NFKC", unit)
    # Blanks part words, so none may come of what is no blank (an accent standing alone).
    if " " in compatible and not any(map(str.isspace, unit)):
        compatible = unit
    kept: list[str] = []
    for character in compatible:
        if character.isspace():
            kept.append(" ")
        elif character == _JOINER or unicodedata.category(character) not in _DROPPED:
            kept.append(_MARKS.get(character, character))
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


def normalize(text: str, language: str, protected: Sequence[Protected] = ()) -> Normalized:
    """Normalise ``text`` of ``language``; see the module's docstring."""
    if not protected and _PLAIN.match(text):
        return Normalized(text, tuple(range(len(text))), tuple(range(1, len(text) + 1)))
    parts: list[str] = []
    origins: list[int] = []
    ends: list[int] = []
    for start, end, clean in _cleaned(text, protected):
        parts.append(clean)
        origins += [start] * len(clean)
        ends += [end] * len(clean)
    joined = "".join(parts)
    simple = simplify(joined) if language == CHINESE else joined
    return Normalized(simple, tuple(origins), tuple(ends), simple != joined)
