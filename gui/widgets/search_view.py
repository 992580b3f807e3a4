"""The drawer's view of the search: the tree, a slider through its steps, what its looks mean."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QSlider, QVBoxLayout

from core.translation.result import Translation
from gui.i18n import number, tr
from gui.theme import MEDIUM, SMALL, TINY, Theme
from gui.viewmodels.inquiry import Inquiry
from gui.widgets.buttons import Chooser
from gui.widgets.elided_label import ElidedLabel
from gui.widgets.inside_view import InsideView
from gui.widgets.label import label
from gui.widgets.search_canvas import SearchCanvas
from gui.widgets.zooming import WheelZoom

if TYPE_CHECKING:
    from core.insight.search_tree import SearchTree, SearchTrees

_PATIENCE = 100  # milliseconds before it says that it searches
_SLIDER = 180  # pixels wide
_LEAST_FIT = 0.8  # so much smaller than designed a tree becomes by itself to fit the height
_LEAST_ZOOM, _MOST_ZOOM = 0.35, 2.5


class SearchView(InsideView):
    """Shows the search for the sentence that is looked into.

    Signals:
        continue_asked(str): go on from an output that begins like this.
    """

    key = "search"
    continue_asked = Signal(str)

    def __init__(self, theme: Theme, inquiry: Inquiry[SearchTrees]) -> None:
        about = tr("Search: what was tried at each step, what was kept and what was dropped")
        super().__init__(tr("Search"), about)
        self._theme, self._inquiry = theme, inquiry
        self._sentence: Translation | None = None
        self._part = 0
        self._zoomed = False  # by the user, who then decides
        self.canvas = SearchCanvas(theme)
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.parts = Chooser(theme, tr("Part of the sentence"))
        self.step, self.legend, self.note = label(), ElidedLabel(), ElidedLabel()
        self._patience = QTimer(self, singleShot=True, interval=_PATIENCE)
        self._patience.timeout.connect(partial(self._say, tr("Searching…")))
        self._lay_out()
        self.canvas.chosen.connect(self._on_chosen)
        self.canvas.walked.connect(self._on_walked)
        self.canvas.zoom_asked.connect(self._zoom)
        self.slider.valueChanged.connect(self._on_step)
        self.parts.chosen.connect(self._on_part)
        inquiry.changed.connect(self._refresh)
        self._refresh()

    def _lay_out(self) -> None:
        self.area = QScrollArea()
        self.area.setWidget(self.canvas)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        WheelZoom(self.area).turned.connect(self._zoom)
        self.slider.setAccessibleName(tr("Steps of the search that are shown"))
        self.slider.setToolTip(tr("Step through the search (Left and Right)"))
        self.slider.setFixedWidth(_SLIDER)
        self.legend.setText(tr("bold: the output · framed: kept · faded: dropped"))
        self.legend.setToolTip(
            tr("Arrow keys walk, Enter goes on from there; Ctrl and the wheel, + and − zoom")
        )
        for words in (self.step, self.legend, self.note):
            words.setProperty("role", "caption")
        for words in (self.legend, self.note):
            words.cut = Qt.TextElideMode.ElideRight
        row = QHBoxLayout()
        row.setContentsMargins(TINY, 0, TINY, 0)
        row.setSpacing(MEDIUM)
        for widget in (self.slider, self.step, self.parts):
            row.addWidget(widget)
        row.addWidget(self.note, 1)
        row.addWidget(self.legend)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SMALL)
        column.addWidget(self.area, 1)
        column.addLayout(row)

    # -- what is shown --------------------------------------------------------------------

    def show_sentence(self, sentence: Translation | None) -> None:
        """Show the search for ``sentence``."""
        if sentence is None or self._sentence is None or sentence.source != self._sentence.source:
            self._part = 0
        self._sentence = sentence
        self._ask()

    def _ask(self) -> None:
        sentence = self._sentence
        searched = sentence is not None and "copied" not in sentence.notes
        self._inquiry.ask(sentence if searched else None)
        self._refresh()

    @property
    def tree(self) -> SearchTree | None:
        """The tree that is to be seen."""
        trees = self._inquiry.answer.trees if self._inquiry.answer is not None else ()
        return trees[min(self._part, len(trees) - 1)] if trees else None

    def _refresh(self) -> None:
        tree = self.tree
        if self._inquiry.busy:  # what is shown stays until it searches for long
            self._patience.start()
        else:
            self._patience.stop()
            if tree is not self.canvas.tree or tree is None:
                self._show(tree)
        answer = self._inquiry.answer
        count = len(answer.trees) if answer is not None else 0
        entries = [(str(i), tr("Part {number}", number=number(i + 1)), "") for i in range(count)]
        self.parts.set_entries(entries, str(self._part))
        self.parts.setVisible(count > 1)
        self.note.setText(self._note())

    def _show(self, tree: SearchTree | None) -> None:
        self.canvas.show_tree(tree, self._hint())
        self.area.setWidgetResizable(tree is None)
        if tree is not None and not self._zoomed:
            room = self.area.viewport().height() / self.canvas.sizeHint().height()
            self.canvas.set_zoom(min(max(self.canvas.zoom * room, _LEAST_FIT), 1.0))
        self.slider.blockSignals(True)
        self.slider.setRange(1, tree.steps if tree is not None else 1)
        self.slider.setValue(self.slider.maximum())
        self.slider.blockSignals(False)
        for widget in (self.slider, self.step, self.legend):
            widget.setVisible(tree is not None)
        self._tell_step()

    def _say(self, words: str) -> None:
        """Words in the place of a tree."""
        self.canvas.show_tree(None, words)
        self.area.setWidgetResizable(True)

    def _hint(self) -> str:
        if self._inquiry.failure is not None:
            return self._inquiry.failure.text
        if self._sentence is not None and "copied" in self._sentence.notes:
            return tr("This sentence was copied as it is: nothing was searched.")
        return tr("Translate a sentence and put the caret into it to see how it was searched.")

    def _note(self) -> str:
        """What else became of the output before it was shown."""
        answer, sentence = self._inquiry.answer, self._sentence
        if answer is None or sentence is None or not answer.trees:
            return ""
        found = [tree.text for tree in answer.trees]
        if len(found) > 1:
            return tr("The sentence was searched in {count} parts.", count=number(len(found)))
        if answer.trees[0].again:
            return tr("This is a second, wider search: it found the shown translation.")
        if found[0] != sentence.translation:
            return tr("The shown translation was searched again or mended after this search.")
        return ""

    # -- what the user does ---------------------------------------------------------------

    def _on_step(self, step: int) -> None:
        self.canvas.show_steps(step)
        self._tell_step()
        if self.canvas.tree is not None:
            place = self.canvas.column_rect(step).center().toPoint()
            self.area.ensureVisible(place.x(), self.area.verticalScrollBar().value(), 140, 0)

    def _tell_step(self) -> None:
        shown, count = number(self.slider.value()), number(self.slider.maximum())
        self.step.setText(tr("Step {step} of {count}", step=shown, count=count))

    def _on_walked(self, index: int) -> None:
        """A node was walked to: bring it into view, and its step."""
        tree = self.canvas.tree
        if tree is None:
            return
        if tree.nodes[index].step > self.slider.value():
            self.slider.setValue(tree.nodes[index].step)
        box = self.canvas.rect_of(index).toAlignedRect()
        self.area.ensureVisible(box.center().x(), box.center().y(), box.width(), box.height())

    def _on_chosen(self, index: int) -> None:
        tree = self.canvas.tree
        if tree is not None and tree is self.tree:  # else another sentence is being searched
            self.continue_asked.emit(tree.before + tree.nodes[index].text)

    def _on_part(self, key: str) -> None:
        self._part = int(key)
        self._refresh()

    def _zoom(self, times: float, about: QPointF | None = None) -> None:
        """Show it so many times larger, 0 for the size as designed.

        The place ``about``, in the viewport, stays where it is.
        """
        if self.canvas.tree is None:
            return
        self._zoomed = True
        zoom = min(max(self.canvas.zoom * times if times else 1.0, _LEAST_ZOOM), _MOST_ZOOM)
        bars = self.area.horizontalScrollBar(), self.area.verticalScrollBar()
        place = about or QPointF(self.area.viewport().rect().center())
        if about is None and self.canvas.node is not None:
            middle = self.canvas.rect_of(self.canvas.node).center()
            place = self.canvas.mapTo(self.area.viewport(), middle)
        factor = zoom / self.canvas.zoom
        x = (bars[0].value() + place.x()) * factor - place.x()
        y = (bars[1].value() + place.y()) * factor - place.y()
        self.canvas.set_zoom(zoom)
        bars[0].setValue(round(x))
        bars[1].setValue(round(y))

    def showEvent(self, event: QShowEvent) -> None:
        """Someone looks again."""
        super().showEvent(event)
        if self._sentence is not None:
            self._ask()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody looks: the answer is not needed."""
        super().hideEvent(event)
        self._inquiry.leave()
