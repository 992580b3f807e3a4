"""A chart of curves by step: an image drawn elsewhere, with a reading under the pointer."""

from __future__ import annotations

import bisect
from collections.abc import Callable, Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.i18n import tr
from gui.jobs.background import Background
from gui.jobs.chart_rendering import Plot
from gui.theme import TINY, Theme
from gui.widgets.reading_box import Row, draw_reading

LEAST_GAP = 250  # milliseconds between two drawings
_LEAST_WIDTH, _LEAST_HEIGHT = 80, 60  # pixels: below this there is nothing to draw on


class ChartView(QWidget):
    """Draws anew when the curves, the size, the screen or the theme change.

    What is under the pointer, or at the arrow keys' step, is read out beside it. A kind of chart
    says what is to be drawn (:meth:`work`), and what is known at a step (:meth:`rows`).
    """

    def __init__(self, theme: Theme, background: Background, name: str) -> None:
        super().__init__()
        self._theme = theme
        self._background = background
        self._key = f"{name} {id(self)}"
        self._steps: tuple[int, ...] = ()
        self._picture: Plot | None = None
        self._failed = False
        self._pointer: float | None = None
        self._resized = QTimer(self)
        self._resized.setSingleShot(True)
        self._resized.setInterval(60)
        self._resized.timeout.connect(self.request)
        self._rest = QTimer(self, singleShot=True, interval=LEAST_GAP)
        self._rest.timeout.connect(self._on_rested)
        self._waits = False
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(240, 160)
        self.setAccessibleName(name)
        theme.changed.connect(self.request)
        background.done.connect(self._on_drawn)
        background.failed.connect(self._on_failed)

    def sizeHint(self) -> QSize:
        return QSize(560, 320)

    # -- what a kind of chart says ----------------------------------------------------------

    def work(self) -> Callable[[], Plot] | None:
        """What draws the chart in its size now, off the UI thread; ``None``: there is nothing."""
        raise NotImplementedError

    def rows(self, step: int) -> list[Row]:
        """Colour and words for ``step`` and each value known there."""
        raise NotImplementedError

    def described(self) -> str:
        """The chart in words, for who does not see it."""
        raise NotImplementedError

    def hint(self) -> str:
        """What stands where there is nothing to draw."""
        return tr("The curve begins with the first step.")

    # -- drawing ----------------------------------------------------------------------------

    def take_steps(self, steps: Sequence[int]) -> None:
        """There are other curves, with values at ``steps``."""
        self._steps = tuple(sorted(set(steps)))
        if self.work() is None:
            self._picture = None
        self.setAccessibleDescription(self.described())
        self.request()

    def request(self) -> None:
        """Have it drawn; a little later where it was just drawn."""
        small = self.width() < _LEAST_WIDTH or self.height() < _LEAST_HEIGHT
        self.update()
        if small or not self.isVisible():
            return
        work = self.work()
        if work is None:
            return
        if self._rest.isActive():
            self._waits = True
            return
        self._rest.start()
        self._background.request(self._key, work)

    def _on_rested(self) -> None:
        if self._waits:
            self._waits = False
            self.request()

    def _on_drawn(self, key: str, picture: Plot) -> None:
        if key == self._key and self.work() is not None:
            self._failed = False
            self._picture = picture
            self.update()

    def _on_failed(self, key: str, failure: object) -> None:
        if key == self._key:
            self._failed = True
            self.update()

    # -- events -----------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._resized.start()

    def showEvent(self, event: QShowEvent) -> None:
        self.request()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._point(event.position().x())

    def leaveEvent(self, event: object) -> None:
        self._point(None)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._point(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        ways = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        way = ways.get(Qt.Key(event.key()))
        if way is None or self._picture is None or not self._steps:
            super().keyPressEvent(event)
            return
        step = None if self._pointer is None else self._step_at(self._pointer)
        at = len(self._steps) - 1 if step is None else self._steps.index(step) + way
        step = self._steps[min(max(at, 0), len(self._steps) - 1)]
        self._point(self._x(self._picture, step))
        self.setAccessibleDescription(self.reading_at(self._x(self._picture, step)))

    def _point(self, x: float | None) -> None:
        self._pointer = x
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self.hasFocus() and self._pointer is None:
            painter.setPen(QPen(self._theme.color("accent_text"), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)
        picture = self._picture
        if picture is None:
            painter.setPen(self._theme.color("muted"))
            words = self.hint()
            if self._failed:
                words = tr("The chart cannot be drawn; learning goes on.")
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(self.rect(), flags, words)
            return
        if picture.width == self.width() and picture.height == self.height():
            painter.drawImage(QPointF(0, 0), picture.image)
        else:  # until the thread has drawn the new size
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(QRectF(self.rect()), picture.image)
        self._draw_reading(painter, picture)

    # -- reading ----------------------------------------------------------------------------

    def reading_at(self, x: float) -> str:
        """The values at the step nearest to ``x``, logical pixels from the left."""
        return " · ".join(words for _, words in self._rows_at(x))

    def _rows_at(self, x: float) -> list[Row]:
        step = self._step_at(x)
        return [] if self._picture is None or step is None else self.rows(step)

    def _step_at(self, x: float) -> int | None:
        picture = self._picture
        if picture is None or not self._steps:
            return None
        across = picture.last_step - picture.first_step
        wanted = picture.first_step + (x - picture.left) / picture.plot_width * across
        return _nearest(self._steps, wanted)

    @staticmethod
    def _x(picture: Plot, step: int) -> float:
        across = picture.last_step - picture.first_step
        return picture.left + (step - picture.first_step) / across * picture.plot_width

    def _draw_reading(self, painter: QPainter, picture: Plot) -> None:
        """A hairline at the step under the pointer, and beside it the values in their colours."""
        step = None if self._pointer is None else self._step_at(self._pointer)
        if self._pointer is None or step is None:
            return
        x = self._x(picture, step)
        painter.setPen(QPen(self._theme.color("border_strong"), 1))
        painter.drawLine(QPointF(x, picture.top), QPointF(x, picture.top + picture.plot_height))
        place = QPointF(x, picture.top + TINY)
        draw_reading(painter, self._theme, self._rows_at(self._pointer), place, self.width())


def latest(steps: tuple[int, ...], values: tuple[float, ...], step: int) -> float | None:
    """The last value known at ``step``."""
    at = bisect.bisect_right(steps, step) - 1
    return values[at] if at >= 0 else None


def _nearest(steps: tuple[int, ...], wanted: float) -> int:
    at = bisect.bisect_left(steps, wanted)
    return min(steps[max(0, at - 1) : at + 1], key=lambda step: abs(step - wanted))
