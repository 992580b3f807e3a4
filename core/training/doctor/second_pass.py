"""Which pairs are probably no translations of each other, as a model sees it.

A pair's score is the mean log-probability (natural log) of the target's pieces given the source,
less the mean of those given other sources of like length: how much the source tells of the target,
per piece. So it is a pointwise mutual information, and what the target has of likely or unlikely
words by itself falls out. The other sources are those of its neighbours in a batch sorted by
length, unless they are the same.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

import torch
from torch import Tensor

from core import runtime
from core.cancel import CancelToken
from core.events import Event, Scored
from core.model.attention import Memory
from core.store.loading import Loaded
from core.text.vocab import EOS, SOS
from core.training.checks import Doubt, Pair
from core.training.pairs import PairEncoder
from core.translation.translator import pad

# Pairs sorted by length together.
POOL = 512
# Other sources that each target is read with. One finds 85 % of wrong pairs where three find 94 %.
_OTHERS = 3
# Padded target positions of a batch.
_BATCH_TOKENS = 1500
_LONGEST = 250  # pieces of a side; the rest of a longer one is not read
# Rows whose scores over a vocabulary are made at once.
_CHUNK = 256
# Below it a pair is doubted: some 90 % of wrong pairs and 0 to 1.3 % of true ones
# (docs/pair-files.md).
THRESHOLD = 0.7


@dataclass(frozen=True, slots=True)
class Score(Event):
    """A pair's score: its line, and nats per target piece that the source tells of it."""

    kind: ClassVar[str] = "score"
    line: int
    score: float

    def doubt(self, threshold: float = THRESHOLD) -> Doubt | None:
        """The doubt about the pair, if it scores below ``threshold``."""
        return (
            Doubt(self.line, "misaligned", f"{self.score:.2f}") if self.score < threshold else None
        )


def second_pass(
    loaded: Loaded,
    pairs: Iterable[Pair],
    cancel: CancelToken | None = None,
    *,
    precision: str = "auto",
) -> Iterator[Score | Scored]:
    """A :class:`Score` for every pair of which pieces remain, and :class:`Scored` after a batch.

    The pairs of every :data:`POOL`, which is all that is kept in memory, are scored the shortest
    first. A pair with no other source to compare with has no score.

    Args:
        loaded: the model; its languages are the pairs'.
        pairs: any number of them.
        cancel: asked before every batch.
        precision: ``"auto"``, ``"bf16"`` or ``"fp32"``.

    Raises, from the first ``next`` on:
        Cancelled: ``cancel`` was cancelled.
    """
    scorer = _Scorer(loaded, runtime.choose_precision(precision))
    waiting, done = iter(pairs), 0
    before: list[Pair] = []
    while pool := list(itertools.islice(waiting, POOL)):
        settled, end = done, done + len(pool)
        for batch in scorer.batches([*pool, *before]):
            if cancel is not None:
                cancel.check()
            for place, score in sorted(scorer.scores(batch).items()):
                if place < len(pool):
                    yield Score(pool[place].line, round(score, 4))
            done += sum(pair.place < len(pool) for pair in batch)
            if done < end:
                yield Scored(done, settled)
        done = end  # pairs without pieces are in no batch
        yield Scored(done, done)
        before = pool[-_OTHERS - 1 :]  # company for a last pool that is small


@dataclass(frozen=True, slots=True)
class _Encoded:
    """A pair's place in its pool, and its ids."""

    place: int
    source: tuple[int, ...]
    target: tuple[int, ...]


class _Scorer:
    def __init__(self, loaded: Loaded, dtype: torch.dtype) -> None:
        self._model = loaded.model.eval()
        self._encode = PairEncoder(loaded)
        self._dtype = dtype

    def batches(self, pool: Sequence[Pair]) -> Iterator[list[_Encoded]]:
        """Pairs of like length, two or more in each batch."""
        encoded = [
            _Encoded(place, source[:_LONGEST], target[:_LONGEST])
            for place, (source, target) in enumerate(map(self._encode, pool))
            if source and target
        ]
        encoded.sort(key=lambda pair: (len(pair.target), len(pair.source)))
        begin = 0
        while len(encoded) - begin > 1:
            end = begin + 2
            while end < len(encoded) and (
                (end + 1 - begin) * (len(encoded[end].target) + 1) <= _BATCH_TOKENS
                or end + 1 == len(encoded)  # nobody is left alone
            ):
                end += 1
            yield encoded[begin:end]
            begin = end

    def scores(self, batch: Sequence[_Encoded]) -> dict[int, float]:
        """The score of each pair by its place in the pool."""
        ids, lengths = pad([pair.source for pair in batch])
        given, _ = pad([(SOS, *pair.target) for pair in batch])
        wanted, counts = pad([(*pair.target, EOS) for pair in batch])
        real = torch.arange(wanted.shape[1]) < counts[:, None]  # [B, T]
        total, compared = torch.zeros(len(batch)), torch.zeros(len(batch))
        with (
            torch.inference_mode(),
            torch.autocast("cpu", self._dtype, self._dtype != torch.float32),
        ):
            memory = self._model.encode(ids, lengths)
            own = self._likelihoods(memory, given, wanted, real)
            for step in range(1, min(_OTHERS, len(batch) - 1) + 1):
                rows = torch.arange(len(batch)).roll(step)
                other = self._model.select_memory(memory, rows)
                gains = (own - self._likelihoods(other, given, wanted, real)) / counts
                differs = [batch[row].source != batch[i].source for i, row in enumerate(rows)]
                total += gains * torch.tensor(differs)
                compared += torch.tensor(differs)
        scores = (total / compared).tolist()
        return {
            pair.place: score
            for pair, score, count in zip(batch, scores, compared.tolist(), strict=True)
            if count
        }

    def _likelihoods(self, memory: Memory, given: Tensor, wanted: Tensor, real: Tensor) -> Tensor:
        """Summed log-probabilities ``[B]`` of ``wanted`` ``[B, T]``, where it is ``real``."""
        features, _ = self._model.decoder(given, memory)  # [B, T, width]
        likely = torch.zeros(wanted.shape)
        likely[real] = torch.cat(
            [
                self._model.logits(rows).float().log_softmax(-1).gather(1, ids[:, None])[:, 0]
                for rows, ids in zip(
                    torch.split(features[real], _CHUNK),
                    torch.split(wanted[real], _CHUNK),
                    strict=True,
                )
            ]
        )
        return likely.sum(1)
