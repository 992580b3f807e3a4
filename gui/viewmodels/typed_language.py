"""Which of the two languages a text is in, as it is typed, and when to turn the direction round."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from core.text.languages import (
    CHINESE,
    ENGLISH,
    HAN_PATTERN,
    LETTER_PATTERN,
    is_chinese_english,
)
from gui.settings import Settings
from gui.viewmodels.translate import TranslateViewModel

LOOKED_AT = 2000  # characters from the start: enough to tell
HAN_A_WORD = 1.6  # ideographs of an average Chinese word
LEAST_WORDS = 1.2  # fewer tell nothing: one ideograph, or "OK"
LEAST_LETTERS = 4  # of a word of letters on its own, which may be a name or an abbreviation
CLEARLY = 0.8  # share of the words that must be in one language


def typed_language(text: str) -> str:
    """``zh`` or ``en`` where ``text`` is clearly in one of them, else empty.

    Words are counted, since a Chinese text may quote a long English name and the other way round.
    """
    start = text[:LOOKED_AT]
    chinese = len(HAN_PATTERN.findall(start)) / HAN_A_WORD
    letters = LETTER_PATTERN.findall(start)
    english = float(len(_words(start)))
    if english == 1 and len(letters) < LEAST_LETTERS:
        english = 0.5
    most = max(chinese, english)
    if most < (LEAST_WORDS if chinese >= english else 1) or most < CLEARLY * (chinese + english):
        return ""
    return CHINESE if chinese > english else ENGLISH


def _words(text: str) -> list[str]:
    """Stretches between blanks that begin with a letter of an alphabet."""
    apart = HAN_PATTERN.sub(" ", text)
    return [word for word in apart.split() if LETTER_PATTERN.search(word)]


class TypedLanguage(QObject):
    """Turns the direction round, keeping the text, when the text is clearly in the other language.

    A user who turns it by hand while a text is there knows better: until the pane is emptied it
    is left as it is.

    Signals:
        turned(str): the direction now begins with this language, which was typed.
        left(): the direction is no longer that which was recognised.
    """

    turned = Signal(str)
    left = Signal()

    def __init__(self, settings: Settings, model: TranslateViewModel, parent: QObject) -> None:
        super().__init__(parent)
        self._settings = settings
        self._model = model
        self._source = ""  # language of the direction that holds
        self._declined = False
        self._own = False  # it is ourselves who choose another model
        model.models.current_changed.connect(self._on_model)

    def look(self, text: str) -> None:
        """``text`` is now the whole source text."""
        if not text.strip():
            self._declined = False
            self.left.emit()
            return
        current, opposite = self._model.models.current, self._model.models.opposite
        if self._declined or not self._settings.follow_typing.value:
            return
        if current is None or opposite is None:
            return
        if not is_chinese_english(current.source_language, current.target_language):
            return  # others cannot be told apart by their letters
        if typed_language(text) == current.target_language:
            self._own = True
            self._model.models.choose(opposite.name)
            self._own = False
            self.turned.emit(opposite.source_language)

    def _on_model(self) -> None:
        current = self._model.models.current
        before, self._source = self._source, current.source_language if current else ""
        if self._own or before in ("", self._source):
            return
        self._declined = bool(self._model.text.strip())
        self.left.emit()
