"""The endless stream of batches that one process sees, and its place in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from itertools import islice
from typing import Any, Protocol

from core.training.batching import Batch, BatchSource
from core.training.distributed import ALONE, Workers


@dataclass(frozen=True, slots=True)
class Position:
    """Where a stream goes on: the round, and the first batch of it not yet used."""

    round: int = 0
    index: int = 0


class Stream(Protocol):
    """An endless stream of batches that can be taken up again where it was left."""

    def __iter__(self) -> Iterator[Batch]:
        """Batches from its present place on."""
        ...

    def state(self) -> dict[str, Any]:
        """Its place, as JSON values."""
        ...

    def load_state(self, state: Mapping[str, Any]) -> None:
        """Go to a place that :meth:`state` gave.

        Raises:
            LookupError, TypeError, ValueError: it is no such place.
        """
        ...


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

    def state(self) -> dict[str, Any]:
        """See :class:`Stream`."""
        return asdict(self.position)

    def load_state(self, state: Mapping[str, Any]) -> None:
        """See :class:`Stream`."""
        self.position = Position(**state)
