"""The drawer's view of other translations: the best ones, and ones drawn at random."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from core.translation.result import Translation
from gui.i18n import number, tr
from gui.pages.teach_steps.marking import marked
from gui.theme import MEDIUM, SMALL, TINY, Theme, set_role
from gui.viewmodels.others import OthersViewModel
from gui.widgets.buttons import Chooser, Segments
from gui.widgets.inside import InsideView
from gui.widgets.label import label

TEMPERATURES = (0.3, 0.5, 0.7, 1.0, 1.3)
NUCLEI = (0.5, 0.7, 0.8, 0.9, 0.95, 1.0)
_BEST, _SAMPLES = "best", "samples"


class OthersView(InsideView):
    """A list of translations, what differs from the one in the text marked.

    Signals:
        chosen(Translation, Translation): put the second in the place of the first.
    """

    key = "others"
    chosen = Signal(object, object)

    def __init__(self, model: OthersViewModel, theme: Theme) -> None:
        about = tr("Other translations of the sentence; what differs is marked. Click to use one.")
        super().__init__(tr("Others"), about)
        self._model, self._theme = model, theme
        self.kind = Segments([(_BEST, tr("Best")), (_SAMPLES, tr("At random"))])
        self.kind.set_current(_BEST)
        self.kind.chosen.connect(lambda key: model.sample(key == _SAMPLES))
        self.temperature = Chooser(theme, tr("Temperature"))
        self.temperature.setToolTip(tr("Higher is more varied, and more often wrong"))
        self.nucleus = Chooser(theme, tr("Nucleus"))
        self.nucleus.setToolTip(
            tr("Draw from the likeliest words that together have this probability (top-p)")
        )
        for chooser in (self.temperature, self.nucleus):
            chooser.chosen.connect(self._on_draw)
        self.again = QPushButton(tr("Draw again"))
        self.again.clicked.connect(model.draw_again)
        self.hint = label(role="muted", wrap=True)
        self.hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.rows: list[OtherRow] = []
        self._lay_out()
        self._show_draw()
        model.changed.connect(self._show)
        theme.changed.connect(self._show)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(SMALL)
        for widget in (self.kind, self.temperature, self.nucleus, self.again):
            head.addWidget(widget)
        head.addStretch(1)
        self._list = QVBoxLayout()
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(TINY)
        inner = QWidget()
        below = QVBoxLayout(inner)
        below.setContentsMargins(0, 0, SMALL, 0)
        below.addLayout(self._list)
        below.addStretch(1)
        self._area = QScrollArea()
        self._area.setWidget(inner)
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SMALL)
        column.addLayout(head)
        column.addWidget(self.hint, 1)
        column.addWidget(self._area, 1)

    def show_sentence(self, sentence: Translation | None) -> None:
        """Show other translations of ``sentence``."""
        self._model.show(sentence)

    # -- how samples are drawn ------------------------------------------------------------

    def _show_draw(self) -> None:
        draw = self._model.draw
        heats = [(str(t), tr("Temperature {value}", value=number(t, 1)), "") for t in TEMPERATURES]
        nuclei = [(str(p), tr("Nucleus {value}", value=number(p, 2)), "") for p in NUCLEI]
        self.temperature.set_entries(heats, str(draw.temperature))
        self.nucleus.set_entries(nuclei, str(draw.top_p))
        self._heat, self._mass = draw.temperature, draw.top_p

    def _on_draw(self, key: str) -> None:
        value = float(key)
        if self.sender() is self.temperature:
            self._model.set_draw(temperature=value, top_p=self._mass)
        else:
            self._model.set_draw(temperature=self._heat, top_p=value)
        self._show_draw()

    # -- the list -------------------------------------------------------------------------

    def _show(self) -> None:
        model = self._model
        for widget in (self.temperature, self.nucleus, self.again):
            widget.setVisible(model.sampling)
        found = model.found or ()
        shown = model.shown.translation if model.shown is not None else ""
        color = self._theme.colors.accent_soft
        if [row.translation for row in self.rows] != list(found):
            self._fill(found)
        for row in self.rows:
            row.show_beside(shown, color)
        self.hint.setText(self._hint())
        self.hint.setVisible(not found)
        self._area.setVisible(bool(found))

    def _hint(self) -> str:
        model = self._model
        if model.shown is None:
            return tr("Translate a sentence and put the caret into it to see others.")
        if model.failure is not None:
            return model.failure.sentence
        return tr("Looking for other translations…") if model.found is None else tr("No others.")

    def _fill(self, found: tuple[Translation, ...]) -> None:
        for row in self.rows:
            self._list.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows = []
        for translation in found:
            row = OtherRow(translation)
            row.clicked.connect(lambda _=False, other=translation: self._on_row(other))
            self._list.addWidget(row)
            self.rows.append(row)

    def _on_row(self, other: Translation) -> None:
        shown = self._model.shown
        if shown is not None and shown.translation != other.translation:
            self.chosen.emit(shown, other)


class OtherRow(QPushButton):
    """One translation, to be clicked."""

    def __init__(self, translation: Translation) -> None:
        super().__init__()
        self.translation = translation
        set_role(self, "row")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._text = label(wrap=True)
        self._text.setTextFormat(Qt.TextFormat.RichText)  # the marks; the words are escaped
        self._score = label(number(translation.score, 2), "caption")
        self._score.setToolTip(tr("Score: log-probability by length; nearer to 0 is likelier"))
        for part in (self._text, self._score):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(MEDIUM, TINY, MEDIUM, TINY)
        self._row.setSpacing(MEDIUM)
        self._row.addWidget(self._text, 1)
        self._row.addWidget(self._score, 0, Qt.AlignmentFlag.AlignTop)

    def show_beside(self, shown: str, color: str) -> None:
        """Mark on ``color`` what the text ``shown`` does not have."""
        text = self.translation.translation
        now = text == shown
        self._text.setText(
            f"<b>{marked(text, text, color)}</b>" if now else marked(shown, text, color)
        )
        name = tr("{text} (in the text now)", text=text) if now else text
        self.setAccessibleName(name)
        self.setToolTip("" if now else tr("Use this translation"))

    def sizeHint(self) -> QSize:
        """That of the text."""
        return self._row.sizeHint()

    def hasHeightForWidth(self) -> bool:
        """Narrow rows are higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Room for all lines."""
        return self._row.totalHeightForWidth(width)
