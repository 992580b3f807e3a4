"""What a screen reader hears of the word that is looked at: a part of the pane without a look."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QLabel, QWidget


class FocusedWord(QLabel):
    """Stands where the word stands, and paints nothing.

    Its accessible name is the word and what it is linked with. A pane of text tells a screen reader
    letters and lines; of colours behind them it tells nothing.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setGeometry(0, 0, 1, 1)
        self.hide()

    def tell(self, words: str, place: QRect, *, aloud: bool) -> None:
        """Be ``words`` at ``place`` in the pane, or nothing; ``aloud`` has them read out now."""
        if words == self.accessibleName():
            self._stand(words, place)
            return
        self.setAccessibleName(words)
        self._stand(words, place)
        if aloud and words and QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, words))

    def _stand(self, words: str, place: QRect) -> None:
        if words:
            self.setGeometry(place)
        self.setVisible(bool(words))
