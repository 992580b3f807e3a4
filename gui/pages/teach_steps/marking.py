"""What two translations of a sentence do not share, marked."""

from __future__ import annotations

import difflib
import html
import itertools
import re

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from gui.theme import set_role

_WORD = re.compile(r"[A-Za-z0-9'’-]+|\s+|.", re.DOTALL)


def changes(before: str, after: str) -> list[tuple[int, int]]:
    """Where ``after`` has what ``before`` does not have, in characters."""
    old, new = _WORD.findall(before), _WORD.findall(after)
    starts = [0, *itertools.accumulate(map(len, new))]
    codes = difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return [
        (starts[start], starts[end])
        for change, _, _, start, end in codes
        if change != "equal" and "".join(new[start:end]).strip()
    ]


def changed_words(before: str, after: str) -> list[tuple[int, int]]:
    """:func:`changes` without the blanks around them."""
    return [
        (end - len(after[start:end].lstrip()), start + len(after[start:end].rstrip()))
        for start, end in changes(before, after)
    ]


def marked(before: str, after: str, color: str) -> str:
    """``after`` as HTML, with what ``before`` does not have on ``color``."""
    parts, done = [], 0
    for start, end in changes(before, after):
        parts.append(html.escape(after[done:start]))
        text = html.escape(after[start:end])
        parts.append(f'<span style="background-color:{color}">{text}</span>')
        done = end
    return "".join((*parts, html.escape(after[done:])))


def rich(text: str) -> QLabel:
    """A label of several lines that shows ``text``, HTML; a dash where there is none."""
    result = QLabel(text or "–")
    result.setTextFormat(Qt.TextFormat.RichText)
    result.setWordWrap(True)
    result.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    set_role(result, "")
    return result
