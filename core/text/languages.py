"""The two languages and the scripts that tell them apart."""

from __future__ import annotations

import re

CHINESE = "zh"
ENGLISH = "en"
LANGUAGES = (CHINESE, ENGLISH)

HAN = "\u2e80-\u2fdf\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"

HAN_PATTERN = re.compile(f"[{HAN}]")
# A letter that is no Chinese ideograph.
LETTER_PATTERN = re.compile(rf"[^\W\d_{HAN}]")


def is_han(character: str) -> bool:
    """Whether ``character`` is a Chinese ideograph."""
    return HAN_PATTERN.match(character) is not None
