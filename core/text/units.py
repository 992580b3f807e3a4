"""What a vocabulary counts: pieces of words, words, characters, or what stands between blanks."""

from __future__ import annotations

from core.text.languages import is_spaced

PIECES = "pieces"
WORDS = "words"
CHARACTERS = "characters"
SPACES = "spaces"
UNITS = (PIECES, WORDS, CHARACTERS, SPACES)


def marks_first(language: str, units: str) -> bool:
    """Whether every unit behind a blank, and the first, is marked as such.

    Otherwise only a blank within the text is worth a mark.
    """
    return units == SPACES or (units != CHARACTERS and is_spaced(language))
