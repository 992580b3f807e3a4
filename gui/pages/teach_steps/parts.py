"""Small pieces that several steps are made of."""

from __future__ import annotations

from string import Template

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from gui.i18n import number
from gui.theme import HUGE, LARGE, TINY, Theme, set_role
from gui.tips import plain_tip
from gui.widgets.label import label
from gui.widgets.status_line import LEAST, PATIENCE

_SHEET = Template("""
QPushButton[role="filter"] {
    background: transparent; border: 1px solid transparent; border-radius: 6px;
    padding: 5px 9px; text-align: left;
}
QPushButton[role="filter"]:hover { background: $hover; }
QPushButton[role="filter"]:checked { background: $accent_soft; }
QPushButton[role="filter"]:focus { border: 2px solid $accent; padding: 4px 8px; }
QTableView::item { padding: 0 8px; }
QHeaderView::section { padding: 6px 11px; }
QToolButton[role="turn"] {
    background: transparent; border: 1px solid $border; border-radius: 6px; color: $text;
}
QToolButton[role="turn"]:checked {
    background: $accent_soft; color: $accent_text; border-color: $accent;
}
QToolButton[role="turn"]:hover { background: $hover; }
QToolButton[role="turn"]:focus { border: 2px solid $accent; }
QPushButton[role="step"] { padding: 6px 0; }
QPushButton[role="step"]:focus { padding: 5px 0; }
QLabel[role="wrong"] { color: $error; font-size: ${caption}px; }
QLabel[role="better"] { color: $accent_text; font-size: ${caption}px; font-weight: 600; }
QLabel[role="worse"] { color: $error; font-size: ${caption}px; font-weight: 600; }
QLabel[role="figure"] { font-size: ${heading}px; font-weight: 600; }
QLabel[role="score"] { font-size: ${figure}px; font-weight: 600; }
QPlainTextEdit[role="details"] {
    background: $surface; border: 1px solid $border; border-radius: 6px; padding: 6px;
    font-family: monospace; font-size: ${caption}px;
}
""")


def page_style(theme: Theme) -> str:
    """What this page needs beyond the application's style sheet."""
    colors = theme.colors
    names = {name: getattr(colors, name) for name in colors.__slots__}
    return _SHEET.substitute(names, **theme.sizes)


def button(text: str, role: str = "") -> QPushButton:
    """A push button in the look of ``role``."""
    result = QPushButton(text)
    if role:
        set_role(result, role)
    return result


def card(layout: QBoxLayout, margin: int = LARGE) -> QFrame:
    """A card around ``layout``."""
    frame = QFrame()
    set_role(frame, "card")
    layout.setContentsMargins(margin, margin, margin, margin)
    frame.setLayout(layout)
    return frame


def scrolled(inner: QWidget) -> QScrollArea:
    """``inner`` in an area that scrolls down, never sideways."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(inner)
    return area


def clear(layout: QLayout) -> None:
    """Take everything out of ``layout`` and delete the widgets."""
    while item := layout.takeAt(0):
        if (widget := item.widget()) is not None:
            widget.deleteLater()


def stacked(*parts: QWidget, gap: int = TINY) -> QWidget:
    """``parts`` one above the other, close."""
    result = QWidget()
    column = QVBoxLayout(result)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(gap)
    for part in parts:
        column.addWidget(part)
    column.addStretch()
    return result


def centred(column: QVBoxLayout, widest: int) -> QHBoxLayout:
    """``column`` in the middle of a wide window, at most ``widest`` pixels."""
    inner = QWidget()
    inner.setMaximumWidth(widest)
    column.setContentsMargins(0, 0, 0, 0)
    inner.setLayout(column)
    row = QHBoxLayout()
    row.addStretch(1)
    row.addWidget(inner, 100)
    row.addStretch(1)
    return row


def signed(value: float, decimals: int) -> str:
    """``value`` with its sign, a true minus; what rounds to nothing has both."""
    size = number(abs(value), decimals)
    if size == number(0, decimals):
        return f"±{size}"
    return f"{'+' if value > 0 else '−'}{size}"


class BusyBar(QProgressBar):
    """A moving bar that appears only for a wait worth it, and then not just for a blink."""

    def __init__(self) -> None:
        super().__init__()
        self.setRange(0, 0)
        self.setTextVisible(False)
        policy = self.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.setSizePolicy(policy)
        self._appear = QTimer(self, singleShot=True, interval=PATIENCE)
        self._appear.timeout.connect(self._on_appear)
        self._linger = QTimer(self, singleShot=True, interval=LEAST)
        self._linger.timeout.connect(self._on_linger)
        self._busy = False
        self.hide()

    def set_busy(self, busy: bool) -> None:
        """Say whether the wait is on."""
        if busy == self._busy:
            return
        self._busy = busy
        if busy:
            self._appear.start()
            return
        self._appear.stop()
        if not self._linger.isActive():
            self.hide()

    def _on_appear(self) -> None:
        self.show()
        self._linger.start()

    def _on_linger(self) -> None:
        if not self._busy:
            self.hide()


class Scores(QWidget):
    """Figures in a row, each with its caption above."""

    def __init__(self, captions: dict[str, str], role: str = "figure", gap: int = HUGE) -> None:
        super().__init__()
        self._values: dict[str, QLabel] = {}
        self._captions: dict[str, QLabel] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(gap)
        for key, caption in captions.items():
            column = QVBoxLayout()
            column.setSpacing(2)
            self._captions[key] = label(caption, "caption")
            self._values[key] = label("–", role)
            column.addWidget(self._captions[key])
            column.addWidget(self._values[key])
            row.addLayout(column)
        row.addStretch()

    def set(self, key: str, value: str, tip: str = "") -> None:
        """Show ``value`` under the caption ``key``; an empty one hides both."""
        self._values[key].setText(value)
        self._values[key].setToolTip(plain_tip(tip))
        for part in (self._values[key], self._captions[key]):
            part.setVisible(bool(value))

    def set_caption(self, key: str, caption: str) -> None:
        """Call the figure ``key`` by another name."""
        self._captions[key].setText(caption)

    def caption(self, key: str) -> str:
        """What the figure ``key`` is called."""
        return self._captions[key].text()

    def value(self, key: str) -> str:
        """What is shown under the caption ``key``."""
        return self._values[key].text()
