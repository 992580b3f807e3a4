"""Single examples before they are batched: two joined, marked, or as untidy as people type."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from core.text.languages import ENGLISH
from core.text.subword import MARKER, Vocabulary
from core.text.vocab import SOS, SPECIALS, UNK

Pair = tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]
"""Source ids, target ids, and links ``[L, 2]`` (source place, target place)."""

TAG = SOS
"""Stands before a source whose pair is half machine-translated (Caswell et al. 2019).

No source begins with it when the model translates: it then writes as people do. ``<sos>``, which
stands on the target side alone, needs no new entry in the vocabulary.
"""

_STOPS, _COMMAS = ("。", "."), ("，", ",", "、")


def joined(first: Pair, second: Pair) -> Pair:
    """Two examples one after the other."""
    links = second[2] + np.array([len(first[0]), len(first[1])])
    return (
        np.concatenate((first[0], second[0])),
        np.concatenate((first[1], second[1])),
        np.concatenate((first[2], links)),
    )


def tagged(example: Pair) -> Pair:
    """``example`` with :data:`TAG` before its source."""
    source, target, links = example
    return np.concatenate((np.array([TAG]), source)), target, links + np.array([1, 0])


def shortened(example: Pair, source_most: int, target_most: int) -> Pair:
    """``example`` with so many pieces of either side at most, the first ones."""
    source, target, links = example
    links = links[(links < np.array([source_most, target_most])).all(axis=1)]
    return source[:source_most], target[:target_most], links


@dataclass(frozen=True, slots=True)
class Forms:
    """What source pieces are, or become, in hasty typing.

    Attributes:
        stops, commas: ids that are such a mark by themselves.
        small: by id, the pieces of the same text in small letters; only those that differ.
    """

    stops: frozenset[int] = frozenset()
    commas: frozenset[int] = frozenset()
    small: Mapping[int, tuple[int, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, vocabulary: Vocabulary, language: str) -> Forms:
        """The forms of a source vocabulary."""
        return cls(
            frozenset(_alone(vocabulary, _STOPS)),
            frozenset(_alone(vocabulary, _COMMAS)),
            _small_letters(vocabulary) if language == ENGLISH else {},
        )


PLAIN = Forms()


def _alone(vocabulary: Vocabulary, marks: Sequence[str]) -> list[int]:
    """Ids of those ``marks`` that are a piece by themselves."""
    encoded = (vocabulary.encode([mark]).ids for mark in marks)
    return [ids[0] for ids in encoded if len(ids) == 1 and ids[0] >= len(SPECIALS)]


def _small_letters(vocabulary: Vocabulary) -> dict[int, tuple[int, ...]]:
    ids = range(len(SPECIALS), len(vocabulary))
    capital = [
        (index, piece)
        for index, piece in zip(ids, vocabulary.pieces(ids), strict=True)
        if piece != piece.lower() and piece.strip(MARKER)
    ]
    return {index: vocabulary.encode([piece.lower()]).ids for index, piece in capital}


class Noise:
    """Makes sources at random as people type them, and teaches to copy.

    Args:
        forms: of the source's vocabulary.
        drop_stop: probability of leaving out the last source piece if it is a full stop.
        untidy: probability of a source in small letters, without its last full stop, and without
            each of its commas at even odds.
        copy_unknown: probability of ``<unk>`` added at the same end of both sides.
    """

    def __init__(
        self,
        forms: Forms,
        *,
        drop_stop: float = 0.0,
        untidy: float = 0.0,
        copy_unknown: float = 0.0,
    ) -> None:
        self.forms = forms
        self.drop_stop, self.untidy, self.copy_unknown = drop_stop, untidy, copy_unknown

    def __call__(self, example: Pair, rng: np.random.Generator) -> Pair:
        """``example``, or what becomes of it."""
        if self._stopped(example) and self.drop_stop and rng.random() < self.drop_stop:
            example = _kept(example, np.arange(len(example[0]) - 1))
        if self.untidy and rng.random() < self.untidy:
            example = self._untidy(example, rng)
        if self.copy_unknown and rng.random() < self.copy_unknown:
            copied = np.array([UNK] * int(rng.integers(1, 3)))
            other: Pair = (copied, copied, np.stack((np.arange(len(copied)),) * 2, axis=1))
            return joined(example, other) if rng.random() < 0.6 else joined(other, example)
        return example

    def _stopped(self, example: Pair) -> bool:
        source = example[0]
        return len(source) > 1 and int(source[-1]) in self.forms.stops

    def _untidy(self, example: Pair, rng: np.random.Generator) -> Pair:
        source = example[0]
        stay = np.ones(len(source), bool)
        stay[-1] = not self._stopped(example)
        commas = np.isin(source, list(self.forms.commas))
        commas[0] = False  # something must stay
        stay &= ~commas | (rng.random(len(source)) < 0.5)
        return self._in_small_letters(_kept(example, np.flatnonzero(stay)))

    def _in_small_letters(self, example: Pair) -> Pair:
        source, target, links = example
        pieces = [self.forms.small.get(int(index), (int(index),)) for index in source]
        sizes = np.array([len(piece) for piece in pieces])
        ends = sizes.cumsum()
        # A link to a piece becomes one to each piece of its small form.
        counts = sizes[links[:, 0]]
        rows = np.repeat(np.arange(len(links)), counts)
        within = np.arange(len(rows)) - np.repeat(counts.cumsum() - counts, counts)
        places = (ends - sizes)[links[rows, 0]] + within
        ids = np.array([index for piece in pieces for index in piece])
        return ids, target, np.stack((places, links[rows, 1]), axis=1)


def _kept(example: Pair, places: NDArray[np.int64]) -> Pair:
    """``example`` with only these places of its source, rising, and their links."""
    source, target, links = example
    moved = np.full(len(source), -1)
    moved[places] = np.arange(len(places))
    links = links[moved[links[:, 0]] >= 0]
    return source[places], target, np.stack((moved[links[:, 0]], links[:, 1]), axis=1)
