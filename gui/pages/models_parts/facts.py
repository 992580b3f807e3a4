"""What there is to know of a model, as captions and values."""

from __future__ import annotations

import re
from pathlib import Path

from PySide6.QtCore import QDateTime, QLocale, Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from gui.i18n import counted, data_size, number, tr
from gui.pages.teach_steps.parts import clear
from gui.theme import LARGE, SMALL
from gui.tips import plain_tip
from gui.viewmodels.shelf import Comparison, Entry, Taught
from gui.widgets.label import label

_MILLION = 1e6
_LONG = re.compile(r"[^\s/\\]{30,}")  # longer than what a line holds between two breaks
_PIECE = re.compile(r".{1,10}")

Fact = tuple[str, str, str]  # caption, value, tool tip


class Facts(QWidget):
    """Rows of a caption and its value; a value that is long goes on in the next line."""

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(LARGE)
        self._grid.setVerticalSpacing(SMALL)
        self._grid.setColumnStretch(1, 1)
        self._shown: tuple[Fact, ...] = ()

    def show_facts(self, facts: tuple[Fact, ...], widest: int) -> None:
        """Show ``facts``; the captions take ``widest`` pixels at least, so that lists align."""
        self._grid.setColumnMinimumWidth(0, widest)
        self.setVisible(bool(facts))
        if facts == self._shown:
            return
        self._shown = facts
        clear(self._grid)
        for row, (caption, value, tip) in enumerate(facts):
            name, words = label(caption, "muted"), label(breakable(value), wrap=True)
            if words.text() == value:  # what is copied has no marks of ours in it
                words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            words.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
            words.setToolTip(plain_tip(tip))
            words.setAccessibleName(f"{caption}: {value}")
            self._grid.addWidget(name, row, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(words, row, 1)

    def words(self) -> str:
        """All that is shown."""
        return "\n".join(f"{caption}: {value}" for caption, value, _ in self._shown)

    def captions(self) -> list[QLabel]:
        """The captions' labels."""
        found = [self._grid.itemAtPosition(row, 0) for row in range(len(self._shown))]
        widgets = [item.widget() for item in found if item is not None]
        return [widget for widget in widgets if isinstance(widget, QLabel)]


def breakable(text: str) -> str:
    """``text`` in whose long words a label may break the line (zero-width spaces)."""
    return _LONG.sub(lambda word: "\u200b".join(_PIECE.findall(word[0])), text)


def model_facts(entry: Entry) -> tuple[Fact, ...]:
    """What ``entry`` is."""
    card = entry.card
    if card is None:
        return (
            (tr("What is wrong"), entry.damage, ""),
            (tr("Folder"), str(entry.path), ""),
        )
    size = data_size(card.bytes_on_disk)
    weights = tr("{count} million weights", count=number(card.parameters / _MILLION, 1))
    facts = [
        (tr("Size"), f"{size} · {weights}", tr("Parameters that were learnt")),
        (tr("Precision"), _precision(card.precision), tr("Stored as {kind}", kind=card.precision)),
        (tr("Created"), _moment(card.created), card.created),
    ]
    if entry.parent:
        facts.append((tr("Learnt from"), entry.parent, tr("The model that it was tuned from")))
    return tuple(facts)


def taught_facts(taught: Taught) -> tuple[Fact, ...]:
    """What a model was taught."""
    facts: list[Fact] = []
    if taught.file:
        facts.append((tr("File"), Path(taught.file).name or taught.file, taught.file))
    if taught.pairs is not None:
        facts.append((tr("Pairs"), number(taught.pairs), ""))
    if taught.minutes is not None:
        facts.append((tr("Time"), tr("{n} minutes", n=number(taught.minutes, 1)), ""))
    facts += [_comparison(found) for found in taught.comparisons]
    if taught.loss is not None and not taught.comparisons:
        before, after = (number(value, 2) for value in taught.loss)
        change = tr("loss {before} → {after}", before=before, after=after)
        tip = tr("Cross-entropy of a piece of a word in pairs that were not learnt; less is better")
        facts.append((tr("Pairs held out"), change, tip))
    return tuple(facts)


def _comparison(found: Comparison) -> Fact:
    names = {"held-out": tr("Pairs held out"), "general": tr("Everyday sentences")}
    scores = [
        f"{metric} {number(before, 1)} → {number(after, 1)}"
        for metric, before, after in found.scores
    ]
    count = counted(found.sentences, tr("1 sentence"), tr("{count} sentences"))
    tip = tr("Likeness to the sentences' own translations, 0 to 100; {sentences}", sentences=count)
    return names.get(found.name, found.name), "  ·  ".join(scores), tip


def _precision(kind: str) -> str:
    bits = {"int8": 8, "bf16": 16, "fp32": 32}.get(kind)
    return kind if bits is None else tr("{bits} bits a weight", bits=bits)


def _moment(text: str) -> str:
    """A time as ISO 8601 has it, in the user's own zone and way of writing."""
    moment = QDateTime.fromString(text, Qt.DateFormat.ISODate)
    if not moment.isValid():
        return text
    return QLocale().toString(moment.toLocalTime(), QLocale.FormatType.ShortFormat)
