"""The runs: how each one stands, their curves in one chart, a sentence through time."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from gui.core_words import from_core
from gui.errors import describe_failed
from gui.i18n import tr
from gui.jobs.background import Background
from gui.pages.classroom_parts.run_actions import RunActions
from gui.pages.classroom_parts.run_list import RunList
from gui.pages.teach_steps.banners import Banner
from gui.pages.teach_steps.chart_card import ChartCard
from gui.pages.teach_steps.parts import button, card
from gui.pages.teach_steps.sample_card import SampleCard
from gui.settings import Settings
from gui.theme import LARGE, MEDIUM, SMALL, TINY, Theme
from gui.viewmodels.class_run import ClassRun
from gui.viewmodels.classroom import ClassroomViewModel
from gui.viewmodels.run_curves import DISTANCE, LOSS, NORM, curves_of, labels_of
from gui.widgets.buttons import Segments
from gui.widgets.label import label
from gui.widgets.runs_chart import RunsChart

_LIST = 190  # pixels: the list's height at first


class RunsView(QWidget):
    """The list above, chart and sentence below; ``compose_asked()`` from the empty state."""

    compose_asked = Signal()

    def __init__(
        self,
        model: ClassroomViewModel,
        theme: Theme,
        background: Background,
        settings: Settings,
        actions: RunActions,
    ) -> None:
        super().__init__()
        self._model, self._theme, self._kind = model, theme, LOSS
        self._told: ClassRun | None = None
        self.banner = Banner()
        self.list = RunList(model.runs, theme)
        self.run_actions = actions
        self.list.delete_asked.connect(actions.remove)
        self.list.rename_asked.connect(actions.rename)
        self.list.entered.connect(actions.translate)
        self.chart = RunsChart(theme, background)
        self.kinds = Segments([(LOSS, tr("Loss")), (NORM, tr("Gradient"))])
        self.kinds.add(DISTANCE, tr("By distance"), tr("How the gradient fades with the distance"))
        self.kinds.set_current(LOSS)
        self.kinds.chosen.connect(self._on_kind)
        self.chart_card = ChartCard(self.chart, self.kinds, theme, settings)
        pins = tr("To watch sentences of your own, pin them before the start, under Data.")
        self.sample = SampleCard(theme, background, pins)
        self.empty = self._empty_state()
        self._lay_out()
        self.setFocusProxy(self.list)
        model.runs.changed.connect(self.refresh)
        model.runs.listed.connect(self.refresh)
        theme.changed.connect(self.refresh)
        self.refresh()

    def _empty_state(self) -> QWidget:
        words = label(tr("No system has been trained here yet."), "heading")
        more = label(
            tr("Compose one, give it a file of pairs, and watch it learn beside others."), "muted"
        )
        self.compose = button(tr("Compose a system"), "primary")
        self.compose.clicked.connect(self.compose_asked)
        column = QVBoxLayout()
        column.setSpacing(MEDIUM)
        column.addStretch()
        for part in (words, more, self.compose):
            column.addWidget(part, 0, Qt.AlignmentFlag.AlignCenter)
        column.addStretch()
        return card(column)

    def _lay_out(self) -> None:
        upper = QVBoxLayout()
        upper.setSpacing(0)
        upper.addWidget(self.list, 1)
        upper.addWidget(self.run_actions)
        lower = QWidget()
        row = QHBoxLayout(lower)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(MEDIUM)
        row.addWidget(self.chart_card, 1)
        row.addWidget(self.sample, 1)
        self._halves = QSplitter(Qt.Orientation.Vertical)
        self._halves.setChildrenCollapsible(False)
        self._halves.setHandleWidth(MEDIUM)
        self._halves.addWidget(card(upper, TINY))
        self._halves.addWidget(lower)
        self._halves.setStretchFactor(1, 1)
        self._halves.setSizes([self._theme.px(_LIST), LARGE * self._theme.px(_LIST)])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SMALL)
        column.addWidget(self.banner)
        column.addWidget(self._halves, 1)
        column.addWidget(self.empty, 1)

    def refresh(self) -> None:
        """Show where the runs stand."""
        runs = self._model.runs
        some = bool(runs.runs)
        self._halves.setVisible(some)
        self.empty.setVisible(not some and runs.looked)
        self.run_actions.refresh()
        self._show_trouble(runs.chosen)
        self._show_curves()
        if runs.chosen is not None:
            self.sample.show_samples(runs.chosen.learning.watched)
            started = runs.chosen.learning.started
            self.sample.set_remark(runs.remark(runs.chosen.name))
            self.sample.set_taught(started is not None and not started.held_out)

    def _show_trouble(self, run: ClassRun | None) -> None:
        """What ended the chosen run, or what has gone wrong without ending it."""
        if run is None:
            self.banner.say("")
        elif run.learning.failure is None:
            self.banner.say(from_core(run.learning.warning), tone="warning")
        else:
            self.banner.show_failure(describe_failed(run.learning.failure), run.learning.details)

    def _show_curves(self) -> None:
        shown = self._model.runs.shown
        curves = curves_of(shown, self._kind, self._theme.line_colors)
        if not shown:
            hint = tr("Tick runs in the list to see their curves.")
        elif self._kind == DISTANCE:
            hint = tr("None of the ticked runs has told how its gradients fade.")
        else:
            hint = tr("The curve begins with the first step.")
        logarithmic = self._kind != LOSS
        self.chart.show_curves(curves, labels_of(self._kind), hint, logarithmic=logarithmic)
        self.chart_card.logarithmic.setVisible(not logarithmic)

    def _on_kind(self, kind: str) -> None:
        self._kind = kind
        self._show_curves()
