"""Models side by side on one sentence: what they say, and where they look."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from core.translation.result import Translation
from gui.i18n import language_name, tr
from gui.jobs.background import Background
from gui.pages.teach_steps.marking import marked, rich
from gui.pages.teach_steps.parts import BusyBar, button
from gui.theme import LARGE, MEDIUM, SMALL, Theme, set_role
from gui.viewmodels.comparing import Comparing
from gui.widgets.attention_heatmap import AttentionHeatmap
from gui.widgets.banner import Banner
from gui.widgets.buttons import Chooser
from gui.widgets.card import Card
from gui.widgets.heatmap_drawing import HeatmapDrawing
from gui.widgets.label import label


class CompareView(QWidget):
    """A sentence above, two models or more below. Emits ``left`` when the user has seen enough.

    Args:
        back: what the button for that says.
        remark: what is to be known of the model of a name.
    """

    left = Signal()

    def __init__(
        self,
        model: Comparing,
        theme: Theme,
        background: Background,
        back: str = "",
        remark: Callable[[str], str] = lambda _name: "",
    ) -> None:
        super().__init__()
        self._model, self._theme, self._background = model, theme, background
        self._remark = remark
        self.back = button(back or tr("‹ Back to the models"))
        self.back.clicked.connect(self._leave)
        self.field = QLineEdit()
        self.field.setAccessibleName(tr("Sentence to compare"))
        self.field.returnPressed.connect(self._compare)
        self.field.textChanged.connect(self._on_typed)
        self.go = button(tr("Compare"), "primary")
        self.go.clicked.connect(self._compare)
        self.busy = BusyBar()
        self.banner = Banner(theme)
        self.sides: tuple[Side, ...] = ()
        self._lay_out()
        leave = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        leave.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        leave.activated.connect(self._leave)
        model.changed.connect(self.refresh)
        theme.changed.connect(self.refresh)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(SMALL)
        top.addWidget(self.back)
        top.addWidget(self.field, 1)
        top.addWidget(self.go)
        self._places = QGridLayout()
        self._places.setSpacing(LARGE)
        self._make_sides(2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SMALL)
        column.addLayout(top)
        column.addWidget(self.busy)
        column.addWidget(self.banner)
        column.addLayout(self._places, 1)

    def _make_sides(self, count: int) -> None:
        """As many as are compared, two beside each other."""
        if count == len(self.sides):
            return
        for side in self.sides:
            self._places.removeWidget(side)
        for gone in self.sides[count:]:
            gone.hide()
            gone.deleteLater()
        new = range(len(self.sides), count)
        more = (Side(self._model, number, self._theme, self._background) for number in new)
        self.sides = (*self.sides[:count], *more)
        across = count if count < 4 else 2
        for number, side in enumerate(self.sides):
            self._places.addWidget(side, number // across, number % across)
        for column in range(4):
            self._places.setColumnStretch(column, int(column < across))

    def begin(self, sentence: str) -> None:
        """Start with ``sentence``, which may be blank."""
        self.field.setText(sentence)
        self._on_typed(sentence)
        self.field.setFocus()
        self.field.selectAll()
        if self._model.sides is not None:
            language = language_name(self._model.sides[0].source_language)
            self.field.setPlaceholderText(tr("A sentence in {language}", language=language))
        self._model.compare(sentence)

    def refresh(self) -> None:
        """Show what is known so far."""
        model = self._model
        if model.sides is not None:
            self._make_sides(len(model.sides))
            for side, chosen in zip(self.sides, model.sides, strict=True):
                side.remark.setText(self._remark(chosen.name))
                side.remark.setVisible(bool(side.remark.text()))
        self.busy.set_busy(model.busy)
        if model.failure is None:
            self.banner.hide()
        else:
            self.banner.say(model.failure.text, "error")
        for side in self.sides:
            side.refresh()

    def _compare(self) -> None:
        if self.field.text().strip():
            self._model.compare(self.field.text())

    def _on_typed(self, text: str) -> None:
        self.go.setEnabled(bool(text.strip()))

    def _leave(self) -> None:
        self._model.close()
        self.left.emit()


class Side(Card):
    """One of the models: its name to choose, its translation, its attention."""

    def __init__(self, model: Comparing, number: int, theme: Theme, background: Background) -> None:
        super().__init__()
        self._model, self._number, self._theme = model, number, theme
        self._shown: Translation | None = None
        self.chooser = Chooser(theme, tr("Model"))
        self.chooser.chosen.connect(partial(model.choose, number))
        self.translation = rich("")
        set_role(self.translation, "heading")
        self.score = label(role="caption")
        self.score.setToolTip(
            tr("Mean log-probability of a piece, as the search ranks it; 0 is certain")
        )
        self.remark = label(role="caption", wrap=True)
        self.remark.hide()
        self.heatmap = AttentionHeatmap(theme, hint=tr("There is no word to look from."))
        HeatmapDrawing(self.heatmap, background)
        head = QHBoxLayout()
        head.addWidget(self.chooser)
        head.addStretch()
        head.addWidget(self.score)
        self.body.setContentsMargins(LARGE, MEDIUM, LARGE, MEDIUM)
        self.body.setSpacing(MEDIUM)
        self.body.addLayout(head)
        self.body.addWidget(self.translation)
        self.body.addWidget(self.remark)
        self.body.addWidget(self.heatmap, 1)

    def refresh(self) -> None:
        """Show this side's translation, with what the first side (of that: the next) has not."""
        model, number = self._model, self._number
        if model.sides is None or number >= len(model.sides):
            return
        beside_it = 0 if number else 1
        others = [card for place, card in enumerate(model.sides) if place != number]
        cards = [card for card in model.cards if card not in others]
        entries = [(card.name, card.name, "") for card in cards]
        self.chooser.set_entries(entries, model.sides[number].name)
        found = model.translations[number] if len(model.translations) > number else None
        beside = model.translations[beside_it] if len(model.translations) > beside_it else found
        if found is None or beside is None:
            self.translation.setText("–")
            self.score.setText("")
        else:
            colors = self._theme.colors
            color = colors.accent_soft if number else colors.warning_soft
            self.translation.setText(marked(beside.translation, found.translation, color))
            self.score.setText(tr("score {score}", score=f"{found.score:.2f}".replace("-", "−")))
        if found is not self._shown:
            self._shown = found
            self.heatmap.show_sentence(found)
