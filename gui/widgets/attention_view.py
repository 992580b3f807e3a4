"""The drawer's view of attention: a heatmap of words or pieces, of one head, the mean or each."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from core.translation.result import Rows, Translation
from gui.i18n import number, tr
from gui.theme import MEDIUM, SMALL, TINY, Theme
from gui.viewmodels.exhibit import Exhibit, Panel
from gui.viewmodels.inquiry import Inquiry
from gui.widgets.attention_heatmap import AttentionHeatmap
from gui.widgets.buttons import Chooser, Segments
from gui.widgets.elided_label import ElidedLabel
from gui.widgets.export_button import ExportButton
from gui.widgets.head_grid import HeadGrid
from gui.widgets.inside_view import InsideView

if TYPE_CHECKING:
    from core.insight.attention_heads import AttentionHeads, HeadView

WORDS, PIECES = "words", "pieces"
# Else the number of a head, from 0.
ALIGNMENT, MEAN, EACH, LINKS = "alignment", "mean", "each", "links"
_PATIENCE = 100  # milliseconds before it says that it reads


class AttentionView(InsideView):
    """The heatmap of attention; the alignment of words is at hand, the rest is asked for.

    Signals:
        word_pointed(int): the translated word under the pointer, -1 for none.
    """

    key = "attention"
    word_pointed = Signal(int)

    def __init__(self, theme: Theme) -> None:
        about = tr("Attention: which words each translated word was read from")
        super().__init__(tr("Attention"), about)
        self._sentence: Translation | None = None
        self._inquiry: Inquiry[AttentionHeads] | None = None
        self._links: Inquiry[Rows | None] | None = None
        self._unit, self._head, self._count = WORDS, ALIGNMENT, 0
        self.attends = True  # whether the model has attention at all
        self.heatmap = AttentionHeatmap(theme)
        self.grid = HeadGrid(theme)
        self.units = Segments([(WORDS, tr("Whole words")), (PIECES, tr("Pieces"))])
        self.heads = Chooser(theme, tr("Heads"))
        self.export = ExportButton(theme)
        self.corner = self.export
        self.note = ElidedLabel()
        self._patience = QTimer(self, singleShot=True, interval=_PATIENCE)
        self._patience.timeout.connect(partial(self.say, tr("Reading the heads…")))
        self._lay_out()
        self.units.set_current(self._unit)
        self.units.chosen.connect(self._on_unit)
        self.heads.chosen.connect(self.choose_head)
        self.grid.chosen.connect(lambda head: self.choose_head(str(head)))
        self.heatmap.cell_pointed.connect(self._on_cell)
        self._offer_heads()

    def _lay_out(self) -> None:
        self.units.setToolTip(tr("Words, or the pieces that the model cuts them into"))
        hint = tr("A head is one of the looks that the model takes at the same time")
        self.heads.setToolTip(hint)
        self.note.setProperty("role", "caption")
        self.note.cut = Qt.TextElideMode.ElideRight
        self._stack = QStackedWidget()
        self._stack.addWidget(self.heatmap)
        self._stack.addWidget(self.grid)
        self._bar = QWidget()
        row = QHBoxLayout(self._bar)
        row.setContentsMargins(TINY, 0, TINY, 0)
        row.setSpacing(MEDIUM)
        row.addWidget(self.units)
        row.addWidget(self.heads)
        row.addWidget(self.note, 1)
        self._bar.hide()  # until there is someone to ask
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SMALL)
        column.addWidget(self._stack, 1)
        column.addWidget(self._bar)

    def ask_by(self, inquiry: Inquiry[AttentionHeads]) -> None:
        """Offer heads and pieces, which ``inquiry`` finds."""
        self._inquiry = inquiry
        inquiry.changed.connect(self._refresh)
        self._bar.show()

    def link_by(self, links: Inquiry[Rows | None]) -> None:
        """Offer the links of words, which ``links`` finds."""
        self._links = links
        links.changed.connect(self._refresh)
        self._offer_heads()

    # -- what is shown --------------------------------------------------------------------

    def show_sentence(self, sentence: Translation | None) -> None:
        """Show the attention of ``sentence``."""
        self._sentence = sentence
        self._ask()
        self._refresh()

    def choose_head(self, key: str) -> None:
        """Show another head: :data:`ALIGNMENT`, :data:`LINKS`, :data:`MEAN`, :data:`EACH` or a
        number."""
        self._head = key
        self.units.setEnabled(key != LINKS)  # they are of whole words
        self._offer_heads()
        self._ask()
        self._refresh()

    def say(self, words: str) -> None:
        """A short word at the foot."""
        self.note.setText(words)

    @property
    def exhibit(self) -> Exhibit | None:
        """What is to be seen, for an export; ``None`` where nothing is."""
        views = self._shown()
        if self._sentence is None or not views or not views[0][1].alignment:
            return None
        first = views[0][1]
        return Exhibit(
            source=self._sentence.source,
            translation=first.translation,
            rows=tuple(word.text for word in first.target_words),
            columns=tuple(word.text for word in first.source_words),
            panels=tuple(Panel(name, shown.alignment) for name, shown in views),
        )

    def _on_unit(self, unit: str) -> None:
        self._unit = unit
        self._ask()
        self._refresh()

    @property
    def _asks(self) -> bool:
        """Whether what is wanted is more than translations tell by themselves."""
        return self._inquiry is not None and (self._unit, self._head) != (WORDS, ALIGNMENT)

    @property
    def _asked(self) -> Inquiry[AttentionHeads] | Inquiry[Rows | None] | None:
        """Where that is found; ``None`` where nothing is to be."""
        if not self._asks:
            return None
        return self._links if self._head == LINKS else self._inquiry

    def _ask(self) -> None:
        inquiry = self._asked
        if inquiry is not None:
            inquiry.ask(self._sentence)

    def _refresh(self) -> None:
        self._patience.stop()
        heads = self._inquiry.answer if self._inquiry is not None else None
        if heads and heads.count != self._count:
            self._count = heads.count
            self._offer_heads()
        if self.attends:
            self.say(tr("Zoom with Ctrl and the wheel, or with + and −"))
        else:
            self.say(tr("This system has no attention: all source words are drawn alike."))
        inquiry = self._asked
        if inquiry is not None and inquiry.busy:
            self._patience.start()  # what is shown stays meanwhile
        elif inquiry is not None and inquiry.failure is not None:
            self.heatmap.show_failure(inquiry.failure)
            self._stack.setCurrentWidget(self.heatmap)
        else:
            self._show(self._shown())

    def _shown(self) -> list[tuple[str, Translation]]:
        """The names and alignments that are to be seen; none while they are read."""
        if self._sentence is None:
            return []
        if self._inquiry is None or not self._asks:
            return [(tr("Attention"), self._sentence)]
        if self._head == LINKS:
            rows = self._links.answer if self._links is not None else None
            linked = None if rows is None else replace(self._sentence, alignment=rows)
            return [] if linked is None else [(tr("Word links"), linked)]
        heads = self._inquiry.answer
        if heads is None:
            return []
        if self._head == EACH:
            return [(head_name(i, heads), self._of(heads.view(i))) for i in range(heads.count)]
        if self._head == ALIGNMENT:
            return [(tr("Attention"), self._of(heads.alignment))]
        if self._head == MEAN:
            return [(tr("Mean of the heads"), self._of(heads.view(None)))]
        head = min(int(self._head), heads.count - 1)
        return [(head_name(head, heads), self._of(heads.view(head)))]

    def _of(self, view: HeadView) -> Translation:
        return view.pieces if self._unit == PIECES else view.words

    def _show(self, views: list[tuple[str, Translation]]) -> None:
        if self._head == EACH and views:
            self.say(tr("Click a head to see it large"))
            self.grid.show_heads(views)
            self._stack.setCurrentWidget(self.grid)
        else:
            self._stack.setCurrentWidget(self.heatmap)
            self.heatmap.show_sentence(views[0][1] if views else None)
        self.export.setEnabled(self.exhibit is not None)
        shown = self._sentence.translation if self._sentence is not None else ""
        if views and views[0][1].translation != shown:
            self.say(tr("Of “{text}”, as the search finds it", text=views[0][1].translation))
        elif self._head == LINKS and self._sentence is not None:
            self.say(_about_links(bool(views)))

    def _offer_heads(self) -> None:
        answer = self._inquiry.answer if self._inquiry is not None else None
        entries = [
            (ALIGNMENT, tr("Attention"), ""),
            (MEAN, tr("Mean of the heads"), ""),
            (EACH, tr("Each head"), ""),
        ]
        if self._links is not None:
            entries.insert(1, (LINKS, tr("Word links"), ""))
        for head in range(self._count if self._count > 1 else 0):
            entries.append((str(head), head_name(head, answer), ""))
        self.heads.set_entries(entries, self._head)

    def _on_cell(self, row: int, _column: int) -> None:
        """Light the word that the pointed word or piece belongs to."""
        views = self._shown()
        if row < 0 or self._sentence is None or not views:
            self.word_pointed.emit(-1)
            return
        pointed = views[0][1].target_words[row]
        words = enumerate(self._sentence.target_words)
        inside = (i for i, word in words if word.start < pointed.end and pointed.start < word.end)
        self.word_pointed.emit(next(inside, -1))

    def showEvent(self, event: QShowEvent) -> None:
        """Someone looks again."""
        super().showEvent(event)
        if self._sentence is not None:
            self._ask()
            self._refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody looks: the answer is not needed."""
        super().hideEvent(event)
        for inquiry in (self._inquiry, self._links):
            if inquiry is not None:
                inquiry.leave()


def _about_links(found: bool) -> str:
    """What the links are, or why there are none."""
    if found:
        return tr("What belongs together, told by a layer that reads the model from outside")
    return tr("No links: the model has no aligner, or the sentence is too long for it")


def head_name(head: int, heads: AttentionHeads | None) -> str:
    """What the head ``head``, from 0, is called."""
    if heads is not None and heads.alignment_head == head:
        return tr("Head {number} (alignment)", number=number(head + 1))
    return tr("Head {number}", number=number(head + 1))
