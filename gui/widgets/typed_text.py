"""Keys that write something."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent


def typed_text(event: QKeyEvent) -> bool:
    """Whether a key writes something that is to be seen."""
    plain = event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
    free = plain in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
    return free and bool(event.text().strip()) and event.text().isprintable()
