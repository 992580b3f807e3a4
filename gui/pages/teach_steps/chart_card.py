"""The live chart of losses with its scale and its smoothing."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QSlider,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from gui.i18n import tr
from gui.settings import Settings
from gui.theme import LARGE, MEDIUM, SMALL, Theme, set_role
from gui.tips import plain_tip
from gui.widgets.label import label
from gui.widgets.loss_chart import LossChart
from gui.widgets.runs_chart import RunsChart

Scaled = LossChart | RunsChart


def loss_title() -> QLabel:
    """What the losses of one run are."""
    title = label(tr("How far off it is"), "caption")
    title.setToolTip(
        tr("Loss: cross-entropy per piece of a word, in nats. Lower is better.\n"
           "Training: on the pairs it learns. Held-out: on pairs it never learns.\n"
           "General: on everyday sentences; if it rises, the model forgets.")
    )  # fmt: skip
    return title


class ChartCard(QFrame):
    """How the curves are drawn is kept in the settings.

    Args:
        chart: what is drawn.
        title: what stands at its head, at the left.
    """

    def __init__(self, chart: Scaled, title: QWidget, theme: Theme, settings: Settings) -> None:
        super().__init__()
        set_role(self, "card")
        self._theme, self._settings, self._chart = theme, settings, chart
        self.smoothing = self._smoothing_slider()
        self.logarithmic = self._scale_button()
        smooth = label(tr("Smooth"), "caption")
        smooth.setToolTip(plain_tip(self.smoothing.toolTip()))
        head = QHBoxLayout()
        head.setSpacing(SMALL)
        head.addWidget(title)
        head.addStretch()
        for part in (smooth, self.smoothing, self.logarithmic):
            head.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(LARGE, MEDIUM, LARGE, MEDIUM)
        column.setSpacing(SMALL)
        column.addLayout(head)
        column.addWidget(chart, 1)
        theme.changed.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        """Sizes that follow the text's."""
        self.logarithmic.setFixedHeight(self._theme.px(22))
        self.smoothing.setFixedWidth(self._theme.px(72))

    def _smoothing_slider(self) -> QSlider:
        """How much the training curve is smoothed, per cent."""
        slider = QSlider(Qt.Orientation.Horizontal)
        slider.setRange(0, 99)
        slider.setValue(self._settings.chart_smoothing.value)
        slider.setAccessibleName(tr("Smooth the training curve"))
        slider.setToolTip(
            tr("Running average of the training curve: the further right, the smoother")
        )
        slider.valueChanged.connect(self._settings.chart_smoothing.set)
        slider.valueChanged.connect(lambda value: self._chart.set_smoothing(value / 100))
        self._chart.set_smoothing(slider.value() / 100)
        return slider

    def _scale_button(self) -> QToolButton:
        push = QToolButton()
        push.setText(tr("Log"))
        push.setCheckable(True)
        push.setChecked(self._settings.chart_logarithmic.value)
        push.setToolTip(tr("Logarithmic scale: spreads small losses apart"))
        push.setAccessibleName(tr("Logarithmic scale"))
        set_role(push, "turn")
        push.toggled.connect(self._settings.chart_logarithmic.set)
        push.toggled.connect(self._chart.set_logarithmic)
        self._chart.set_logarithmic(push.isChecked())
        return push
