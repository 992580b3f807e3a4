"""Models: what there is, in families; what each was taught; what can be done with it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, QUrl, Signal
from PySide6.QtGui import (
    QDesktopServices,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QHideEvent,
    QKeySequence,
    QResizeEvent,
    QShortcut,
    QShowEvent,
)
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from gui.errors import Failure
from gui.i18n import tr
from gui.jobs.background import Background
from gui.pages.models_parts.compare_view import CompareView
from gui.pages.models_parts.family_tree import FamilyTree
from gui.pages.models_parts.model_card import ModelCardView
from gui.pages.models_parts.model_files import (
    ask_what_to_import,
    ask_where_to_export,
    dropped_files,
)
from gui.pages.models_parts.trash_view import TrashButton, TrashView
from gui.pages.teach_steps.parts import BusyBar, button
from gui.theme import LARGE, MEDIUM, SMALL, Theme
from gui.viewmodels.comparing import Comparing
from gui.viewmodels.library import Library
from gui.widgets.banner import Banner
from gui.widgets.card import Card
from gui.widgets.label import label

_TREE = 300  # pixels: the families' width
_SHARE = 0.35  # of the page, at most
_NARROWEST = 200
_CARD = 360  # pixels: the least width of the card


class ModelsPage(QWidget):
    """The families at the left, the card of the chosen model at the right.

    Attributes:
        open_page: shows an HTML file to the user; whether that went well.
        last_sentence: what was translated last, to begin a comparison with.

    Signals:
        translate_with(str): the model of this name is to translate.
        teach_further(str): the model of this name is to learn more.
    """

    translate_with = Signal(str)
    teach_further = Signal(str)

    def __init__(
        self,
        model: Library,
        theme: Theme,
        parent: QWidget | None = None,
        *,
        comparing: Comparing | None = None,
        background: Background | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.setAcceptDrops(True)
        self.model = model
        self._theme = theme
        self._moved = False  # whether the user chose the families' width
        self._awaited = "", ""  # a model that is to be compared when it is listed, and on what
        self.open_page: Callable[[QUrl], bool] = QDesktopServices.openUrl
        self.last_sentence: Callable[[], str] = str
        self.comparing = comparing or Comparing(parent=self)
        self._own_background = None if background else Background(self)
        drawing = background or self._own_background
        assert drawing is not None
        self.compare_view = CompareView(self.comparing, theme, drawing)
        self.banner = Banner(theme)
        self.busy = BusyBar()
        self.tree = FamilyTree(model, theme)
        self.trash_button = TrashButton(model)
        self.trash_view = TrashView(model, theme)
        self.card = ModelCardView(model, theme)
        self.import_button = button(tr("Import…"))
        self.import_button.setToolTip(tr("Add a model from a file; or drop the file here"))
        self.hint = label(role="muted")
        self._lay_out()
        self._connect()
        self._on_theme()

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(MEDIUM)
        top.addWidget(label(tr("Models"), "title"))
        top.addStretch()
        top.addWidget(self.hint)
        top.addWidget(self.import_button)
        self._families = Card()
        self._families.body.setContentsMargins(SMALL, SMALL, SMALL, SMALL)
        self._families.body.addWidget(self.tree)
        self._families.body.addWidget(self.trash_button)
        self._families.setMinimumWidth(_NARROWEST)
        self._halves = QSplitter(Qt.Orientation.Horizontal)
        self._halves.setChildrenCollapsible(False)
        self._halves.setHandleWidth(LARGE)
        self._halves.addWidget(self._families)
        self._halves.addWidget(self.card)
        self.card.setMinimumWidth(_CARD)
        self._halves.setStretchFactor(1, 1)
        self._halves.splitterMoved.connect(self._on_moved)
        column = QVBoxLayout(self)
        column.setContentsMargins(LARGE, MEDIUM, LARGE, MEDIUM)
        column.setSpacing(SMALL)
        column.addLayout(top)
        column.addWidget(self.busy)
        column.addWidget(self.banner)
        self.stack = QStackedWidget()
        self.stack.addWidget(self._halves)
        self.stack.addWidget(self.compare_view)
        self.stack.addWidget(self.trash_view)
        column.addWidget(self.stack, 1)

    def _connect(self) -> None:
        self.model.noticed.connect(self._show_notice)
        self.model.listed.connect(self._compare_awaited)
        self.model.busy_changed.connect(lambda: self.busy.set_busy(self.model.busy))
        self.model.receipt_written.connect(self._open_receipt)
        self.banner.acted.connect(self.model.undo)
        self.banner.dismissed.connect(self.model.dismiss)
        for gone in (self.banner.acted, self.banner.dismissed, self.card.removed):
            gone.connect(self.tree.setFocus)
        self.tree.translate_asked.connect(self._translate)
        self.tree.rename_asked.connect(self.card.begin_renaming)
        self.tree.delete_asked.connect(self.card.remove)
        self.card.rename_form.closed.connect(self.tree.setFocus)
        self.card.translate_asked.connect(self._translate)
        self.card.teach_asked.connect(self._teach)
        self.card.compare_asked.connect(self.compare)
        self.card.export_asked.connect(self.ask_export)
        self.compare_view.left.connect(self._show_families)
        self.trash_button.clicked.connect(self._show_trash)
        self.trash_view.left.connect(self._show_families)
        compare = QShortcut(QKeySequence("Ctrl+M"), self)
        compare.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        compare.activated.connect(self.compare)
        self.import_button.clicked.connect(self.ask_import)
        self._theme.changed.connect(self._on_theme)

    def shutdown(self) -> None:
        """Keep the note that is being written, wait for work under way."""
        self.card.note.save()
        self.model.shutdown()
        self.comparing.shutdown()
        if self._own_background is not None:
            self._own_background.shutdown()

    def showEvent(self, event: QShowEvent) -> None:
        """Models may have come and gone meanwhile."""
        super().showEvent(event)
        self.model.refresh()
        QTimer.singleShot(0, self, self._settle_focus)

    def hideEvent(self, event: QHideEvent) -> None:
        """What is still awaited comes too late."""
        super().hideEvent(event)
        self._awaited = "", ""

    def _settle_focus(self) -> None:
        shown = self.stack.currentWidget()
        places = (
            (self.compare_view, self.compare_view.field),
            (self.trash_view, self.trash_view.back),
        )
        next((held for view, held in places if view is shown), self.tree).setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The families keep their width where there is room."""
        super().resizeEvent(event)
        self._share_out()

    def _share_out(self) -> None:
        if not self._moved:
            tree = min(self._theme.px(_TREE), round(_SHARE * self.width()))
            self._halves.setSizes([tree, max(_CARD, self.width() - tree)])

    def _on_moved(self) -> None:
        self._moved = True

    # -- what the user asks for -------------------------------------------------------------

    def _translate(self) -> None:
        entry = self.model.entry
        if entry is not None and entry.card is not None:
            self.translate_with.emit(entry.name)

    def _teach(self) -> None:
        entry = self.model.entry
        if entry is not None and entry.card is not None:
            self.teach_further.emit(entry.name)

    def compare_on(self, name: str, sentence: str) -> None:
        """Compare model ``name`` with what it was tuned from on ``sentence``, once it is listed."""
        self._awaited = name, sentence
        self._compare_awaited()

    def _compare_awaited(self) -> None:
        name, sentence = self._awaited
        entry = self.model.shelf.named(name) if name else None
        if entry is not None:
            self._awaited = "", ""
            self.model.choose(entry)
            self.compare(sentence)

    def compare(self, sentence: str = "") -> None:
        """Show what the chosen model and another one make of a sentence, at first of the last."""
        entry = self.model.entry
        cards = [e.card for e in self.model.shelf.sound if e.card is not None]
        if entry is None or entry.card is None or not self.comparing.open(entry.card, cards):
            return
        self.card.note.save()
        self.stack.setCurrentWidget(self.compare_view)
        self.compare_view.begin(sentence or self.last_sentence())

    def _show_trash(self) -> None:
        self.card.note.save()
        self.stack.setCurrentWidget(self.trash_view)
        self.trash_view.back.setFocus()

    def _show_families(self) -> None:
        self.stack.setCurrentWidget(self._halves)
        self.tree.setFocus()

    def ask_export(self) -> QFileDialog | None:
        """Ask where the chosen model is to be written."""
        entry = self.model.entry
        if entry is None or entry.card is None:
            return None
        return ask_where_to_export(self, entry.name, self.model.export)

    def ask_import(self) -> QFileDialog:
        """Ask for exported models."""
        return ask_what_to_import(self, self._import)

    def _import(self, files: list[str]) -> None:
        for file in files:
            self.model.take(Path(file))

    def _open_receipt(self, page: Path) -> None:
        if not self.open_page(QUrl.fromLocalFile(str(page))):
            self.model.say_failure(
                Failure(
                    tr("No program opens the page {path}.", path=page),
                    tr("Open it in a browser yourself."),
                )
            )

    def _show_notice(self) -> None:
        notice = self.model.notice
        if notice is None:
            self.banner.hide()
        else:
            self.banner.say(notice.text, notice.tone, tr("Undo") if notice.undo else "")

    # -- files dropped ----------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """A file may be an exported model."""
        if dropped_files(event.mimeData()):
            event.acceptProposedAction()
            self._show_drop(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """It went elsewhere."""
        self._show_drop(False)

    def dropEvent(self, event: QDropEvent) -> None:
        """Import what was dropped."""
        self._show_drop(False)
        event.acceptProposedAction()
        self._import(dropped_files(event.mimeData()))

    def _show_drop(self, over: bool) -> None:
        self._families.set_focused(over)
        self.hint.setText(tr("Let go to import it") if over else "")

    def _on_theme(self) -> None:
        self._share_out()
        colors, px = self._theme.colors, self._theme.px
        self.setStyleSheet(
            f'QPlainTextEdit[role="note"] {{ background: {colors.window}; padding: {px(6)}px;'
            f" border: 1px solid {colors.border}; border-radius: 6px; }}"
            f' QPlainTextEdit[role="note"]:focus {{ border: 2px solid {colors.accent};'
            f" padding: {px(6) - 1}px; }}"
            " QTreeView { show-decoration-selected: 0; }"
            " QTreeView::branch, QTreeView::item { background: transparent; border: none; }"
        )
