"""Text files for the input pane: opened with the system's dialog, or again from the recent ones."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QPoint, QStandardPaths
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from core.errors import AttuneError
from gui.errors import describe
from gui.i18n import tr
from gui.pages.translate import TranslatePage
from gui.settings import Settings
from gui.theme import Theme
from gui.tips import plain_tip
from gui.widgets.buttons import IconButton
from gui.widgets.segment_editor import read_text

MOST_RECENT = 8
_KEY = "Ctrl+O"


class TextFiles(QObject):
    """Puts the text of a file into the input; the button lists the recent files, if there are any.

    Attributes:
        button: at the foot of the input.
        menu: what it opens, filled anew each time.
        current: the file whose text is in the input, the first of several.
    """

    def __init__(self, page: TranslatePage, settings: Settings, theme: Theme) -> None:
        super().__init__(page)
        self._page, self._settings = page, settings
        self._editor = page.source.editor
        self.current: Path | None = None
        self.menu = QMenu(page)
        self.menu.setToolTipsVisible(True)
        self.button = IconButton(theme, "folder-open", "")
        self.button.set_name(tr("Open a text file"), _KEY)
        self.button.clicked.connect(self._on_clicked)
        page.source.foot.insertWidget(1, self.button)
        QWidget.setTabOrder(self._editor, self.button)
        self._editor.files_read.connect(self._note)
        self._editor.edited.connect(self._on_edited)
        action = QAction(tr("Open a text file"), page)
        action.setShortcut(QKeySequence(_KEY))
        action.triggered.connect(self.browse)
        page.addAction(action)

    def browse(self) -> None:
        """Let the user choose a file with the system's own dialog."""
        dialog = QFileDialog(self._page, tr("Open a text file"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([tr("Text ({endings})", endings="*.txt *.md"), tr("All files (*)")])
        dialog.setDirectory(self.folder())
        dialog.fileSelected.connect(lambda file: self.open(Path(file)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def open(self, *paths: Path) -> None:
        """Put the text of ``paths`` in the place of what is there; undo brings that back."""
        texts = []
        for path in paths:
            try:
                texts.append(read_text(path))
            except AttuneError as error:
                self._forget(path)
                self._editor.refused.emit(describe(error))
                return
        self._editor.replace_text("\n".join(texts))
        self._note(paths)

    def fill_menu(self) -> None:
        """The dialog, the recent files, and a way to forget them."""
        self.menu.clear()
        self.menu.addAction(tr("Open…")).triggered.connect(self.browse)
        self.menu.addSeparator()
        for file in self._settings.recent_texts.value:
            path = Path(file)
            action = self.menu.addAction(path.name.replace("&", "&&"))
            action.setToolTip(plain_tip(file))
            action.triggered.connect(lambda _=False, path=path: self.open(path))
        self.menu.addSeparator()
        forget = self.menu.addAction(tr("Forget these files"))
        forget.triggered.connect(self._settings.recent_texts.reset)

    def _on_clicked(self) -> None:
        if not self._settings.recent_texts.value:
            self.browse()
            return
        self.fill_menu()
        above = QPoint(0, -self.menu.sizeHint().height())
        self.menu.popup(self.button.mapToGlobal(above))

    def _note(self, files: tuple[Path, ...]) -> None:
        """``files`` were read: they come first from now on."""
        self.current = files[0]
        new = [str(path.absolute()) for path in files]
        before = [file for file in self._settings.recent_texts.value if file not in new]
        self._settings.recent_texts.set(tuple([*new, *before][:MOST_RECENT]))

    def _forget(self, path: Path) -> None:
        left = [file for file in self._settings.recent_texts.value if file != str(path.absolute())]
        self._settings.recent_texts.set(tuple(left))

    def _on_edited(self, text: str) -> None:
        if not text:  # what is typed next is no file's
            self.current = None

    def folder(self) -> str:
        """Where a dialog begins: the newest file's folder, else that of documents."""
        for file in self._settings.recent_texts.value:
            folder = Path(file).parent
            if folder.is_dir():
                return str(folder)
        documents = QStandardPaths.StandardLocation.DocumentsLocation
        folder = Path(QStandardPaths.writableLocation(documents))
        return str(folder if folder.is_dir() else Path.home())
