"""What the drawer "Inside" can show: one of several views."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from core.translation.result import Translation


class InsideView(QWidget):
    """One way to look inside a sentence.

    Attributes:
        key: its name in the settings.
        title: on its button.
        about: what it shows, in the drawer's head.
        corner: stands at the right of the head while this is shown; may be ``None``.
    """

    key = ""

    def __init__(self, title: str, about: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title, self.about = title, about
        self.corner: QWidget | None = None

    def show_sentence(self, sentence: Translation | None) -> None:
        """Show this sentence from now on; called for the view that is to be seen alone."""
        raise NotImplementedError
