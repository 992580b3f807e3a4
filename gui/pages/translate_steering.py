"""Joins the Translate page with steering: a popover at a word, and the way back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QApplication, QWidget

from gui.i18n import tr
from gui.pages.translate import TranslatePage
from gui.theme import Theme
from gui.viewmodels.links import Side, Spot
from gui.viewmodels.marks import locked_marks, place_of
from gui.viewmodels.steering import SteeringViewModel
from gui.widgets.alternatives_popover import AlternativesPopover
from gui.widgets.buttons import IconButton

_PATIENCE = 100  # milliseconds before the popover shows that its words are still to come


class PageSteering(QObject):
    """Opens the popover where a translated word is clicked or asked about."""

    def __init__(self, page: TranslatePage, model: SteeringViewModel, theme: Theme) -> None:
        super().__init__(page)
        self._page, self.model = page, model
        self._view = page.target.view
        self._highlight, self._segments = page.model.highlight, page.model.segments
        self.popover = AlternativesPopover(theme, page)
        self._wait = QTimer(self, singleShot=True, interval=_PATIENCE)
        self._wait.timeout.connect(self._open)
        self._spot: Spot | None = None
        self._connect()
        self._add_way_back(theme)

    def _connect(self) -> None:
        view, model, popover = self._view, self.model, self.popover
        view.clicked.connect(lambda _offset: self._look(self._highlight.pinned))
        view.pin_asked.connect(self._on_asked)
        view.written.connect(self._on_written)
        view.tip_at = partial(self._tip, view.tip_at)
        view.verticalScrollBar().valueChanged.connect(self._on_scroll)
        self._highlight.changed.connect(self._on_highlight)
        model.opened.connect(self._wait.start)
        model.changed.connect(self._on_changed)
        model.closed.connect(self._on_closed)
        model.steered.connect(self._on_steered)
        popover.chosen.connect(self._on_chosen)
        popover.typed.connect(model.type)
        popover.accepted.connect(model.accept)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._on_focus)

    # -- a word ---------------------------------------------------------------------------

    def _look(self, spot: Spot | None) -> None:
        """Show what else may stand at ``spot``; nothing where it is no translated word."""
        self._spot = spot
        if spot is not None and spot.side is Side.TARGET:
            self.model.open(spot)
        else:
            self.model.close()

    def _tip(self, usual: Callable[[int], str], offset: int) -> str:
        """What is known of a character, and that it stays if it was asked for."""
        locked = any(mark.start <= offset < mark.end for mark in locked_marks(self._segments))
        own = tr("Asked for by hand: this beginning stays.") if locked else ""
        return "\n".join(text for text in (usual(offset), own) if text)

    def _on_asked(self) -> None:
        """The keyboard asks about the word at the caret."""
        spot = self._highlight.word_at(Side.TARGET, self._view.caret)
        if spot is not None and spot != self._highlight.pinned:
            self._highlight.click(Side.TARGET, self._view.caret)
        self._look(spot)

    def _on_written(self, text: str) -> None:
        """Something is typed over the word at the caret: the rest is to follow from it."""
        self._on_asked()
        if self.model.word is not None:
            self._open()
            self.popover.type(text)

    def _on_scroll(self) -> None:
        """The word is not where the popover is any more."""
        if self.popover.isVisible():
            self.model.close()

    def _on_highlight(self) -> None:
        if self.model.word is not None and self._highlight.pinned is None:
            self.model.close()

    def _on_focus(self, _before: QWidget | None, now: QWidget | None) -> None:
        if self.popover.isVisible() and now is not None and not self.popover.isAncestorOf(now):
            self.model.close()

    # -- the popover ----------------------------------------------------------------------

    def _open(self) -> None:
        self._wait.stop()
        word, spot = self.model.word, self._spot
        if word is None or spot is None or self.popover.isVisible():
            return
        start, _ = place_of(self._segments, spot)
        self._view.show_line(start)
        box = self._view.rect_of(start).toAlignedRect()
        corner = self._view.viewport().mapTo(self._page, QPoint(0, 0))
        self.popover.open(word.text, QRect(box.topLeft() + corner, box.size()))
        self._show_words()

    def _show_words(self) -> None:
        choices, word = self.model.choices, self.model.word
        if choices is not None and word is not None:
            self.popover.set_words([(each.word, each.probability) for each in choices], word.text)
        self._show_note()

    def _show_note(self) -> None:
        self.popover.set_note(self._note())

    def _note(self) -> str:
        model = self.model
        if model.failure is not None:
            return model.failure.sentence
        if model.preview is not None and model.word is not None:
            return model.preview.translation.translation[model.word.start :]
        if model.choices is None:
            return tr("Looking for other words…")
        return "" if model.choices else tr("The model knows no other word here.")

    def _on_changed(self) -> None:
        if self.model.word is None:
            return
        if not self.popover.isVisible():
            self._open()
        elif self.popover.list.count() or self.model.choices is None:
            self._show_note()
        else:
            self._show_words()

    def _on_closed(self) -> None:
        self._wait.stop()
        focused = self.popover.isVisible() and self.popover.isAncestorOf(
            QApplication.focusWidget() or self._page
        )
        self.popover.hide()
        if focused:
            self._view.setFocus(Qt.FocusReason.PopupFocusReason)

    def _on_chosen(self, row: int) -> None:
        if self.model.choices and row < len(self.model.choices):
            self.model.choose(self.model.choices[row])

    def _on_steered(self, offset: int) -> None:
        self._view.move_caret(offset)
        self._highlight.move_caret(Side.TARGET, offset, light=False)

    # -- the way back ---------------------------------------------------------------------

    def _add_way_back(self, theme: Theme) -> None:
        model, foot = self.model, self._page.target.foot
        self._buttons: Sequence[IconButton] = ()
        buttons = []
        for place, (icon, name, keys, slot) in enumerate(
            (
                ("undo-2", tr("Undo the change by hand"), "Ctrl+Z", model.undo),
                ("redo-2", tr("Do it again"), "Ctrl+Shift+Z", model.redo),
                ("rotate-ccw", tr("Back to the model's translation"), "Ctrl+Alt+Z", model.reset),
            ),
            start=1,
        ):
            button = IconButton(theme, icon, name)
            button.set_name(name, keys)
            button.clicked.connect(slot)
            foot.insertWidget(place, button)
            buttons.append(button)
            action = QAction(name, self._page)
            action.setShortcut(QKeySequence(keys))
            # The input has an undo of its own.
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            action.triggered.connect(slot)
            self._view.addAction(action)
            self._page.addAction(action)  # for the overview of all keys
        self._buttons = buttons
        model.history_changed.connect(self._show_history)
        self._show_history()

    def _show_history(self) -> None:
        """Only what can be done now: the foot has little room in a small window."""
        undo, redo, reset = self._buttons
        undo.setVisible(self.model.can_undo)
        redo.setVisible(self.model.can_redo)
        reset.setVisible(self.model.can_reset)
