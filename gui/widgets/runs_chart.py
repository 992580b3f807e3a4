"""The live chart of several runs: losses, or the size of their gradients."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from gui.i18n import listed, number, tr
from gui.jobs.background import Background
from gui.jobs.chart_rendering import Plot
from gui.jobs.run_chart_rendering import RunCurve, RunsRequest, render_runs
from gui.theme import CAPTION, Theme
from gui.widgets.chart_view import ChartView, latest
from gui.widgets.reading_box import Row


class RunsChart(ChartView):
    """Shows a :class:`RunCurve` for each run."""

    def __init__(self, theme: Theme, background: Background) -> None:
        super().__init__(theme, background, tr("Curves of the runs"))
        self.curves: tuple[RunCurve, ...] = ()
        self._labels = ("", "")
        self._logarithmic = self._always = False
        self._smoothing = 0.0
        self._hint = tr("Tick runs in the list to see their curves.")

    def show_curves(
        self,
        curves: Sequence[RunCurve],
        labels: tuple[str, str],
        hint: str,
        *,
        logarithmic: bool = False,
    ) -> None:
        """Draw ``curves`` with ``labels`` at both axes; ``hint`` stands where there is none.

        What runs over many powers of ten is always drawn on a ``logarithmic`` scale.
        """
        self.curves = tuple(curves)
        self._labels, self._hint, self._always = labels, hint, logarithmic
        steps: set[int] = set()
        for curve in self.curves:
            steps.update(curve.fine_steps, curve.steps)
        self.take_steps(tuple(steps))

    def set_logarithmic(self, logarithmic: bool) -> None:
        """Choose the scale of the values."""
        self._logarithmic = logarithmic
        self.request()

    def set_smoothing(self, weight: float) -> None:
        """Smooth the fine curves (see ``chart_rendering.smooth``)."""
        self._smoothing = weight
        self.request()

    def hint(self) -> str:
        return self._hint

    def described(self) -> str:
        last = [(c.name, (c.values or c.fine)[-1]) for c in self.curves if c.values or c.fine]
        named = (tr("{name} {value}", name=name, value=_short(value)) for name, value in last)
        return listed(*named)

    def work(self) -> Callable[[], Plot] | None:
        if not any(curve.fine or curve.values for curve in self.curves):
            return None
        colors = self._theme.colors
        request = RunsRequest(
            self.curves,
            self.width(),
            self.height(),
            self.devicePixelRatioF(),
            colors.muted,
            colors.border,
            colors.surface,
            self._theme.px(CAPTION),
            self._labels,
            self._logarithmic or self._always,
            self._smoothing,
        )
        return partial(render_runs, request)

    def rows(self, step: int) -> list[Row]:
        rows: list[Row] = [("", f"{self._labels[0]} {number(step)}")]
        for curve in self.curves:
            found = [
                _short(value)
                for value in (
                    latest(curve.steps, curve.values, step),
                    latest(curve.fine_steps, curve.fine, step),
                )
                if value is not None
            ]
            if found:
                words = tr("{name} {value}", name=curve.name, value=" · ".join(found))
                rows.append((curve.color, words))
        return rows


def _short(value: float) -> str:
    """``value`` with as many digits as tell something."""
    return number(value, 2) if abs(value) >= 0.1 or value == 0 else f"{value:.1e}"
