"""The drawer "Inside": a head that opens and closes it, the heatmap below."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from gui import icons
from gui.i18n import tr
from gui.theme import LARGE, MEDIUM, SMALL, TINY, Theme
from gui.widgets.attention_heatmap import AttentionHeatmap
from gui.widgets.card import Card

LEAST_HEIGHT = 160  # pixels, open
QT_MOST = 16_777_215  # Qt's own limit of a widget's height


class InsideDrawer(Card):
    """Emits ``toggled(bool)`` when the user opens or closes it."""

    toggled = Signal(bool)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.heatmap = AttentionHeatmap(theme)
        self._head = QPushButton(tr("Inside"))
        self._head.setProperty("role", "ghost")
        self._head.setCheckable(True)
        self._head.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        hint = tr("Look inside the sentence under the caret ({keys})", keys="Ctrl+I")
        self._head.setToolTip(hint)
        self._head.clicked.connect(self.toggled)
        self._about = QLabel(tr("Attention: which words each translated word was read from"))
        self._about.setProperty("role", "caption")
        self._bar = QWidget()
        row = QHBoxLayout(self._bar)
        row.setContentsMargins(TINY, TINY, LARGE, TINY)
        row.setSpacing(SMALL)
        row.addWidget(self._head)
        row.addWidget(self._about)
        row.addStretch()
        self.body.addWidget(self._bar)
        self._body = QWidget()
        below = QHBoxLayout(self._body)
        below.setContentsMargins(MEDIUM, 0, MEDIUM, MEDIUM)
        below.addWidget(self.heatmap)
        self.body.addWidget(self._body, 1)
        theme.changed.connect(self._tint)
        self.set_open(False)

    @property
    def is_open(self) -> bool:
        """Whether the heatmap is to be seen."""
        return self._head.isChecked()

    def set_open(self, opened: bool) -> None:
        """Show or hide what is below the head."""
        self._head.setChecked(opened)
        self._body.setVisible(opened)
        self._about.setVisible(opened)
        self._tint()
        self._limit()

    def event(self, event: QEvent) -> bool:
        """Follow the head's height, which follows the text size."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._limit()
        return super().event(event)

    def _limit(self) -> None:
        """Between sensible heights while open, the head's while closed."""
        head = self._bar.sizeHint().height() + 2
        self.setMinimumHeight(LEAST_HEIGHT if self.is_open else head)
        self.setMaximumHeight(QT_MOST if self.is_open else head)

    def _tint(self) -> None:
        size = self._theme.px(16)
        name = "chevron-down" if self.is_open else "chevron-right"
        self._head.setIcon(icons.icon(name, self._theme.colors.muted, size))
        self._head.setIconSize(QSize(size, size))
