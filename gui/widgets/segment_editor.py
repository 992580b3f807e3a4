"""The input pane: typing, examples while it is empty, text and text files dropped on it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, Qt, Signal
from PySide6.QtGui import QResizeEvent, QTextCursor
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from core.errors import AttuneError, InputError
from gui.errors import describe
from gui.i18n import tr
from gui.theme import LARGE, MEDIUM, SMALL, Theme
from gui.widgets.label import label
from gui.widgets.linked_text import LinkedText

MOST_BYTES = 4_000_000  # of a file


class SegmentEditor(LinkedText):
    """The input.

    Signals:
        edited(str): the whole text, when it differs.
        refused(Failure): what was dropped cannot be read.
        files_read(tuple[Path, ...]): these were dropped and are in the text now.
    """

    edited = Signal(str)
    refused = Signal(object)
    files_read = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._text = ""
        self._examples = _Examples(self.viewport())
        self._examples.chosen.connect(self.replace_text)
        self.textChanged.connect(self._on_text)
        theme.changed.connect(self._place_examples)

    @property
    def text(self) -> str:
        """The text as typed."""
        return self._text

    def set_examples(self, sentences: Sequence[str]) -> None:
        """Offer ``sentences`` while the pane is empty."""
        self._examples.set_sentences(sentences)
        self._place_examples()

    def replace_text(self, text: str) -> None:
        """Put ``text`` in the place of all there is; undo brings the old text back."""
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.insertText(text)
        cursor.movePosition(QTextCursor.MoveOperation.End)
        self.setTextCursor(cursor)
        self.setFocus()

    def _on_text(self) -> None:
        text = self.toPlainText()
        self._examples.setVisible(not text)
        if text != self._text:
            self._text = text
            self.set_offsets(text)
            self.edited.emit(text)

    # -- dropping and pasting -------------------------------------------------------------

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Text and files."""
        return source.hasText() or source.hasUrls()

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Insert text as it is, and a file's text in the place of its address."""
        files = [Path(url.toLocalFile()) for url in source.urls() if url.isLocalFile()]
        try:
            text = "\n".join(map(read_text, files)) if files else source.text()
        except AttuneError as error:
            self.refused.emit(describe(error))
            return
        # Not Qt's own insertion: it would replace the paragraphs' line height with its default.
        self.textCursor().insertText(text)
        self.ensureCursorVisible()
        if files:
            self.files_read.emit(tuple(files))

    # -- the examples' place --------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the examples under the first line."""
        super().resizeEvent(event)
        self._place_examples()

    def _place_examples(self) -> None:
        top = LARGE + self._theme.px(18) * 2 + SMALL
        width = min(self.viewport().width() - 2 * LARGE, self._theme.px(440))
        self._examples.fit(self.viewport().height() - top)
        height = self._examples.sizeHint().height()
        self._examples.setGeometry(LARGE, top, width, height)


class _Examples(QWidget):
    """A few sentences to click."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(SMALL)
        self._buttons: list[QPushButton] = []
        self._caption = label(tr("Or try one of these"), "caption")
        self._layout.addWidget(self._caption)
        self._layout.addSpacing(MEDIUM - SMALL)

    def event(self, event: QEvent) -> bool:
        """Be as high as the buttons need."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.resize(self.width(), self.sizeHint().height())
        return super().event(event)

    def fit(self, room: int) -> None:
        """Show as many as have ``room`` (pixels): one that is cut off looks broken."""
        taken = self._caption.sizeHint().height() + MEDIUM - SMALL
        for button in self._buttons:
            taken += SMALL + button.sizeHint().height()
            button.setVisible(taken <= room)
        self._caption.setVisible(any(not button.isHidden() for button in self._buttons))

    def set_sentences(self, sentences: Sequence[str]) -> None:
        for button in self._buttons:
            self._layout.removeWidget(button)
            button.deleteLater()
        self._buttons = []
        for sentence in sentences:
            button = QPushButton(sentence)
            button.setProperty("role", "example")
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setCursor(Qt.CursorShape.PointingHandCursor)
            button.clicked.connect(lambda _=False, text=sentence: self.chosen.emit(text))
            self._layout.addWidget(button)
            self._buttons.append(button)


def read_text(path: Path) -> str:
    """The text of a file that was dropped or opened, in whatever encoding Chinese is written.

    Raises:
        InputError: it is too large, no text, or cannot be read.
    """
    try:
        if path.stat().st_size > MOST_BYTES:
            raise InputError(
                tr("the file is larger than {size} MB", size=MOST_BYTES // 1_000_000),
                where=path.name,
                remedy=tr("Choose a smaller file, or translate it with attune-cli."),
            )
        data = path.read_bytes()
        return data.decode(_encoding(data, path)).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise InputError(
            tr("the file is not UTF-8 text"),
            where=path.name,
            remedy=tr("Save it as UTF-8 text, then try again."),
        ) from error
    except OSError as error:
        raise InputError(
            tr("the file cannot be read ({reason})", reason=error.strerror or error),
            where=path.name,
            remedy=tr("Check that it exists and that you may read it."),
        ) from error


def _encoding(data: bytes, path: Path) -> str:
    """UTF-8 where ``data`` is that, else what its bytes look like (GB 18030, Big5, UTF-16)."""
    if _is_utf8(data):
        return "utf-8"
    from core.training.doctor.encodings import SAMPLE_BYTES, recognise_encoding

    try:
        return recognise_encoding(data[:SAMPLE_BYTES], path)[0]
    except InputError as error:
        remedy = tr("Choose a file of plain text, such as .txt or .md.")
        raise InputError(error.what, where=error.where, remedy=remedy) from error


def _is_utf8(data: bytes) -> bool:
    if b"\0" in data:  # as UTF-16 of Latin letters has at every other place
        return False
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
