"""Character offsets of Python against positions of Qt, which counts UTF-16 units."""

from __future__ import annotations

import re
from bisect import bisect_left

_ASTRAL = re.compile("[\U00010000-\U0010ffff]")


class OffsetMap:
    """Translates offsets of one text; costs one scan, and nothing where no pair of units is."""

    def __init__(self, text: str) -> None:
        self._astral = [match.start() for match in _ASTRAL.finditer(text)]
        # The position of the k-th pair in UTF-16 units: k pairs before it took one unit more.
        self._units = [offset + k for k, offset in enumerate(self._astral)]

    def to_qt(self, offset: int) -> int:
        """The position in UTF-16 units of character ``offset``."""
        return offset + bisect_left(self._astral, offset)

    def to_python(self, position: int) -> int:
        """The character that holds UTF-16 unit ``position``."""
        return position - bisect_left(self._units, position)
