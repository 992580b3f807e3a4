"""A pane of text whose words can be pointed at, and which paints marks behind and over them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QTextBlockFormat,
    QTextCursor,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QTextEdit, QToolTip, QWidget

from gui.theme import PANE_LINE, PANE_TEXT, Theme
from gui.tips import plain_tip
from gui.viewmodels.links import Mark
from gui.viewmodels.segments import Edit
from gui.widgets import text_geometry
from gui.widgets.focused_word import FocusedWord
from gui.widgets.mark_painting import MarkPainter
from gui.widgets.offsets import OffsetMap
from gui.widgets.typed_text import typed_text

_PINNING = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class LinkedText(QTextEdit):
    """Plain text with marks. Offsets are Python characters, whatever Qt counts.

    Attributes:
        tip_at: what a tool tip says of a character; empty for nothing.
        focused_word: what assistive technology is told of the word that is looked at.

    Signals:
        pointed(int | None): the pointer is over this character, or over no text.
        clicked(int): this character was clicked; -1 where no text is.
        caret_moved(int, bool): the caret stands before this character; ``True`` when a key
            moved it without changing the text.
        stepped(int): the user asks for the next (1) or previous (-1) word.
        selected(int, int): the characters from here to there are selected; twice the same where
            none are.
        pin_asked(): Enter, Space or Alt+Down in text that cannot be edited.
        written(str): a letter was typed in such a text.
        focus_changed(bool): it got or lost the keyboard.
    """

    pointed = Signal(object)
    clicked = Signal(int)
    caret_moved = Signal(int, bool)
    stepped = Signal(int)
    selected = Signal(int, int)
    pin_asked = Signal()
    written = Signal(str)
    focus_changed = Signal(bool)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._marks: tuple[Mark, ...] = ()
        self._painting = MarkPainter(theme)
        self.tip_at: Callable[[int], str] = lambda _offset: ""
        self._offsets = OffsetMap("")
        self._pressed: QPointF | None = None
        self._key_revision: int | None = None  # of the document, while a key is handled
        self._pointed_at: int | None = None
        self._selection: tuple[int, int] | None = None
        self.setProperty("role", "pane")
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        self.setFrameShape(QTextEdit.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(16)
        self.viewport().setMouseTracking(True)
        self._space_lines()
        self.focused_word = FocusedWord(self.viewport())
        self.cursorPositionChanged.connect(self._on_caret)
        self.selectionChanged.connect(self._on_selection)
        theme.changed.connect(self._restyle)

    # -- text and marks -------------------------------------------------------------------

    def apply_edit(self, edit: Edit, text: str) -> None:
        """Make ``edit``; ``text`` is the whole text after it. Only touched paragraphs move."""
        cursor = QTextCursor(self.document())
        start = self._offsets.to_qt(edit.start)
        end = self._offsets.to_qt(edit.start + edit.removed)
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        self._offsets = OffsetMap(text)
        cursor.insertText(edit.inserted)
        self._on_selection()  # it may stand elsewhere now

    def set_offsets(self, text: str) -> None:
        """The text was changed by typing and is now ``text``."""
        self._offsets = OffsetMap(text)

    def set_marks(self, marks: Sequence[Mark]) -> None:
        """Paint ``marks`` from now on."""
        marks = tuple(marks)
        if marks != self._marks:
            self._marks = marks
            self.viewport().update()

    @property
    def marks(self) -> tuple[Mark, ...]:
        """What is painted."""
        return self._marks

    @property
    def caret(self) -> int:
        """The character before which the caret stands."""
        return self._offsets.to_python(self.textCursor().position())

    def move_caret(self, offset: int) -> None:
        """Put the caret before character ``offset`` and bring it into view."""
        cursor = self.textCursor()
        cursor.setPosition(self._offsets.to_qt(offset))
        self.setTextCursor(cursor)

    # -- places ---------------------------------------------------------------------------

    def top_of(self, offset: int) -> float:
        """Distance of the line that holds ``offset`` from the top of the document, pixels."""
        return text_geometry.line_of(self.document(), self._offsets.to_qt(offset))[0]

    def offset_at_top(self) -> int:
        """The first character in view."""
        return self._offsets.to_python(self.cursorForPosition(QPoint(16, 4)).position())

    def show_line(self, offset: int) -> None:
        """Scroll as little as needed to bring the line of ``offset`` into view."""
        bar = self.verticalScrollBar()
        top, line = text_geometry.line_of(self.document(), self._offsets.to_qt(offset))
        height = self.viewport().height()
        if top < bar.value():
            bar.setValue(int(top - line / 2))
        elif top + 1.5 * line > bar.value() + height:
            bar.setValue(int(top + 2 * line - height))

    def rect_of(self, offset: int) -> QRectF:
        """Box of the character in the viewport (empty where there is none)."""
        return next(self._boxes(offset, offset + 1), QRectF())

    def _character_at(self, point: QPointF) -> int | None:
        """Character under a point of the viewport."""
        place = point + QPointF(0, self.verticalScrollBar().value())
        position = text_geometry.character_at(self.document(), place)
        return None if position is None else self._offsets.to_python(position)

    def _boxes(self, start: int, end: int) -> Iterator[QRectF]:
        """A box per line, in the viewport, of the characters in view."""
        scroll = self.verticalScrollBar().value()
        view = QRectF(self.viewport().rect()).translated(0, scroll)
        first, last = self._offsets.to_qt(start), self._offsets.to_qt(end)
        size = self._theme.px(PANE_TEXT)
        for box in text_geometry.boxes(self.document(), first, last, view, size):
            yield box.translated(0, -scroll)

    def _in_view(self) -> tuple[int, int]:
        """The first and the last character of the lines in view, and perhaps a few more."""
        view = self.viewport().rect()
        ends = (self.cursorForPosition(p).position() for p in (view.topLeft(), view.bottomRight()))
        first, last = map(self._offsets.to_python, ends)
        return first, last

    def _space_lines(self) -> None:
        """Lines of one height whatever their fonts, now and for all that is typed."""
        undo = self.isUndoRedoEnabled()
        self.setUndoRedoEnabled(False)
        spacing = QTextBlockFormat()
        fixed = QTextBlockFormat.LineHeightTypes.FixedHeight
        spacing.setLineHeight(self._theme.px(PANE_LINE), fixed.value)
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.mergeBlockFormat(spacing)
        self.setUndoRedoEnabled(undo)

    def _restyle(self) -> None:
        self._space_lines()
        self.viewport().update()

    # -- painting -------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Marks behind the text, the text, then the veil over what is stale."""
        first, last = self._in_view()
        seen = [mark for mark in self._marks if mark.start <= last and mark.end >= first]
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for mark in seen:
            self._painting.behind(painter, mark, self._boxes(mark.start, mark.end))
        painter.end()
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        links = [mark for mark in seen if mark.kind == "link"]
        boxed = [(link, next(self._boxes(link.start, link.end), QRectF())) for link in links]
        size = self._theme.px(PANE_TEXT)
        self._painting.shares(painter, self.font(), [x for x in boxed if not x[1].isEmpty()], size)
        for mark in seen:
            if mark.kind == "stale":
                self._painting.veil(painter, self._boxes(mark.start, mark.end))

    # -- pointer and keys -----------------------------------------------------------------

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Say which character is under the pointer, unless text is being selected."""
        super().mouseMoveEvent(event)
        if event.buttons() == Qt.MouseButton.NoButton:
            self._point(self._character_at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        """The pointer is over no text any more."""
        super().leaveEvent(event)
        self._point(None)

    def _point(self, offset: int | None) -> None:
        if offset != self._pointed_at:
            self._pointed_at = offset
            self.pointed.emit(offset)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember where a click may begin."""
        left = event.button() == Qt.MouseButton.LeftButton
        self._pressed = event.position() if left else None
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A press and release in one place is a click."""
        super().mouseReleaseEvent(event)
        pressed, self._pressed = self._pressed, None
        if pressed is None or self.textCursor().hasSelection():
            return
        moved = (event.position() - pressed).manhattanLength()
        if moved < QApplication.startDragDistance():
            offset = self._character_at(event.position())
            self.clicked.emit(-1 if offset is None else offset)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Alt+arrows step from word to word; Enter and Space pin where nothing can be typed."""
        key = event.key()
        if event.modifiers() & Qt.KeyboardModifier.AltModifier and key in (
            Qt.Key.Key_Left,
            Qt.Key.Key_Right,
        ):
            self.stepped.emit(1 if key == Qt.Key.Key_Right else -1)
            return
        alternate = event.modifiers() == Qt.KeyboardModifier.AltModifier
        pins = key in _PINNING or (key == Qt.Key.Key_Down and alternate)
        if self.isReadOnly() and pins:
            self.pin_asked.emit()
            return
        if self.isReadOnly() and typed_text(event):
            self.written.emit(event.text())
            return
        self._key_revision = self.document().revision()
        super().keyPressEvent(event)
        self._key_revision = None

    def _on_caret(self) -> None:
        self.caret_moved.emit(self.caret, self._key_revision == self.document().revision())

    def _on_selection(self) -> None:
        cursor = self.textCursor()
        ends = (cursor.selectionStart(), cursor.selectionEnd())
        start, end = map(self._offsets.to_python, ends)
        if (start, end) != self._selection and (start < end or self._selection is not None):
            self._selection = (start, end) if start < end else None
            self.selected.emit(start, end)

    def viewportEvent(self, event: QEvent) -> bool:
        """Say in a tool tip what :attr:`tip_at` knows of the character under the pointer."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            offset = self._character_at(QPointF(event.pos()))
            tip = "" if offset is None else self.tip_at(offset)
            QToolTip.showText(event.globalPos(), plain_tip(tip), self.viewport())
            return True
        return super().viewportEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Ctrl and the wheel change the text size of the window, not of this pane."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()
            return
        super().wheelEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Say that the keyboard is here."""
        super().focusInEvent(event)
        self.focus_changed.emit(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Say that the keyboard is gone."""
        super().focusOutEvent(event)
        self.focus_changed.emit(False)
