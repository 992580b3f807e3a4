"""A label of one line that is cut where room is short."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel

from gui.tips import plain_tip

_LEAST = 40  # pixels


class ElidedLabel(QLabel):
    """Cut in its middle, or where ``cut`` says, and told in full by its tool tip."""

    cut = Qt.TextElideMode.ElideMiddle

    def __init__(self, text: str = "") -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(text)

    def setText(self, text: str) -> None:
        super().setText(text)
        self.setToolTip(plain_tip(text))

    def minimumSizeHint(self) -> QSize:
        return QSize(_LEAST, super().minimumSizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        words = self.fontMetrics().elidedText(self.text(), self.cut, self.width())
        painter.drawText(self.rect(), self.alignment(), words)
