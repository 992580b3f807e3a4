"""Where the hypotheses of a search stand: a column for each step, the best of it on top.

Plain numbers, logical pixels at no zoom; no Qt here.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from core.insight.search_tree import SearchTree

START = 10.0  # the width of the dot that all paths begin at
GAP = 30.0  # between two columns, for the lines
MARGIN = 12.0
_LEAST, _MOST = 52.0, 190.0  # width of a node


@dataclass(frozen=True, slots=True)
class Column:
    """A step: the nodes from ``first`` to before ``behind``, and where they stand."""

    first: int
    behind: int
    left: float
    width: float

    @property
    def right(self) -> float:
        """Where it ends."""
        return self.left + self.width


class SearchLayout:
    """The places of the nodes of ``tree``.

    Args:
        tree: a search.
        width: tells how wide a node's words are.
        row: height of a node with the room above and below it.
    """

    def __init__(self, tree: SearchTree, width: Callable[[int], float], row: float) -> None:
        self.tree = tree
        self.row = row
        self.columns = tuple(self._columns(width))
        self.winning = frozenset(tree.path(tree.winner))
        self._lefts = [column.left for column in self.columns]

    def _columns(self, width: Callable[[int], float]) -> Iterator[Column]:
        left = MARGIN + 1.5 * START + GAP  # behind the dot
        nodes = self.tree.nodes
        for _, group in groupby(range(len(nodes)), key=lambda index: nodes[index].step):
            indices = list(group)
            widest = min(max(_LEAST, *(width(index) for index in indices)), _MOST)
            yield Column(indices[0], indices[-1] + 1, left, widest)
            left += widest + GAP

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of all."""
        deepest = max((column.behind - column.first for column in self.columns), default=1)
        right = self.columns[-1].right if self.columns else 2 * START + MARGIN
        return right + MARGIN, deepest * self.row + 2 * MARGIN

    @property
    def start(self) -> tuple[float, float]:
        """The middle of the dot that all paths begin at."""
        return MARGIN + START, MARGIN + self.row / 2

    def place(self, index: int) -> tuple[float, float, float, float]:
        """Left, top, width and height of a node's row."""
        column = self.columns[self.tree.nodes[index].step - 1]
        return column.left, MARGIN + (index - column.first) * self.row, column.width, self.row

    def leaves_from(self, index: int) -> tuple[float, float]:
        """Where the lines to a node's children begin."""
        if index < 0:
            x, y = self.start
            return x + START / 2, y
        left, top, width, height = self.place(index)
        return left + width, top + height / 2

    def at(self, x: float, y: float) -> int | None:
        """The node under a point."""
        number = bisect_right(self._lefts, x) - 1
        if number < 0 or x > self.columns[number].right or y < MARGIN:
            return None
        column = self.columns[number]
        index = column.first + int((y - MARGIN) // self.row)
        return index if index < column.behind else None

    def between(self, left: float, right: float) -> range:
        """The columns (from 0) to be drawn for what lies between two edges, lines included."""
        first = max(bisect_right(self._lefts, left) - 1, 0)
        last = bisect_right(self._lefts, right)  # its lines begin in the column before
        return range(first, min(last + 1, len(self.columns)))

    # -- walking --------------------------------------------------------------------------

    def neighbour(self, index: int, direction: int) -> int:
        """The node below (1) or above (-1) in the same step; itself at the edge."""
        column = self.columns[self.tree.nodes[index].step - 1]
        return min(max(index + direction, column.first), column.behind - 1)

    def parent(self, index: int) -> int:
        """The node before; the first one is its own."""
        before = self.tree.nodes[index].parent
        return before if before >= 0 else index

    def child(self, index: int) -> int:
        """The node that goes on, of several the one on the winner's path or the best; or itself."""
        step = self.tree.nodes[index].step
        if step >= len(self.columns):
            return index
        column = self.columns[step]
        own = [i for i in range(column.first, column.behind) if self.tree.nodes[i].parent == index]
        return next((i for i in own if i in self.winning), own[0] if own else index)
