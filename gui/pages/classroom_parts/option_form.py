"""All options of a system in groups that fold, made from the registries."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QLineEdit, QScrollArea, QToolButton, QVBoxLayout, QWidget

from core.parts import Part
from gui import icons
from gui.core_words import from_core
from gui.i18n import number, tr
from gui.pages.classroom_parts.option_row import OptionRow
from gui.pages.teach_steps.parts import scrolled
from gui.theme import MEDIUM, SMALL, TINY, Theme, set_role
from gui.viewmodels.system import Choosable, System
from gui.widgets.formula_label import FormulaDrawing
from gui.widgets.label import label


class OptionGroup(QWidget):
    """The options under one heading; a click on it folds them away.

    Args:
        make: makes the row of an option; not before the group is first unfolded.
    """

    def __init__(self, name: str, theme: Theme, make: Callable[[Part], OptionRow]) -> None:
        super().__init__()
        self.name, self._theme, self._changed, self._make = name, theme, 0, make
        self.parts: list[Part] = []
        self.rows: list[OptionRow] = []
        self.heading = QToolButton()
        self.heading.setCheckable(True)
        self.heading.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        set_role(self.heading, "fold")
        self.heading.toggled.connect(self._on_toggled)
        self._body = QWidget()
        self._column = QVBoxLayout(self._body)
        self._column.setContentsMargins(SMALL, 0, 0, SMALL)
        self._column.setSpacing(TINY)
        self._body.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.heading)
        column.addWidget(self._body)
        theme.changed.connect(self._write)
        self._write()

    def open(self, opened: bool) -> None:
        """Show the options, or fold them away."""
        self.heading.setChecked(opened)

    def count(self, changed: int) -> None:
        """So many options differ from the preset."""
        self._changed = changed
        self._write()

    def _on_toggled(self, opened: bool) -> None:
        if opened and not self.rows:
            self.rows = [self._make(part) for part in self.parts]
            for row in self.rows:
                self._column.addWidget(row)
        self._body.setVisible(opened)
        self._write()

    def _write(self) -> None:
        words = from_core(self.name)
        if self._changed:
            words = tr("{group} · {count} changed", group=words, count=number(self._changed))
        self.heading.setText(words)
        opened = self.heading.isChecked()
        sign = "chevron-down" if opened else "chevron-right"
        self.heading.setIcon(icons.icon(sign, self._theme.colors.muted, self._theme.px(14)))
        self.heading.setAccessibleDescription(tr("unfolded") if opened else tr("folded"))


class OptionForm(QWidget):
    """Shows the options that mean something; ``looked(Part)`` tells which one the user is at."""

    looked = Signal(object)

    def __init__(self, system: System, theme: Theme, drawing: FormulaDrawing) -> None:
        super().__init__()
        self._system, self._theme, self._drawing = system, theme, drawing
        self.rows: dict[str, OptionRow] = {}  # of groups that were unfolded
        self.groups: dict[str, OptionGroup] = {}
        self.search = QLineEdit()
        self.search.setPlaceholderText(tr("Find an option…"))
        self.search.setAccessibleName(tr("Find an option"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._on_search)
        self.nothing = label(tr("No option is called so."), "muted", wrap=True)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, SMALL, 0)
        column.setSpacing(TINY)
        for part in system.registry.parts:
            if part.group not in self.groups:
                group = self.groups[part.group] = OptionGroup(part.group, theme, self._make_row)
                column.addWidget(group)
            self.groups[part.group].parts.append(part)
        column.addWidget(self.nothing)
        column.addStretch()
        self.area: QScrollArea = scrolled(inner)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(MEDIUM)
        outer.addWidget(self.search)
        outer.addWidget(self.area, 1)
        next(iter(self.groups.values())).open(True)
        system.changed.connect(self.refresh)
        theme.changed.connect(self.refresh)
        self.refresh()

    def _make_row(self, part: Part) -> OptionRow:
        row = OptionRow(part, self._system, self._theme, self._drawing)
        row.looked.connect(self.looked)
        self.rows[part.name] = row
        self._show(row, {option.part.name: option for option in self._system.options()})
        return row

    def _show(self, row: OptionRow, options: Mapping[str, Choosable]) -> None:
        option, words = options.get(row.part.name), self.search.text().strip().casefold()
        row.setVisible(option is not None and (not words or row.matches(words)))
        if option is not None:
            row.refresh(option)

    def refresh(self) -> None:
        """Show what the system is now."""
        options = {option.part.name: option for option in self._system.options()}
        for row in self.rows.values():
            self._show(row, options)
        for group in self.groups.values():
            names = [part.name for part in group.parts if part.name in options]
            found = [row for row in group.rows if not row.isHidden()]
            group.setVisible(bool(found if group.rows else names))
            group.count(sum(options[name].changed for name in names))
        self.nothing.setVisible(all(group.isHidden() for group in self.groups.values()))

    def unfold(self, parts: Iterable[Part]) -> OptionRow | None:
        """Unfold the groups of ``parts`` and show the first of them, which is told."""
        self.search.clear()
        known = [part for part in parts if part.group in self.groups]
        for part in known:
            self.groups[part.group].open(True)
        rows = [self.rows[part.name] for part in known if part.name in self.rows]
        if not rows:
            return None
        QTimer.singleShot(0, self, partial(self.area.ensureWidgetVisible, rows[0]))
        return rows[0]

    def reveal(self, parts: Iterable[Part]) -> None:
        """Show ``parts``; the keyboard goes to the first of them."""
        row = self.unfold(parts)
        if row is not None:
            row.control.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_search(self, words: str) -> None:
        if words.strip():
            for group in self.groups.values():
                group.open(True)
        self.refresh()
