"""Translations made lately."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from sys import getsizeof

from core.translation.result import Alarm, Translation

BYTES = 32_000_000  # some 4,000 sentences of 10 words, or 500 of 30
_CELL = 40  # a weight of an alignment, in a piece of the allocator's, and its place in the row
_NUMBER = 32
_ENTRY = 250  # the key and its place among the others


class TranslationCache:
    """Forgets those not asked for longest when together they outgrow ``room`` bytes."""

    def __init__(self, room: int = BYTES) -> None:
        self._kept: OrderedDict[Hashable, Translation] = OrderedDict()
        self._room = room

    def get(self, key: Hashable) -> Translation | None:
        """The translation stored under ``key``, if it is still there."""
        found = self._kept.get(key)
        if found is not None:
            self._kept.move_to_end(key)
        return found

    def put(self, key: Hashable, translation: Translation) -> None:
        """Store ``translation`` under ``key``."""
        if key in self._kept:
            self._room += size(self._kept.pop(key))
        self._kept[key] = translation
        self._room -= size(translation)
        while self._room < 0:
            _, forgotten = self._kept.popitem(last=False)
            self._room += size(forgotten)


def size(translation: Translation) -> int:
    """Bytes that ``translation`` takes in the cache.

    Its weights are counted and not looked at one by one: of a long sentence they are 100,000.
    """
    found = translation
    tuples = (found.source_words, found.target_words, found.confidences, found.alternatives)
    words = (*found.source_words, *found.target_words)
    return (
        _ENTRY
        + getsizeof(found)
        + getsizeof(found.source)
        + getsizeof(found.translation)
        + sum(map(getsizeof, (*tuples, *found.alignment, found.alignment, *words)))
        + sum(getsizeof(word.text) + 2 * _NUMBER for word in words)
        + _CELL * sum(map(len, found.alignment))
        + sum(getsizeof(other) + getsizeof(other.translation) for other in found.alternatives)
        + _NUMBER * (len(found.confidences) + len(found.alternatives) + 2)
        + sum(_alarm_size(alarm) for alarm in found.alarms)
    )


def _alarm_size(alarm: Alarm) -> int:
    places = (*alarm.source, *alarm.target)
    return sum(
        map(getsizeof, (alarm, alarm.text, alarm.source, alarm.target, *places))
    ) + 2 * _NUMBER * len(places)
