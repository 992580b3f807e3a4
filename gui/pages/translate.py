"""The Translate page: two panes, the drawer below, the keys for all of it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from gui.errors import Failure
from gui.i18n import language_name, tr
from gui.jobs.background import Background
from gui.pages.translate_looking import Looking
from gui.pages.translate_parts.model_notice import ModelNotice
from gui.pages.translate_words import EXAMPLES, note_words, progress_words, status_words
from gui.settings import Settings
from gui.theme import LARGE, MEDIUM, SMALL, Theme
from gui.viewmodels.links import Marks, Side, Spot
from gui.viewmodels.segments import Edit
from gui.viewmodels.translate import TranslateViewModel
from gui.widgets.direction_bar import DirectionBar
from gui.widgets.heatmap_drawing import HeatmapDrawing
from gui.widgets.inside import InsideDrawer
from gui.widgets.panes import PANE_LEAST, SourcePane, TargetPane
from gui.widgets.scroll_sync import ScrollSync


class TranslatePage(QWidget):
    """Shows the view model and passes on what the user does.

    Attributes:
        levels: the panes, and below them the drawer.
        panes: the two texts.
        with_notes: the marks of a pane, given those of what is lit there.
        leave_panel: leaves a panel that stands in the drawer's place; whether there was one.
        news: what the status line says before its facts; see :meth:`tell`.
    """

    facts_changed = Signal()

    def __init__(
        self,
        settings: Settings,
        theme: Theme,
        model: TranslateViewModel,
        background: Background,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._settings = settings
        self.model = model
        self.leave_panel: Callable[[], bool] = lambda: False
        self.news = ""
        self.with_notes: Callable[[Side, Marks], Marks] = lambda _side, lit: lit
        self.setObjectName("page")
        self.bar = DirectionBar(theme, model.models)
        self.model_notice = ModelNotice(theme, model.models)
        self.source = SourcePane(theme)
        self.target = TargetPane(theme)
        self.drawer = InsideDrawer(theme)
        HeatmapDrawing(self.drawer.heatmap, background)
        self.panes = {Side.SOURCE: self.source.editor, Side.TARGET: self.target.view}
        Looking(self, model.highlight, model.segments, self.panes)
        self._sync = ScrollSync(self.source.editor, self.target.view, model.highlight)
        self._lay_out()
        self._connect_model()
        self._connect_widgets()
        self._add_actions()
        self._on_models()
        self.open_drawer(settings.inside_open.value)

    # -- building -------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self._sides = QSplitter(Qt.Orientation.Horizontal)
        self._sides.addWidget(self.source)
        self._sides.addWidget(self.target)
        self._sides.setHandleWidth(MEDIUM)
        self._sides.setChildrenCollapsible(False)
        share = self._settings.pane_share.value
        self._sides.setSizes([share * 10, (1000 - share) * 10])
        for pane in (self.source, self.target):
            pane.setMinimumWidth(PANE_LEAST)
        self.levels = QSplitter(Qt.Orientation.Vertical)
        self.levels.addWidget(self._sides)
        self.levels.addWidget(self.drawer)
        self.levels.setHandleWidth(MEDIUM)
        self.levels.setChildrenCollapsible(False)
        self.levels.setStretchFactor(0, 1)
        self.levels.setStretchFactor(1, 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(LARGE, MEDIUM, LARGE, SMALL)
        column.setSpacing(MEDIUM)
        column.addWidget(self.bar)
        column.addWidget(self.model_notice)
        column.addWidget(self.levels, 1)

    def _connect_model(self) -> None:
        model = self.model
        model.output_changed.connect(self._on_output)
        model.status_changed.connect(self._on_status)
        model.notes_changed.connect(self.show_notes)
        model.failure_changed.connect(self._on_failure)
        model.text_proposed.connect(self.source.editor.replace_text)
        model.highlight.changed.connect(self.show_marks)
        model.highlight.sentence_changed.connect(self._on_sentence)
        model.models.listed.connect(self._on_models)
        model.models.current_changed.connect(self._on_models)

    def _connect_widgets(self) -> None:
        highlight = self.model.highlight
        for side, pane in self.panes.items():
            pane.pointed.connect(partial(highlight.point, side))
            pane.clicked.connect(partial(highlight.click, side))
            pane.caret_moved.connect(partial(self._on_caret, side))
            pane.stepped.connect(partial(self._on_step, side))
        self.source.editor.edited.connect(self.model.set_text)
        self.source.translate_asked.connect(self.model.translate)
        self.source.stop_asked.connect(self.model.stop)
        self.target.copy_asked.connect(self.copy)
        self.target.banner.acted.connect(self.model.swap)
        self.target.error.acted.connect(self._on_remedy)
        self.bar.swap_asked.connect(self.model.swap)
        self.model_notice.taken.connect(self.translate_with)
        self.drawer.toggled.connect(self.open_drawer)
        self.drawer.turned.connect(self._settings.inside_tab.set)
        self.drawer.attention.word_pointed.connect(self._on_word)
        self.levels.splitterMoved.connect(self._keep_drawer_height)
        self._sides.splitterMoved.connect(self._keep_share)

    def _add_actions(self) -> None:
        for text, keys, slot in (
            (tr("Translate now"), ("Ctrl+Enter", "Ctrl+Return"), self.model.translate),
            (tr("Stop, or free the pinned word"), ("Esc",), self._escape),
            (tr("Swap languages"), ("Ctrl+L",), self.model.swap),
            (tr("Look inside the sentence"), ("Ctrl+I",), self._toggle_drawer),
            (tr("Copy the translation"), ("Ctrl+Shift+C",), self.copy),
            (tr("Correct the sentence and teach it"), ("Ctrl+T",), self.target.correct.click),
        ):
            action = QAction(text, self)
            action.setShortcuts([QKeySequence(key) for key in keys])
            action.triggered.connect(slot)
            self.addAction(action)

    # -- what the user does ---------------------------------------------------------------

    def copy(self) -> None:
        """The selected part of the translation, else all of it, to the clipboard."""
        selected = self.target.view.textCursor().selection().toPlainText()
        text = selected or self.model.segments.output
        if text:
            QGuiApplication.clipboard().setText(text)
            self.target.say_copied()

    def _escape(self) -> None:
        if not self.leave_panel():
            self.model.escape()

    def offer(self, name: str) -> None:
        """Model ``name`` was made: say so, and offer to translate with it."""
        self.model_notice.offer(name)

    def translate_with(self, name: str) -> None:
        """Use model ``name`` from now on."""
        self.model_notice.hide()
        self.model.models.choose(name)
        self.source.editor.setFocus()

    def _on_caret(self, side: Side, offset: int, by_key: bool) -> None:
        if not self.panes[side].hasFocus():
            return
        self.model.highlight.move_caret(side, offset, light=by_key)
        self._show_counterpart()

    def _on_step(self, side: Side, direction: int) -> None:
        offset = self.model.highlight.step(side, direction)
        if offset is not None:
            self.panes[side].move_caret(offset)
            self._show_counterpart()

    def _show_counterpart(self) -> None:
        """The same sentence comes into view on the other side."""
        place = self.model.highlight.counterpart()
        if place is not None:
            self.panes[place[0]].show_line(place[1])

    def _on_remedy(self) -> None:
        failure = self.model.failure
        if failure is not None and self._another_helps(failure):
            self.bar.chooser.showMenu()
        else:
            self.model.retry()

    # -- what the view model says ---------------------------------------------------------

    def _on_output(self, edit: Edit) -> None:
        output = self.model.segments.output
        self.target.view.apply_edit(edit, output)
        self.target.copy.setEnabled(bool(output))
        self._sync.settle()

    def _on_status(self) -> None:
        status = self.model.status
        self.source.set_busy(self.model.stoppable)
        self.target.caption.setText(progress_words(status))
        if not status.busy:
            self.target.bar.finish()
        elif status.phase == "translating" and status.total:
            self.target.bar.set_progress(status.done / status.total)
        else:
            self.target.bar.set_progress(None)
        self.facts_changed.emit()

    def facts(self) -> tuple[str, ...]:
        """What the status line says."""
        current = self.model.models.current
        return self.news, *status_words(current.name if current else "", self.model.status)

    def tell(self, words: str) -> None:
        """Have the status line say ``words``, until there are others or none."""
        self.news = words
        self.facts_changed.emit()

    def show_notes(self) -> None:
        """Say what was done to the text before it was translated, if anything was."""
        words = note_words(self.model.notes)
        if not words:
            self.target.banner.hide()
            return
        other_way = "copied" in self.model.notes and self.model.models.opposite is not None
        self.target.banner.say(words, "info", tr("Swap languages") if other_way else "")

    def _on_failure(self) -> None:
        failure = self.model.failure
        pane = self.target
        pane.stack.setCurrentWidget(pane.view if failure is None else pane.error)
        if failure is not None:
            choose = self._another_helps(failure)
            action = tr("Choose another model") if choose else tr("Try again")
            pane.error.show_failure(failure, action)

    def _another_helps(self, failure: Failure) -> bool:
        """Whether the fault is the model's and there is another."""
        models = self.model.models
        return failure.kind == "model" and any(card != models.current for card in models.cards)

    def _on_models(self) -> None:
        current = self.model.models.current
        language = current.source_language if current else "zh"
        self.source.editor.set_examples(EXAMPLES.get(language, ()))
        self.source.editor.setPlaceholderText(
            tr("Type or paste {language}", language=language_name(language))
        )
        self.facts_changed.emit()

    def show_marks(self) -> None:
        """Paint what is lit, and what else there is to mark."""
        for side, pane in self.panes.items():
            pane.set_marks(self.with_notes(side, self.model.highlight.marks(side)))

    # -- the drawer -----------------------------------------------------------------------

    def _toggle_drawer(self) -> None:
        if not self.drawer.isHidden():  # else a panel stands in its place
            self.open_drawer(not self.drawer.is_open)

    def open_drawer(self, opened: bool) -> None:
        """Show or hide what is inside the sentence."""
        self._settings.inside_open.set(opened)
        self.drawer.set_open(opened)
        self.levels.handle(1).setEnabled(opened)
        height = self._settings.inside_height.value if opened else 0
        beside = [0] * (self.levels.count() - 2)
        self.levels.setSizes([max(self.levels.height() - height, 1), height, *beside])
        self._on_sentence()

    def _keep_drawer_height(self) -> None:
        if self.drawer.is_open and not self.drawer.isHidden():
            self._settings.inside_height.set(max(self.drawer.height(), 120))

    def _keep_share(self) -> None:
        left, right = self._sides.sizes()
        share = round(1000 * left / max(left + right, 1))
        self._settings.pane_share.set(min(max(share, 150), 850))

    def _on_sentence(self) -> None:
        if self.drawer.is_open:
            index = self.model.highlight.inside
            found = None if index is None else self.model.segments[index].translation
            self.drawer.show_sentence(found)

    def _on_word(self, word: int) -> None:
        index = self.model.highlight.inside
        lit = None if word < 0 or index is None else Spot(Side.TARGET, index, word)
        self.model.highlight.light(lit)
