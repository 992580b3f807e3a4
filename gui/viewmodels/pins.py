"""Sentences that are pinned: watched while a model learns, and looked at after a lesson."""

from __future__ import annotations

import unicodedata

from core.text.languages import is_chinese_english
from gui.i18n import language_name, number, tr
from gui.settings import Settings


class Pins:
    """What is pinned, by the language that it is in; kept in the settings."""

    def __init__(self, settings: Settings) -> None:
        self._setting = settings.pinned

    def of(self, language: str) -> tuple[str, ...]:
        """The pinned sentences in ``language``."""
        return tuple(sentence for code, sentence in self._setting.value if code == language)

    def set(self, language: str, sentences: tuple[str, ...]) -> None:
        """Have ``sentences``, and no others in ``language``, pinned."""
        others = tuple(pin for pin in self._setting.value if pin[0] != language)
        self._setting.set((*others, *((language, sentence) for sentence in sentences)))


def one_line(text: str) -> str:
    """``text`` on one line, without what a command line cannot hold."""
    unfit = ("Cc", "Cs")  # control characters, halves of characters
    plain = (" " if unicodedata.category(sign) in unfit else sign for sign in text)
    return " ".join("".join(plain).split())


def pin_problem(sentence: str, pinned: tuple[str, ...], source: str, target: str) -> str:
    """Why ``sentence`` cannot be pinned beside ``pinned``, as a sentence; empty when it can.

    The model reads the language ``source`` and writes ``target``.
    """
    from core.training.checks import Script  # its package is light and in memory by now
    from core.training.limits import LONGEST_PINNED, MOST_PINNED

    if len(pinned) >= MOST_PINNED:
        return tr("{count} sentences are pinned: take one away first.", count=number(MOST_PINNED))
    if len(sentence) > LONGEST_PINNED:
        return tr("The sentence has {count} characters; pin one of {most} at most.",
                  count=number(len(sentence)), most=number(LONGEST_PINNED))  # fmt: skip
    if is_chinese_english(source, target) and Script.of(sentence).is_clearly(target):
        return tr("This model reads {language}: pin a sentence in it.",
                  language=language_name(source))  # fmt: skip
    return ""
