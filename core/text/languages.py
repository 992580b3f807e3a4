"""Codes of languages, and the scripts that tell the two of the window's own apart.

A model may translate between any two: ``de-en``, or ``text-digits`` for a task. Chinese and English
alone have rules of their own (marks, numbers, names, alarms); see :func:`is_chinese_english`.
"""

from __future__ import annotations

import re

from core.errors import OptionError

CHINESE = "zh"
ENGLISH = "en"
LANGUAGES = (CHINESE, ENGLISH)
# Languages whose words stand together without blanks.
_UNSPACED = frozenset((CHINESE, "ja", "th", "lo", "km", "my", "bo"))
_CODE = re.compile(r"[a-z][a-z0-9_]{1,15}")
_ISO_639_1 = re.compile(r"[a-z]{2}")

HAN = "\u2e80-\u2fdf\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"

HAN_PATTERN = re.compile(f"[{HAN}]")
# A letter that is no Chinese ideograph.
LETTER_PATTERN = re.compile(rf"[^\W\d_{HAN}]")


def is_han(character: str) -> bool:
    """Whether ``character`` is a Chinese ideograph."""
    return HAN_PATTERN.match(character) is not None


def is_language(code: object) -> bool:
    """Whether ``code`` can name a side: small letters, digits and _, 2 to 16 of them."""
    return isinstance(code, str) and _CODE.fullmatch(code) is not None


def language_code(text: str) -> str:
    """``text``, if it can name a side.

    Raises:
        OptionError: it cannot.
    """
    if not is_language(text):
        raise OptionError(
            f"{text!r} is no code of a language",
            remedy="Give 2 to 16 small letters, digits or underscores, as in: de, text, digits.",
        )
    return text


def language_pair(text: str) -> tuple[str, str]:
    """The two codes of ``"de-en"``: what a model reads, what it writes; they may be the same.

    Raises:
        OptionError: it is no such pair.
    """
    source, dash, target = text.partition("-")
    if not dash:
        raise OptionError(f"{text!r} is no pair of languages", remedy="Give two codes: zh-en.")
    return language_code(source), language_code(target)


def is_spaced(language: str) -> bool:
    """Whether blanks stand between the words of ``language``."""
    return language not in _UNSPACED


def is_chinese_english(source_language: str, target_language: str) -> bool:
    """Whether a pair is of Chinese and English, one way or the other."""
    return {source_language, target_language} == set(LANGUAGES)


def are_two_languages(source_language: str, target_language: str) -> bool:
    """Whether a pair is of two natural languages, by their ISO 639-1 codes, rather than of a task.

    A text is then translated sentence by sentence; what a task reads is a line.
    """
    codes = source_language, target_language
    return source_language != target_language and all(map(_ISO_639_1.fullmatch, codes))
