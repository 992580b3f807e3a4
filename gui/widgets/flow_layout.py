"""Widgets side by side that go on in the next line where room is short."""

from __future__ import annotations

from PySide6.QtCore import QMargins, QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

from gui.theme import SMALL


class FlowLayout(QLayout):
    """Lines of widgets from the left; with ``apart`` the last one keeps to the right edge."""

    def __init__(self, *widgets: QWidget, apart: bool = False) -> None:
        super().__init__()
        self._items: list[QLayoutItem] = []
        self._apart = apart
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(SMALL)
        for widget in widgets:
            self.addWidget(widget)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._place(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._place(rect, move=True)

    def sizeHint(self) -> QSize:
        sizes = [item.sizeHint() for item in self._shown()]
        width = sum(size.width() for size in sizes) + self.spacing() * max(0, len(sizes) - 1)
        height = max((size.height() for size in sizes), default=0)
        return QSize(width, height).grownBy(self.contentsMargins())

    def minimumSize(self) -> QSize:
        """Room for the widest."""
        least = QSize()
        for item in self._shown():
            least = least.expandedTo(item.sizeHint())
        return least.grownBy(self.contentsMargins())

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _place(self, rect: QRect, *, move: bool) -> int:
        """Lay the widgets out in ``rect``; the height that they take."""
        margins: QMargins = self.contentsMargins()
        room = rect.marginsRemoved(margins)
        corner, height = room.topLeft(), 0
        for item in self._shown():
            size = item.sizeHint()
            if height and corner.x() + size.width() > room.right() + 1:
                corner, height = QPoint(room.left(), corner.y() + height + self.spacing()), 0
            height = max(height, size.height())
            if move:
                last = self._apart and item is self._items[-1]
                left = max(corner.x(), room.right() + 1 - size.width()) if last else corner.x()
                item.setGeometry(QRect(QPoint(left, corner.y()), size))
            corner.setX(corner.x() + size.width() + self.spacing())
        return corner.y() + height - room.top() + margins.top() + margins.bottom()
