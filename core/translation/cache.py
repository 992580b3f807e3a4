"""Translations made lately."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable

from core.translation.result import Translation

# Weights of alignment kept, 32 bytes each; a translation counts for some hundred in any case.
CELLS = 2_000_000
_LEAST = 100


class TranslationCache:
    """Forgets those not asked for longest when their alignments outgrow ``cells``."""

    def __init__(self, cells: int = CELLS) -> None:
        self._kept: OrderedDict[Hashable, Translation] = OrderedDict()
        self._room = cells

    def get(self, key: Hashable) -> Translation | None:
        """The translation stored under ``key``, if it is still there."""
        found = self._kept.get(key)
        if found is not None:
            self._kept.move_to_end(key)
        return found

    def put(self, key: Hashable, translation: Translation) -> None:
        """Store ``translation`` under ``key``."""
        if key in self._kept:
            self._room += _size(self._kept.pop(key))
        self._kept[key] = translation
        self._room -= _size(translation)
        while self._room < 0:
            _, forgotten = self._kept.popitem(last=False)
            self._room += _size(forgotten)


def _size(translation: Translation) -> int:
    return _LEAST + len(translation.source_words) * len(translation.target_words)
