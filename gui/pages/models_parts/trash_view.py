"""The models that were deleted: each can come back, all can go for good."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QDateTime, QLocale, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from core.store.trash import DeletedModel
from gui.i18n import counted, data_size, joined, tr
from gui.pages.teach_steps.banners import ConfirmBar
from gui.pages.teach_steps.parts import button, clear, scrolled, stacked
from gui.theme import LARGE, MEDIUM, SMALL, Theme, set_role
from gui.viewmodels.library import Library
from gui.widgets.card import Card
from gui.widgets.elided_label import ElidedLabel
from gui.widgets.label import label


class TrashButton(QPushButton):
    """How many models are in the trash, and their size; not there while it is empty."""

    def __init__(self, model: Library) -> None:
        super().__init__()
        self._model = model
        set_role(self, "ghost")
        self.setToolTip(tr("Bring deleted models back, or delete them for good"))
        model.listed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show what is listed."""
        deleted = self._model.shelf.deleted
        count = counted(len(deleted), tr("1 deleted model"), tr("{count} deleted models"))
        self.setText(f"{count} · {_size(deleted)} ›")
        self.setVisible(bool(deleted))


class TrashView(QWidget):
    """A row for each deleted model. Emits ``left`` when the user has seen enough."""

    left = Signal()

    def __init__(self, model: Library, theme: Theme) -> None:
        super().__init__()
        self._model, self._theme = model, theme
        self._shown: tuple[DeletedModel, ...] = ()
        self.back = button(tr("‹ Back to the models"))
        self.back.clicked.connect(self._leave)
        self.about = label(role="muted", wrap=True)
        self.empty = button(tr("Empty the trash…"), "danger")
        self.empty.clicked.connect(self._ask)
        self.confirm = ConfirmBar(
            tr("Delete these models for good?"),
            tr("This cannot be undone."),
            yes=tr("Delete for good"),
            no=tr("Keep"),
        )
        self.confirm.answered.connect(self.back.setFocus)
        self.confirm.confirmed.connect(model.empty_trash)
        self.restores: tuple[QPushButton, ...] = ()
        self._lay_out()
        leave = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        leave.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        leave.activated.connect(self._leave)
        model.listed.connect(self.refresh)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(MEDIUM)
        top.addWidget(self.back)
        top.addWidget(self.about, 1)
        top.addWidget(self.empty)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(LARGE, MEDIUM, MEDIUM, MEDIUM)
        column.setSpacing(MEDIUM)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(MEDIUM)
        column.addLayout(self._rows)
        column.addStretch(1)
        card = Card()
        card.body.addWidget(scrolled(inner))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(SMALL)
        outer.addLayout(top)
        outer.addWidget(self.confirm)
        outer.addWidget(card, 1)

    def refresh(self) -> None:
        """Show what is listed; an empty trash is left."""
        deleted = self._model.shelf.deleted
        if deleted == self._shown:
            return
        self._shown = deleted
        self.confirm.withdraw()  # it was asked about others
        held = any(push.hasFocus() for push in self.restores)
        clear(self._rows)
        self.restores = tuple(map(self._add_row, deleted))
        self.about.setText(tr("Deleted models take {size} on the disk.", size=_size(deleted)))
        if held:
            self.back.setFocus()
        if not deleted and self.isVisible():
            self.left.emit()

    def _add_row(self, model: DeletedModel) -> QPushButton:
        name = ElidedLabel()
        name.setText(model.name)
        restore = button(tr("Restore"))
        restore.setAccessibleName(tr("Restore {name}", name=model.name))
        restore.clicked.connect(partial(self._model.bring_back, model))
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(MEDIUM)
        row.addWidget(stacked(name, label(_facts(model), "caption")), 1)
        row.addWidget(restore)
        self._rows.addWidget(line)
        return restore

    def _ask(self) -> None:
        self.confirm.ask()

    def _leave(self) -> None:
        self.confirm.withdraw()
        self.left.emit()


def _size(deleted: tuple[DeletedModel, ...]) -> str:
    return data_size(sum(model.bytes_on_disk for model in deleted))


def _facts(model: DeletedModel) -> str:
    """Its size, and when it was deleted where that is known."""
    size = data_size(model.bytes_on_disk)
    if not model.seconds:
        return size
    moment = QDateTime.fromSecsSinceEpoch(int(model.seconds))
    when = QLocale().toString(moment, QLocale.FormatType.ShortFormat)
    return joined(tr("Deleted {when}", when=when), f"· {size}")
