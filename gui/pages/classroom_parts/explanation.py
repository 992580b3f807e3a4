"""What an option, a preset or a part of the drawing is: in words, as a formula, and who says so."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.parts import Part, Value
from gui.core_words import from_core
from gui.i18n import tr
from gui.pages.teach_steps.parts import scrolled
from gui.theme import HEADING, LARGE, MEDIUM, SMALL, Theme
from gui.viewmodels.registry import Suggestion
from gui.viewmodels.system import formula_of
from gui.widgets.card import Card
from gui.widgets.formula_label import FormulaDrawing, FormulaLabel
from gui.widgets.label import label


class Explanation(Card):
    """A heading, some sentences, a formula, its paper; scrolls where it is low."""

    def __init__(self, theme: Theme, drawing: FormulaDrawing) -> None:
        super().__init__()
        self.heading = label(role="heading", wrap=True)
        self.about = label(wrap=True)
        self.formula = FormulaLabel(theme, drawing, HEADING)
        self.more = label(role="muted", wrap=True)
        self.paper = label(role="paper", wrap=True)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(LARGE, MEDIUM, LARGE, MEDIUM)
        column.setSpacing(SMALL)
        for part in (self.heading, self.about, self.formula, self.more, self.paper):
            column.addWidget(part)
        column.addStretch()
        self.body.addWidget(scrolled(inner))

    def show_preset(self, preset: Suggestion) -> None:
        """Tell what ``preset`` teaches, and what it does better than tutorials."""
        about, teaches = from_core(preset.about), from_core(preset.teaches)
        words = [tr("{what}.", what=f"{about[:1].upper()}{about[1:]}"), teaches]
        more = [tr("Mended here, unlike in many a tutorial:")] if preset.mends else []
        more += [f"•  {from_core(flaw)}" for flaw in preset.mends]
        more += [from_core(preset.measured)] if preset.measured else []
        self._say(preset.name, "\n".join(words), "", "\n".join(more), preset.paper)

    def show_part(self, part: Part, value: Value) -> None:
        """Tell what ``part`` is, and what its value means."""
        chosen = next((c for c in part.choices if c.value == value), None)
        words = [from_core(part.about)]
        if chosen is not None and chosen.about:
            words.append(f"{from_core(chosen.title)}: {from_core(chosen.about)}")
        paper = chosen.paper if chosen is not None and chosen.paper else part.paper
        self._say(from_core(part.title), "\n".join(words), formula_of(part, value), "", paper)

    def show_block(
        self, title: str, about: str, formula: str, facts: Sequence[str], paper: str
    ) -> None:
        """Tell what a part of the drawing is: its shapes and sizes are ``facts``."""
        self._say(title, about, formula, " · ".join(facts), paper)

    def _say(self, heading: str, about: str, formula: str, more: str, paper: str) -> None:
        self.heading.setText(heading)
        for part, words in ((self.about, about), (self.more, more), (self.paper, paper)):
            part.setText(words)
            part.setVisible(bool(words))
        self.formula.set_formula(formula)
