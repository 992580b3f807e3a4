"""The Settings page: a few choices, each with a word on what it does."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from core import __version__
from core.environment import cores
from gui.i18n import tr
from gui.settings import LEAST_TEXT, MOST_TEXT, Settings
from gui.theme import HUGE, LARGE, MEDIUM, SMALL, TINY, Theme
from gui.viewmodels.models import Models
from gui.widgets.buttons import Chooser, IconButton, Segments, Switch
from gui.widgets.card import Card
from gui.widgets.label import label
from gui.widgets.licences import LicencesDialog

_WIDEST = 640  # pixels at text size 100 %


class SettingsPage(QWidget):
    """Every change holds at once."""

    def __init__(
        self, settings: Settings, theme: Theme, models: Models, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._settings = settings
        self._theme = theme
        self._models = models
        self.setObjectName("page")
        inner = QWidget()
        inner.setMaximumWidth(theme.px(_WIDEST))
        theme.changed.connect(lambda: inner.setMaximumWidth(theme.px(_WIDEST)))
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, HUGE, 0, HUGE)
        column.setSpacing(SMALL)
        column.addWidget(label(tr("Settings"), "title"))
        column.addSpacing(MEDIUM)
        for name, rows in (
            (tr("Look"), (self._theme_row(), self._size_row(), self._language_row())),
            (
                tr("Translating"),
                (self._live_row(), self._follow_row(), self._model_row(), self._beam_row()),
            ),
            (tr("Computing"), (self._precision_row(), self._threads_row())),
            (tr("About"), (self._about_row(),)),
        ):
            column.addWidget(self._section(name, *rows))
            column.addSpacing(LARGE)
        column.addStretch()
        middle = QWidget()
        row = QHBoxLayout(middle)
        row.setContentsMargins(HUGE, 0, HUGE, 0)
        row.addStretch(1)
        row.addWidget(inner, 100)
        row.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidget(middle)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scroll)

    @staticmethod
    def _section(name: str, *rows: QWidget) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SMALL)
        column.addWidget(label(name, "muted"))
        card = Card()
        for number, row in enumerate(rows):
            if number:
                line = QFrame()
                line.setProperty("role", "line")
                card.body.addWidget(line)
            card.body.addWidget(row)
        column.addWidget(card)
        return box

    @staticmethod
    def _row(name: str, about: str | QLabel, control: QWidget) -> QWidget:
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(LARGE, MEDIUM, LARGE, MEDIUM)
        row.setSpacing(LARGE)
        words = QVBoxLayout()
        words.setSpacing(TINY // 2)
        words.addWidget(label(name))
        caption = label(about) if isinstance(about, str) else about
        caption.setProperty("role", "caption")
        caption.setWordWrap(True)
        words.addWidget(caption)
        row.addLayout(words, 1)
        row.addWidget(control, 0, Qt.AlignmentFlag.AlignVCenter)
        return box

    def _theme_row(self) -> QWidget:
        control = Segments((("system", tr("System")), ("light", tr("Light")), ("dark", tr("Dark"))))
        setting = self._settings.theme
        control.set_current(setting.value)
        control.chosen.connect(setting.set)
        setting.changed.connect(control.set_current)
        return self._row(tr("Theme"), tr("Light or dark, or as the desktop has it"), control)

    def _size_row(self) -> QWidget:
        setting = self._settings.text_size
        control = QWidget()
        row = QHBoxLayout(control)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(TINY)
        value = label()
        value.setAlignment(Qt.AlignmentFlag.AlignCenter)
        value.setMinimumWidth(52)
        smaller = IconButton(self._theme, "minus", tr("Smaller text"))
        larger = IconButton(self._theme, "plus", tr("Larger text"))
        smaller.clicked.connect(lambda: self._settings.step_text_size(-1))
        larger.clicked.connect(lambda: self._settings.step_text_size(1))

        def show(size: int) -> None:
            value.setText(tr("{size} %", size=size))
            smaller.setEnabled(size > LEAST_TEXT)
            larger.setEnabled(size < MOST_TEXT)

        setting.changed.connect(show)
        show(setting.value)
        for widget in (smaller, value, larger):
            row.addWidget(widget)
        return self._row(tr("Text size"), tr("Also Ctrl+=, Ctrl+- and Ctrl+0"), control)

    def _language_row(self) -> QWidget:
        setting = self._settings.language
        names = (("system", tr("System")), ("en", "English"), ("zh", "中文"))
        control = Segments(names)
        control.set_current(setting.value)
        caption, began = label(), setting.value

        def show(choice: str) -> None:
            control.set_current(choice)
            usual = tr("Of this window; System is that of the computer")
            later = tr("Holds from the next time that Attune is opened")
            caption.setText(usual if choice == began else later)

        control.chosen.connect(setting.set)
        setting.changed.connect(show)
        show(began)
        return self._row(tr("Language"), caption, control)

    def _live_row(self) -> QWidget:
        setting = self._settings.live
        control = Switch(self._theme, tr("Translate while typing"))
        control.setChecked(setting.value)
        control.toggled.connect(setting.set)
        setting.changed.connect(control.setChecked)
        about = tr("Otherwise press Ctrl+Enter to translate")
        return self._row(tr("Translate while typing"), about, control)

    def _follow_row(self) -> QWidget:
        setting = self._settings.follow_typing
        control = Switch(self._theme, tr("Recognise the language"))
        control.setChecked(setting.value)
        control.toggled.connect(setting.set)
        setting.changed.connect(control.setChecked)
        about = tr("Turns the direction round when the other language is typed or pasted")
        return self._row(tr("Recognise the language"), about, control)

    def _model_row(self) -> QWidget:
        models = self._models
        control = Chooser(self._theme, tr("Model"))
        control.chosen.connect(models.choose)

        def show() -> None:
            entries = [(card.name, card.name, "") for card in models.cards]
            control.set_entries(entries, models.current.name if models.current else "")

        models.listed.connect(show)
        models.current_changed.connect(show)
        show()
        about = tr("The languages follow the model")
        return self._row(tr("Model"), about, control)

    def _beam_row(self) -> QWidget:
        setting = self._settings.beam
        control = Segments(tuple((str(n), str(n)) for n in (1, 2, 4, 8)))
        control.setToolTip(tr("Beam size: hypotheses the search keeps at every step"))
        if str(setting.value) in ("1", "2", "4", "8"):
            control.set_current(str(setting.value))
        control.chosen.connect(lambda key: setting.set(int(key)))
        about = tr("How many wordings are followed side by side: more is better and slower")
        return self._row(tr("Search width"), about, control)

    def _precision_row(self) -> QWidget:
        setting = self._settings.precision
        control = Segments((("auto", tr("Automatic")), *((p, p) for p in ("int8", "bf16", "fp32"))))
        control.set_current(setting.value)
        control.chosen.connect(setting.set)
        setting.changed.connect(control.set_current)
        about = tr("Automatic is the fastest here; fp32 is the most exact and the slowest")
        return self._row(tr("Precision"), about, control)

    def _threads_row(self) -> QWidget:
        setting = self._settings.threads
        control = Chooser(self._theme, tr("Processor cores"))
        control.chosen.connect(lambda key: setting.set(int(key)))

        def show(chosen: int) -> None:
            powers = (2**n for n in range(cores().bit_length()))
            counts = [str(count) for count in sorted({*powers, cores(), chosen} - {0})]
            entries = [("0", tr("Automatic"), ""), *((count, count, "") for count in counts)]
            control.set_entries(entries, str(chosen))

        setting.changed.connect(show)
        show(setting.value)
        about = tr("Fewer leave more of the computer to other programs")
        return self._row(tr("Processor cores"), about, control)

    def _about_row(self) -> QWidget:
        control = QPushButton(tr("Licences…"))
        control.clicked.connect(lambda: LicencesDialog(self).open())
        about = tr("Free software under the MIT licence; its parts have licences of their own")
        return self._row(f"Attune {__version__}", about, control)
