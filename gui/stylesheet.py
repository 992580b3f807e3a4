"""The style sheet, filled with the colours and sizes of a theme."""

from __future__ import annotations

from collections.abc import Mapping
from string import Template
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gui.theme import Colors

_SHEET = Template("""
* { font-size: ${text_size}px; outline: none; }
QWidget { color: $text; }
QWidget#window, QWidget#page { background: $window; }
QToolTip {
    background: $surface; color: $text; border: 1px solid $border_strong;
    padding: 5px 8px; font-size: ${caption}px;
}
QLabel { background: transparent; }
QLabel[role="title"] { font-size: ${title}px; font-weight: 600; }
QLabel[role="heading"] { font-size: ${heading}px; font-weight: 600; }
QLabel[role="muted"] { color: $muted; }
QLabel[role="caption"] { color: $muted; font-size: ${caption}px; }
QLabel[role="error"] { color: $error; }
QLabel[role="key"] {
    color: $text; background: $hover; border: 1px solid $border; border-radius: 4px;
    padding: 2px 7px; font-size: ${caption}px;
}

QLabel[role="badge"] { border-radius: 6px; padding: 2px 8px; font-weight: 600; }
QLabel[role="badge"][tone="info"] { background: $accent_soft; color: $accent_text; }
QLabel[role="badge"][tone="warning"] { background: $warning_soft; color: $warning; }
QLabel[role="badge"][tone="error"] { background: $error_soft; color: $error; }

QFrame[role="card"] {
    background: $surface; border: 1px solid $border; border-radius: ${radius}px;
}
QFrame[role="card"][focused="true"] { border-color: $accent; }
QFrame[role="line"] { background: $border; border: none; max-height: 1px; min-height: 1px; }
QFrame[role="banner"] { border: none; border-radius: 6px; }
QFrame[role="banner"][tone="info"] { background: $accent_soft; }
QFrame[role="banner"][tone="warning"] { background: $warning_soft; }
QFrame[role="banner"][tone="error"] { background: $error_soft; }

QPushButton {
    background: $surface; color: $text; border: 1px solid $border_strong;
    border-radius: 6px; padding: 6px 14px; min-height: ${control}px;
}
QPushButton:hover { background: $hover; }
QPushButton:pressed { background: $border; }
QPushButton:disabled { color: $disabled; border-color: $border; background: transparent; }
QPushButton:focus { border: 2px solid $accent; padding: 5px 13px; }
QPushButton[role="primary"] {
    background: $accent; color: $on_accent; border-color: $accent; font-weight: 600;
}
QPushButton[role="primary"]:hover { background: $accent_hover; border-color: $accent_hover; }
QPushButton[role="primary"]:focus { border: 2px solid $text; }
QPushButton[role="primary"]:disabled { background: $hover; color: $disabled; border-color: $hover; }
QPushButton[role="danger"] { color: $error; }
QPushButton[role="danger"]:hover { background: $error_soft; border-color: $error; }
QPushButton[role="ghost"] { background: transparent; border-color: transparent; }
QPushButton[role="ghost"]:hover { background: $hover; }
QPushButton[role="ghost"]:focus { border-color: $accent; }
QPushButton[role="example"] {
    background: transparent; border: 1px solid $border; border-radius: ${radius}px;
    text-align: left; padding: 9px 14px; font-size: ${heading}px;
}
QPushButton[role="example"]:hover { background: $accent_soft; border-color: $accent; }
QPushButton[role="example"]:focus { border: 2px solid $accent; padding: 8px 13px; }
QPushButton[role="row"] { background: transparent; border: 1px solid $border; padding: 0; }
QPushButton[role="row"]:hover { background: $hover; border-color: $accent; }
QPushButton[role="row"]:focus { border: 2px solid $accent; padding: 0; }
QPushButton[role="chooser"] { text-align: left; padding: 6px 26px 6px 12px; }
QPushButton[role="chooser"]:focus { padding: 5px 25px 5px 11px; }
QPushButton[role="chooser"]::menu-indicator { image: none; width: 0; }
QPushButton[role="segment"] { border-radius: 0; border-right-width: 0; padding: 6px 14px; }
QPushButton[role="segment"][end="first"] {
    border-top-left-radius: 6px; border-bottom-left-radius: 6px;
}
QPushButton[role="segment"][end="last"] {
    border-top-right-radius: 6px; border-bottom-right-radius: 6px; border-right-width: 1px;
}
QPushButton[role="segment"]:checked {
    background: $accent_soft; color: $accent_text; font-weight: 600;
}
QPushButton[role="segment"]:focus { border: 2px solid $accent; padding: 5px 13px; }

QToolButton[role="icon"] {
    background: transparent; border: 1px solid transparent; border-radius: 6px; padding: 5px;
}
QToolButton[role="icon"]:hover { background: $hover; }
QToolButton[role="icon"]:pressed, QToolButton[role="icon"]:checked { background: $border; }
QToolButton[role="icon"]:focus { border: 2px solid $accent; padding: 4px; }

QTextEdit, QPlainTextEdit {
    background: transparent; border: none;
    selection-background-color: $accent; selection-color: $on_accent;
}
QPlainTextEdit[role="reading"], QPlainTextEdit[role="report"] {
    background: $surface; border: 1px solid $border; border-radius: ${radius}px; padding: 8px;
}
QPlainTextEdit[role="report"] { font-family: monospace; }
QPlainTextEdit[role="reading"]:focus, QPlainTextEdit[role="report"]:focus {
    border: 2px solid $accent; padding: 7px;
}
QTextEdit[role="pane"] { font-size: ${pane}px; placeholder-text-color: $muted; }
QLineEdit {
    placeholder-text-color: $muted;
    background: $surface; border: 1px solid $border_strong; border-radius: 6px;
    padding: 6px 10px; min-height: ${control}px;
    selection-background-color: $accent; selection-color: $on_accent;
}
QLineEdit:focus { border: 2px solid $accent; padding: 5px 9px; }
QLineEdit:disabled { color: $disabled; border-color: $border; }

QMenu {
    background: $surface; border: 1px solid $border_strong; border-radius: 6px; padding: 4px;
}
QMenu::item { padding: 7px 28px 7px 12px; border-radius: 4px; }
QMenu::item:selected { background: $accent_soft; color: $accent_text; }
QMenu::item:disabled { color: $disabled; }
QMenu::item:checked { font-weight: 600; }
QMenu::indicator { width: 0; }
QMenu::separator { height: 1px; background: $border; margin: 4px 8px; }

QAbstractScrollArea { background: transparent; border: none; }
QScrollArea > QWidget > QWidget { background: transparent; }
QScrollBar { background: transparent; border: none; margin: 0; }
QScrollBar:vertical { width: 10px; }
QScrollBar:horizontal { height: 10px; }
QScrollBar::handle { background: $border_strong; border-radius: 3px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::handle:hover { background: $muted; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QAbstractScrollArea::corner { background: transparent; border: none; }
QSplitter::handle { background: transparent; }
QSlider { min-height: 20px; }
QSlider::groove:horizontal { height: 4px; background: $border; border-radius: 2px; }
QSlider::sub-page:horizontal { background: $accent; border-radius: 2px; }
QSlider::handle:horizontal {
    background: $surface; border: 2px solid $accent; width: 12px; margin: -6px 0;
    border-radius: 8px;
}
QSlider:focus { border: 1px solid $accent; border-radius: 4px; }
QProgressBar {
    background: $border; border: none; border-radius: 3px; max-height: 6px; min-height: 6px;
    color: transparent;
}
QProgressBar::chunk { background: $accent; border-radius: 3px; }

QTableView, QListView, QTreeView {
    background: $surface; alternate-background-color: $window; border: none; outline: none;
    gridline-color: $border; selection-background-color: $accent_soft; selection-color: $text;
}
QHeaderView { background: $surface; border: none; }
QHeaderView::section {
    background: $surface; color: $muted; border: none; border-bottom: 1px solid $border;
    padding: 6px 8px; font-size: ${caption}px;
}
QDialog { background: $window; }
""")


def style_sheet(colors: Colors, sizes: Mapping[str, int]) -> str:
    """The sheet for ``colors`` and ``sizes``, pixels on screen by the names that it uses."""
    names = {name: getattr(colors, name) for name in colors.__slots__}
    return _SHEET.substitute(names, disabled=colors.border_strong, **sizes)
