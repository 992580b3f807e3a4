"""How both sides of a file of pairs are cut and counted."""

from __future__ import annotations

from dataclasses import dataclass

from core.errors import OptionError
from core.text.units import PIECES, UNITS
from core.text.vocab import SPECIALS

MOST_ENTRIES = 1 << 16  # ids are stored in 16 bits
FEWEST_ENTRIES = len(SPECIALS) + 1


@dataclass(frozen=True, slots=True)
class TextOptions:
    """How texts become ids; the fields but ``shared`` are those of ``TEXT_PARTS``.

    Attributes:
        source_units, target_units: of :data:`core.text.units.UNITS`.
        source_vocabulary_size, target_vocabulary_size: most entries, the four specials included.
        source_min_freq, target_min_freq: how often something must occur to get an entry; of pieces,
            how often two must stand together to be joined.
        shared: one vocabulary for both sides, learnt from both, by the source's numbers.
    """

    source_units: str = PIECES
    target_units: str = PIECES
    source_vocabulary_size: int = 8_000
    target_vocabulary_size: int = 8_000
    source_min_freq: int = 2
    target_min_freq: int = 2
    shared: bool = False

    def __post_init__(self) -> None:
        for side in ("source", "target"):
            units = getattr(self, f"{side}_units")
            if units not in UNITS:
                raise OptionError(
                    f"{side}_units is {units!r}", remedy=f"Give one of {', '.join(UNITS)}."
                )
            size = getattr(self, f"{side}_vocabulary_size")
            if not FEWEST_ENTRIES <= size <= MOST_ENTRIES:
                raise OptionError(
                    f"{side}_vocabulary_size is {size}",
                    remedy=f"Choose between {FEWEST_ENTRIES} and {MOST_ENTRIES}.",
                )
            least = getattr(self, f"{side}_min_freq")
            if least < 1:
                raise OptionError(f"{side}_min_freq is {least}", remedy="It must be at least 1.")
        if self.shared and self.source_units != self.target_units:
            raise OptionError(
                f"source_units is {self.source_units} and target_units {self.target_units}, but"
                " embeddings is shared",
                remedy="Give both the same units, or embeddings of their own.",
            )

    @property
    def units(self) -> tuple[str, str]:
        """Those of source and target."""
        return self.source_units, self.target_units
