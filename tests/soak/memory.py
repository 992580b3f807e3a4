"""Whether memory is flat, judged by medians of many samples: single ones catch a model loading."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

WARM = 0.25  # of all translations: caches fill, pages are made, libraries imported
_WINDOW = 0.15  # of all translations, whose samples' median counts
MOST_GROWTH = 0.10
JUDGED = 2_000  # translations: a shorter run is still warming up as it ends


@dataclass(frozen=True, slots=True)
class Sample:
    """Bytes that the window's process and its children held after so many translations."""

    translations: int
    window: int
    children: int


@dataclass(frozen=True, slots=True)
class Growth:
    """The window's memory in bytes: before the first translation, median once warm, at the end."""

    start: float
    warm: float
    end: float
    most: int
    most_children: int
    translations: int  # between the middles of the two windows
    total: int

    @property
    def share(self) -> float:
        """The growth from warm to end, as a share."""
        return self.end / self.warm - 1

    @property
    def per_thousand(self) -> float:
        """The growth in bytes per 1,000 translations."""
        return (self.end - self.warm) * 1000 / max(self.translations, 1)

    @property
    def flat(self) -> bool:
        """Whether it grew no more than it may; a run that is too short for that counts as flat."""
        return self.total < JUDGED or self.share <= MOST_GROWTH


def growth(samples: Sequence[Sample]) -> Growth:
    """What ``samples``, in their order, tell.

    Raises:
        ValueError: there are too few to tell.
    """
    total = samples[-1].translations if samples else 0
    warm = [s for s in samples if WARM <= s.translations / max(total, 1) <= WARM + _WINDOW]
    end = [s for s in samples if s.translations >= (1 - _WINDOW) * total]
    if samples and samples[0].translations:
        raise ValueError("there is no sample from before the first translation")
    if total < 20 or len(warm) < 3 or len(end) < 3:
        raise ValueError(f"{len(samples)} samples of {total} translations are too few")
    middles = [median(s.translations for s in part) for part in (warm, end)]
    return Growth(
        start=[s.window for s in samples if not s.translations][-1],
        warm=median(s.window for s in warm),
        end=median(s.window for s in end),
        most=max(s.window for s in samples),
        most_children=max(s.children for s in samples),
        translations=round(middles[1] - middles[0]),
        total=total,
    )
