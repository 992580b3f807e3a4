"""What the page of models shows: the models in their families, and what is known of one."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gui.errors import Failure

if TYPE_CHECKING:
    from core.store.model_store import ModelCard
    from core.store.trash import DeletedModel


@dataclass(frozen=True, slots=True)
class Entry:
    """A model, or a folder that holds no sound one.

    Attributes:
        generation: how many models it is from the first of its family.
        yours: whether it may be renamed and deleted.
        card: none where it is damaged.
        damage: what is wrong with it, as a sentence; empty for a sound one.
    """

    name: str
    path: Path
    generation: int
    yours: bool
    card: ModelCard | None
    damage: str = ""

    @property
    def direction(self) -> tuple[str, str]:
        """Codes of the languages it reads and writes; empty where it is damaged."""
        if self.card is None:
            return "", ""
        return self.card.source_language, self.card.target_language

    @property
    def parent(self) -> str | None:
        """The model that it was tuned from; a built-in one begins its family."""
        return self.card.parent if self.card is not None and self.yours else None


@dataclass(frozen=True, slots=True)
class Shelf:
    """All there is, each model right after what it was tuned from, damaged ones at the end.

    Attributes:
        deleted: what is in the trash, deleted last first.
    """

    entries: tuple[Entry, ...] = ()
    deleted: tuple[DeletedModel, ...] = ()

    @property
    def sound(self) -> tuple[Entry, ...]:
        """Those that can translate."""
        return tuple(entry for entry in self.entries if entry.card is not None)

    @property
    def names(self) -> tuple[str, ...]:
        """The names that are taken."""
        return tuple(entry.name for entry in self.entries)

    def named(self, name: str | None) -> Entry | None:
        """The entry called ``name``, a sound one first."""
        found = [entry for entry in self.entries if entry.name == name]
        return min(found, key=lambda entry: entry.card is None, default=None)

    def instead_of(self, entry: Entry) -> Entry | None:
        """What translates when ``entry`` goes: its parent, else its likest."""
        others = [e for e in self.sound if e.path != entry.path]

        def distance(other: Entry) -> tuple[bool, bool, bool]:
            alike = other.direction == entry.direction
            return not alike, not (alike and other.name == entry.parent), other.yours

        return min(others, key=distance, default=None)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Scores of a set of sentences (``held-out``, ``general``), each before and after."""

    name: str
    sentences: int
    scores: tuple[tuple[str, float, float], ...]  # BLEU, chrF


@dataclass(frozen=True, slots=True)
class Taught:
    """What a receipt tells; ``None`` and empty where it does not."""

    file: str = ""
    pairs: int | None = None
    minutes: float | None = None
    comparisons: tuple[Comparison, ...] = ()
    loss: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Details:
    """What is read of the chosen model."""

    path: Path
    note: str = ""
    taught: Taught = Taught()
    trouble: Failure | None = None

    def with_note(self, note: str) -> Details:
        """The same with another note."""
        return replace(self, note=note)


def taught_from(receipt: Mapping[str, Any]) -> Taught:
    """What ``receipt`` tells; it may be another program's, so that anything may be amiss."""
    seconds, pairs = real(receipt.get("seconds")), real(receipt.get("pairs"))
    file = receipt.get("file")
    loss = _before_after(receipt.get("held_out_loss"))
    return Taught(
        file=file if isinstance(file, str) else "",
        pairs=None if pairs is None else round(pairs),
        minutes=None if seconds is None else seconds / 60,
        comparisons=_comparisons(receipt.get("comparisons")),
        loss=loss if receipt.get("held_out") != 0 else None,
    )


def _comparisons(told: object) -> tuple[Comparison, ...]:
    comparisons = []
    for name, found in told.items() if isinstance(told, Mapping) else ():
        if not isinstance(found, Mapping):
            continue
        values = {m: _before_after(found.get(m.lower())) for m in ("BLEU", "chrF")}
        scores = tuple((metric, *value) for metric, value in values.items() if value is not None)
        if scores:
            count = round(real(found.get("sentences")) or 0)
            comparisons.append(Comparison(str(name), count, scores))
    return tuple(comparisons)


def _before_after(value: object) -> tuple[float, float] | None:
    if not isinstance(value, Mapping):
        return None
    before, after = real(value.get("before")), real(value.get("after"))
    return None if before is None or after is None else (before, after)


def real(value: object) -> float | None:
    """``value`` if it is a finite number; JSON holds whole ones that no float can."""
    if not isinstance(value, int | float) or isinstance(value, bool):
        return None
    return float(value) if abs(value) <= sys.float_info.max else None
