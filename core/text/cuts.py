"""Where a sentence too long for a model is cut."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterator, Set

from core.text.languages import is_han

_EMOJI_MODIFIERS = range(0x1F3FB, 0x1F400)
_REGIONAL = range(0x1F1E6, 0x1F200)
_JOINER = "\u200d"
_BLANKS = re.compile(r"\s*")
_NEVER = 9


def cut_long(
    line: str, start: int, end: int, limit: int, inside: Set[int]
) -> Iterator[tuple[int, int]]:
    """Cut ``start:end`` into pieces of at most ``limit`` characters and about the same length.

    ``inside`` are the offsets where nothing is cut; a piece may be longer on their account.
    """
    while end - start > limit:
        cut = _best_cut(line, start, end, limit, inside)
        if cut >= end:
            break
        stop = start + len(line[start:cut].rstrip())
        yield start, stop
        blanks = _BLANKS.match(line, cut, end)
        start = blanks.end() if blanks else cut
    if start < end:
        yield start, end


def _best_cut(line: str, start: int, end: int, limit: int, inside: Set[int]) -> int:
    """The best place for a cut at most ``limit`` behind ``start``, near an even division."""
    ideal = start + (end - start) / math.ceil((end - start) / limit)
    earliest = start + max(1, int(ideal - start) // 2)
    cuts = [cut for cut in range(earliest, start + limit + 1) if cut not in inside]
    if not cuts:  # a span as long as a piece
        return next(cut for cut in range(start + limit + 1, end + 1) if cut not in inside)
    return min(cuts, key=lambda cut: (_cost(line[cut - 1], line[cut]), abs(cut - ideal), cut))


def _cost(before: str, after: str) -> int:
    """How bad a cut between two characters is: 0 at a semicolon, 9 inside a character."""
    if _inseparable(before, after):
        return _NEVER
    open_behind = not (after.isascii() and after.isalnum())
    if before in "；;" and open_behind:
        return 0
    if before in "，：" or (before in ",:" and open_behind):
        return 1
    if before.isspace() or after.isspace() or before in "、—":
        return 2
    if _in_word(before) and _in_word(after):
        return 5
    return 3 if after.isalnum() else 4


def _in_word(character: str) -> bool:
    return (character.isalnum() or character in "'_") and not is_han(character)


def _inseparable(before: str, after: str) -> bool:
    """Whether the two are parts of one visible character."""
    if after.isascii():
        return False
    return (
        after == _JOINER
        or before == _JOINER
        or unicodedata.category(after) in ("Mn", "Me", "Mc")
        or ord(after) in _EMOJI_MODIFIERS
        or ("\ud800" <= before <= "\udbff" and "\udc00" <= after <= "\udfff")
        or (ord(before) in _REGIONAL and ord(after) in _REGIONAL)
    )
