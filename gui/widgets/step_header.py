"""The steps of a page, in a row: where one is, where one has been, where one can go."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QFrame, QHBoxLayout, QWidget

from gui.theme import CAPTION, SMALL, TEXT, Theme, set_role

_DISC = 24  # pixels across, as designed


class StepButton(QAbstractButton):
    """One step: its number in a disc, its name; a tick once it is behind."""

    def __init__(self, number: int, name: str, theme: Theme) -> None:
        super().__init__()
        self._number = number
        self._theme = theme
        self.done = False
        self.setText(name)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(f"{number} {name}")
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        words = self.fontMetrics().horizontalAdvance(self.text()) * 1.08
        disc = self._theme.px(_DISC)
        return QSize(round(disc + SMALL + words) + 2 * SMALL, disc + SMALL)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        color = self._theme.color
        if self.hasFocus() or (self.underMouse() and self.isEnabled()):
            painter.setPen(QPen(color("accent"), 2) if self.hasFocus() else Qt.PenStyle.NoPen)
            painter.setBrush(color("hover") if self.underMouse() else Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)
        disc = self._theme.px(_DISC)
        circle = QRectF(SMALL, (self.height() - disc) / 2, disc, disc)
        self._draw_disc(painter, circle)
        font = QFont(self.font())
        font.setPixelSize(self._theme.px(TEXT))
        font.setWeight(QFont.Weight.DemiBold if self.isChecked() else QFont.Weight.Normal)
        painter.setFont(font)
        painter.setPen(color("text" if self.isChecked() else "muted"))
        words = QRectF(circle.right() + SMALL, 0, self.width(), self.height())
        align = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(words, align, self.text())

    def _draw_disc(self, painter: QPainter, circle: QRectF) -> None:
        color = self._theme.color
        if self.isChecked():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color("accent"))
            ink = color("on_accent")
        elif self.done:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color("accent_soft"))
            ink = color("accent_text")
        else:
            painter.setPen(QPen(color("border_strong"), 1.2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            ink = color("muted")
        painter.drawEllipse(circle.adjusted(0.5, 0.5, -0.5, -0.5))
        if self.done and not self.isChecked():
            painter.setPen(QPen(ink, 1.8, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
            unit, middle = circle.width() / 24, circle.center()
            corner = middle + QPointF(-1.2, 3.6) * unit
            painter.drawPolyline(
                [middle + QPointF(-4.6, 0.2) * unit, corner, middle + QPointF(4.8, -3.6) * unit]
            )
            return
        font = QFont(self.font())
        font.setPixelSize(self._theme.px(CAPTION))
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(ink)
        painter.drawText(circle, Qt.AlignmentFlag.AlignCenter, str(self._number))


class StepHeader(QWidget):
    """A row of steps joined by hairlines."""

    chosen = Signal(int)

    def __init__(self, names: Sequence[str], theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.buttons = [StepButton(n, name, theme) for n, name in enumerate(names, start=1)]
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SMALL)
        for number, button in enumerate(self.buttons):
            if number:
                line = QFrame()
                set_role(line, "line")
                line.setFixedWidth(28)
                row.addWidget(line)
            button.clicked.connect(lambda _=False, n=number: self.chosen.emit(n))
            row.addWidget(button)
        theme.changed.connect(self._on_theme)

    def show_state(self, current: int, reachable: Sequence[bool], done: Sequence[bool]) -> None:
        """Mark ``current``; steps that are not ``reachable`` cannot be chosen."""
        for number, button in enumerate(self.buttons):
            button.setChecked(number == current)
            button.setEnabled(reachable[number])
            button.done = done[number]
            button.update()

    def _on_theme(self) -> None:
        for button in self.buttons:
            button.updateGeometry()
            button.update()
