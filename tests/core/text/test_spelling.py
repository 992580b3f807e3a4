"""How pieces spell a beginning, against all ways there are."""

from __future__ import annotations

import itertools

import pytest

from core.text.spelling import Spelling
from core.text.vocab import WordVocabulary

PIECES = ["▁", "▁l", "▁le", "▁learn", "▁learning", "▁learned", "e", "a", "r", "n", "ar", "rn",
          "nt", "arn", "ing", ".", "'s", "▁a", "x"]  # fmt: skip
SPELLING = Spelling(WordVocabulary(PIECES, "pieces"), "en")
IDS = {piece: index for index, piece in enumerate(PIECES, start=4)}


def ways(text: str) -> set[tuple[int, ...]]:
    """All pieces in succession that begin with ``text`` and would not without the last of them."""
    found = set()
    for size in range(1, len(text) + 1):
        for pieces in itertools.product(PIECES, repeat=size):
            if "".join(pieces).startswith(text) and len("".join(pieces[:-1])) < len(text):
                found.add(tuple(IDS[piece] for piece in pieces))
    return found


@pytest.mark.parametrize("text", ["▁le", "▁lea", "▁", "rn", "a"])
def test_the_moves_are_all_ways_to_spell_a_text(text: str) -> None:
    moves = SPELLING.moves(text)
    found, unfinished = set(), [((), 0)]
    while unfinished:
        said, place = unfinished.pop()
        if place == len(moves):
            found.add(said)
        else:
            unfinished += [((*said, piece), to) for piece, to in moves[place].items()]
    assert found == ways(text)


@pytest.mark.parametrize("text", ["q", "▁leq", "▁lx.q"])
def test_what_cannot_be_spelled_has_no_moves(text: str) -> None:
    assert SPELLING.moves(text) == []


def test_english_pieces_tell_where_words_begin() -> None:
    begins = {piece for piece, index in IDS.items() if SPELLING.begins[index]}
    assert begins == {piece for piece in PIECES if piece.startswith("▁")} | {"."}
    assert not any(SPELLING.begins[:4])
    assert all(Spelling(WordVocabulary(PIECES, "pieces"), "zh").begins[4:])
