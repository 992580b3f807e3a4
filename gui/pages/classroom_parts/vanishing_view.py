"""How gradients vanish: recurrent cells that have to remember over a gap, side by side."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QProgressBar,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from gui.core_words import from_core
from gui.i18n import number, tr
from gui.jobs.background import Background
from gui.pages.teach_steps.banners import Banner
from gui.pages.teach_steps.parts import button, card
from gui.theme import LARGE, MEDIUM, SMALL, Theme, set_role
from gui.tips import plain_tip
from gui.viewmodels.vanishing import CELLS, LIMITS, LOSS, RECALL, Vanishing, cell_title
from gui.widgets.buttons import Segments
from gui.widgets.flow_layout import FlowLayout
from gui.widgets.label import label
from gui.widgets.runs_chart import RunsChart

_FINE = 1000  # parts of the progress bar
_NUMBER = 64  # pixels


class VanishingView(QWidget):
    """What is tried, in a row; below, what is learnt, and how the gradient fades."""

    def __init__(self, model: Vanishing, theme: Theme, background: Background) -> None:
        super().__init__()
        self._model, self._theme, self._kind = model, theme, RECALL
        self.banner = Banner()
        self.cells: dict[str, QToolButton] = {}
        self.fields: dict[str, QLineEdit] = {}
        self.start = button(tr("Try"), "primary")
        self.start.clicked.connect(self._on_start)
        self.bar = QProgressBar()
        self.bar.setRange(0, _FINE)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(tr("Progress"))
        policy = self.bar.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.bar.setSizePolicy(policy)
        self.state = label(role="caption")
        self.learning = RunsChart(theme, background)
        self.fading = RunsChart(theme, background)
        self.kinds = Segments([(RECALL, tr("Recalled")), (LOSS, tr("Loss"))])
        self.kinds.set_current(self._kind)
        self.kinds.chosen.connect(self._on_kind)
        self._lay_out()
        self.setFocusProxy(self.start)
        model.changed.connect(self.refresh)
        theme.changed.connect(self.refresh)
        self.refresh()

    def _lay_out(self) -> None:
        words = label(
            tr(
                "Three symbols are read, then blanks, then the symbols are to be written from "
                "memory. Whoever learns that must send its gradient back through all the blanks."
            ),
            "muted",
            wrap=True,
        )
        charts = QHBoxLayout()
        charts.setSpacing(MEDIUM)
        fading = label(tr("The gradient at first, by how far back"), "caption")
        fading.setToolTip(
            tr("The norm of the loss's gradient at each state, from the last one read backwards")
        )
        for title, chart in ((self.kinds, self.learning), (fading, self.fading)):
            column = QVBoxLayout()
            column.setSpacing(SMALL)
            head = QHBoxLayout()
            head.addWidget(title)
            head.addStretch()
            column.addLayout(head)
            column.addWidget(chart, 1)
            charts.addWidget(card(column), 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SMALL)
        column.addWidget(self.banner)
        column.addWidget(words)
        column.addLayout(self._row())
        column.addWidget(self.bar)
        column.addLayout(charts, 1)

    def _row(self) -> FlowLayout:
        for cell in CELLS:
            push = QToolButton()
            push.setText(from_core(cell_title(cell)))
            push.setCheckable(True)
            push.setChecked(cell in self._model.cells)
            set_role(push, "turn")
            push.toggled.connect(partial(self._model.set_cell, cell))
            self.cells[cell] = push
        parts: list[QWidget] = list(self.cells.values())
        for name, words in (("gap", tr("Blanks")), ("steps", tr("Updates"))):
            field = QLineEdit(str(self._model.numbers[name]))
            field.setAccessibleName(words)
            field.setMaxLength(6)
            field.textEdited.connect(partial(self._model.set_number, name))
            field.returnPressed.connect(self._on_start)
            low, high = (number(limit) for limit in LIMITS[name])
            field.setToolTip(plain_tip(tr("From {low} to {high}", low=low, high=high)))
            self.fields[name] = field
            both = QWidget()
            row = QHBoxLayout(both)
            row.setContentsMargins(LARGE, 0, 0, 0)
            row.setSpacing(SMALL)
            row.addWidget(label(words, "caption"))
            row.addWidget(field)
            parts.append(both)
        return FlowLayout(*parts, self.start, self.state)

    def refresh(self) -> None:
        """Show what was found so far."""
        model = self._model
        for field in self.fields.values():
            field.setFixedWidth(self._theme.px(_NUMBER))
        for push in self.cells.values():
            push.setFixedHeight(self._theme.px(30))
        self.state.setFixedHeight(self._theme.px(30))
        self.banner.show_failure(model.failure)
        self.start.setText(tr("Stop") if model.busy else tr("Try"))
        self.start.setEnabled(model.busy or model.can_start)
        self.bar.setVisible(model.busy)
        self.bar.setValue(round(model.progress * _FINE))
        self.state.setText(from_core(model.message) if model.busy else self._verdict())
        colors = self._theme.line_colors
        shares = (tr("step"), tr("recalled without an error, %"))
        labels = shares if self._kind == RECALL else (tr("step"), tr("loss"))
        hint = tr("Try it: seconds to a couple of minutes.")
        self.learning.show_curves(model.learning(self._kind, colors), labels, hint)
        labels = (tr("steps back from the loss"), tr("norm of the gradient"))
        self.fading.show_curves(model.fading(colors), labels, hint, logarithmic=True)

    def _verdict(self) -> str:
        """How much each cell recalls at the end."""
        ends = [
            tr("{name} {share} %", name=from_core(cell_title(cell)),
               share=number(100 * told[-1].exact_match))
            for cell, told in self._model.found.items()
        ]  # fmt: skip
        return tr("recalled: {cells}", cells=" · ".join(ends)) if ends else ""

    def _on_start(self) -> None:
        if self._model.busy:
            self._model.stop()
        else:
            self._model.start()

    def _on_kind(self, kind: str) -> None:
        self._kind = kind
        self.refresh()
