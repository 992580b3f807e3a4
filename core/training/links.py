"""Word alignments: read from text, and spread from words over their pieces."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

Links = set[tuple[int, int]]

LAST_PLACE = 255  # of a piece in a link, which is stored in bytes
_PHARAOH = re.compile(r"\s*(?:[0-9]{1,6}-[0-9]{1,6}(?:\s+|\Z))*")


def is_pharaoh(line: str) -> bool:
    """Whether ``line`` is links ``i-j`` with blanks between: source word, target word, from 0."""
    return _PHARAOH.fullmatch(line) is not None


def parse_links(line: str) -> Links:
    """The links of a line for which :func:`is_pharaoh` holds."""
    pairs = (link.split("-") for link in line.split())
    return {(int(source), int(target)) for source, target in pairs}


def piece_links(
    source_words: Sequence[int], target_words: Sequence[int], links: Links
) -> list[tuple[int, int]]:
    """Links between words spread over all their pieces.

    Args:
        source_words: for each source piece the index of its word.
        target_words: the same for the target.
        links: aligned words.
    """
    source_pieces: dict[int, list[int]] = defaultdict(list)
    target_pieces: dict[int, list[int]] = defaultdict(list)
    for pieces, words in ((source_pieces, source_words), (target_pieces, target_words)):
        for piece, word in enumerate(words):
            pieces[word].append(piece)
    return [
        (s, t)
        for first, second in sorted(links)
        for s in source_pieces[first]
        for t in target_pieces[second]
        if s <= LAST_PLACE and t <= LAST_PLACE
    ]
