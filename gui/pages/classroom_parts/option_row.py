"""One option of a system: its name, the control for it, its formula."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from core.parts import Part
from gui.core_words import from_core
from gui.i18n import tr
from gui.theme import SMALL, TINY, Theme, set_role
from gui.tips import plain_tip
from gui.viewmodels.system import Choosable, System, formula_of, value_text
from gui.widgets.buttons import Chooser, IconButton, Switch
from gui.widgets.formula_label import FormulaDrawing, FormulaLabel
from gui.widgets.label import label

_NUMBER = 84  # pixels: a field for a number


class OptionRow(QWidget):
    """Made from a :class:`core.parts.Part` alone. ``looked(Part)``: the user is at it."""

    looked = Signal(object)

    def __init__(self, part: Part, system: System, theme: Theme, drawing: FormulaDrawing) -> None:
        super().__init__()
        self.part, self._system, self._theme = part, system, theme
        title = from_core(part.title)
        self.title = label(title, wrap=True)
        self.title.setToolTip(plain_tip(from_core(part.about)))
        self.reset = IconButton(
            theme, "rotate-ccw", tr("{option}: as the preset has it", option=title)
        )
        self.reset.clicked.connect(partial(system.reset, part.name))
        policy = self.reset.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.reset.setSizePolicy(policy)
        self.formula = FormulaLabel(theme, drawing)
        self.control = self._made_control(title)
        self.control.setToolTip(plain_tip(from_core(part.about)))
        self.control.installEventFilter(self)
        self._lay_out()

    def _made_control(self, title: str) -> QWidget:
        part = self.part
        if part.choices:
            chooser = Chooser(self._theme, title)
            chooser.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            chooser.chosen.connect(partial(self._system.set, part.name))
            return chooser
        if isinstance(part.default, bool):
            switch = Switch(self._theme, title)
            switch.toggled.connect(partial(self._system.set, part.name))
            return switch
        field = QLineEdit()
        field.setAccessibleName(title)
        field.setMaxLength(200)
        field.textEdited.connect(partial(self._system.type, part.name))
        if isinstance(part.default, int | float):
            field.setFixedWidth(self._theme.px(_NUMBER))
            field.setAlignment(Qt.AlignmentFlag.AlignRight)
        return field

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(TINY)
        row.addWidget(self.title, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(SMALL, TINY, 0, TINY)
        column.setSpacing(2)
        column.addLayout(row)
        if self.part.choices or isinstance(self.part.default, str):
            row.addWidget(self.reset)
            column.addWidget(self.control)
        else:
            row.addWidget(self.control)
            row.addWidget(self.reset)
        column.addWidget(self.formula)

    def refresh(self, option: Choosable) -> None:
        """Show the option's value; what is being typed stays as it is."""
        part, control = self.part, self.control
        wrong = option.wrong is not None
        self.reset.setVisible(option.changed)
        set_role(self.title, "wrong" if wrong else "changed" if option.changed else "")
        if isinstance(control, Chooser):
            # Problems speak of values, so the menu has them beside the titles.
            entries = [(str(c.value), from_core(c.title), str(c.value)) for c in part.choices]
            control.set_entries(entries, str(option.value))
        elif isinstance(control, Switch):
            control.blockSignals(True)
            control.setChecked(bool(option.value))
            control.blockSignals(False)
        elif isinstance(control, QLineEdit):
            shown = value_text(part, option.value) if option.wrong is None else option.wrong
            if control.text() != shown and not (control.hasFocus() and control.isModified()):
                control.setText(shown)
        self.formula.set_formula(formula_of(part, option.value))

    def matches(self, words: str) -> bool:
        """Whether the option is what ``words`` look for."""
        part = self.part
        told = [part.name, part.title, part.about, *(c.title for c in part.choices)]
        return words in " ".join((*told, *map(from_core, told))).casefold()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The keyboard has come to the control: tell of the option."""
        if event.type() == QEvent.Type.FocusIn:
            self.looked.emit(self.part)
        return False

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click beside the control asks what the option is."""
        self.looked.emit(self.part)
