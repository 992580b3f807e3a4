"""What the shades of words mean, in words."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from core.translation.result import SURE, UNSURE
from gui.i18n import listed, tr
from gui.theme import LARGE, MEDIUM, SMALL, TINY, Theme
from gui.viewmodels.links import Mark
from gui.viewmodels.sureness import shade
from gui.widgets.mark_painting import MarkPainter


class SurenessLegend(QWidget):
    """Three words, each shaded as the words of the text that it stands for."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._painting = MarkPainter(theme)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)
        self.setToolTip(
            tr("How often words as probable as this one stood in a person's translation, too")
        )
        self.setAccessibleName(listed(*(words for words, _ in self._entries())))

    @staticmethod
    def _entries() -> tuple[tuple[str, float], ...]:
        """The words, and how dark each is shaded."""
        return (
            (tr("sure"), 0.0),
            (tr("fairly sure"), shade((SURE + UNSURE) / 2)),
            (tr("unsure"), shade(UNSURE / 2)),
        )

    def sizeHint(self) -> QSize:
        """Room for one line."""
        metrics = self.fontMetrics()
        width = sum(metrics.horizontalAdvance(words) for words, _ in self._entries())
        return QSize(width + 3 * MEDIUM + 2 * LARGE, metrics.height() + 2 * TINY)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The words side by side."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        metrics = self.fontMetrics()
        left = float(LARGE)
        for words, dark in self._entries():
            width = metrics.horizontalAdvance(words)
            box = QRectF(left - TINY, TINY, width + 2 * TINY, metrics.height())
            if dark:
                self._painting.behind(painter, Mark("unsure", 0, len(words), dark), [box])
            painter.setPen(self._theme.color("text"))
            painter.drawText(QPointF(left, TINY + metrics.ascent()), words)
            left += width + SMALL + MEDIUM
