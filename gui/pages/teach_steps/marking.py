"""What two translations of a sentence do not share, marked."""

from __future__ import annotations

import difflib
import html
import re

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from gui.theme import set_role

_WORD = re.compile(r"[A-Za-z0-9'’-]+|\s+|.", re.DOTALL)


def marked(before: str, after: str, color: str) -> str:
    """``after`` as HTML, with what ``before`` does not have on ``color``."""
    old, new = _WORD.findall(before), _WORD.findall(after)
    parts = []
    for change, _, _, start, end in difflib.SequenceMatcher(
        None, old, new, autojunk=False
    ).get_opcodes():
        text = html.escape("".join(new[start:end]))
        plain = change == "equal" or not text.strip()
        parts.append(text if plain else f'<span style="background-color:{color}">{text}</span>')
    return "".join(parts)


def rich(text: str) -> QLabel:
    """A label of several lines that shows ``text``, HTML; a dash where there is none."""
    result = QLabel(text or "–")
    result.setTextFormat(Qt.TextFormat.RichText)
    result.setWordWrap(True)
    result.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    set_role(result, "")
    return result
