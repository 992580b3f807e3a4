"""How the hypotheses of a search look: boxes and lines, drawn once for each step and kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPainterPath, QPen, QPixmap

from gui.theme import CAPTION, MEDIUM, SMALL, TEXT, TINY, Theme
from gui.viewmodels.search_layout import GAP, START, SearchLayout
from gui.viewmodels.search_words import piece_words, score_words

if TYPE_CHECKING:
    from core.insight.search_tree import SearchNode, SearchTree

_FADED = 0.55  # opacity of what was dropped
_FAINT = 0.35  # of the lines to it
_MOST_KEPT = 60  # pictures of columns


class SearchPainting:
    """Draws ``tree`` in the looks of ``theme``, which hold as long as it lives.

    Attributes:
        layout: where everything stands.
    """

    def __init__(self, tree: SearchTree, theme: Theme, font: QFont) -> None:
        self._theme = theme
        self._small, self._plain, self._bold = QFont(font), QFont(font), QFont(font)
        self._small.setPixelSize(theme.px(CAPTION))
        self._plain.setPixelSize(theme.px(TEXT))
        self._bold.setPixelSize(theme.px(TEXT))
        self._bold.setWeight(QFont.Weight.DemiBold)
        self._measures = {font.weight(): QFontMetricsF(font) for font in (self._plain, self._bold)}
        self._of_scores = QFontMetricsF(self._small)
        beside = self._of_scores.horizontalAdvance(score_words(-10.0)) + MEDIUM + 2 * SMALL

        def width(index: int) -> float:
            words = piece_words(tree.nodes[index])
            return self._measures[self._bold.weight()].horizontalAdvance(words) + beside

        self.layout = SearchLayout(tree, width, theme.px(TEXT) + MEDIUM)
        self._pictures: dict[tuple[int, float, float], QPixmap] = {}

    def draw_start(self, painter: QPainter, zoom: float) -> None:
        """The dot that all begin at."""
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color("accent"))
        middle = QPointF(*self.layout.start) * zoom
        painter.drawEllipse(middle, zoom * START / 2, zoom * START / 2)

    def draw_column(self, painter: QPainter, number: int, zoom: float) -> None:
        """A step, and the lines to it."""
        ratio = painter.device().devicePixelRatio()
        key = number, zoom, ratio
        if key not in self._pictures:
            while len(self._pictures) >= _MOST_KEPT:
                del self._pictures[next(iter(self._pictures))]
            self._pictures[key] = self._picture(number, zoom, ratio)
        left = round((self.layout.columns[number].left - GAP) * zoom)
        painter.drawPixmap(left, 0, self._pictures[key])

    def _picture(self, number: int, zoom: float, ratio: float) -> QPixmap:
        layout, column = self.layout, self.layout.columns[number]
        wide, tall = (column.width + GAP + 2) * zoom, layout.size[1] * zoom
        picture = QPixmap(max(round(wide * ratio), 1), max(round(tall * ratio), 1))
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        # A whole pixel, as the picture is put at one.
        painter.translate(-round((column.left - GAP) * zoom), 0)
        painter.scale(zoom, zoom)
        nodes = range(column.first, column.behind)
        for index in sorted(nodes, key=lambda index: index in layout.winning):
            winning = index in layout.winning
            self._draw_line(painter, index, self._line_pen(layout.tree.nodes[index], winning))
        for index in nodes:
            self._draw_node(painter, index)
        painter.end()
        return picture

    def draw_way(self, painter: QPainter, index: int, zoom: float) -> None:
        """The lines to a node that is pointed at, and the node itself."""
        painter.save()
        painter.scale(zoom, zoom)
        for node in self.layout.tree.path(index):
            if node not in self.layout.winning:
                self._draw_line(painter, node, QPen(self._theme.color("text"), 1.6))
        self._draw_node(painter, index, pointed=True)
        painter.restore()

    def _draw_line(self, painter: QPainter, index: int, pen: QPen) -> None:
        """From the parent to the node."""
        node = self.layout.tree.nodes[index]
        left, top, _, height = self.layout.place(index)
        begin = QPointF(*self.layout.leaves_from(node.parent))
        begin.setX(max(begin.x(), left - GAP))  # narrower nodes leave from their column's edge
        end, bend = QPointF(left, top + height / 2), QPointF(GAP / 2, 0)
        path = QPainterPath(begin)
        path.cubicTo(begin + bend, end - bend, end)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(pen)
        painter.drawPath(path)

    def _line_pen(self, node: SearchNode, winning: bool) -> QPen:
        if winning:
            return QPen(self._theme.color("accent"), 3)
        if node.fate in ("kept", "finished"):
            return QPen(self._theme.color("muted", 0.8), 1.2)
        return QPen(self._theme.color("muted", _FAINT), 1)

    def _draw_node(self, painter: QPainter, index: int, *, pointed: bool = False) -> None:
        node, theme = self.layout.tree.nodes[index], self._theme
        left, top, width, height = self.layout.place(index)
        box = QRectF(left, top, width, height).adjusted(0.5, 2.5, -0.5, -2.5)
        winning, dropped = index in self.layout.winning, node.fate in ("pruned", "left")
        painter.save()
        if dropped and not pointed:
            painter.setOpacity(_FADED)
        edge = QPen(theme.color("accent" if winning else "border_strong"), 2 if winning else 1)
        if pointed:
            edge = QPen(theme.color("accent_text"), 2)
        elif dropped:
            edge = QPen(theme.color("border"), 1)
        radius = box.height() / 2 if not node.piece.strip() else 6
        painter.setPen(edge)
        painter.setBrush(theme.color("accent_soft" if winning else "surface"))
        painter.drawRoundedRect(box, radius, radius)
        self._write(painter, node, box, winning=winning)
        painter.restore()

    def _write(self, painter: QPainter, node: SearchNode, box: QRectF, *, winning: bool) -> None:
        """The piece at the left, its score at the right."""
        inner = box.adjusted(SMALL, 0, -SMALL, 0)
        score = score_words(node.score)
        painter.setFont(self._small)
        painter.setPen(self._theme.color("muted"))
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(inner, right, score)
        inner.setRight(inner.right() - self._of_scores.horizontalAdvance(score) - TINY)
        font = self._bold if winning else self._plain
        words = self._measures[font.weight()].elidedText(
            piece_words(node), Qt.TextElideMode.ElideRight, inner.width()
        )
        painter.setFont(font)
        painter.setPen(self._theme.color("accent_text" if winning else "text"))
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter, words)
