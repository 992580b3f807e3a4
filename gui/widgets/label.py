"""A label that says what it is given, sign for sign."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from gui.theme import set_role


def label(text: str = "", role: str = "", *, wrap: bool = False) -> QLabel:
    """A label of plain text: Qt would take tags in it, which anybody's may hold, for HTML."""
    result = QLabel(text)
    result.setTextFormat(Qt.TextFormat.PlainText)
    result.setWordWrap(wrap)
    if role:
        set_role(result, role)
    return result
