"""How the pieces of a vocabulary spell a text of which only the beginning is known."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from core.text.languages import is_spaced
from core.text.subword import MARKER, Vocabulary
from core.text.units import PIECES
from core.text.vocab import SPECIALS

_INSIDE_WORD = "'’-"  # marks that English words go on behind


class Spelling:
    """The pieces of a vocabulary by their characters.

    Args:
        vocabulary: the pieces.
        language: of what they spell.

    Attributes:
        begins: for every id whether it begins a word behind another one. Chinese pieces do not
            tell, and what is no piece of a word is one: all of them.
    """

    def __init__(self, vocabulary: Vocabulary, language: str) -> None:
        pieces = vocabulary.pieces(range(len(vocabulary)))
        own = range(len(SPECIALS), len(pieces))
        self._ids = {pieces[index]: index for index in own}
        self._sorted = sorted(self._ids)
        self._longest = max(map(len, self._sorted), default=0)
        apart = is_spaced(language) and vocabulary.units == PIECES
        self.begins = [
            index in own and (not apart or _begins(piece)) for index, piece in enumerate(pieces)
        ]

    def moves(self, text: str) -> list[dict[int, int]]:
        """How pieces spell ``text``, the last of them perhaps with more behind it.

        Args:
            text: the beginning of one or more words, with a marker for each blank.

        Returns:
            For each character of ``text`` the pieces that may begin there, and how many characters
            are spelled behind them; empty where the vocabulary cannot spell it.
        """
        size = len(text)
        found: list[dict[int, int]] = [{} for _ in text]
        for place in reversed(range(size)):
            most = min(size - place - 1, self._longest)
            for end in range(place + 1, place + most + 1):
                index = self._ids.get(text[place:end])
                if index is not None and found[end]:  # else it leads nowhere
                    found[place][index] = end
            for piece in self._beginning_with(text[place:]):
                found[place][self._ids[piece]] = size
        return _reached(found) if found and found[0] else []

    def _beginning_with(self, text: str) -> Iterator[str]:
        for index in range(bisect_left(self._sorted, text), len(self._sorted)):
            if not self._sorted[index].startswith(text):
                return
            yield self._sorted[index]


def _begins(piece: str) -> bool:
    """Whether an English ``piece`` begins a word, or is a mark that stands alone."""
    return piece.startswith(MARKER) or not (piece[0].isalnum() or piece[0] in _INSIDE_WORD)


def _reached(moves: list[dict[int, int]]) -> list[dict[int, int]]:
    """``moves`` without the places that no piece leads to, those behind counted anew."""
    places = {0}
    for place, at in enumerate(moves):
        if place in places:
            places.update(at.values())
    order = {place: number for number, place in enumerate(sorted(places))}
    return [
        {piece: order[to] for piece, to in at.items()}
        for place, at in enumerate(moves)
        if place in places
    ]
