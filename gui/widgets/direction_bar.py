"""Which way to translate, and with which model."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from gui.i18n import direction_name, language_name, tr
from gui.theme import SMALL, TINY, Theme
from gui.tips import plain_tip
from gui.viewmodels.models import Models
from gui.widgets.buttons import Chooser, IconButton
from gui.widgets.label import label


class DirectionBar(QWidget):
    """Languages with the swap between them at the left, the model at the right.

    Attributes:
        note: why it is this direction, where the user did not choose it.
    """

    swap_asked = Signal()

    def __init__(self, theme: Theme, models: Models, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._models = models
        self._source = label(role="heading")
        self._target = label(role="heading")
        self.swap = IconButton(theme, "arrow-left-right", tr("Swap languages"))
        self.swap.clicked.connect(self.swap_asked)
        self.note = label(role="caption")
        self.chooser = Chooser(theme, tr("Model"))
        self.chooser.chosen.connect(models.choose)
        row = QHBoxLayout(self)
        row.setContentsMargins(TINY, 0, 0, 0)
        row.setSpacing(SMALL)
        row.addWidget(self._source)
        row.addWidget(self.swap)
        row.addWidget(self._target)
        row.addSpacing(SMALL)
        row.addWidget(self.note)
        row.addStretch()
        row.addWidget(label(tr("Model"), "muted"))
        row.addWidget(self.chooser)
        models.listed.connect(self.refresh)
        models.current_changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show what the models say now."""
        current, opposite = self._models.current, self._models.opposite
        self._source.setText(language_name(current.source_language if current else "zh"))
        self._target.setText(language_name(current.target_language if current else "en"))
        self.swap.setEnabled(opposite is not None)
        self.swap.set_name(tr("Swap languages"), "Ctrl+L")
        if opposite is None and current is not None:
            self.swap.setToolTip(
                plain_tip(
                    tr(
                        "No model translates from {source} to {target} yet",
                        source=language_name(current.target_language),
                        target=language_name(current.source_language),
                    )
                )
            )
        entries = [
            (card.name, card.name, direction_name(card.source_language, card.target_language))
            for card in self._models.cards
        ]
        self.chooser.set_entries(entries, current.name if current else "")
