"""A line of notice inside a pane, with at most one action, one at a time; the pane of an error."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
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
from gui.theme import HUGE, MEDIUM, SMALL, TINY, Theme, set_role
from gui.tips import plain_tip
from gui.widgets.buttons import IconButton
from gui.widgets.label import label

_ICONS = {"info": "info", "warning": "info", "error": "circle-alert"}
_RANKS = {"info": 0, "warning": 1, "error": 2}
_TINTS = {"info": "accent_text", "warning": "warning", "error": "error"}


class _Words(QLabel):
    """Words that take the lines they need, or are cut at the end of one."""

    def __init__(self) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)

    def set_cut(self, cut: bool) -> None:
        """Keep to one line."""
        self.setWordWrap(not cut)
        self.setToolTip(plain_tip(self.text()) if cut else "")
        self.updateGeometry()

    def minimumSizeHint(self) -> QSize:
        """One line may be as short as need be."""
        size = super().minimumSizeHint()
        return size if self.wordWrap() else QSize(0, size.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Cut what goes beyond the line."""
        if self.wordWrap():
            super().paintEvent(event)
            return
        right = Qt.TextElideMode.ElideRight
        words = self.fontMetrics().elidedText(self.text(), right, self.width())
        QPainter(self).drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter, words)


class Banner(QWidget):
    """Hidden until it has something to say; ``acted`` when its action is clicked.

    An ``inset`` one keeps its distance from the edges of a card.

    Attributes:
        rank: how much it matters what it says; nothing is -1.
    """

    changed = Signal()  # it has something to say, something else, or nothing more
    acted = Signal()
    dismissed = Signal()

    def __init__(self, theme: Theme, *, inset: bool = False) -> None:
        super().__init__()
        self._theme = theme
        self._tone = "info"
        self.rank = -1
        self._aside = False
        self._frame = QFrame()
        self._frame.setProperty("role", "banner")
        self._icon = label()
        self._label = _Words()
        self._compact = False
        self._inset = inset
        self._action = QPushButton()
        self._action.setProperty("role", "ghost")
        self._action.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._action.clicked.connect(self.acted)
        self._close = IconButton(theme, "x", tr("Dismiss"))
        self._close.clicked.connect(self._dismiss)
        self._around = QVBoxLayout(self)
        self._around.addWidget(self._frame)
        self._row = row = QHBoxLayout(self._frame)
        row.setSpacing(SMALL)
        row.addWidget(self._icon)
        row.addWidget(self._label, 1)
        row.addWidget(self._action)
        row.addWidget(self._close)
        theme.changed.connect(self._tint)
        self._fit()
        self.hide()

    def set_compact(self, compact: bool) -> None:
        """Take one line, cut and told in full by its tool tip; an error is never cut."""
        if compact != self._compact:
            self._compact = compact
            self._fit()

    def _fit(self) -> None:
        compact = self._compact and self._tone != "error"
        self._label.set_cut(compact)
        above = TINY if compact else SMALL
        self._around.setContentsMargins(*((SMALL, above, SMALL, 0) if self._inset else (0,) * 4))
        within = 0 if compact else SMALL // 2
        self._row.setContentsMargins(MEDIUM, within, SMALL // 2, within)

    @property
    def text(self) -> str:
        """What it says."""
        return self._label.text()

    def say(self, text: str, tone: str = "info", action: str = "") -> None:
        """Show ``text``; ``tone`` is ``info``, ``warning`` or ``error``."""
        self._tone = tone
        self._frame.setProperty("tone", tone)
        self._label.setText(text)
        self._fit()
        self._action.setText(action)
        self._action.setVisible(bool(action))
        set_role(self._frame, "banner")
        self._tint()
        self.rank = _RANKS[tone]
        self.setVisible(not self._aside)
        self.changed.emit()

    def hide(self) -> None:
        """There is nothing more to say."""
        self.rank = -1
        super().hide()
        self.changed.emit()

    def set_aside(self, aside: bool) -> None:
        """Give way to something that matters more, or come back."""
        self._aside = aside
        self.setVisible(self.rank >= 0 and not aside)

    def _dismiss(self) -> None:
        self.hide()
        self.dismissed.emit()

    def _tint(self) -> None:
        color = getattr(self._theme.colors, _TINTS[self._tone])
        ratio = self.devicePixelRatioF()
        self._icon.setPixmap(icons.pixmap(_ICONS[self._tone], color, self._theme.px(16), ratio))


class OneAtATime(QObject):
    """Shows of ``banners`` the one that matters most, of equals the first: room for text is dear.

    The others wait until it has gone.
    """

    def __init__(self, banners: Sequence[Banner], parent: QObject) -> None:
        super().__init__(parent)
        self._banners = banners
        for banner in banners:
            banner.changed.connect(self._arrange)
        self._arrange()

    def _arrange(self) -> None:
        shown = max(self._banners, key=lambda banner: banner.rank)
        for banner in self._banners:
            banner.set_aside(banner is not shown)


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
