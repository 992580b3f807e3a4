"""A small box of values beside a place in a chart, each behind its curve's colour."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from gui.theme import SMALL, TINY, Theme

Row = tuple[str, str]  # a colour ``#rrggbb``, empty for a heading, and words


def draw_reading(
    painter: QPainter, theme: Theme, rows: Sequence[Row], place: QPointF, room: float
) -> None:
    """Draw ``rows`` right of ``place``, or left of it where the ``room`` (pixels wide) ends."""
    metrics = painter.fontMetrics()
    swatch, line = metrics.height(), metrics.height() + TINY
    shifts = [swatch + SMALL if color else 0 for color, _ in rows]
    widest = max(
        metrics.horizontalAdvance(words) + shift
        for (_, words), shift in zip(rows, shifts, strict=True)
    )
    width, height = widest + 2 * SMALL, len(rows) * line + 2 * TINY
    left = place.x() + SMALL
    if left + width > room:
        left = max(place.x() - SMALL - width, 0.0)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.color("border_strong"), 1))
    painter.setBrush(theme.color("surface"))
    painter.drawRoundedRect(QRectF(left, place.y(), width, height), 6, 6)
    row = QRectF(left + SMALL, place.y() + TINY, widest, line)
    for (color, words), shift in zip(rows, shifts, strict=True):
        if color:
            middle = row.center().y()
            painter.setPen(QPen(QColor(color), 3))
            painter.drawLine(QPointF(row.left(), middle), QPointF(row.left() + swatch - 2, middle))
        painter.setPen(theme.color("text"))
        painter.drawText(row.adjusted(shift, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, words)
        row.translate(0, line)
