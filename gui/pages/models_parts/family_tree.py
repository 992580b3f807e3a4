"""The models in their families, as a tree."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from gui import icons
from gui.i18n import direction_name, listed, tr
from gui.theme import CAPTION, MEDIUM, SMALL, TEXT, TINY, Theme
from gui.tips import plain_tip
from gui.viewmodels.library import Library
from gui.viewmodels.shelf import Entry

_ENTRY = Qt.ItemDataRole.UserRole
_CAPTION = _ENTRY + 1
_USED = _ENTRY + 2
_ICON = 16
Index = QModelIndex | QPersistentModelIndex


class _Row(QStyledItemDelegate):
    """A name over a caption; a tick marks the model in use, a sign a damaged one."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, self._theme.px(TEXT + CAPTION) + 2 * MEDIUM + SMALL)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme = self._theme
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(option.rect).adjusted(1, 1, -1, -1)
        state = option.state
        selected = bool(state & QStyle.StateFlag.State_Selected)
        if selected or state & QStyle.StateFlag.State_MouseOver:
            painter.setBrush(theme.color("accent_soft" if selected else "hover"))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.drawRoundedRect(box, 6, 6)
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(theme.color("accent"))
            painter.drawRoundedRect(box, 6, 6)
        words = box.adjusted(SMALL, MEDIUM - TINY, -SMALL, -(MEDIUM - TINY))
        damaged = index.data(_ENTRY).card is None
        sign = "circle-alert" if damaged else "check" if index.data(_USED) else ""
        if sign:
            words.setRight(self._paint_sign(painter, box, sign, "error" if damaged else ""))
        half = words.height() / 2
        name = QRectF(words.left(), words.top(), words.width(), half)
        bold = QFont.Weight.DemiBold if index.data(_USED) else QFont.Weight.Normal
        self._write(painter, name, index.data(), TEXT, "accent_text" if selected else "text", bold)
        tone = "error" if damaged else "muted"
        self._write(painter, name.translated(0, half), index.data(_CAPTION), CAPTION, tone)
        painter.restore()

    def _paint_sign(self, painter: QPainter, box: QRectF, sign: str, tone: str) -> float:
        """Draw it at the right; where the words have to end."""
        size = self._theme.px(_ICON)
        color = getattr(self._theme.colors, tone or "accent_text")
        ratio = painter.device().devicePixelRatioF()
        left = box.right() - SMALL - size
        top = box.center().y() - size / 2
        painter.drawPixmap(round(left), round(top), icons.pixmap(sign, color, size, ratio))
        return left - SMALL

    def _write(
        self,
        painter: QPainter,
        place: QRectF,
        text: str,
        size: int,
        tone: str,
        weight: QFont.Weight = QFont.Weight.Normal,
    ) -> None:
        font = QFont(painter.font())
        font.setPixelSize(self._theme.px(size))
        font.setWeight(weight)
        painter.setFont(font)
        painter.setPen(self._theme.color(tone))
        shown = QFontMetrics(font).elidedText(
            text, Qt.TextElideMode.ElideMiddle, int(place.width())
        )
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, shown)


class FamilyTree(QTreeWidget):
    """Shows what the library lists; Enter, F2 and Delete act on the chosen model."""

    translate_asked = Signal()
    rename_asked = Signal()
    delete_asked = Signal()

    def __init__(self, model: Library, theme: Theme) -> None:
        super().__init__()
        self._model = model
        self._theme = theme
        self._filling = False
        self.setAccessibleName(tr("Models"))
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setItemsExpandable(False)
        self.setUniformRowHeights(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setItemDelegate(_Row(theme, self))
        self.currentItemChanged.connect(self._on_current)
        model.listed.connect(self.refresh)
        model.chosen.connect(self._show_chosen)
        theme.changed.connect(self._on_theme)
        self._on_theme()

    def refresh(self) -> None:
        """Show what is listed now."""
        self._filling = True
        self.clear()
        above: list[QTreeWidgetItem] = []  # an ancestor of each generation
        for entry in self._model.shelf.entries:
            item = self._item(entry)
            del above[entry.generation :]
            if above:
                above[-1].addChild(item)
            else:
                self.addTopLevelItem(item)
            above.append(item)
        self.expandAll()
        self._filling = False
        self._show_chosen()

    def items(self) -> list[QTreeWidgetItem]:
        """All rows from top to bottom."""
        found = []
        item = self.topLevelItem(0)
        while item is not None:
            found.append(item)
            item = self.itemBelow(item)
        return found

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys that act on the chosen model."""
        acts = {
            Qt.Key.Key_Return: self.translate_asked,
            Qt.Key.Key_Enter: self.translate_asked,
            Qt.Key.Key_F2: self.rename_asked,
            Qt.Key.Key_Delete: self.delete_asked,
        }
        signal = acts.get(Qt.Key(event.key()))
        if signal is not None and self.currentItem() is not None:
            signal.emit()
        else:
            super().keyPressEvent(event)

    def _item(self, entry: Entry) -> QTreeWidgetItem:
        used = self._model.in_use(entry)
        words = [direction_name(*entry.direction) if entry.card is not None else tr("damaged")]
        if not entry.yours:
            words.append(tr("built in"))
        if used:
            words.append(tr("in use"))
        item = QTreeWidgetItem([entry.name])
        item.setData(0, _ENTRY, entry)
        item.setData(0, _CAPTION, " · ".join(words))
        item.setData(0, _USED, used)
        told = "\n".join(filter(None, (entry.name, entry.damage)))
        item.setToolTip(0, plain_tip(told))
        spoken = listed(entry.name, *words, entry.damage)
        item.setData(0, Qt.ItemDataRole.AccessibleTextRole, spoken)
        return item

    def _on_current(self, item: QTreeWidgetItem | None) -> None:
        if item is not None and not self._filling:
            self._model.choose(item.data(0, _ENTRY))

    def _show_chosen(self) -> None:
        entry = self._model.entry
        for item in self.items():
            if entry is not None and item.data(0, _ENTRY).path == entry.path:
                self._filling = True
                self.setCurrentItem(item)
                self._filling = False
                return

    def _on_theme(self) -> None:
        self.setIndentation(self._theme.px(MEDIUM + TINY))
        self.scheduleDelayedItemsLayout()
