"""Events of the check of a file of pairs: part of :mod:`core.events`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from core.event import Event


@dataclass(frozen=True, slots=True)
class Rejected(Event):
    """A row of a file of pairs that cannot be used: its number from 1 and the reason."""

    kind: ClassVar[str] = "rejected"
    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class Doubted(Event):
    """A pair that can be used but may be wrong; the fields are those of ``checks.Doubt``."""

    kind: ClassVar[str] = "doubted"
    line: int
    reason: str
    note: str = ""
    other: int = 0


@dataclass(frozen=True, slots=True)
class Scored(Event):
    """Pairs that the model has looked at so far, and how many of them are the first of all.

    The others stand anywhere behind these. ``total`` is ``None`` where nobody counted.
    """

    kind: ClassVar[str] = "scored"
    done: int
    settled: int
    total: int | None = None


@dataclass(frozen=True, slots=True)
class Checked(Event):
    """The check of a file has ended.

    Rows, good pairs among them, those not left out as doubtful, and those that a model looked at.
    ``complete`` is false if it was told to stop before all was looked at.
    """

    kind: ClassVar[str] = "checked"
    rows: int
    pairs: int
    usable: int
    scored: int = 0
    complete: bool = True
