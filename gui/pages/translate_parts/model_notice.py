"""The line above the panes about a model: one that was made, or one that cannot be had."""

from __future__ import annotations

from PySide6.QtCore import Signal

from gui.errors import Failure
from gui.i18n import tr
from gui.theme import Theme
from gui.viewmodels.models import Models
from gui.widgets.banner import Banner


class ModelNotice(Banner):
    """Offers a new model as long as there is one of its name, and says why one is refused.

    Signals:
        taken(str): translate with the model of this name.
    """

    taken = Signal(str)

    def __init__(self, theme: Theme, models: Models) -> None:
        super().__init__(theme)
        self._models = models
        self._offered = ""
        self._listed = False  # a listing begun before it was made may come after the offer
        self.acted.connect(lambda: self.taken.emit(self._offered))
        models.listed.connect(self._on_listed)
        models.current_changed.connect(self._on_current)
        models.refused.connect(self._on_refused)

    def offer(self, name: str) -> None:
        """Model ``name`` was made: say so, and offer to translate with it."""
        self._offered, self._listed = name, False
        self._on_listed()
        self.say(tr("Your model {name} is ready.", name=name), "info", tr("Translate with it"))

    def _on_listed(self) -> None:
        """Take the offer back once the model has gone, or has another name."""
        there = any(card.name == self._offered for card in self._models.cards)
        if self._listed and not there:
            self._offered, self._listed = "", False
            self.hide()
        self._listed |= there

    def _on_current(self) -> None:
        """Be silent of a model that translates by now, and of one that did not."""
        current = self._models.current
        if not self._offered or (current is not None and current.name == self._offered):
            self.hide()

    def _on_refused(self, failure: Failure) -> None:
        self._offered, self._listed = "", False
        self.say(failure.text, "error")
