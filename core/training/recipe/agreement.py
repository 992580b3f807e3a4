"""How far the two sides of every pair of a store are translations of each other.

The links of a store give a lexicon of pieces (see ``lexicon``). The best translation that a piece
finds on the other side speaks for a true pair or for one put together by chance; how much, is
learnt piece by piece from linked pairs and from the same sentences paired wrongly, so that
function words, which find something anywhere, hardly count. With ``e`` the sum of these
log-likelihood ratios over a side and ``E`` what a true pair would have on average, a side agrees
by ``(e + PRIOR) / (E + PRIOR)``, and a pair as its worse side does. The prior keeps short sentences
from being condemned by a word or two.

A score is a byte: ``100 * (1 + agreement)``. 200 is an average true pair; at 100 a side speaks
against the pair by as much as the prior speaks for it, which is 400 to 1.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError

from core.errors import InputError
from core.text.vocab import PAD
from core.training.corpus import Corpus, mapped_arrays, save_arrays
from core.training.recipe.lexicon import GRADES, learn_lexicon
from core.training.token_store.store import TokenStore

AGREEMENT = "agreement.safetensors"
MISALIGNED = 100  # pairs that score below are mostly misaligned (measured in docs/recipe.md)
PRIOR = 6.0  # in nats
SAMPLE = 200_000  # pairs that the evidence is learnt from
SEED = 1
_SMOOTHING = 5.0  # pieces of average behaviour added to those counted
_FLOOR = 0.005  # keeps the ratio of two rare outcomes near 1
_CHUNK = 1 << 16  # pairs sorted by length together
_BLOCK = 256  # pairs compared at once

Rows = NDArray[np.int64]


@dataclass(frozen=True)
class Evidence:
    """What the grade of a piece's best translation tells.

    Attributes:
        ratios: log-likelihood ratio of a true pair to a wrong one, in nats, ``[pieces, GRADES]``.
        expected: its mean over true pairs ``[pieces]``.
    """

    ratios: NDArray[np.float32]
    expected: NDArray[np.float32]

    @classmethod
    def of(cls, true: NDArray[np.int64], wrong: NDArray[np.int64]) -> Evidence:
        """From how often each piece had each grade, ``[pieces, GRADES]``, in either kind."""
        in_true, in_wrong = (_smoothed(counts) for counts in (true, wrong))
        ratios = np.log((in_true + _FLOOR) / (in_wrong + _FLOOR))
        ratios[PAD] = 0
        expected = (in_true * ratios).sum(1)
        return cls(ratios.astype(np.float32), expected.astype(np.float32))

    def agreement(self, ids: NDArray[Any], grades: NDArray[np.uint8]) -> NDArray[np.float32]:
        """Of padded sentences ``[B, M]``, whose pieces have these grades: ``[B]``."""
        found: NDArray[np.float32] = self.ratios[ids, grades].sum(1)
        expected: NDArray[np.float32] = self.expected[ids].sum(1)
        return (found + np.float32(PRIOR)) / (expected + np.float32(PRIOR))


def _smoothed(counts: NDArray[np.int64]) -> NDArray[np.float64]:
    overall = counts.sum(0) / max(1, int(counts.sum()))
    shares = counts + _SMOOTHING * overall
    return np.asarray(shares / np.maximum(shares.sum(1, keepdims=True), 1e-9))


class Judge:
    """Scores pairs by what it has learnt from the linked ones among them."""

    def __init__(self, corpus: Corpus, source_size: int, target_size: int) -> None:
        self._corpus = corpus
        self._sizes = (source_size, target_size)
        self._lexicon = learn_lexicon(corpus, source_size, target_size).ravel()
        self._sides = self._learn()

    def scores(self, source: Rows, target: Rows) -> NDArray[np.uint8]:
        """Scores of the pairs of source ``source[i]`` and target ``target[i]`` of the corpus."""
        found = np.zeros(len(source), np.uint8)
        for places, ids, grades in self._graded(source, target):
            source_side, target_side = map(Evidence.agreement, self._sides, ids, grades)
            agreement = np.minimum(source_side, target_side)
            found[places] = np.clip(np.rint(100 * (1 + agreement)), 0, 255)
        return found

    def _learn(self) -> tuple[Evidence, Evidence]:
        offsets = self._corpus.link_offsets
        linked = np.flatnonzero(np.diff(offsets)) if offsets is not None else np.zeros(0, np.int64)
        rng = np.random.default_rng(SEED)
        rows = rng.permutation(linked)[:SAMPLE]
        # Of like length: a wrong target must not be told by its size.
        rows = rows[np.argsort(self._corpus.target_lengths[rows], kind="stable")]
        true, wrong = self._count(rows, rows), self._count(rows, np.roll(rows, -1))
        source, target = (Evidence.of(*counts) for counts in zip(true, wrong, strict=True))
        return source, target

    def _count(self, source: Rows, target: Rows) -> list[NDArray[np.int64]]:
        """For both sides how often each piece has each grade, ``[pieces, GRADES]``."""
        counts = [np.zeros(size * GRADES, np.int64) for size in self._sizes]
        for _, ids, grades in self._graded(source, target):
            for side in range(2):
                keys = (ids[side] * GRADES + grades[side]).ravel()
                counts[side] += np.bincount(keys, minlength=len(counts[side]))
        tables = [one.reshape(-1, GRADES) for one in counts]
        for table in tables:
            table[PAD] = 0
        return tables

    def _graded(
        self, source: Rows, target: Rows
    ) -> Iterator[tuple[Rows, list[Rows], list[NDArray[np.uint8]]]]:
        """Pairs in blocks: their places in the arguments, both sides' padded ids and grades."""
        corpus = self._corpus
        for begin in range(0, len(source), _CHUNK):
            s, t = source[begin : begin + _CHUNK], target[begin : begin + _CHUNK]
            lengths = [
                offsets[rows + 1] - offsets[rows]
                for offsets, rows in ((corpus.source_offsets, s), (corpus.target_offsets, t))
            ]
            order = np.lexsort(lengths)
            for block in np.split(order, range(_BLOCK, len(order), _BLOCK)):
                ids = [
                    _padded(corpus.source, corpus.source_offsets[s[block]], lengths[0][block]),
                    _padded(corpus.target, corpus.target_offsets[t[block]], lengths[1][block]),
                ]
                cells = ids[0][:, :, None] * self._sizes[1] + ids[1][:, None, :]
                graded = self._lexicon.take(cells)  # [B, M, N]
                yield begin + block, ids, [graded.max(axis, initial=0) for axis in (2, 1)]


