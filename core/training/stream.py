"""The endless stream of batches that one process sees, and its place in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from core.training.batching import Batch, BatchSource
from core.training.distributed import ALONE, Workers


@dataclass(frozen=True, slots=True)
class Position:
    """Where a stream goes on: the round, and the first batch of it not yet used."""

    round: int = 0
    index: int = 0


class BatchStream:
    """Batches of a source from a position on; of several processes each takes every n-th.

    ``position`` is behind the last batches that the processes took together, so that a run
    begun there sees exactly what an uninterrupted one would have seen.
    """

    def __init__(
        self, source: BatchSource, start: Position = Position(), workers: Workers = ALONE
    ) -> None:
        self.position = start
        self._source, self._workers = source, workers

    def __iter__(self) -> Iterator[Batch]:
        stream = self._source.batches(self.position.round, self.position.index)
        while True:
            group = list(islice(stream, self._workers.count))
            number, index, _ = group[-1]
            self.position = Position(number, index + 1)
            yield group[self._workers.rank][2]
