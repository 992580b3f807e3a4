"""The popover beside a translated word: what else may stand there, and room to type."""

from __future__ import annotations

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from gui.i18n import number, tr
from gui.theme import LARGE, MEDIUM, RADIUS, SMALL, TEXT, TINY, Theme
from gui.widgets.label import label
from gui.widgets.typed_text import typed_text

_WIDTH, _ROW = 280, 28  # pixels at text size 100 %
_LEAST_ROWS = 2
_SHARE = Qt.ItemDataRole.UserRole  # probability, 0 to 1
_CURRENT = Qt.ItemDataRole.UserRole + 1  # whether it stands there now
Index = QModelIndex | QPersistentModelIndex


class AlternativesPopover(QFrame):
    """Shows words with bars, and a field for another beginning.

    Signals:
        chosen(int): the word in this row.
        typed(str): what stands in the field.
        accepted(): what stands in the field is wanted.
    """

    chosen = Signal(int)
    typed = Signal(str)
    accepted = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._within, self._place = parent, QRect()
        self.title = label(role="caption")
        self.list = QListWidget()
        self.list.setItemDelegate(_Bars(theme, self.list))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setMouseTracking(True)
        self.list.setAccessibleName(tr("Other words here"))
        self.list.itemActivated.connect(self._on_item)
        self.list.itemClicked.connect(self._on_item)
        self.field = QLineEdit()
        self.field.setPlaceholderText(tr("Type another…"))
        self.field.setAccessibleName(tr("Another word, or how the sentence goes on from here"))
        self.field.textEdited.connect(self.typed)
        self.field.returnPressed.connect(self.accepted)
        self.note = label(role="caption", wrap=True)
        for widget in (self.list, self.field):
            widget.installEventFilter(self)
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(SMALL, SMALL, SMALL, SMALL)
        column.setSpacing(TINY)
        column.addWidget(self.title)
        column.addWidget(self.list)
        column.addWidget(self.field)
        column.addWidget(self.note)
        theme.changed.connect(self._fit)
        self.hide()

    # -- what it shows --------------------------------------------------------------------

    def open(self, word: str, place: QRect) -> None:
        """Show it beside ``word``, which is at ``place`` of the parent; no words are there yet."""
        self._place = place
        self.title.setText(tr("Instead of “{word}”", word=word))
        self.field.clear()
        self.set_note("")
        self.list.clear()
        self._fit()
        self.show()
        self.raise_()
        self.list.setFocus(Qt.FocusReason.PopupFocusReason)

    def set_words(self, words: list[tuple[str, float]], current: str) -> None:
        """Offer ``words`` with their probabilities; ``current`` is the one that stands there."""
        self.list.clear()
        for word, share in words:
            item = QListWidgetItem(word)
            item.setData(_SHARE, share)
            item.setData(_CURRENT, word == current)
            said = tr("{word}, {percent} %", word=word, percent=percent(share))
            item.setData(Qt.ItemDataRole.AccessibleTextRole, said)
            self.list.addItem(item)
        if words:
            now = [row for row, (word, _) in enumerate(words) if word == current]
            self.list.setCurrentRow(now[0] if now else 0)
        self._fit()

    def set_note(self, text: str) -> None:
        """A line below all: how the sentence goes on, or what went wrong."""
        self.note.setText(text)
        self.note.setVisible(bool(text))
        self._fit()

    def _fit(self) -> None:
        """As large as there is room for, below the word, or above it where more is."""
        row, width = self._theme.px(_ROW), self._theme.px(_WIDTH)
        room = self._within.rect().adjusted(SMALL, SMALL, -SMALL, -SMALL)
        above, below = self._place.top() - room.top(), room.bottom() - self._place.bottom()
        rows = max(self.list.count(), 1)
        height = self._height(rows * row, width)
        if height > max(above, below) - TINY:  # fewer rows, the others by scrolling
            rows -= -(-(height - max(above, below) + TINY) // row)
            height = self._height(max(rows, _LEAST_ROWS) * row, width)
        upwards = height > below - TINY and above > below
        top = self._place.top() - TINY - height if upwards else self._place.bottom() + TINY
        box = QRect(self._place.left() - MEDIUM, top, min(width, room.width()), height)
        box.moveBottom(min(box.bottom(), room.bottom()))
        box.moveTop(max(box.top(), room.top()))
        box.moveRight(min(box.right(), room.right()))
        box.moveLeft(max(box.left(), room.left()))
        self.setGeometry(box)

    def _height(self, rows: int, width: int) -> int:
        """What it takes with a list of ``rows`` pixels."""
        self.list.setFixedHeight(rows + 2)
        self._column.activate()
        height = self._column.totalHeightForWidth(width)
        return height if height > 0 else self._column.totalSizeHint().height()

    # -- keys -----------------------------------------------------------------------------

    def _on_item(self, item: QListWidgetItem) -> None:
        self.chosen.emit(self.list.row(item))

    def type(self, text: str) -> None:
        """Begin to type ``text``."""
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        self.field.setText(text)
        self.typed.emit(text)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Letters go from the list to the field, Down and Up lead there and back."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        key, last = event.key(), self.list.currentRow() >= self.list.count() - 1
        if watched is self.list:
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
                if self.list.currentItem() is not None:
                    self._on_item(self.list.currentItem())
                return True
            if key == Qt.Key.Key_Down and last:
                self.field.setFocus(Qt.FocusReason.TabFocusReason)
                return True
            if typed_text(event):
                self.type(event.text())
                return True
        elif key == Qt.Key.Key_Up:
            self.list.setFocus(Qt.FocusReason.BacktabFocusReason)
            return True
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A card with an edge that stands out from what is below."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._theme.color("border_strong"), 1))
        painter.setBrush(self._theme.color("surface"))
        painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), RADIUS, RADIUS)


class _Bars(QStyledItemDelegate):
    """A word at the left, its probability at the right, a bar of it behind both."""

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(0, self._theme.px(_ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, box = self._theme, option.rect.adjusted(1, 1, -1, -1)
        share = float(index.data(_SHARE))
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        bar = QRect(box)
        bar.setWidth(max(2, round(box.width() * share)))
        painter.setBrush(theme.color("link", 0.55))
        painter.drawRoundedRect(bar, 4, 4)
        state = option.state
        if state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver):
            selected = bool(state & QStyle.StateFlag.State_Selected)
            pen = theme.color("accent_text" if selected else "border_strong")
            painter.setPen(QPen(pen, 1.5))
            painter.setBrush(QColor(0, 0, 0, 0))
            painter.drawRoundedRect(box, 4, 4)
        words = box.adjusted(SMALL, 0, -SMALL, 0)
        font = option.font
        font.setPixelSize(theme.px(TEXT))
        font.setBold(bool(index.data(_CURRENT)))
        painter.setFont(font)
        painter.setPen(theme.color("text"))
        middle = Qt.AlignmentFlag.AlignVCenter
        shown = tr("{percent} %", percent=percent(share))
        painter.drawText(words, middle | Qt.AlignmentFlag.AlignRight, shown)
        room = words.width() - painter.fontMetrics().horizontalAdvance(shown) - LARGE
        word = painter.fontMetrics().elidedText(
            str(index.data()), Qt.TextElideMode.ElideRight, room
        )
        painter.drawText(words, middle | Qt.AlignmentFlag.AlignLeft, word)
        painter.restore()


def percent(share: float) -> str:
    """``share`` of 1 in per cent: whole, but for those below one."""
    return number(100 * share) if share >= 0.01 else number(100 * share, 1)
