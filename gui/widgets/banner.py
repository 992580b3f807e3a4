"""A line of notice inside a pane, with at most one action; and the pane of an error."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from gui import icons
from gui.errors import Failure
from gui.i18n import tr
from gui.theme import HUGE, MEDIUM, SMALL, Theme, set_role
from gui.widgets.buttons import IconButton
from gui.widgets.label import label

_ICONS = {"info": "info", "warning": "info", "error": "circle-alert"}
_TINTS = {"info": "accent_text", "warning": "warning", "error": "error"}


class Banner(QWidget):
    """Hidden until it has something to say; ``acted`` when its action is clicked.

    An ``inset`` one keeps its distance from the edges of a card.
    """

    acted = Signal()
    dismissed = Signal()

    def __init__(self, theme: Theme, *, inset: bool = False) -> None:
        super().__init__()
        self._theme = theme
        self._tone = "info"
        self._frame = QFrame()
        self._frame.setProperty("role", "banner")
        self._icon = label()
        self._label = label(wrap=True)
        self._action = QPushButton()
        self._action.setProperty("role", "ghost")
        self._action.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._action.clicked.connect(self.acted)
        self._close = IconButton(theme, "x", tr("Dismiss"))
        self._close.clicked.connect(self._dismiss)
        around = QVBoxLayout(self)
        around.setContentsMargins(*((SMALL, SMALL, SMALL, 0) if inset else (0, 0, 0, 0)))
        around.addWidget(self._frame)
        row = QHBoxLayout(self._frame)
        row.setContentsMargins(MEDIUM, SMALL // 2, SMALL // 2, SMALL // 2)
        row.setSpacing(SMALL)
        row.addWidget(self._icon)
        row.addWidget(self._label, 1)
        row.addWidget(self._action)
        row.addWidget(self._close)
        theme.changed.connect(self._tint)
        self.hide()

    @property
    def text(self) -> str:
        """What it says."""
        return self._label.text()

    def say(self, text: str, tone: str = "info", action: str = "") -> None:
        """Show ``text``; ``tone`` is ``info``, ``warning`` or ``error``."""
        self._tone = tone
        self._frame.setProperty("tone", tone)
        self._label.setText(text)
        self._action.setText(action)
        self._action.setVisible(bool(action))
        set_role(self._frame, "banner")
        self._tint()
        self.show()

    def _dismiss(self) -> None:
        self.hide()
        self.dismissed.emit()

    def _tint(self) -> None:
        color = getattr(self._theme.colors, _TINTS[self._tone])
        ratio = self.devicePixelRatioF()
        self._icon.setPixmap(icons.pixmap(_ICONS[self._tone], color, self._theme.px(16), ratio))


class ErrorPane(QScrollArea):
    """One sentence, what to do about it, one button; scrolls where its pane is low."""

    acted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icon = label()
        self._icon.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._sentence = self._line("heading")
        self._remedy = self._line("muted")
        self.button = QPushButton()
        self.button.setProperty("role", "primary")
        self.button.clicked.connect(self.acted)
        inner = QWidget()
        self.setWidget(inner)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column = QVBoxLayout(inner)
        column.setContentsMargins(HUGE, HUGE, HUGE, HUGE)
        column.setSpacing(SMALL)
        column.addStretch(2)
        column.addWidget(self._icon)
        column.addSpacing(SMALL)
        column.addWidget(self._sentence)
        column.addWidget(self._remedy)
        column.addSpacing(MEDIUM)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        theme.changed.connect(self._tint)
        self._tint()

    @staticmethod
    def _line(role: str) -> QLabel:
        line = label(role=role, wrap=True)
        line.setAlignment(Qt.AlignmentFlag.AlignCenter)
        line.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        return line

    @property
    def sentence(self) -> str:
        """What it says."""
        return self._sentence.text()

    def show_failure(self, failure: Failure, action: str) -> None:
        """Say ``failure``; the button reads ``action``."""
        self._sentence.setText(failure.sentence)
        self._remedy.setText(failure.remedy)
        self._remedy.setVisible(bool(failure.remedy))
        self.button.setText(action)

    def _tint(self) -> None:
        ratio = self.devicePixelRatioF()
        color = self._theme.colors.error
        self._icon.setPixmap(icons.pixmap("circle-alert", color, self._theme.px(28), ratio))
