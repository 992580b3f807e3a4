"""How marks look: behind the text, and over it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPainterPath, QPen

from gui.i18n import tr
from gui.theme import Theme
from gui.viewmodels.links import Mark

_STALE_VEIL = 0.55  # opacity of the background over text that is being replaced
_WAVE = 3  # pixels: half a wave under an alarm
_SHARE = 10  # pixels: text of the percentages, which stand in the gap between two lines
_SHARE_RISE = 0.94  # of the text's size: their baseline above the word's


def _wave(box: QRectF, step: int) -> QPainterPath:
    """A wavy line along the lower edge of ``box``, half a wave every ``step`` pixels."""
    path = QPainterPath(box.bottomLeft())
    place, side = box.left(), 1
    while place < box.right():
        end = min(place + step, box.right())
        middle = QPointF((place + end) / 2, box.bottom() + side * step)
        path.quadTo(middle, QPointF(end, box.bottom()))
        place, side = end, -side
    return path


class MarkPainter:
    """Paints marks in the boxes of their characters, one box a line."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme

    def behind(self, painter: QPainter, mark: Mark, boxes: Iterable[QRectF]) -> None:
        """What lies under the text."""
        theme = self._theme
        painter.setPen(Qt.PenStyle.NoPen)
        if mark.kind == "sentence":
            painter.setBrush(theme.color("accent_soft"))
            for box in boxes:
                painter.drawRoundedRect(box.adjusted(-4, -1, 4, 1), 5, 5)
        elif mark.kind == "changed":
            painter.setBrush(theme.color("accent_soft"))
            for box in boxes:
                painter.drawRect(box)
                line = QRectF(box.left(), box.bottom() - 2, box.width(), 2)
                painter.fillRect(line, theme.color("accent_text"))
        elif mark.kind in ("link", "unsure"):
            painter.setBrush(theme.color(mark.kind, mark.weight))
            for box in boxes:
                painter.drawRoundedRect(box.adjusted(-0.5, 0, 0.5, 0), 4, 4)
        elif mark.kind == "word":
            painter.setPen(QPen(theme.color("accent_text"), 1.5))
            painter.setBrush(theme.color("link", 0.35))
            for box in boxes:
                painter.drawRoundedRect(box.adjusted(-0.5, 0.5, 0.5, -0.5), 4, 4)
        else:
            self._line(painter, mark.kind, boxes)

    def _line(self, painter: QPainter, kind: str, boxes: Iterable[QRectF]) -> None:
        """What is underlined alone."""
        theme = self._theme
        if kind == "copied":
            painter.setPen(QPen(theme.color("copied"), 2, Qt.PenStyle.DotLine))
            for box in boxes:
                painter.drawLine(box.bottomLeft(), box.bottomRight())
        elif kind == "alarm":
            painter.setPen(QPen(theme.color("error"), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            for box in boxes:
                painter.drawPath(_wave(box, theme.px(_WAVE)))
        elif kind == "locked":
            line = theme.color("accent_text", 0.45)
            for box in boxes:
                painter.fillRect(QRectF(box.left(), box.bottom() - 1.5, box.width(), 1.5), line)

    def veil(self, painter: QPainter, boxes: Iterable[QRectF]) -> None:
        """Dim text that is being replaced."""
        veil = self._theme.color("surface", _STALE_VEIL)
        for box in boxes:
            painter.fillRect(box.adjusted(-1, -1, 1, 1), veil)

    def shares(
        self, painter: QPainter, font: QFont, links: Sequence[tuple[Mark, QRectF]], size: float
    ) -> None:
        """The weights of links in per cent above their words, the greatest where two would collide.

        Args:
            painter: of the viewport.
            font: of the text.
            links: marks, and the first box of each.
            size: of the text, pixels.
        """
        small = QFont(font)
        small.setPixelSize(self._theme.px(_SHARE))
        painter.setFont(small)
        painter.setPen(self._theme.color("accent_text"))
        metrics = QFontMetricsF(small)
        taken: list[QRectF] = []
        for mark, box in sorted(links, key=lambda link: -link[0].weight):
            text = tr("{percent} %", percent=round(100 * mark.weight))
            width = metrics.horizontalAdvance(text)
            left = max(2.0, box.center().x() - width / 2)
            place = QRectF(left, box.top() - 6, width, 12)
            if not any(place.adjusted(-3, 0, 3, 0).intersects(other) for other in taken):
                taken.append(place)
                baseline = box.top() + (1.02 - _SHARE_RISE) * size
                painter.drawText(QPointF(left, baseline), text)
