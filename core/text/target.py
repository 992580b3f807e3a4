"""From target pieces back to running text and its words."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from core.text.languages import CHINESE, HAN, HAN_PATTERN
from core.text.subword import MARKER
from core.text.tokenizer import Tokenizer

# Words of running English: clitics stay with their word; marks stand alone, a run of one mark
# together; other signs (emoji, say) are never torn apart.
_MARKS = r"!-/:-@\[-`{-~"
_ENGLISH_WORD = re.compile(rf"\w+(?:[-'’.,]\w+)*|([{_MARKS}])\1*|[^\w\s{_MARKS}]+")

_WIDE = str.maketrans(",?!:;()", "，？！：；（）")
_CHINESE = f"[{HAN}，。、]"
# Marks behind or before something Chinese, perhaps with closing or opening signs between.
_NARROW = re.compile(rf"""(?<={_CHINESE})["')]*[,?!:;]+|[,?!:;]+[ "'(]*(?={_CHINESE})""")
_BRACKETS = re.compile(rf"\([^()]*{_CHINESE}[^()]*\)|(?<={_CHINESE})\([^()]*\)")


@dataclass(frozen=True, slots=True)
class TargetText:
    """Running text and, for each piece, its offsets in it."""

    text: str
    spans: tuple[tuple[int, int], ...]


def join_pieces(pieces: Sequence[str], language: str) -> TargetText:
    """Join ``pieces``: markers become single blanks, none at the edges.

    Chinese marks take full width and Chinese quotation marks are paired; both keep the length.
    """
    shown: list[str] = []
    spans: list[tuple[int, int]] = []
    length, blank = 0, True  # whether the text so far ends with a blank
    for piece in pieces:
        text = piece.replace(MARKER, " ")
        if blank:
            text = text.lstrip(" ")
        begin = length + len(text) - len(text.lstrip(" "))
        shown.append(text)
        length += len(text)
        spans.append((begin, length))
        blank = text.endswith(" ") if text else blank
    joined = "".join(shown).rstrip(" ")
    if language == CHINESE and HAN_PATTERN.search(joined):
        joined = _widen(joined)
    end = len(joined)
    return TargetText(joined, tuple((min(a, end), min(b, end)) for a, b in spans))


def _widen(text: str) -> str:
    """Full-width marks beside Chinese characters, and paired quotation marks."""
    for pattern in (_NARROW, _BRACKETS):
        text = pattern.sub(lambda found: found[0].translate(_WIDE), text)
    if text.count('"') % 2 == 0:
        sides = itertools.cycle("“”")
        text = re.sub('"', lambda _: next(sides), text)
    return text


def target_words(text: str, language: str, tokenizer: Tokenizer | None) -> list[tuple[int, int]]:
    """Offsets of the words of ``text``: the tokenizer's for Chinese, by pattern for English.

    English needs no tokenizer here, so translating into it does not load spaCy.
    """
    if language != CHINESE or tokenizer is None:
        return [match.span() for match in _ENGLISH_WORD.finditer(text)]
    spans: list[tuple[int, int]] = []
    position = 0
    for token in tokenizer.tokenize(text):
        if not token.isspace():
            spans.append((position, position + len(token)))
        position += len(token)
    return spans
