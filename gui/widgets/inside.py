"""The drawer "Inside": a head that opens and closes it, below it one of several views."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QWidget,
)

from core.translation.result import Translation
from gui import icons
from gui.i18n import tr
from gui.theme import LARGE, MEDIUM, SMALL, TINY, Theme
from gui.widgets.attention_view import AttentionView
from gui.widgets.buttons import Segments
from gui.widgets.card import Card
from gui.widgets.elided_label import ElidedLabel
from gui.widgets.inside_view import InsideView as InsideView

LEAST_HEIGHT = 160  # pixels, open
QT_MOST = 16_777_215  # Qt's own limit of a widget's height


class InsideDrawer(Card):
    """Shows one of its views, if it is open.

    Signals:
        toggled(bool): the user opens or closes it.
        turned(str): the user turns to the view of this key.
    """

    toggled = Signal(bool)
    turned = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._sentence: Translation | None = None
        self._views: dict[str, InsideView] = {}
        self._head = QPushButton(tr("Inside"))
        self._head.setProperty("role", "ghost")
        self._head.setCheckable(True)
        self._head.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        hint = tr("Look inside the sentence under the caret ({keys})", keys="Ctrl+I")
        self._head.setToolTip(hint)
        self._head.clicked.connect(self.toggled)
        self.tabs = Segments([])
        self.tabs.chosen.connect(self._on_chosen)
        self._about = ElidedLabel()
        self._about.cut = Qt.TextElideMode.ElideRight
        self._about.setProperty("role", "caption")
        kept = self._about.sizePolicy()
        kept.setRetainSizeWhenHidden(True)  # the head stays at the left
        self._about.setSizePolicy(kept)
        self._stack = QStackedWidget()
        self._lay_out()
        self.attention = AttentionView(theme)
        self.heatmap = self.attention.heatmap
        self.add_view(self.attention)
        theme.changed.connect(self._tint)
        self.turn_to(self.attention.key)
        self.set_open(False)

    def _lay_out(self) -> None:
        self._bar = QWidget()
        self._row = QHBoxLayout(self._bar)
        self._row.setContentsMargins(TINY, TINY, LARGE, TINY)
        self._row.setSpacing(SMALL)
        self._row.addWidget(self._head)
        self._row.addWidget(self.tabs)
        self._row.addWidget(self._about, 1)
        self.body.addWidget(self._bar)
        self._body = QWidget()
        below = QHBoxLayout(self._body)
        below.setContentsMargins(MEDIUM, 0, MEDIUM, MEDIUM)
        below.addWidget(self._stack)
        self.body.addWidget(self._body, 1)

    # -- views ----------------------------------------------------------------------------

    def add_view(self, view: InsideView) -> None:
        """Offer one more view, behind the others."""
        self._views[view.key] = view
        self.tabs.add(view.key, view.title, view.about)
        self._stack.addWidget(view)
        self.tabs.setVisible(self.is_open and len(self._views) > 1)
        if view.corner is not None:
            self._row.addWidget(view.corner)
            view.corner.hide()

    @property
    def current(self) -> InsideView:
        """The view that is shown while the drawer is open."""
        view = self._stack.currentWidget()
        assert isinstance(view, InsideView)
        return view

    def turn_to(self, key: str) -> None:
        """Show the view of ``key``; the first one where there is none of that name."""
        view = self._views.get(key) or next(iter(self._views.values()))
        self.tabs.set_current(view.key)
        self._stack.setCurrentWidget(view)
        self._about.setText(view.about)
        self._show_corner()
        self._tell()

    def show_sentence(self, sentence: Translation | None) -> None:
        """Look inside ``sentence``."""
        self._sentence = sentence
        self._tell()

    def _tell(self) -> None:
        if self.is_open:
            self.current.show_sentence(self._sentence)

    def _on_chosen(self, key: str) -> None:
        self.turn_to(key)
        self.turned.emit(key)

    def _show_corner(self) -> None:
        for view in self._views.values():
            if view.corner is not None:
                view.corner.setVisible(self.is_open and view is self.current)

    # -- open and closed ------------------------------------------------------------------

    @property
    def is_open(self) -> bool:
        """Whether a view is to be seen."""
        return self._head.isChecked()

    def set_open(self, opened: bool) -> None:
        """Show or hide what is below the head."""
        self._head.setChecked(opened)
        self._body.setVisible(opened)
        self._about.setVisible(opened)
        self.tabs.setVisible(opened and len(self._views) > 1)
        self._show_corner()
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
