"""The endless stream of batches that one process sees, and its place in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from itertools import islice
from typing import Any, Protocol

from core.training.batching import Batch, BatchSource
from core.training.curriculum import competence
from core.training.distributed import ALONE, Workers


@dataclass(frozen=True, slots=True)
class Position:
    """Where a stream goes on: the round, the first batch of it not yet used, its competence."""

    round: int = 0
    index: int = 0
    competence: float | None = None


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

    ``progress`` tells how much of the run is over, from 0 to 1: a curriculum looks at it whenever
    a round begins.
    """

    def __init__(
        self, source: BatchSource, start: Position = Position(), workers: Workers = ALONE
    ) -> None:
        self.position = start
        self.progress: Callable[[], float] = lambda: 0.0
        self._source, self._workers = source, workers

    def __iter__(self) -> Iterator[Batch]:
        stream = self._batches(self.position)
        while True:
            group = list(islice(stream, self._workers.count))
            self.position = group[-1][0]
            yield group[self._workers.rank][1]

    def _batches(self, start: Position) -> Iterator[tuple[Position, Batch]]:
        """Every batch from ``start`` on, and the position behind it."""
        while True:
            share = start.competence
            if share is None:  # the round begins
                share = competence(self._source.options, self.progress())
            for number, index, batch in self._source.round(start.round, start.index, share):
                yield Position(number, index + 1, share), batch
            start = Position(start.round + 1)

    def state(self) -> dict[str, Any]:
        """See :class:`Stream`."""
        return asdict(self.position)

    def load_state(self, state: Mapping[str, Any]) -> None:
        """See :class:`Stream`."""
        self.position = Position(**state)
