"""Translating held-out pairs by their ids and pinned sentences by their texts."""

from __future__ import annotations

from collections.abc import Sequence

from core.cancel import CancelToken
from core.training.checks import Pair
from core.training.rendering import Rendering
from core.training.validation import HeldTranslator


class PinnedTranslator:
    """Pairs that have a target by one translator, pinned ones, which have none, by another.

    See :class:`core.training.validation.HeldTranslator`.
    """

    def __init__(self, held: HeldTranslator, pinned: HeldTranslator) -> None:
        self._held, self._pinned = held, pinned

    def __call__(self, pairs: Sequence[Pair], cancel: CancelToken | None = None) -> list[Rendering]:
        """See :class:`core.training.validation.HeldTranslator`."""
        held = iter(self._held([pair for pair in pairs if pair.target], cancel))
        pinned = iter(self._pinned([pair for pair in pairs if not pair.target], cancel))
        return [next(held) if pair.target else next(pinned) for pair in pairs]
