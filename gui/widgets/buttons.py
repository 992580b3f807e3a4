"""Small controls: icon buttons, a chooser with a menu, a switch, a row of segments."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QStyle,
    QStyleOptionButton,
    QStylePainter,
    QToolButton,
    QWidget,
)

from gui import icons
from gui.i18n import tr
from gui.theme import Theme, set_role
from gui.tips import plain_tip


class IconButton(QToolButton):
    """A square button with an icon; its name is the tool tip and what a screen reader says."""

    def __init__(self, theme: Theme, icon: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icon = icon
        self.setProperty("role", "icon")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.set_name(name)
        theme.changed.connect(self._tint)
        self._tint()

    def set_name(self, name: str, shortcut: str = "") -> None:
        """What it does, and the keys for it."""
        self.setAccessibleName(name)
        self.setToolTip(plain_tip(f"{name} ({shortcut})" if shortcut else name))

    def set_icon(self, icon: str) -> None:
        """Show another icon."""
        self._icon = icon
        self._tint()

    def _tint(self) -> None:
        size = self._theme.px(18)
        colors = self._theme.colors
        self.setIcon(icons.icon(self._icon, colors.muted, size, disabled=colors.border_strong))
        self.setIconSize(QSize(size, size))


class Chooser(QPushButton):
    """A button that shows the chosen entry and opens a menu of all; ``chosen(str)`` has its key.

    Entries are (key, label, hint); the hint stands behind the label in the menu alone.
    """

    chosen = Signal(str)

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._name = name
        self._shown = ""
        self._menu = QMenu(self)
        self._group = QActionGroup(self)
        self._group.triggered.connect(self._on_triggered)
        self.setProperty("role", "chooser")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMenu(self._menu)
        theme.changed.connect(self._tint)
        self._tint()

    def set_entries(self, entries: Sequence[tuple[str, str, str]], current: str) -> None:
        """Offer ``entries`` and show the one with key ``current``."""
        self._menu.clear()
        for action in self._group.actions():
            self._group.removeAction(action)
            action.deleteLater()
        shown = tr("None")
        for key, label, hint in entries:
            words = label.replace("&", "&&")  # one alone would underline a letter
            action = QAction(f"{words}\t{hint}" if hint else words, self._group)
            action.setCheckable(True)
            action.setData(key)
            if key == current:
                action.setChecked(True)
                shown = label
            self._menu.addAction(action)
        self._tint()
        self._shown = shown
        self.updateGeometry()
        self.update()
        self.setAccessibleName(f"{self._name}: {shown}")
        self.setEnabled(bool(entries))

    def actions_offered(self) -> list[QAction]:
        """The menu's entries."""
        return self._group.actions()

    def sizeHint(self) -> QSize:
        """Room for the entry and the chevron."""
        words = self.fontMetrics().horizontalAdvance(self._shown)
        return QSize(words + self._theme.px(16) + 40, super().sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The button, the entry from its left edge, a chevron at its right."""
        painter = QStylePainter(self)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        painter.drawControl(QStyle.ControlElement.CE_PushButton, option)
        colors, size = self._theme.colors, self._theme.px(16)
        color = colors.muted if self.isEnabled() else colors.border_strong
        chevron = icons.pixmap("chevron-down", color, size, self.devicePixelRatioF())
        place = QPointF(self.width() - size - 10, (self.height() - size) / 2)
        painter.drawPixmap(place, chevron)
        words = self.rect().adjusted(12, 0, -size - 14, 0)
        painter.setPen(self._theme.color("text" if self.isEnabled() else "muted"))
        middle = Qt.AlignmentFlag.AlignVCenter
        right = Qt.TextElideMode.ElideRight
        shown = self.fontMetrics().elidedText(self._shown, right, words.width())
        painter.drawText(words, middle | Qt.TextFlag.TextSingleLine, shown)

    def _on_triggered(self, action: QAction) -> None:
        self.chosen.emit(str(action.data()))

    def _tint(self) -> None:
        size = self._theme.px(16)
        check = icons.icon("check", self._theme.colors.accent_text, size)
        for action in self._group.actions():
            action.setIcon(check if action.isChecked() else icons.blank(size))


class Switch(QAbstractButton):
    """On or off."""

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setCheckable(True)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        theme.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        """Grows with the text."""
        height = self._theme.px(22)
        return QSize(round(height * 1.8) + 6, height + 6)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A pill with a knob, and a ring while the keyboard is here."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pill = QRectF(self.rect()).adjusted(3, 3, -3, -3)
        radius = pill.height() / 2
        if self.hasFocus():
            painter.setPen(QPen(self._theme.color("accent_text"), 2))
            painter.drawRoundedRect(pill.adjusted(-2, -2, 2, 2), radius + 2, radius + 2)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color("accent" if self.isChecked() else "border_strong"))
        painter.drawRoundedRect(pill, radius, radius)
        knob = QRectF(0, 0, pill.height() - 6, pill.height() - 6)
        knob.moveCenter(pill.center())
        if self.isChecked():
            knob.moveRight(pill.right() - 3)
        else:
            knob.moveLeft(pill.left() + 3)
        painter.setBrush(self._theme.color("on_accent"))
        painter.drawEllipse(knob)


class Segments(QWidget):
    """A row of joined buttons, one of them down; ``chosen(str)`` has its key."""

    chosen = Signal(str)

    def __init__(self, entries: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QPushButton] = {}
        for key, label in entries:
            self.add(key, label)

    def add(self, key: str, label: str, hint: str = "") -> None:
        """One more button at the right end."""
        button = QPushButton(label)
        button.setToolTip(plain_tip(hint))
        button.setCheckable(True)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(lambda: self.chosen.emit(key))
        self._group.addButton(button)
        self._buttons[key] = button
        self._row.addWidget(button)
        last = len(self._buttons) - 1
        for number, each in enumerate(self._buttons.values()):
            each.setProperty("end", {0: "first", last: "last"}.get(number, ""))
            set_role(each, "segment")

    def keys(self) -> list[str]:
        """Of the buttons, from left to right."""
        return list(self._buttons)

    def button(self, key: str) -> QPushButton:
        """The button of ``key``."""
        return self._buttons[key]

    def set_current(self, key: str) -> None:
        """Show ``key`` as chosen."""
        self._buttons[key].setChecked(True)
