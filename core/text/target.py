"""From target pieces back to running text and its words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from core.text.languages import CHINESE, is_han
from core.text.subword import MARKER
from core.text.tokenizer import Tokenizer

# Words of running English: clitics stay with their word, marks stand alone.
_ENGLISH_WORD = re.compile(r"\w+(?:[-'’.,]\w+)*|[^\w\s]+")
_WIDE = str.maketrans(",?!:;()", "，？！：；（）")


@dataclass(frozen=True, slots=True)
class TargetText:
    """Running text and, for each piece, its offsets in it."""

    text: str
    spans: tuple[tuple[int, int], ...]


def join_pieces(pieces: Sequence[str], language: str) -> TargetText:
    """Join ``pieces``: markers become blanks, Chinese marks take full width (length unchanged)."""
    text = ""
    spans: list[tuple[int, int]] = []
    for piece in pieces:
        shown = piece.replace(MARKER, " ")
        if not text:
            shown = shown.lstrip(" ")
        begin = len(text) + (1 if shown.startswith(" ") and len(shown) > 1 else 0)
        text += shown
        spans.append((begin, len(text)))
    if language == CHINESE:
        text = _widen(text)
    return TargetText(text, tuple(spans))


def _widen(text: str) -> str:
    """Full-width marks beside Chinese characters, and paired quotation marks."""
    out: list[str] = []
    opened = False
    for index, character in enumerate(text):
        before = next((c for c in reversed(text[max(0, index - 3) : index]) if c not in ' ")('), "")
        after = next((c for c in text[index + 1 : index + 3] if c not in ' ")('), "")
        chinese = any(c and (is_han(c) or c in "，。、") for c in (before, after))
        if character == '"' and chinese:
            opened = not opened
            out.append("“" if opened else "”")
        elif chinese:
            out.append(character.translate(_WIDE))
        else:
            out.append(character)
    return "".join(out)


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
