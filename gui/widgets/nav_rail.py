"""The rail at the left: one button a page, the settings at the foot."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QFrame, QVBoxLayout, QWidget

from gui import icons
from gui.theme import CAPTION, MEDIUM, SMALL, TINY, Theme

_ICON = 22


class RailButton(QAbstractButton):
    """An icon over a word; a ring around the icon shows progress."""

    def __init__(self, theme: Theme, icon: str, label: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icon = icon
        self._progress: float | None = None
        self.setText(label)
        self.setAccessibleName(label)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        theme.changed.connect(self.updateGeometry)

    def set_progress(self, progress: float | None) -> None:
        """Show how far a job is, 0 to 1; ``None`` takes the ring away."""
        self._progress = progress
        self.update()

    def sizeHint(self) -> QSize:
        """Wide enough for its word."""
        font = self.font()
        font.setPixelSize(self._theme.px(CAPTION))
        words = QFontMetrics(font).horizontalAdvance(self.text())
        width = max(words + 2 * SMALL, self._theme.px(60))
        return QSize(width, self._theme.px(_ICON + CAPTION) + 3 * SMALL)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Background by state, icon, word, ring."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = self._theme
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        if self.isChecked() or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("accent_soft" if self.isChecked() else "hover"))
            painter.drawRoundedRect(box, 8, 8)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.color("accent_text"), 2))
            painter.drawRoundedRect(box, 8, 8)
        name = "accent_text" if self.isChecked() else "muted"
        size = theme.px(_ICON)
        place = QRectF((self.width() - size) / 2, SMALL + 1, size, size)
        color = getattr(theme.colors, name)
        shown = size if self._progress is None else round(size * 0.6)  # room for the ring
        corner = place.topLeft() + QPointF(size - shown, size - shown) / 2
        picture = icons.pixmap(self._icon, color, shown, self.devicePixelRatioF())
        painter.drawPixmap(corner, picture)
        if self._progress is not None:
            self._paint_ring(painter, place)
        font = self.font()
        font.setPixelSize(theme.px(CAPTION))
        painter.setFont(font)
        painter.setPen(theme.color(name))
        words = QRectF(0, place.bottom() + TINY, self.width(), theme.px(CAPTION) + SMALL)
        painter.drawText(words, Qt.AlignmentFlag.AlignHCenter, self.text())

    def _paint_ring(self, painter: QPainter, place: QRectF) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(self._theme.color("border_strong"), 2.5))
        ring = place.adjusted(-1, -1, 1, 1)
        painter.drawEllipse(ring)
        painter.setPen(QPen(self._theme.color("accent_text"), 2.5, c=Qt.PenCapStyle.RoundCap))
        painter.drawArc(ring, 90 * 16, -round(360 * 16 * (self._progress or 0.0)))


class NavRail(QFrame):
    """Emits ``opened(str)`` with a page's key."""

    opened = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._group = QButtonGroup(self)
        self._buttons: dict[str, RailButton] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(SMALL, MEDIUM, SMALL, MEDIUM)
        self._column.setSpacing(TINY)
        self._column.addStretch()

    def add(self, key: str, icon: str, label: str, *, foot: bool = False) -> None:
        """Add a page's button, above the gap or at the foot."""
        button = RailButton(self._theme, icon, label)
        button.clicked.connect(lambda: self.opened.emit(key))
        self._group.addButton(button)
        self._buttons[key] = button
        if foot:
            self._column.addWidget(button)
        else:
            self._column.insertWidget(self._column.count() - 1, button)

    def set_current(self, key: str) -> None:
        """Page ``key`` is shown."""
        self._buttons[key].setChecked(True)

    def set_progress(self, key: str, progress: float | None) -> None:
        """Show a ring at page ``key``."""
        self._buttons[key].set_progress(progress)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down go from button to button."""
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        buttons = list(self._buttons.values())
        focused = [i for i, button in enumerate(buttons) if button.hasFocus()]
        step = steps.get(Qt.Key(event.key()))
        if step is None or not focused:
            super().keyPressEvent(event)
            return
        buttons[(focused[0] + step) % len(buttons)].setFocus(Qt.FocusReason.TabFocusReason)
