"""The two panes of the Translate page: a text, and what is said and done about it."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
)

from gui.i18n import counted, tr
from gui.theme import LARGE, MEDIUM, RADIUS, SMALL, TINY, Theme
from gui.widgets.banner import Banner, ErrorPane
from gui.widgets.buttons import IconButton
from gui.widgets.card import Card
from gui.widgets.elided_label import ElidedLabel
from gui.widgets.linked_text import LinkedText
from gui.widgets.segment_editor import SegmentEditor
from gui.widgets.status_line import ThinBar

_STOP_AFTER = 150  # milliseconds of work before the button turns to Stop: no flicker while typing
_SAY_COPIED = 1600  # milliseconds
_LOW = 300  # pixels at text size 100 %: about six lines of text
_BUTTON_WIDTH = 100  # pixels at text size 100 %: Stop is as wide as Translate


class _Pane(Card):
    """A body, below it a banner where no text moves for it, and a foot with a caption."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.banner = Banner(theme, inset=True)
        self.caption = ElidedLabel()
        self.caption.cut = Qt.TextElideMode.ElideRight
        self.caption.setProperty("role", "caption")
        self.foot = QHBoxLayout()
        self.foot.setContentsMargins(LARGE, TINY, SMALL, SMALL)
        self.foot.setSpacing(TINY)
        self.foot.addWidget(self.caption, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a low pane the text has the room, and notices have one line."""
        super().resizeEvent(event)
        low = self.height() < self._theme.px(_LOW)
        for banner in self.findChildren(Banner):
            banner.set_compact(low)


class SourcePane(_Pane):
    """What is to be translated. Emits ``translate_asked`` and ``stop_asked``."""

    translate_asked = Signal()
    stop_asked = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.editor = SegmentEditor(theme)
        self.editor.setAccessibleName(tr("Text to translate"))
        self.editor.focus_changed.connect(self.set_focused)
        self.editor.edited.connect(self._on_edited)
        self.editor.refused.connect(lambda failure: self.banner.say(failure.text, "error"))
        self.clear = IconButton(theme, "x", tr("Clear"))
        self.clear.clicked.connect(lambda: self.editor.replace_text(""))
        self.button = QPushButton(tr("Translate"))
        self.button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.button.clicked.connect(self._on_clicked)
        self._busy = False
        self._turn = QTimer(self, singleShot=True, interval=_STOP_AFTER)
        self._turn.timeout.connect(self._show_button)
        self.body.addWidget(self.editor, 1)
        self.body.addWidget(self.banner)
        self.foot.addWidget(self.clear)
        self.foot.addWidget(self.button)
        self.body.addLayout(self.foot)
        theme.changed.connect(self._show_button)
        self._on_edited("")
        self._show_button()

    def set_busy(self, busy: bool) -> None:
        """Whether there is something to stop."""
        if busy == self._busy:
            return
        self._busy = busy
        if busy:
            self._turn.start()
        else:
            self._turn.stop()
            self._show_button()

    def _show_button(self) -> None:
        self.button.setText(tr("Stop") if self._busy else tr("Translate"))
        self.button.setToolTip("Esc" if self._busy else "Ctrl+Enter")
        self.button.setMinimumWidth(self._theme.px(_BUTTON_WIDTH))
        self.button.setEnabled(self._busy or bool(self.editor.text.strip()))

    def _on_clicked(self) -> None:
        if self._busy:
            self.stop_asked.emit()
        else:
            self.translate_asked.emit()

    def _on_edited(self, text: str) -> None:
        self.clear.setVisible(bool(text))
        count = len(text)
        shown = counted(count, tr("1 character"), tr("{count} characters"))
        self.caption.setText(shown if text else "")
        self.banner.hide()
        if not self._turn.isActive():
            self._show_button()


class TargetPane(_Pane):
    """The translation, or the error in its place. Emits ``copy_asked`` and ``correct_asked``."""

    copy_asked = Signal()
    correct_asked = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.bar = ThinBar(theme, self)
        self.view = LinkedText(theme)
        self.view.setReadOnly(True)
        self.view.setUndoRedoEnabled(False)
        self.view.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.view.setAccessibleName(tr("Translation"))
        self.view.setPlaceholderText(tr("Translation"))
        self.view.focus_changed.connect(self.set_focused)
        self.error = ErrorPane(theme)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.view)
        self.stack.addWidget(self.error)
        self.copy = IconButton(theme, "copy", tr("Copy translation"))
        self.copy.set_name(tr("Copy translation"), "Ctrl+Shift+C")
        self.copy.setEnabled(False)
        self.copy.clicked.connect(self.copy_asked)
        self._copied = QTimer(self, singleShot=True, interval=_SAY_COPIED)
        self._copied.timeout.connect(lambda: self.copy.set_icon("copy"))
        self.body.addWidget(self.stack, 1)
        self.body.addWidget(self.banner)
        self.correct = QPushButton(tr("Correct…"))
        self.correct.setProperty("role", "ghost")
        self.correct.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.correct.setToolTip(
            tr("Correct the sentence and teach the model ({keys})", keys="Ctrl+T")
        )
        self.correct.setEnabled(False)
        self.correct.clicked.connect(self.correct_asked)
        self.foot.addWidget(self.correct)
        self.foot.addWidget(self.copy)
        self.body.addLayout(self.foot)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The bar lies over the upper edge and takes no room."""
        super().resizeEvent(event)
        self.bar.setGeometry(RADIUS, 0, self.width() - 2 * RADIUS, self.bar.height())
        self.bar.raise_()

    def say_copied(self) -> None:
        """Show for a moment that the translation is in the clipboard."""
        self.copy.set_icon("check")
        self._copied.start()


PANE_LEAST = 20 * MEDIUM  # pixels
