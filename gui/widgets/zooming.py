"""Zoom by the wheel and the keys, the same wherever something can be zoomed."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea

STEP = 1.2  # times larger by a key, or a notch of the wheel
_NOTCH = 120.0  # what a wheel's notch counts
_KEYS = {
    Qt.Key.Key_Plus: STEP,
    Qt.Key.Key_Equal: STEP,
    Qt.Key.Key_Minus: 1 / STEP,
    Qt.Key.Key_0: 0.0,
}


def zoom_key(event: QKeyEvent) -> float | None:
    """How many times larger the key +, - or 0 asks for; 0 is the size as designed.

    With Ctrl they are the whole window's, for its text.
    """
    held = event.modifiers() & Qt.KeyboardModifier.ControlModifier
    return None if held else _KEYS.get(Qt.Key(event.key()))


class WheelZoom(QObject):
    """Listens to the wheel over ``area``, which owns it, while Ctrl is held.

    Signals:
        turned(float, QPointF): so many times larger, about this place in the viewport.
    """

    turned = Signal(float, QPointF)

    def __init__(self, area: QAbstractScrollArea) -> None:
        super().__init__(area)
        area.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QWheelEvent):
            return False
        if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            return False
        turns = event.angleDelta().y() / _NOTCH
        if turns:
            self.turned.emit(STEP**turns, event.position())
        return True
