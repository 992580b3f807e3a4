"""Replay: batches of the base model's own world between those that are taught (Robins 1995)."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from typing import Any

from core.errors import OptionError
from core.training.batching import Batch
from core.training.stream import Stream


class ReplayStream:
    """The batches of ``taught``, with those of ``general``, marked as replayed, spread evenly in.

    Args:
        taught: what is to be learnt.
        general: what is to be remembered.
        share: of all batches, from 0 to below 1, that are replayed.

    Raises:
        OptionError: ``share`` is outside these.
    """

    def __init__(self, taught: Stream, general: Stream, share: float) -> None:
        if not 0 <= share < 1:
            raise OptionError(
                f"the replay share is {share}", remedy="Give a number from 0 to below 1."
            )
        self._taught, self._general, self._share = taught, general, share
        self._owed = 0.0

    def __iter__(self) -> Iterator[Batch]:
        taught, general = iter(self._taught), iter(self._general)
        while True:
            self._owed += self._share
            if self._owed >= 1:
                self._owed -= 1
                yield dataclasses.replace(next(general), replayed=True)
            else:
                yield next(taught)

    def state(self) -> dict[str, Any]:
        """See :class:`core.training.stream.Stream`."""
        return {
            "taught": self._taught.state(),
            "general": self._general.state(),
            "owed": self._owed,
        }

    def load_state(self, state: Mapping[str, Any]) -> None:
        """See :class:`core.training.stream.Stream`."""
        self._taught.load_state(state["taught"])
        self._general.load_state(state["general"])
        self._owed = float(state["owed"])
