"""A sentence in both texts, what was done to its translation by hand, and edits. No Qt here."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from core.translation.result import Rows, Translation

_WORD = re.compile(r"[^\W\d_]{2}")


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace ``removed`` characters from ``start`` by ``inserted``."""

    start: int
    removed: int
    inserted: str

    @property
    def empty(self) -> bool:
        """Whether it changes nothing."""
        return not self.removed and not self.inserted


@dataclass(frozen=True, slots=True)
class Step:
    """A translation of a sentence; its first ``locked`` characters were asked for by hand.

    ``number`` tells when: steps are counted through the whole text.
    """

    translation: Translation
    locked: int
    number: int


@dataclass(frozen=True, slots=True)
class Segment:
    """A translated segment in both texts.

    Attributes:
        start, end: its place in the source text as it is typed now.
        gap: what stands before it in the translated text.
        translation: the result.
        stale: the source changed since; the translation is of an older wording.
        steps: what was done to the translation by hand, in order; undone ones behind ``place``.
        place: how many of them count.
        found: the translation before any of them, as it was found.
        links: how strongly its words belong together, where the model has said so: rows as those of
            an alignment.
    """

    start: int
    end: int
    gap: str
    translation: Translation
    stale: bool = False
    steps: tuple[Step, ...] = ()
    place: int = 0
    found: Translation | None = None
    links: Rows | None = None

    @property
    def unaided(self) -> Translation:
        """What the model makes of it by itself, whatever was done by hand."""
        return self.found or self.translation

    @property
    def notes(self) -> frozenset[str]:
        """What was done to it before; that bare numbers stayed as they are goes without saying."""
        notes = frozenset(self.translation.notes)
        return notes if _WORD.search(self.translation.source) else notes - {"copied"}

    @property
    def locked(self) -> int:
        """How many characters of the translation were asked for by hand."""
        return self.steps[self.place - 1].locked if self.place else 0

    def stepped(self, step: Step) -> Segment:
        """With one more step instead of those that were undone."""
        steps = (*self.steps[: self.place], step)
        return replace(self, steps=steps, found=self.found or self.translation)._at(len(steps))

    def back(self, place: int) -> Segment:
        """With the first ``place`` steps alone; the others can be done again."""
        return self._at(place)

    def again(self, before: Segment) -> Segment:
        """The same sentence translated anew, with what was done to it ``before`` by hand."""
        return replace(self, steps=before.steps, found=self.translation)._at(before.place)

    def _at(self, place: int) -> Segment:
        shown = self.steps[place - 1].translation if place else self.found
        return replace(self, place=place, translation=shown or self.translation, links=None)

    @property
    def linked(self) -> Translation:
        """The translation, its words aligned by :attr:`links` if they are known."""
        if self.links is None:
            return self.translation
        return replace(self.translation, alignment=self.links)

    @property
    def output(self) -> str:
        """Its part of the translated text."""
        return self.gap + self.translation.translation
