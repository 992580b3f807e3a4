"""Tool tips that say what they are given, sign for sign."""

from __future__ import annotations

from PySide6.QtGui import Qt


def plain_tip(text: str) -> str:
    """``text`` for a tool tip: Qt would take tags in it, which anybody's may hold, for HTML."""
    return Qt.convertFromPlainText(text) if Qt.mightBeRichText(text) else text
