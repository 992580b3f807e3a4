"""What was read before, kept as hashes: contradictions, and lines held out for measuring."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from core.training.checks import Doubt, Pair

_MARKS = re.compile(r"[\W_]+")
_BITS = 32  # of a target's hash
_MASK = (1 << _BITS) - 1


def essence(text: str) -> str:
    """Letters and digits of ``text``, whatever their width and capitals: what it says."""
    compatible = text if text.isascii() else unicodedata.normalize("NFKC", text)
    return _MARKS.sub("", compatible).casefold()


class Contradictions:
    """Sources that stand with more than one target.

    Some 120 bytes a pair are kept. Two hashes that agree by chance (one in four billion pairs of
    targets) hide a contradiction.
    """

    def __init__(self) -> None:
        # Of each source: the first line, whether that one is told of, and the hash of its target.
        self._firsts: dict[int, int] = {}

    def find(self, pair: Pair) -> Iterator[Doubt]:
        """Doubts about the pair and, once, about the first line that it contradicts."""
        source = hash(essence(pair.source))
        target = hash(essence(pair.target)) & _MASK
        first = self._firsts.setdefault(source, pair.line << _BITS + 1 | target)
        if first & _MASK == target:
            return
        line, told = first >> _BITS + 1, first >> _BITS & 1
        if not told:
            self._firsts[source] = first | 1 << _BITS
            yield Doubt(line, "contradiction", other=pair.line)
        yield Doubt(pair.line, "contradiction", other=line)


class HeldOut:
    """Pairs to measure with, which nothing may learn: neither pair nor side.

    Args:
        pairs: sources and targets.
    """

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        sides = (essence(side) for pair in pairs for side in pair)
        self._sides = frozenset(hash(side) for side in sides if side)

    def __contains__(self, pair: tuple[str, str]) -> bool:
        """Whether a side of ``pair`` says what a held-out side says."""
        return any(hash(essence(side)) in self._sides for side in pair)
