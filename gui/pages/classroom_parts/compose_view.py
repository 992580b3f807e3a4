"""A system composed: a preset, its options, its drawing, and what the part looked at is."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSplitter, QVBoxLayout, QWidget

from core.model.diagram import Diagram
from core.parts import Part, Value
from gui.core_words import from_core
from gui.i18n import tr
from gui.jobs.background import Background
from gui.pages.classroom_parts.diagram_card import DiagramCard
from gui.pages.classroom_parts.explanation import Explanation
from gui.pages.classroom_parts.option_form import OptionForm
from gui.pages.teach_steps.banners import Banner
from gui.pages.teach_steps.parts import button, card
from gui.theme import LARGE, MEDIUM, SMALL, Theme
from gui.viewmodels.classroom import ClassroomViewModel
from gui.widgets.buttons import Chooser
from gui.widgets.diagram_looks import block_facts
from gui.widgets.flow_layout import FlowLayout
from gui.widgets.formula_label import FormulaDrawing
from gui.widgets.label import label

Architecture = Callable[[Mapping[str, Value]], Diagram | None]
_FORM, _SHARE = 330, 0.45  # pixels, and of the page at most: the options' width
_CONCERNED = 3  # options that a problem's banner leads to


class ComposeView(QWidget):
    """Options at the left, the drawing at the right; ``data_asked()`` goes on from here.

    Args:
        architecture: the drawing of a system with these values.
    """

    data_asked = Signal()

    def __init__(
        self,
        model: ClassroomViewModel,
        theme: Theme,
        background: Background,
        architecture: Architecture,
    ) -> None:
        super().__init__()
        self._model, self._system, self._theme = model, model.system, theme
        self._architecture = architecture
        drawing = FormulaDrawing(background, self)
        self.preset = Chooser(theme, tr("Preset"))
        self.preset.chosen.connect(self._on_preset)
        self.reset = button(tr("Reset"), "ghost")
        self.reset.setToolTip(tr("Take all options from the preset again"))
        self.reset.clicked.connect(self._system.reset_all)
        self.form = OptionForm(self._system, theme, drawing)
        self.form.looked.connect(self._explain_part)
        self.diagram = DiagramCard(theme)
        self.diagram.drawing.chosen.connect(self._explain_block)
        self.explanation = Explanation(theme, drawing)
        self.banner = Banner()
        self._ways = [self._way(number) for number in range(_CONCERNED)]
        self._concerned: tuple[Part, ...] = ()
        self.summary = label(role="muted", wrap=True)
        self.go_on = button(tr("Next: data and time"), "primary")
        self.go_on.clicked.connect(self.data_asked)
        self._lay_out()
        self.setFocusProxy(self.preset)
        self._system.changed.connect(self.refresh)
        theme.changed.connect(self._fit)
        self.explanation.show_preset(self._system.preset)
        self.refresh()

    def _way(self, number: int) -> QPushButton:
        """A button that leads to an option which a problem speaks of."""
        push = button("")
        push.clicked.connect(lambda: self.form.reveal(self._concerned[number:]))
        return push

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(SMALL)
        top.addWidget(self.preset, 1)
        top.addWidget(self.reset)
        options = QVBoxLayout()
        options.setSpacing(MEDIUM)
        options.addWidget(label(tr("Preset"), "caption"))
        options.addLayout(top)
        options.addWidget(self.form, 1)
        options.addWidget(self.summary)
        options.addWidget(self.go_on)
        self._left = card(options, MEDIUM)
        self._halves = QSplitter(Qt.Orientation.Vertical)
        self._halves.setChildrenCollapsible(False)
        self._halves.setHandleWidth(MEDIUM)
        self._halves.addWidget(self.diagram)
        self._halves.addWidget(self.explanation)
        self._halves.setStretchFactor(0, 2)
        self._halves.setStretchFactor(1, 1)
        self._halves.setSizes([2000, 1000])
        right = QVBoxLayout()
        right.setSpacing(MEDIUM)
        self._leads = QWidget()
        leads = QVBoxLayout(self._leads)
        leads.setContentsMargins(0, 0, 0, 0)
        leads.addLayout(FlowLayout(*self._ways))
        right.addWidget(self.banner)
        right.addWidget(self._leads)
        right.addWidget(self._halves, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(LARGE)
        row.addWidget(self._left)
        row.addLayout(right, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """The options' width follows the text's, and leaves the drawing its room."""
        self._left.setFixedWidth(min(self._theme.px(_FORM), round(_SHARE * self.width())))

    def refresh(self) -> None:
        """Show what the system is now."""
        system = self._system
        entries = [(preset.name, preset.name, "") for preset in system.registry.presets]
        self.preset.set_entries(entries, system.preset.name)
        changed = any(option.changed for option in system.options())
        self.reset.setEnabled(changed)
        problem = system.problem()
        self._concerned = system.concerned(problem)[:_CONCERNED] if problem else ()
        self.banner.show_failure(problem)
        self._leads.setVisible(bool(self._concerned))
        for number, push in enumerate(self._ways):
            push.setVisible(number < len(self._concerned))
            if number < len(self._concerned):
                push.setText(from_core(self._concerned[number].title))
        self.diagram.show_diagram(None if problem else self._architecture(system.values))
        self.summary.setText(system.title if changed else "")
        self.summary.setVisible(changed)
        self.go_on.setEnabled(problem is None)

    def _on_preset(self, name: str) -> None:
        self._system.choose_preset(name)
        self._model.plan.suit(self._system.preset)
        self.explanation.show_preset(self._system.preset)

    def _explain_part(self, part: Part) -> None:
        self.explanation.show_part(part, self._system.values[part.name])

    def _explain_block(self, name: str) -> None:
        """Tell what a block is, and unfold its options."""
        diagram = self.diagram.drawing.diagram
        if diagram is None:
            return
        block = diagram.block(name)
        title, *facts = block_facts(block)
        part = self._system.part(block.part)
        about = ""
        if part is not None:
            value = self._system.values[part.name]
            chosen = next((c for c in part.choices if c.value == value), None)
            about = from_core(chosen.about if chosen and chosen.about else part.about)
        self.explanation.show_block(title, about, block.formula, facts, block.paper)
        parts = [found for option in block.options if (found := self._system.part(option))]
        self.form.unfold(parts)
