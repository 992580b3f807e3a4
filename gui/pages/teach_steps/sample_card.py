"""A sentence that is watched while a model learns: its words and attention through time."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QSizePolicy,
    QSlider,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from core.events import Sample
from gui.i18n import number, tr
from gui.jobs.background import Background
from gui.pages.teach_steps.marking import changed_words
from gui.pages.teach_steps.parts import scrolled
from gui.theme import LARGE, MEDIUM, SMALL, TEXT, TINY, Theme, set_role
from gui.tips import plain_tip
from gui.viewmodels.links import Mark, Side, Spot
from gui.viewmodels.segments import text_change
from gui.viewmodels.watched import Watched
from gui.widgets.attention_heatmap import AttentionHeatmap
from gui.widgets.buttons import Chooser
from gui.widgets.heatmap_drawing import HeatmapDrawing
from gui.widgets.label import label
from gui.widgets.linked_text import LinkedText

_LONGEST = 60  # characters of a sentence in the menu
_MARGIN = 1  # pixels around a sentence, so that it stands below its caption
_ROW, _MOST_ROWS = 1.65, 14  # of the heatmap: height times the text's, and rows without scrolling


class _Sentence(LinkedText):
    """Text to be read and pointed at, as high as it needs."""

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__(theme)
        self._text = ""
        self.setReadOnly(True)
        self.setUndoRedoEnabled(False)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setAccessibleName(name)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(_MARGIN)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        self._fit()

    def show_text(self, text: str) -> None:
        """Show ``text``; what stays of the old one does not move."""
        old, self._text = self._text, text
        self.apply_edit(text_change(old, text), text)

    def _fit(self) -> None:
        self.setFixedHeight(round(self.document().size().height()) + 1)


class SampleCard(QFrame):
    """One sentence at a time, the pinned ones first; a slider goes back in time."""

    def __init__(self, theme: Theme, background: Background, advice: str = "") -> None:
        """``advice`` says where sentences can be pinned."""
        super().__init__()
        set_role(self, "card")
        self._theme = theme
        self._taught = False
        self._listed: tuple[str, ...] = ()
        self.watched = Watched(self)
        self.chooser = Chooser(theme, tr("Sentence to watch"))
        self.title = label(role="caption")
        self.source = _Sentence(theme, tr("Sentence"))
        self.when = label(role="caption")
        self.translation = _Sentence(theme, tr("Translation"))
        self.reference = label(wrap=True)
        self._reference_caption = label(tr("As the file has it"), "caption")
        nothing = tr("Nothing is known of its attention.")
        self.heatmap = AttentionHeatmap(theme, hint=nothing)
        HeatmapDrawing(self.heatmap, background)
        usual = tr("To watch sentences of your own, pin them before the start, under Advanced.")
        self.advice = label(advice or usual, "caption", wrap=True)
        self.remark = label(role="caption", wrap=True)  # on its attention
        self.empty = label(role="muted", wrap=True)
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self._panes = {Side.SOURCE: self.source, Side.TARGET: self.translation}
        self._lay_out()
        self._connect()
        self.set_taught(False)
        self.set_remark("")
        self._fit()
        self._refresh()

    # -- building -------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.reference.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.slider.setAccessibleName(tr("Translation at an earlier step"))
        self.slider.setPageStep(1)
        self._scroll = scrolled(self._body())
        column = QVBoxLayout(self)
        column.setContentsMargins(LARGE, MEDIUM, LARGE, MEDIUM)
        column.setSpacing(SMALL)
        column.addLayout(self._head())
        column.addWidget(self.empty, 1)
        column.addWidget(self._scroll, 1)
        column.addWidget(self.slider)

    def _head(self) -> QHBoxLayout:
        self.chooser.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.back, self.forth = QToolButton(), QToolButton()
        self.back.setAccessibleName(tr("Sentence before"))
        self.forth.setAccessibleName(tr("Next sentence"))
        head = QHBoxLayout()
        head.setSpacing(TINY)
        head.addWidget(self.chooser, 1)
        for push, way, sign in ((self.back, -1, "‹"), (self.forth, 1, "›")):
            push.setText(sign)
            push.setToolTip(plain_tip(push.accessibleName()))
            set_role(push, "turn")
            push.clicked.connect(partial(self.watched.turn, way))
            head.addWidget(push)
        return head

    def _body(self) -> QWidget:
        inner = QWidget()
        body = QVBoxLayout(inner)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(0)
        for part in (self.title, self.source, self.when, self.translation):
            body.addWidget(part)
        body.addSpacing(TINY)
        body.addWidget(self._reference_caption)
        body.addWidget(self.reference)
        body.addSpacing(SMALL)
        body.addWidget(self.remark)
        body.addWidget(self.heatmap, 1)
        body.addWidget(self.advice)
        return inner

    def _connect(self) -> None:
        watched = self.watched
        self.chooser.chosen.connect(watched.choose)
        self.slider.valueChanged.connect(watched.go)
        watched.changed.connect(self._refresh)
        watched.highlight.changed.connect(self._paint)
        for side, pane in self._panes.items():
            pane.pointed.connect(partial(watched.highlight.point, side))
            pane.clicked.connect(partial(watched.highlight.click, side))
            pane.stepped.connect(partial(self._step, side))
            pane.pin_asked.connect(partial(self._pin_word, side))
        free = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        free.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        free.activated.connect(watched.highlight.free)
        self._theme.changed.connect(self._fit)
        self.heatmap.cell_pointed.connect(self._on_cell)

    # -- what is shown --------------------------------------------------------------------

    def _fit(self) -> None:
        """Sizes that follow the text's."""
        for push in (self.back, self.forth):
            push.setFixedSize(self._theme.px(28), self._theme.px(30))

    def set_taught(self, taught: bool) -> None:
        """Say whether the file's sentences are among those that are learnt."""
        self._taught = taught
        if taught:
            self.empty.setText(tr("A sentence that it learns appears here."))
        else:
            self.empty.setText(tr("A sentence that it never learns appears here."))
        self._name_sentence()

    def set_remark(self, remark: str) -> None:
        """Say what is to be known of the attention; nothing hides it."""
        self.remark.setText(remark)
        self.remark.setVisible(bool(remark))

    def show_samples(self, histories: Sequence[Sequence[Sample]]) -> None:
        """Show ``histories`` (the oldest first); the slider stays where the user left it."""
        self.watched.take(histories)

    def _refresh(self) -> None:
        sample, history = self.watched.sample, self.watched.history
        some = sample is not None
        self.empty.setVisible(not some)
        self._scroll.setVisible(some)
        self.slider.setVisible(len(history) > 1)
        self._list_sentences()
        self.slider.setMaximum(max(0, len(history) - 1))
        self.slider.setValue(self.watched.at)
        if sample is None:
            return
        self.source.show_text(sample.source)
        self.translation.show_text(sample.translation)
        self.reference.setText(sample.reference)
        for part in (self.reference, self._reference_caption):
            part.setVisible(not sample.pinned)
        self._name_sentence()
        self._show_time(sample)
        self._show_attention()
        self._paint()

    def _list_sentences(self) -> None:
        offered = self.watched.offered
        several, sample = len(offered) > 1, self.watched.sample
        for part in (self.chooser, self.back, self.forth):
            part.setVisible(several)
        self.advice.setVisible(not any(one.pinned for one in offered))
        listed = (*(one.source for one in offered), sample.source if sample else "")
        if listed != self._listed:
            self._listed = listed
            entries = [(one.source, _short(one.source), self._hint(one)) for one in offered]
            self.chooser.set_entries(entries, listed[-1])

    def _hint(self, sample: Sample) -> str:
        if sample.pinned:
            return tr("pinned")
        return tr("taught") if self._taught else tr("held-out")

    def _name_sentence(self) -> None:
        sample = self.watched.sample
        if sample is not None and sample.pinned:
            words, tip = tr("A sentence you pinned"), ""
        elif self._taught:
            words = tr("A sentence it learns")
            tip = tr("The pairs are too few to keep some aside")
        else:
            words = tr("A sentence it never learns")
            tip = tr("One of the held-out pairs: kept aside to see whether it improves")
        self.title.setText(words)
        self.title.setToolTip(tip)

    def _show_time(self, sample: Sample) -> None:
        step = number(sample.step)
        if sample.step == 0:
            words = tr("Before learning")
        elif self.watched.at == len(self.watched.history) - 1:
            words = tr("Now, at step {step}", step=step)
        else:
            words = tr("At step {step}", step=step)
        self.slider.setAccessibleDescription(words)
        before = self.watched.before
        if before is not None and before.translation == sample.translation:
            words = tr("{when} · the same as at step {step}", when=words, step=number(before.step))
        elif before is not None:
            words = tr("{when} · new words underlined", when=words)
        self.when.setText(words)

    def _show_attention(self) -> None:
        translation = self.watched.translation
        words = len(translation.target_words) if translation else 0
        rows = min(words, _MOST_ROWS) + 4  # and the words of the source above
        self.heatmap.setMinimumHeight(round(rows * _ROW * self._theme.px(TEXT)))
        self.heatmap.show_sentence(translation)

    def _paint(self) -> None:
        marks = self.watched.highlight.marks
        self.source.set_marks(marks(Side.SOURCE))
        self.translation.set_marks((*self._changed(), *marks(Side.TARGET)))

    def _changed(self) -> list[Mark]:
        sample, before = self.watched.sample, self.watched.before
        if sample is None or before is None:
            return []
        spans = changed_words(before.translation, sample.translation)
        return [Mark("changed", start, end) for start, end in spans]

    # -- words and cells ------------------------------------------------------------------

    def _step(self, side: Side, way: int) -> None:
        offset = self.watched.highlight.step(side, way)
        if offset is not None:
            self._panes[side].move_caret(offset)

    def _pin_word(self, side: Side) -> None:
        self.watched.highlight.click(side, self._panes[side].caret)

    def _on_cell(self, row: int, _column: int) -> None:
        self.watched.highlight.light(None if row < 0 else Spot(Side.TARGET, 0, row))


def _short(sentence: str) -> str:
    return sentence if len(sentence) <= _LONGEST else f"{sentence[:_LONGEST]}…"
