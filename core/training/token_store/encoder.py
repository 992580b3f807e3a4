"""Packed lines to ids: each distinct word is encoded once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

from core.text.subword import Vocabulary
from core.text.vocab import UNK
from core.training.token_store.packing import forms, seen_pieces

_MOST_WORDS = 400_000  # remembered at a time, some 120 MB


@dataclass(frozen=True, slots=True)
class Pieces:
    """Ids of a sentence, and for each the index of its word."""

    ids: Sequence[int]
    words: Sequence[int]


class LineEncoder:
    """Encodes packed lines as ``SegmentEncoder`` encodes their texts."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._known: dict[str, tuple[int, ...]] = {}

    def encode(self, lines: Sequence[str]) -> list[Pieces]:
        """The pieces of each line."""
        sentences = [forms(line) for line in lines]
        self._learn(sentences)
        return [self._pieces(line, words) for line, words in zip(lines, sentences, strict=True)]

    def _learn(self, sentences: Sequence[Sequence[str]]) -> None:
        if len(self._known) > _MOST_WORDS:
            self._known.clear()
        # Words are encoded each by itself, so what stands around them is nothing to them.
        new = list({*chain.from_iterable(sentences)} - self._known.keys())
        pieces: list[list[int]] = [[] for _ in new]
        encoded = self._vocabulary.encode(new)
        for index, word in zip(encoded.ids, encoded.words, strict=True):
            pieces[word].append(index)
        self._known.update(zip(new, map(tuple, pieces), strict=True))

    def _pieces(self, line: str, words: Sequence[str]) -> Pieces:
        pieces = [self._known[word] for word in words]
        ids = list(chain.from_iterable(pieces))
        if UNK in ids:
            return Pieces(*seen_pieces(line, self._vocabulary))
        return Pieces(ids, [number for number, found in enumerate(pieces) for _ in found])
