"""Where the blocks of an architecture stand and how its arrows run, in logical pixels. No Qt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from core.model.blocks import Block
from core.model.diagram import Arrow, Diagram

Point = tuple[float, float]

_SIDES = ("source", "middle", "target")
_LEAST_WIDTH, _MOST_WIDTH = 8.5, 20.0  # of a block, times the text's height
_LEAST_HEIGHT, _MOST_HEIGHT = 2.75, 4.6
_GAP = 0.85  # between two rows, at least
_LANE = 1.3  # right of the blocks, for an arrow within their column
_MOST_BETWEEN = 11.0
_BETWEEN = 0.12  # of the width: between two columns


@dataclass(frozen=True, slots=True)
class Box:
    """A block's place: left, top, width and height."""

    block: Block
    x: float
    y: float
    width: float
    height: float

    def holds(self, x: float, y: float) -> bool:
        """Whether a point is within."""
        return self.x <= x <= self.x + self.width and self.y <= y <= self.y + self.height

    @property
    def middle(self) -> Point:
        """Its centre."""
        return self.x + self.width / 2, self.y + self.height / 2


@dataclass(frozen=True, slots=True)
class Line:
    """An arrow's way: where it begins and ends, and two points that bend it (Bézier)."""

    arrow: Arrow
    begin: Point
    bend: Point
    bend_back: Point
    end: Point


@dataclass(frozen=True, slots=True)
class DiagramLayout:
    """Everything that is drawn, and how much room that takes."""

    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]
    width: float
    height: float

    def at(self, x: float, y: float) -> Box | None:
        """The block under a point."""
        return next((box for box in self.boxes if box.holds(x, y)), None)


def lay_out(diagram: Diagram, width: float, height: float, text: float) -> DiagramLayout:
    """Lay ``diagram`` out in ``width`` x ``height``, or more where the ``text`` needs it."""
    rows = _rows(diagram)
    count = max(rows.values(), default=0) + 1
    lanes = _lanes(diagram, rows)
    lane = _LANE * text
    room = width - lane * max(1, lanes)
    across = min(max(room * (1 - 2 * _BETWEEN) / 3, _LEAST_WIDTH * text), _MOST_WIDTH * text)
    between = min(max((room - 3 * across) / 2, 2.2 * text), _MOST_BETWEEN * text)
    tall = (height - (count - 1) * _GAP * text) / count
    tall = min(max(tall, _LEAST_HEIGHT * text), _MOST_HEIGHT * text)
    gap = max((height - count * tall) / max(1, count - 1), _GAP * text)
    gap = min(gap, 2.2 * text)
    whole = count * tall + (count - 1) * gap
    needed = 3 * across + 2 * between + lane * max(1, lanes)
    left, top = max(0.0, (width - needed) / 2), max(0.0, (height - whole) / 2)
    boxes = []
    for block in diagram.blocks:
        x = left + _SIDES.index(block.side) * (across + between)
        y = top + (count - 1 - rows[block.name]) * (tall + gap)
        boxes.append(Box(block, x, y, across, tall))
    lines = _lines(diagram.arrows, boxes, lane)
    return DiagramLayout(tuple(boxes), lines, max(width, needed), max(height, whole))


def _rows(diagram: Diagram) -> dict[str, int]:
    """The row of each block, from below: the sides count upwards, what is between stands level
    with what it serves."""
    rows: dict[str, int] = {}
    for side in ("source", "target"):
        for row, block in enumerate(b for b in diagram.blocks if b.side == side):
            rows[block.name] = row
    middle = [block.name for block in diagram.blocks if block.side == "middle"]
    top = max((row for row in rows.values()), default=0)
    level = max((row for n, row in rows.items() if _side(diagram, n) == "source"), default=0)
    for place, name in enumerate(middle):
        rows[name] = min(level + place, max(top, place))
    return rows


def _side(diagram: Diagram, name: str) -> str:
    return diagram.block(name).side


def _within(arrow: Arrow, rows: dict[str, int], diagram: Diagram) -> bool:
    """Whether ``arrow`` passes by other blocks of its own column."""
    alike = _side(diagram, arrow.begin) == _side(diagram, arrow.end)
    return alike and rows[arrow.end] - rows[arrow.begin] != 1


def _lanes(diagram: Diagram, rows: dict[str, int]) -> int:
    return sum(_within(arrow, rows, diagram) for arrow in diagram.arrows)


def _lines(arrows: Sequence[Arrow], boxes: Sequence[Box], lane: float) -> tuple[Line, ...]:
    places = {box.block.name: box for box in boxes}
    lines, lanes = [], 0
    for arrow in arrows:
        begin, end = places[arrow.begin], places[arrow.end]
        if begin.x != end.x:
            lines.append(_across(arrow, begin, end, arrows, places))
        elif 0 < begin.y - end.y < 2 * begin.height + lane:
            lines.append(_up(arrow, begin, end))
        else:
            lanes += 1
            lines.append(_aside(arrow, begin, end, lanes * lane))
    return tuple(lines)


def _up(arrow: Arrow, begin: Box, end: Box) -> Line:
    start = (begin.x + begin.width / 2, begin.y)
    stop = (end.x + end.width / 2, end.y + end.height)
    return Line(arrow, start, start, stop, stop)


def _aside(arrow: Arrow, begin: Box, end: Box, reach: float) -> Line:
    """Out at the right, along the column, and in again."""
    start = (begin.x + begin.width, begin.y + begin.height / 2)
    stop = (end.x + end.width, end.y + end.height / 2)
    out = 1.33 * reach  # a Bézier reaches three quarters of the way to its bends
    return Line(arrow, start, (start[0] + out, start[1]), (stop[0] + out, stop[1]), stop)


def _across(
    arrow: Arrow, begin: Box, end: Box, arrows: Sequence[Arrow], places: dict[str, Box]
) -> Line:
    """From one column to another; arrows at one edge of a block share it."""
    right = end.x > begin.x
    start = (begin.x + begin.width * right, _share(arrow, begin, right, arrows, places))
    stop = (end.x + end.width * (not right), _share(arrow, end, not right, arrows, places))
    half = (stop[0] - start[0]) / 2
    return Line(arrow, start, (start[0] + half, start[1]), (stop[0] - half, stop[1]), stop)


def _share(
    arrow: Arrow, box: Box, right: bool, arrows: Sequence[Arrow], places: dict[str, Box]
) -> float:
    """The height at which ``arrow`` meets the right edge of ``box``, or the left one."""
    name = box.block.name

    def other(each: Arrow) -> Box:
        return places[each.end if each.begin == name else each.begin]

    there = [
        each
        for each in arrows
        if name in (each.begin, each.end) and other(each).x != box.x
        and (other(each).x > box.x) == right
    ]  # fmt: skip
    there.sort(key=lambda each: (other(each).y, each.kind))
    return box.y + box.height * (there.index(arrow) + 1) / (len(there) + 1)
