"""Batches of similar length from several corpora, mixed in given shares.

Each round draws every corpus as often as its share says, shuffles, appends to some short
examples a copy of the next one, sorts within pools by length, and cuts the pools into
batches of a fixed number of padded positions. Rounds follow from a seed alone, so a run can be
taken up again at any batch.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from core.errors import TrainingError
from core.text.vocab import EOS, PAD, SOS
from core.training.buckets import by_length, cut_pool
from core.training.corpus import Corpus
from core.training.curriculum import DRAWN
from core.training.difficulty import difficulties
from core.training.examples import PLAIN, Forms, Noise, Pair, joined, shortened, tagged
from core.training.hyperparameters import BatchOptions


@dataclass(frozen=True, slots=True)
class Share:
    """A corpus and how often one round uses it: 0.5 is a random half, 2 is twice.

    ``keep`` are the indices of the pairs that count; all of them if ``None``. Of a ``synthetic``
    corpus one side is machine-translated: its sources are tagged.
    """

    corpus: Corpus
    repeats: float = 1.0
    keep: NDArray[np.int64] | None = None
    synthetic: bool = False

    def __len__(self) -> int:
        return len(self.corpus) if self.keep is None else len(self.keep)


@dataclass(frozen=True)
class Batch:
    """A padded batch.

    Attributes:
        source: ids ``[B, S]``; lengths ``[B]``.
        target_in: ids from ``<sos>`` on ``[B, T]``; target_out: up to ``<eos>`` ``[B, T]``.
        links: flat places in a ``[B, T, S]`` attention that are aligned, and for each its share
            of its target piece; both empty where alignments are unknown.
        replayed: whether it is there to be remembered, not to be learnt (see ``replay``).
    """

    source: Tensor
    lengths: Tensor
    target_in: Tensor
    target_out: Tensor
    links: Tensor
    link_shares: Tensor
    replayed: bool = False

    @cached_property
    def target_tokens(self) -> int:
        """Real target positions, ``<eos>`` included."""
        return int((self.target_out != PAD).sum())


def collate(pairs: Sequence[Pair], endless: Collection[int] = ()) -> Batch:
    """Pad (source ids, target ids, links ``[L, 2]``) triples into a batch.

    The targets of ``endless`` rows go on behind what is known of them: no ``<eos>`` follows.
    """
    count = len(pairs)
    lengths = np.array([len(source) for source, _, _ in pairs])
    width = int(lengths.max())
    height = max(len(target) for _, target, _ in pairs) + 1
    source = np.full((count, width), PAD)
    target_in = np.full((count, height), PAD)
    target_out = np.full((count, height), PAD)
    places: list[NDArray[np.int64]] = []
    shares: list[NDArray[np.float32]] = []
    for row, (s, t, links) in enumerate(pairs):
        source[row, : len(s)] = s
        target_in[row, 0] = SOS
        target_in[row, 1 : len(t) + 1] = t
        target_out[row, : len(t)] = t
        if row not in endless:
            target_out[row, len(t)] = EOS
        if len(links):
            counts = np.bincount(links[:, 1], minlength=height)
            places.append((row * height + links[:, 1]) * width + links[:, 0])
            shares.append((1 / counts[links[:, 1]]).astype(np.float32))
    return Batch(
        torch.from_numpy(source),
        torch.from_numpy(lengths),
        torch.from_numpy(target_in),
        torch.from_numpy(target_out),
        torch.from_numpy(np.concatenate(places) if places else np.zeros(0, np.int64)),
        torch.from_numpy(np.concatenate(shares) if shares else np.zeros(0, np.float32)),
    )


class BatchSource:
    """An endless, repeatable stream of batches; ``forms`` are those of the sources' vocabulary."""

    def __init__(
        self, shares: Sequence[Share], options: BatchOptions, forms: Forms = PLAIN
    ) -> None:
        self.shares = shares
        self.options = options
        self._noise = Noise(
            forms,
            drop_stop=options.drop_stop,
            untidy=options.untidy,
            copy_unknown=options.copy_unknown,
        )

    def round_size(self) -> int:
        """Examples drawn in one round, before joining and leaving out."""
        return sum(round(len(share) * share.repeats) for share in self.shares)

    def batches_in_round(self, number: int = 0) -> int:
        """How many batches round ``number`` has."""
        rng = np.random.default_rng((self.options.seed, number))
        return len(self._cut(*self._draw(rng), rng))

    def batches(self, start_round: int = 0, skip: int = 0) -> Iterator[tuple[int, int, Batch]]:
        """``(round, index, batch)`` from batch ``skip`` of round ``start_round`` on."""
        number = start_round
        while True:
            yield from self.round(number, skip)
            number, skip = number + 1, 0

    def round(
        self, number: int, skip: int = 0, competence: float = 1.0
    ) -> Iterator[tuple[int, int, Batch]]:
        """``(round, index, batch)`` of one round from batch ``skip`` on.

        Below a ``competence`` of 1 a round is short, and of the easiest pairs alone.

        Raises:
            TrainingError: it has no batches.
        """
        rng = np.random.default_rng((self.options.seed, number))
        examples, partners = self._draw(rng, competence)
        cuts = self._cut(examples, partners, rng)
        if not cuts:
            raise TrainingError(
                f"no pair is short enough to learn from ({self.options.max_length} pieces)",
                remedy="Split long pairs into sentences.",
            )
        for index, rows in enumerate(cuts):
            # A generator of its own per batch keeps skipping cheap and exact.
            if index >= skip:
                noise = np.random.default_rng((self.options.seed, number, index))
                yield number, index, self._batch(examples[rows], partners[rows], noise)

    # What is held of every pair of a round has 32 bits: a round of millions is drawn at once.
    def _draw(
        self, rng: np.random.Generator, competence: float = 1.0
    ) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        """Examples ``[N, 2]`` (corpus, pair) in random order, and their partners (-1: none)."""
        if competence < 1:
            few = int(np.ceil(competence * len(self._easiest_first)))
            examples = rng.permutation(self._easiest_first[:few])[:DRAWN]
        else:
            examples = self._fitting(rng.permutation(self._picks(rng)))
        partners = np.full_like(examples, -1)
        if self.options.join and len(examples) > 1:
            source, target = self._lengths(examples)
            longest = self.options.max_length
            short = (source < self.options.join_below) & (
                rng.random(len(source)) < self.options.join
            )
            short &= (source + np.roll(source, -1) <= longest) & (
                target + np.roll(target, -1) < longest
            )
            partners[short] = np.roll(examples, -1, axis=0)[short]
        return examples, partners

    def _picks(self, rng: np.random.Generator) -> NDArray[np.int32]:
        """The examples of one round of all shares, ``[N, 2]``, corpus by corpus."""
        return np.concatenate([self._pick(n, share, rng) for n, share in enumerate(self.shares)])

    def _fitting(self, examples: NDArray[np.int32]) -> NDArray[np.int32]:
        """Those of ``examples`` that are neither empty nor too long."""
        source, target = self._lengths(examples)
        longest = self.options.max_length
        return examples[(source <= longest) & (target < longest) & (source > 0) & (target > 0)]

    @cached_property
    def _easiest_first(self) -> NDArray[np.int32]:
        """The examples of a round by how hard they are."""
        rng = np.random.default_rng(self.options.seed)
        examples = self._fitting(self._picks(rng))
        each = difficulties([share.corpus for share in self.shares], self.options.difficulty)
        hard = np.zeros(len(examples))
        for number, found in enumerate(each):
            rows = examples[:, 0] == number
            hard[rows] = found[examples[rows, 1]]
        return examples[np.argsort(hard, kind="stable")]

    @staticmethod
    def _pick(number: int, share: Share, rng: np.random.Generator) -> NDArray[np.int32]:
        """The share's examples of one round, ``[N, 2]``; ``number`` is the corpus."""
        size = len(share)
        whole, rest = divmod(round(size * share.repeats), size) if size else (0, 0)
        picks = [np.arange(size)] * whole + [rng.permutation(size)[:rest]]
        indices = np.concatenate(picks)
        if share.keep is not None:
            indices = share.keep[indices]
        examples = np.full((len(indices), 2), number, np.int32)
        examples[:, 1] = indices
        return examples

    def _lengths(self, examples: NDArray[np.int32]) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        source = np.zeros(len(examples), np.int32)
        target = np.zeros(len(examples), np.int32)
        for number, share in enumerate(self.shares):
            rows = examples[:, 0] == number
            source[rows] = share.corpus.source_lengths[examples[rows, 1]]
            target[rows] = share.corpus.target_lengths[examples[rows, 1]]
        if self.options.truncate:
            longest = self.options.max_length
            return np.minimum(source, longest), np.minimum(target, longest - 1)
        return source, target

    def _cut(
        self,
        examples: NDArray[np.int32],
        partners: NDArray[np.int32],
        rng: np.random.Generator,
    ) -> list[NDArray[np.int32]]:
        """Row numbers of every batch of a round, in random order."""
        source, target = self._lengths(examples)
        more_source, more_target = self._lengths(partners)
        source, target = source + more_source, target + more_target + 1
        longer = np.maximum(source, target)
        batches: list[NDArray[np.int32]] = []
        for begin in range(0, len(examples), self.options.pool):
            end = min(begin + self.options.pool, len(examples))
            rows = np.arange(begin, end, dtype=np.int32)
            rows = rows[by_length(source[rows], target[rows])]
            if self.options.pairs:
                batches += np.split(rows, range(self.options.pairs, len(rows), self.options.pairs))
            else:
                batches += cut_pool(rows, longer, self.options.tokens)
        order = rng.permutation(len(batches))
        return [batches[index] for index in order]

    def _batch(
        self,
        examples: NDArray[np.int32],
        partners: NDArray[np.int32],
        rng: np.random.Generator,
    ) -> Batch:
        pairs, endless = [], set()
        for row, ((corpus, pair), (other, partner)) in enumerate(
            zip(examples, partners, strict=True)
        ):
            example = self._example(corpus, pair)
            if other >= 0:
                example = joined(example, self._example(other, partner))
            elif self.options.truncate:
                longest, size = self.options.max_length, len(example[1])
                example = shortened(example, longest, longest - 1)
                if len(example[1]) < size:
                    endless.add(row)
            pairs.append(self._noise(example, rng))
        return collate(pairs, endless)

    def _example(self, corpus: int, pair: int) -> Pair:
        share = self.shares[corpus]
        source, target = share.corpus.pair(pair)
        links = share.corpus.pair_links(pair).astype(np.int64)
        example = source.astype(np.int64), target.astype(np.int64), links
        return tagged(example) if share.synthetic else example
