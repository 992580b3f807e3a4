"""The live chart of one run's losses."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from gui.i18n import listed, number, tr
from gui.jobs.background import Background
from gui.jobs.chart_rendering import ChartImage, ChartLook, ChartRequest, LossCurves, render_chart
from gui.theme import CAPTION, Theme
from gui.widgets.chart_view import ChartView, latest
from gui.widgets.reading_box import Row


class LossChart(ChartView):
    """Shows :class:`LossCurves`."""

    def __init__(self, theme: Theme, background: Background) -> None:
        super().__init__(theme, background, tr("Loss by step"))
        self._curves = LossCurves()
        self._logarithmic, self._smoothing = False, 0.0
        self._judged = tr("held-out")

    @property
    def picture(self) -> ChartImage | None:
        """The chart that is shown."""
        picture = self._picture
        return picture if isinstance(picture, ChartImage) else None

    def show_curves(self, curves: LossCurves) -> None:
        """Draw ``curves`` as soon as the thread is free."""
        self._curves = curves
        steps = (*curves.training_steps, *curves.held_out_steps, *curves.general_steps)
        self.take_steps(steps)

    def set_judged(self, words: str) -> None:
        """Call the pairs by which the model is judged ``words``."""
        if words != self._judged:
            self._judged = words
            self.request()

    def set_logarithmic(self, logarithmic: bool) -> None:
        """Choose the scale of the losses."""
        self._logarithmic = logarithmic
        self.request()

    def set_smoothing(self, weight: float) -> None:
        """Smooth the training losses (see ``chart_rendering.smooth``)."""
        self._smoothing = weight
        self.request()

    def described(self) -> str:
        parts = []
        if self._curves.training:
            parts.append(tr("training {loss}", loss=number(self._curves.training[-1], 2)))
        if self._curves.held_out:
            loss = number(self._curves.held_out[-1], 2)
            parts.append(tr("{pairs} {loss}", pairs=self._judged, loss=loss))
        if self._curves.general:
            parts.append(tr("general {loss}", loss=number(self._curves.general[-1], 2)))
        return listed(*parts)

    def work(self) -> Callable[[], ChartImage] | None:
        if self._curves.empty:
            return None
        request = ChartRequest(
            self._curves,
            self._look(),
            self.width(),
            self.height(),
            self.devicePixelRatioF(),
            self._logarithmic,
            self._smoothing,
        )
        return partial(render_chart, request)

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

    def rows(self, step: int) -> list[Row]:
        picture, curves = self.picture, self._curves
        if picture is None:
            return []
        lines = self._theme.line_colors
        rows: list[Row] = [("", tr("step {step}", step=number(step)))]
        loss = latest(curves.training_steps, curves.training, step)
        smoothed = latest(picture.smoothed_steps, picture.smoothed, step)
        if loss is not None:
            words = tr("training {loss}", loss=number(loss, 2))
            if smoothed is not None and picture.request.smoothing:
                words = tr(
                    "training {loss}, smoothed {smoothed}",
                    loss=number(loss, 2),
                    smoothed=number(smoothed, 2),
                )
            rows.append((lines[0], words))
        held_out = latest(curves.held_out_steps, curves.held_out, step)
        if held_out is not None:
            words = tr("{pairs} {loss}", pairs=self._judged, loss=number(held_out, 2))
            rows.append((lines[1], words))
        general = latest(curves.general_steps, curves.general, step)
        if general is not None:
            rows.append((lines[2], tr("general {loss}", loss=number(general, 2))))
        return rows
