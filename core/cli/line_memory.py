"""Output lines made lately, for input lines that come again."""

from __future__ import annotations

from collections import OrderedDict

# Characters kept, two to four bytes each.
CHARACTERS = 4_000_000
_LEAST = 100  # what a line counts for in any case


class LineMemory:
    """Forgets the lines not put in for longest when all outgrow ``characters``.

    What it holds hangs on the order of :meth:`put` alone, so that it can be filled again from the
    input and output of an interrupted job.
    """

    def __init__(self, characters: int = CHARACTERS) -> None:
        self._kept: OrderedDict[str, str] = OrderedDict()
        self._room = characters

    def get(self, line: str) -> str | None:
        """The output line for ``line``, if it is still there."""
        return self._kept.get(line)

    def put(self, line: str, text: str) -> None:
        """Keep ``text`` as the output line for ``line``."""
        former = self._kept.pop(line, None)
        if former is not None:
            self._room += _size(line, former)
        self._kept[line] = text
        self._room -= _size(line, text)
        while self._room < 0:
            self._room += _size(*self._kept.popitem(last=False))


def _size(line: str, text: str) -> int:
    return _LEAST + len(line) + len(text)
