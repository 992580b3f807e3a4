"""Every sentence that a user reads goes through :func:`tr`."""

from __future__ import annotations

import functools

from PySide6.QtCore import QCoreApplication, QLocale

_CONTEXT = "Attune"


def tr(text: str, /, **values: object) -> str:
    """``text`` in the user's language, its ``{names}`` filled with ``values``.

    The placeholders are filled after the look-up, so that a catalogue holds one entry for all
    values: ``tr("{count} characters", count=12)``.
    """
    translated = QCoreApplication.translate(_CONTEXT, text)
    return translated.format(**values) if values else translated


def counted(count: int, one: str, many: str) -> str:
    """``one`` where there is one of something, else ``many`` with ``count`` for its ``{count}``.

    Both come from :func:`tr`: ``counted(n, tr("1 step"), tr("{count} steps"))``.
    """
    return one if count == 1 else many.format(count=number(count))


def joined(*sentences: str) -> str:
    """``sentences`` one after another, with the blank between them that the language asks for."""
    return functools.reduce(_after, filter(None, sentences), "")


def _after(first: str, second: str) -> str:
    return tr("{first} {second}", first=first, second=second) if first else second


def listed(*parts: str) -> str:
    """``parts`` as a list within a sentence."""
    return tr(", ").join(filter(None, parts))


def language_name(code: str) -> str:
    """The language with code ``code`` as a user reads it.

    Other than Chinese and English it is in its own words (Deutsch); a side of a task that is no
    language stays as it is called (digits).
    """
    known = {"zh": tr("Chinese"), "en": tr("English")}
    if code in known:
        return known[code]
    language = QLocale.codeToLanguage(code)
    if language == QLocale.Language.AnyLanguage:
        return code
    return QLocale(language).nativeLanguageName() or code


def direction_name(source: str, target: str) -> str:
    """From one language to another, given their codes, as a user reads it."""
    return f"{language_name(source)} → {language_name(target)}"


def data_size(count: int) -> str:
    """``count`` bytes as a user reads them."""
    return QLocale().formattedDataSize(count, 1, QLocale.DataSizeFormat.DataSizeSIFormat)


def number(value: float, decimals: int = 0) -> str:
    """``value`` with the separators of the user's locale."""
    return QLocale().toString(float(value), "f", decimals)
