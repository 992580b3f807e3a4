"""Words that nobody has said yet, and the same backwards."""

from __future__ import annotations

import random

_CONSONANTS = "bcdfghjklmnprstvwz"
_VOWELS = "aeiou"
SHORTEST, LONGEST = 3, 8  # letters


def draw_word(chance: random.Random) -> tuple[str, str]:
    """A word of syllables and its letters in reverse order."""
    size = chance.randint(SHORTEST, LONGEST)
    first = chance.randrange(2)
    letters = [chance.choice((_CONSONANTS, _VOWELS)[(first + i) % 2]) for i in range(size)]
    return "".join(letters), "".join(reversed(letters))
