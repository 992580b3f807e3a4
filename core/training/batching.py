"""Batches of similar length from several corpora, mixed in given shares.

Each round draws every corpus as often as its share says, shuffles, appends to some short
examples a copy of the next one, sorts within pools by length, and cuts the pools into
batches of a fixed number of padded positions. Rounds follow from a seed alone, so a run can be
taken up again at any batch.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from core.errors import TrainingError
from core.text.vocab import EOS, PAD, SOS
from core.training.corpus import Corpus
from core.training.examples import PLAIN, Forms, Noise, Pair, joined, tagged


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


@dataclass(frozen=True, slots=True)
class BatchOptions:
    """How batches are cut.

    Attributes:
        tokens: most padded positions of the longer side in a batch, unless one example alone has
            more; what ``copy_unknown`` adds comes on top.
        max_length: longest side of an example, in pieces; longer pairs are left out.
        join: probability of appending the next example, which also stays by itself.
        join_below: only examples with fewer source pieces than this are joined.
        drop_stop, untidy, copy_unknown: probabilities; see :class:`core.training.examples.Noise`.
        pool: examples sorted by length together.
        seed: of everything random.
    """

    tokens: int = 3000
    max_length: int = 150
    join: float = 0.0
    join_below: int = 30
    drop_stop: float = 0.0
    untidy: float = 0.0
    copy_unknown: float = 0.0
    pool: int = 50_000
    seed: int = 1


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


def collate(pairs: Sequence[Pair]) -> Batch:
    """Pad (source ids, target ids, links ``[L, 2]``) triples into a batch."""
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
            rng = np.random.default_rng((self.options.seed, number))
            examples, partners = self._draw(rng)
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
            del examples, partners, cuts  # never two rounds at once
            number, skip = number + 1, 0

    # What is held of every pair of a round has 32 bits: a round of millions is drawn at once.
    def _draw(self, rng: np.random.Generator) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        """Examples ``[N, 2]`` (corpus, pair) in random order, and their partners (-1: none)."""
        drawn = [self._pick(number, share, rng) for number, share in enumerate(self.shares)]
        examples = rng.permutation(np.concatenate(drawn))
        del drawn
        source, target = self._lengths(examples)
        longest = self.options.max_length
        fits = (source <= longest) & (target < longest) & (source > 0) & (target > 0)
        examples, source, target = examples[fits], source[fits], target[fits]
        partners = np.full_like(examples, -1)
        if self.options.join and len(examples) > 1:
            short = (source < self.options.join_below) & (
                rng.random(len(source)) < self.options.join
            )
            short &= (source + np.roll(source, -1) <= longest) & (
                target + np.roll(target, -1) < longest
            )
            partners[short] = np.roll(examples, -1, axis=0)[short]
        return examples, partners

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
            rows = rows[_by_length(source[rows], target[rows])]
            batches += _cut_pool(rows, longer, self.options.tokens)
        order = rng.permutation(len(batches))
        return [batches[index] for index in order]

    def _batch(
        self,
        examples: NDArray[np.int32],
        partners: NDArray[np.int32],
        rng: np.random.Generator,
    ) -> Batch:
        pairs = []
        for (corpus, pair), (other, partner) in zip(examples, partners, strict=True):
            example = self._example(corpus, pair)
            if other >= 0:
                example = joined(example, self._example(other, partner))
            pairs.append(self._noise(example, rng))
        return collate(pairs)

    def _example(self, corpus: int, pair: int) -> Pair:
        share = self.shares[corpus]
        source, target = share.corpus.pair(pair)
        links = share.corpus.pair_links(pair).astype(np.int64)
        example = source.astype(np.int64), target.astype(np.int64), links
        return tagged(example) if share.synthetic else example


def _by_length(source: NDArray[np.int32], target: NDArray[np.int32]) -> NDArray[np.int64]:
    """The order in which neighbours are most alike on both sides.

    By the longer side, which is what fills a batch, then by how much it is the source: rising and
    falling in turn, so that the shorter side does not jump where the longer one grows.
    """
    longer = np.maximum(source, target)
    lean = np.where(longer % 2, source - target, target - source)
    return np.lexsort((lean, longer))


def _cut_pool(
    rows: NDArray[np.int32], longer: NDArray[np.int32], tokens: int
) -> list[NDArray[np.int32]]:
    """Consecutive runs of ``rows`` whose size times longest example stays within ``tokens``."""
    batches: list[NDArray[np.int32]] = []
    begin, longest = 0, 0
    for position, row in enumerate(rows):
        longest = max(longest, int(longer[row]))
        if position > begin and (position - begin + 1) * longest > tokens:
            batches.append(rows[begin:position])
            begin, longest = position, int(longer[row])
    if begin < len(rows):
        batches.append(rows[begin:])
    return batches
