"""A pane of text whose words can be pointed at, and which paints marks behind and over them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QTextBlockFormat,
    QTextCursor,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QTextEdit, QWidget

from gui.theme import PANE_LINE, PANE_TEXT, Theme
from gui.viewmodels.links import Mark
from gui.viewmodels.segments import Edit
from gui.widgets import text_geometry
from gui.widgets.offsets import OffsetMap

_STALE_VEIL = 0.55  # opacity of the background over text that is being replaced


class LinkedText(QTextEdit):
    """Plain text with marks. Offsets are Python characters, whatever Qt counts.

    Signals:
        pointed(int | None): the pointer is over this character, or over no text.
        clicked(int): this character was clicked; -1 where no text is.
        caret_moved(int, bool): the caret stands before this character; ``True`` when a key
            moved it without changing the text.
        stepped(int): the user asks for the next (1) or previous (-1) word.
        pin_asked(): Enter or Space in text that cannot be edited.
        focus_changed(bool): it got or lost the keyboard.
    """

    pointed = Signal(object)
    clicked = Signal(int)
    caret_moved = Signal(int, bool)
    stepped = Signal(int)
    pin_asked = Signal()
    focus_changed = Signal(bool)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._marks: tuple[Mark, ...] = ()
        self._offsets = OffsetMap("")
        self._pressed: QPointF | None = None
        self._key_revision: int | None = None  # of the document, while a key is handled
        self._pointed_at: int | None = None
        self.setProperty("role", "pane")
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        self.setFrameShape(QTextEdit.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(16)
        self.viewport().setMouseTracking(True)
        self._space_lines()
        self.cursorPositionChanged.connect(self._on_caret)
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
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for mark in self._marks:
            self._paint_behind(painter, mark)
        painter.end()
        super().paintEvent(event)
        stale = [mark for mark in self._marks if mark.kind == "stale"]
        if not stale:
            return
        painter = QPainter(self.viewport())
        veil = self._theme.color("surface", _STALE_VEIL)
        for mark in stale:
            for box in self._boxes(mark.start, mark.end):
                painter.fillRect(box.adjusted(-1, -1, 1, 1), veil)

    def _paint_behind(self, painter: QPainter, mark: Mark) -> None:
        theme = self._theme
        painter.setPen(Qt.PenStyle.NoPen)
        if mark.kind == "sentence":
            painter.setBrush(theme.color("accent_soft"))
            for box in self._boxes(mark.start, mark.end):
                painter.drawRoundedRect(box.adjusted(-4, -1, 4, 1), 5, 5)
        elif mark.kind == "changed":
            painter.setBrush(theme.color("accent_soft"))
            for box in self._boxes(mark.start, mark.end):
                painter.drawRect(box)
                line = QRectF(box.left(), box.bottom() - 2, box.width(), 2)
                painter.fillRect(line, theme.color("accent_text"))
        elif mark.kind == "link":
            painter.setBrush(theme.color("link", mark.weight))
            for box in self._boxes(mark.start, mark.end):
                painter.drawRoundedRect(box.adjusted(-0.5, 0, 0.5, 0), 4, 4)
        elif mark.kind == "word":
            painter.setPen(QPen(theme.color("accent_text"), 1.5))
            painter.setBrush(theme.color("link", 0.35))
            for box in self._boxes(mark.start, mark.end):
                painter.drawRoundedRect(box.adjusted(-0.5, 0.5, 0.5, -0.5), 4, 4)

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
        if self.isReadOnly() and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.pin_asked.emit()
            return
        self._key_revision = self.document().revision()
        super().keyPressEvent(event)
        self._key_revision = None

    def _on_caret(self) -> None:
        self.caret_moved.emit(self.caret, self._key_revision == self.document().revision())

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
