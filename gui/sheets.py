"""The theme's style sheet on the parts of a window, on hidden pages only when they are shown."""

from __future__ import annotations

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from gui.theme import Theme


class DressedStack(QStackedWidget):
    """Pages of which the one that is shown wears the theme's style sheet, and the others follow.

    Dressing a widget anew takes a millisecond, and a window has a thousand of them. An application
    has its style sheet on all at once; here each page stands in a frame that has it. The page may
    have one of its own besides.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._frames: dict[QWidget, QWidget] = {}

    def show_page(self, page: QWidget) -> None:
        """Show ``page``, which is added on first use."""
        frame = self._frames.get(page)
        if frame is None:
            frame = self._frames[page] = QWidget()
            dress(frame, self._theme)
            column = QVBoxLayout(frame)
            column.setContentsMargins(0, 0, 0, 0)
            column.addWidget(page)
            self.addWidget(frame)
        dress(frame, self._theme)
        self.setCurrentWidget(frame)

    def dress(self) -> None:
        """Put the sheet that holds now on what is shown."""
        frame = self.currentWidget()
        if frame is not None:
            dress(frame, self._theme)


def dress(widget: QWidget, theme: Theme) -> None:
    """Put the sheet that holds now on ``widget`` and all in it."""
    sheet = theme.style_sheet()
    if widget.styleSheet() != sheet:
        widget.setStyleSheet(sheet)


def settle_sizes(dialog: QWidget) -> None:
    """Have ``dialog``, whose parts were made before they wore a sheet, ask them for their sizes."""
    parts = dialog.findChildren(QWidget)
    for part in parts:
        part.ensurePolished()
    for part in (*parts, dialog):
        layout = part.layout()
        if layout is not None:
            layout.invalidate()
            layout.activate()  # the layouts within it, too