def _padded(flat: NDArray[np.uint16], begins: Rows, lengths: Rows) -> Rows:
    """Sentences of a flat array as rows, ``[B, longest]``."""
    steps = np.arange(lengths.max(initial=0))
    inside = steps < lengths[:, None]
    ids = np.full(inside.shape, PAD, np.int64)
    ids[inside] = flat[(begins[:, None] + steps)[inside]]
    return ids


def write_agreement(store: TokenStore) -> NDArray[np.uint8]:
    """Score every pair of ``store`` by its own links; the scores are kept in its folder.

    Raises:
        InputError: the store has no links.
        StorageError: the scores cannot be written.
    """
    corpus = store.corpus
    if corpus.links is None or not len(corpus.links):
        raise InputError(
            "the words of the tokenised store are not aligned",
            where=str(store.folder),
            remedy="Give their links first: attune-cli train --tokenize-only --alignments FILE.",
        )
    judge = Judge(corpus, len(store.source_vocabulary), len(store.target_vocabulary))
    every = np.arange(len(corpus))
    scores = judge.scores(every, every)
    save_arrays(store.folder / AGREEMENT, {"scores": scores})
    return scores


def read_agreement(folder: Path, pairs: int) -> NDArray[np.uint8]:
    """The scores of the store in ``folder``, which has so many pairs.

    Raises:
        InputError: there are none, or they are damaged or of another store.
    """
    path = folder / AGREEMENT
    remedy = f"Type: python -m core.cli.recipe agreement {folder}"
    if not path.exists():
        raise InputError(
            "the pairs of the tokenised store are not scored", where=str(folder), remedy=remedy
        )
    try:
        scores: NDArray[Any] = mapped_arrays(path)["scores"]
        if scores.dtype != np.uint8 or scores.shape != (pairs,):
            raise ValueError(f"{scores.shape} scores of {pairs} pairs")
    except (OSError, LookupError, ValueError, SafetensorError) as error:
        raise InputError(
            f"the scores of the pairs are damaged ({error})", where=str(path), remedy=remedy
        ) from error
    return scores


def left_out(store: TokenStore, scores: NDArray[np.uint8], least: int) -> dict[str, int]:
    """How many pairs of each file of ``store`` score below ``least``."""
    ends = np.cumsum([count for _, count in store.parts])
    below = np.split(scores < least, ends[:-1])
    return {name: int(b.sum()) for (name, _), b in zip(store.parts, below, strict=True)}
