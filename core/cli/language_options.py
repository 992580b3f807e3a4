"""Codes of languages on the command line."""

from __future__ import annotations

import argparse

from core.errors import OptionError
from core.text.languages import language_code, language_pair


def language(text: str) -> str:
    """A type of argument: the code of a language, or of a side of a task."""
    try:
        return language_code(text)
    except OptionError as error:
        raise argparse.ArgumentTypeError(error.sentence()) from error


def languages(text: str) -> str:
    """A type of argument: two codes with a dash between, as ``zh-en`` or ``text-digits``."""
    try:
        return "-".join(language_pair(text))
    except OptionError as error:
        raise argparse.ArgumentTypeError(error.sentence()) from error
