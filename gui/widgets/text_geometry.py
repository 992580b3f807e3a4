"""Where the characters of a document stand. Positions are Qt's (UTF-16 units), places pixels."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QTextBlock, QTextDocument, QTextLayout, QTextLine

BOX_ABOVE, BOX_BELOW = 1.02, 0.34  # a word's box above and below its baseline, of the text size


def corner(document: QTextDocument, block: QTextBlock) -> QPointF:
    """A paragraph's upper left corner; lays it out if it has not been."""
    return document.documentLayout().blockBoundingRect(block).topLeft()


def line_of(document: QTextDocument, position: int) -> tuple[float, float]:
    """Top and height of the line that holds ``position``."""
    block = document.findBlock(min(position, document.characterCount() - 1))
    origin = corner(document, block)
    line = block.layout().lineForTextPosition(position - block.position())
    if not line.isValid():
        return origin.y(), 0.0
    return origin.y() + line.y(), line.height()


def character_at(document: QTextDocument, place: QPointF) -> int | None:
    """Position of the character under ``place``, ``None`` beside and below the text."""
    hit = document.documentLayout().hitTest(place, Qt.HitTestAccuracy.FuzzyHit)
    block = document.findBlock(hit)
    if not block.isValid() or not block.layout().lineCount():
        return None
    local = place - corner(document, block)
    line = block.layout().lineAt(_line_at(block.layout(), local.y()))
    rect = line.naturalTextRect()
    inside = line.y() <= local.y() < line.y() + line.height()
    if not inside or not rect.left() <= local.x() < rect.right():
        return None
    on_character = QTextLine.CursorPosition.CursorOnCharacter
    return block.position() + int(line.xToCursor(local.x(), on_character))


def boxes(
    document: QTextDocument, start: int, end: int, view: QRectF, size: float
) -> Iterator[QRectF]:
    """A box for each line of ``start`` to ``end`` in ``view``; ``size`` is the text's."""
    block = document.findBlock(start)
    while block.isValid() and block.position() < end:
        origin = corner(document, block)
        if origin.y() > view.bottom():
            return
        low, high = start - block.position(), end - block.position()
        top, bottom = view.top() - origin.y(), view.bottom() - origin.y()
        for line in _lines(block.layout(), low, high, top, bottom):
            left = _x(line, max(low, line.textStart()))
            right = _x(line, min(high, line.textStart() + line.textLength()))
            baseline = origin.y() + line.y() + line.ascent()
            yield QRectF(
                origin.x() + min(left, right),
                baseline - BOX_ABOVE * size,
                abs(right - left),
                (BOX_ABOVE + BOX_BELOW) * size,
            )
        block = block.next()


def _lines(
    layout: QTextLayout, start: int, end: int, top: float, bottom: float
) -> Iterator[QTextLine]:
    """Lines of a paragraph that hold text of ``start`` to ``end`` between two heights."""
    if not layout.lineCount():
        return
    holding = layout.lineForTextPosition(max(start, 0)).lineNumber()
    for number in range(max(holding, _line_at(layout, top)), layout.lineCount()):
        line = layout.lineAt(number)
        if line.y() > bottom or line.textStart() >= end:
            return
        if line.textStart() + line.textLength() > start:
            yield line


def _line_at(layout: QTextLayout, y: float) -> int:
    """Number of the line at height ``y``; the nearest one above and below the text."""
    count = layout.lineCount()
    found = bisect_left(
        range(count), True, key=lambda i: layout.lineAt(i).y() + layout.lineAt(i).height() > y
    )
    return min(found, count - 1)


def _x(line: QTextLine, position: int) -> float:
    """Where ``position`` of the paragraph stands in its line (Qt returns it with the position)."""
    x: float = line.cursorToX(position)[0]  # type: ignore[index]
    return x
