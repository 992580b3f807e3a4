"""A button with a menu of the kinds of files that a heatmap can be written to."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QMenu, QPushButton

from gui import icons
from gui.i18n import tr
from gui.theme import Theme


class ExportButton(QPushButton):
    """``asked(str)`` has the ending of the kind that was chosen: ``png``, ``svg``, ..."""

    asked = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__(tr("Export"))
        self._theme = theme
        self.setProperty("role", "ghost")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setToolTip(tr("Write what is shown here to a file"))
        self._menu = QMenu(self)
        for ending, words in (
            ("png", tr("Picture (PNG)…")),
            ("svg", tr("Drawing (SVG)…")),
            ("csv", tr("Table (CSV)…")),
            ("html", tr("Page to look at (HTML)…")),
        ):
            self._menu.addAction(words).triggered.connect(partial(self.asked.emit, ending))
        self.clicked.connect(self._open)
        theme.changed.connect(self._tint)
        self._tint()

    def _open(self) -> None:
        """The menu below the button, its right edge at the button's."""
        corner = self.rect().bottomRight()
        corner.setX(corner.x() - self._menu.sizeHint().width())
        self._menu.popup(self.mapToGlobal(corner))

    def _tint(self) -> None:
        size = self._theme.px(16)
        colors = self._theme.colors
        drawing = icons.icon("download", colors.muted, size, disabled=colors.border_strong)
        self.setIcon(drawing)
        self.setIconSize(QSize(size, size))
