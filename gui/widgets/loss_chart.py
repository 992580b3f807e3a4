"""The live chart of losses: an image drawn elsewhere, with a reading under the pointer."""

from __future__ import annotations

import bisect
from functools import partial

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

from gui.i18n import listed, number, tr
from gui.jobs.background import Background
from gui.jobs.chart_rendering import ChartImage, ChartLook, ChartRequest, LossCurves, render_chart
from gui.theme import CAPTION, TINY, Theme
from gui.widgets.reading_box import Row, draw_reading

LEAST_GAP = 250  # milliseconds between two drawings
_LEAST_WIDTH, _LEAST_HEIGHT = 80, 60  # pixels: below this there is nothing to draw on


class LossChart(QWidget):
    """Shows :class:`LossCurves`; draws anew when they, the size, the screen or the theme change.

    What is under the pointer, or at the arrow keys' step, is read out beside it.
    """

    def __init__(self, theme: Theme, background: Background, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._background = background
        self._key = f"loss chart {id(self)}"
        self._curves = LossCurves()
        self._steps: tuple[int, ...] = ()
        self._logarithmic, self._smoothing = False, 0.0
        self._judged = tr("held-out")
        self._picture: ChartImage | None = None
        self._failed = False
        self._pointer: float | None = None
        self._resized = QTimer(self)
        self._resized.setSingleShot(True)
        self._resized.setInterval(60)
        self._resized.timeout.connect(self._request)
        self._rest = QTimer(self, singleShot=True, interval=LEAST_GAP)
        self._rest.timeout.connect(self._on_rested)
        self._waits = False
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(240, 160)
        self.setAccessibleName(tr("Loss by step"))
        theme.changed.connect(self._request)
        background.done.connect(self._on_drawn)
        background.failed.connect(self._on_failed)

    def sizeHint(self) -> QSize:
        return QSize(560, 320)

    @property
    def picture(self) -> ChartImage | None:
        """The chart that is shown."""
        return self._picture

    def show_curves(self, curves: LossCurves) -> None:
        """Draw ``curves`` as soon as the thread is free."""
        self._curves = curves
        steps = {*curves.training_steps, *curves.held_out_steps, *curves.general_steps}
        self._steps = tuple(sorted(steps))
        if curves.empty:
            self._picture = None
        self.setAccessibleDescription(self._described())
        self._request()

    def set_judged(self, words: str) -> None:
        """Call the pairs by which the model is judged ``words``."""
        if words != self._judged:
            self._judged = words
            self._request()

    def set_logarithmic(self, logarithmic: bool) -> None:
        """Choose the scale of the losses."""
        self._logarithmic = logarithmic
        self._request()

    def set_smoothing(self, weight: float) -> None:
        """Smooth the training losses (see ``chart_rendering.smooth``)."""
        self._smoothing = weight
        self._request()

    def _described(self) -> str:
        parts = []
        if self._curves.training:
            parts.append(tr("training {loss}", loss=number(self._curves.training[-1], 2)))
        if self._curves.held_out:
            loss = number(self._curves.held_out[-1], 2)
            parts.append(tr("{pairs} {loss}", pairs=self._judged, loss=loss))
        if self._curves.general:
            parts.append(tr("general {loss}", loss=number(self._curves.general[-1], 2)))
        return listed(*parts)

    def _request(self) -> None:
        """Have it drawn; a little later where it was just drawn."""
        small = self.width() < _LEAST_WIDTH or self.height() < _LEAST_HEIGHT
        self.update()
        if small or self._curves.empty or not self.isVisible():
            return
        if self._rest.isActive():
            self._waits = True
            return
        self._rest.start()
        request = ChartRequest(
            self._curves,
            self._look(),
            self.width(),
            self.height(),
            self.devicePixelRatioF(),
            self._logarithmic,
            self._smoothing,
        )
        self._background.request(self._key, partial(render_chart, request))

    def _on_rested(self) -> None:
        if self._waits:
            self._waits = False
            self._request()

    def _look(self) -> ChartLook:
        colors, lines = self._theme.colors, self._theme.line_colors
        return ChartLook(
            text=colors.muted,
            grid=colors.border,
            background=colors.surface,
            training=lines[0],
            held_out=lines[1],
            general=lines[2],
            text_size=self._theme.px(CAPTION),
            step_label=tr("step"),
            loss_label=tr("loss"),
            training_label=tr("training"),
            held_out_label=self._judged,
            general_label=tr("general"),
            before_label=tr("before"),
        )

    def _on_drawn(self, key: str, picture: ChartImage) -> None:
        if key == self._key and not self._curves.empty:
            self._failed = False
            self._picture = picture
            self.update()

    def _on_failed(self, key: str, failure: object) -> None:
        if key == self._key:
            self._failed = True
            self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._resized.start()

    def showEvent(self, event: QShowEvent) -> None:
        self._request()

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
            words = tr("The curve begins with the first step.")
            if self._failed:
                words = tr("The chart cannot be drawn; learning goes on.")
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, words)
            return
        if picture.request.width == self.width() and picture.request.height == self.height():
            painter.drawImage(QPointF(0, 0), picture.image)
        else:  # until the thread has drawn the new size
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(QRectF(self.rect()), picture.image)
        self._draw_reading(painter, picture)

    def reading_at(self, x: float) -> str:
        """The losses at the step nearest to ``x``, logical pixels from the left."""
        return " · ".join(words for _, words in self._rows_at(x))

    def _rows_at(self, x: float) -> list[Row]:
        """Colour and words for the step nearest to ``x`` and each loss known there."""
        picture, step, curves = self._picture, self._step_at(x), self._curves
        if picture is None or step is None:
            return []
        lines = self._theme.line_colors
        rows: list[Row] = [("", tr("step {step}", step=number(step)))]
        loss = _latest(curves.training_steps, curves.training, step)
        smoothed = _latest(picture.smoothed_steps, picture.smoothed, step)
        if loss is not None:
            words = tr("training {loss}", loss=number(loss, 2))
            if smoothed is not None and picture.request.smoothing:
                words = tr(
                    "training {loss}, smoothed {smoothed}",
                    loss=number(loss, 2),
                    smoothed=number(smoothed, 2),
                )
            rows.append((lines[0], words))
        held_out = _latest(curves.held_out_steps, curves.held_out, step)
        if held_out is not None:
            words = tr("{pairs} {loss}", pairs=self._judged, loss=number(held_out, 2))
            rows.append((lines[1], words))
        general = _latest(curves.general_steps, curves.general, step)
        if general is not None:
            rows.append((lines[2], tr("general {loss}", loss=number(general, 2))))
        return rows

    def _step_at(self, x: float) -> int | None:
        picture = self._picture
        if picture is None or not self._steps:
            return None
        across = picture.last_step - picture.first_step
        wanted = picture.first_step + (x - picture.left) / picture.plot_width * across
        return _nearest(self._steps, wanted)

    @staticmethod
    def _x(picture: ChartImage, step: int) -> float:
        across = picture.last_step - picture.first_step
        return picture.left + (step - picture.first_step) / across * picture.plot_width

    def _draw_reading(self, painter: QPainter, picture: ChartImage) -> None:
        """A hairline at the step under the pointer, and beside it the losses in their colours."""
        step = None if self._pointer is None else self._step_at(self._pointer)
        if self._pointer is None or step is None:
            return
        x = self._x(picture, step)
        painter.setPen(QPen(self._theme.color("border_strong"), 1))
        painter.drawLine(QPointF(x, picture.top), QPointF(x, picture.top + picture.plot_height))
        place = QPointF(x, picture.top + TINY)
        draw_reading(painter, self._theme, self._rows_at(self._pointer), place, self.width())


def _latest(steps: tuple[int, ...], losses: tuple[float, ...], step: int) -> float | None:
    """The last loss known at ``step``."""
    at = bisect.bisect_right(steps, step) - 1
    return losses[at] if at >= 0 else None


def _nearest(steps: tuple[int, ...], wanted: float) -> int:
    at = bisect.bisect_left(steps, wanted)
    return min(steps[max(0, at - 1) : at + 1], key=lambda step: abs(step - wanted))
