"""How the arrows of an architecture are drawn, and what is said of its blocks."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPen

from core.model.blocks import Block
from gui.core_words import from_core
from gui.i18n import counted, number, tr
from gui.theme import Theme

_DASHES: dict[str, list[float]] = {
    "question": [5, 3],
    "begin": [1.5, 2.5],
    "tied": [7, 2.5, 1.5, 2.5],
    "feeding": [4, 2],
}


def arrow_words() -> dict[str, str]:
    """What each kind of arrow stands for."""
    return {
        "states": tr("states"),
        "question": tr("query"),
        "answer": tr("context"),
        "feeding": tr("to the next step"),
        "begin": tr("first state"),
        "tied": tr("same weights"),
    }


def arrow_pen(theme: Theme, kind: str) -> QPen:
    """How an arrow of this kind is drawn."""
    strong = kind in ("question", "answer", "feeding")
    pen = QPen(theme.color("accent_text" if strong else "muted"), 2.0 if strong else 1.5)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    if kind in _DASHES:
        pen.setDashPattern(_DASHES[kind])
    return pen


def title_of(block: Block) -> str:
    """Its title, with the number of its layers."""
    title = from_core(block.title)
    return f"{title} × {block.layers}" if block.layers > 1 else title


def weights(count: int) -> str:
    """How many weights, in short."""
    if count >= 1_000_000:
        return tr("{count} M weights", count=number(count / 1e6, 1))
    if count >= 10_000:
        return tr("{count} k weights", count=number(count / 1e3))
    return counted(count, tr("1 weight"), tr("{count} weights"))


def block_facts(block: Block) -> list[str]:
    """What there is to know of a block, a line each."""
    facts = [title_of(block)]
    if block.part:
        facts.append(tr("in {shape}", shape=block.inputs))
    facts.append(tr("out {shape}", shape=block.outputs))
    if block.parameters:
        facts.append(weights(block.parameters))
    return facts
