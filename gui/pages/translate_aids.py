"""What helps on the Translate page: the first hint, text files, the direction of what is typed."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout

from gui.i18n import tr
from gui.pages.translate import TranslatePage
from gui.pages.translate_parts.text_files import TextFiles
from gui.settings import Settings
from gui.theme import Theme
from gui.viewmodels.typed_language import TypedLanguage
from gui.widgets.banner import Banner


def add_aids(page: TranslatePage, settings: Settings, theme: Theme) -> TextFiles:
    """Add all of them to ``page``; what opens text files there."""
    _add_hint(page, settings, theme)
    files = TextFiles(page, settings, theme)
    typed = TypedLanguage(settings, page.model, page)
    page.source.editor.edited.connect(typed.look)
    typed.turned.connect(lambda _source: page.bar.note.setText(tr("recognised from the text")))
    typed.left.connect(page.bar.note.clear)
    return files


def _add_hint(page: TranslatePage, settings: Settings, theme: Theme) -> None:
    """Three lines at the first start; once dismissed they never come again."""
    column = page.layout()
    if settings.hint_seen.value or not isinstance(column, QVBoxLayout):
        return
    hint = Banner(theme)
    lines = (
        tr("Type or paste at the left, read at the right."),
        tr("Point at a word to see where it came from."),
        tr("Correct… teaches the model; F1 lists all keys."),
    )
    hint.acted.connect(hint.hide)
    for signal in (hint.acted, hint.dismissed):
        signal.connect(lambda: settings.hint_seen.set(True))
    column.insertWidget(column.indexOf(page.bar) + 1, hint)
    hint.say("\n".join(lines), "info", tr("Got it"))
