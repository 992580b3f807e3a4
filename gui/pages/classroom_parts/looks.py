"""The looks that the Classroom has beyond the application's style sheet."""

from __future__ import annotations

from string import Template

from gui.pages.teach_steps.parts import page_style
from gui.theme import Theme

_SHEET = Template("""
QToolButton[role="fold"] {
    background: transparent; border: 1px solid transparent; border-radius: 6px; color: $text;
    font-weight: 600; padding: 4px 6px; text-align: left;
}
QToolButton[role="fold"]:hover { background: $hover; }
QToolButton[role="fold"]:focus { border: 2px solid $accent; padding: 3px 5px; }
QLabel[role="changed"] { color: $accent_text; font-weight: 600; }
QLabel[role="paper"] { color: $muted; font-size: ${caption}px; font-style: italic; }
QTableView::item:selected { background: $accent_soft; color: $text; }
QTableView::indicator { width: 14px; height: 14px; border-radius: 3px; }
QTableView::indicator:unchecked { border: 1px solid $border_strong; background: $surface; }
QTableView::indicator:checked { border: 1px solid $accent; background: $accent; }
""")


def classroom_style(theme: Theme) -> str:
    """The style sheet of the page."""
    colors = theme.colors
    names = {name: getattr(colors, name) for name in colors.__slots__}
    return page_style(theme) + _SHEET.substitute(names, **theme.sizes)
