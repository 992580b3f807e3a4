"""Options of the search and of sampling."""

from __future__ import annotations

import math
from dataclasses import dataclass

from core.errors import OptionError
from core.text.vocab import PAD, SOS, UNK


def require(fits: bool, name: str, value: object, remedy: str) -> None:
    """Raise :class:`OptionError` about the option ``name`` unless its value ``fits``."""
    if not fits:
        raise OptionError(f"{name} is {value}", remedy=remedy)


@dataclass(frozen=True, kw_only=True)
class OutputLimits:
    """What any output must keep to.

    Attributes:
        min_length_ratio: fewest target pieces per source piece.
        max_length_ratio: most target pieces per source piece, the offset apart.
        max_length_offset: target pieces allowed beyond that, for short sources.
        longest_output: most target pieces whatever the source; 0 for no such bound.
        allow_unknown: whether ``<unk>`` may be produced.
    """

    min_length_ratio: float = 0.0
    max_length_ratio: float = 2.0
    max_length_offset: int = 10
    longest_output: int = 0
    allow_unknown: bool = True

    def __post_init__(self) -> None:
        low, high = self.min_length_ratio, self.max_length_ratio
        require(0 <= low < math.inf, "min_length_ratio", low, "It must be 0 or more.")
        require(
            low <= high < math.inf,
            "max_length_ratio",
            high,
            f"It must be finite and not below min_length_ratio, {low}.",
        )
        offset = self.max_length_offset
        require(offset >= 0, "max_length_offset", offset, "It must be 0 or more.")
        longest = self.longest_output
        require(longest >= 0, "longest_output", longest, "It must be 0 or more.")

    def bounds(self, source_length: int) -> tuple[int, int]:
        """Fewest and most target pieces, the end symbol not counted."""
        shortest = math.floor(self.min_length_ratio * source_length)
        longest = math.floor(self.max_length_ratio * source_length) + self.max_length_offset
        if self.longest_output:
            longest = min(longest, self.longest_output)
        return min(shortest, longest), longest

    def banned(self) -> list[int]:
        """Pieces that are never produced."""
        return [PAD, SOS] if self.allow_unknown else [PAD, SOS, UNK]


@dataclass(frozen=True, kw_only=True)
class SearchOptions(OutputLimits):
    """Options of beam search.

    Attributes:
        beam: unfinished hypotheses kept per sentence; 1 is greedy search.
        n_best: outputs returned per sentence, at most ``beam``.
        length_penalty: exponent alpha of Wu et al. 2016, 0 for none.
        coverage_penalty: weight beta of Wu et al. 2016, equation 14, 0 for none.
        patience: finished hypotheses after which a sentence is done, in beams (Kasai et al.
            2024, "A Call for Clarity in Beam Search"); infinity leaves it to the bound alone.
        loop_copies: a phrase is not said this many times in a row; 0 allows it.
        loop_span: pieces that these copies must fill before they count as a loop, so that
            ``very very very`` or a row of zeros survives.
    """

    beam: int = 4
    n_best: int = 1
    length_penalty: float = 0.6
    coverage_penalty: float = 0.0
    patience: float = 1.0
    loop_copies: int = 3
    loop_span: int = 8

    def __post_init__(self) -> None:
        super().__post_init__()
        require(self.beam >= 1, "beam", self.beam, "It must be at least 1.")
        require(
            1 <= self.n_best <= self.beam,
            "n_best",
            self.n_best,
            f"It must be from 1 to beam, {self.beam}.",
        )
        for name in ("length_penalty", "coverage_penalty"):
            value = getattr(self, name)
            require(0 <= value < math.inf, name, value, "It must be finite and not negative.")
        require(self.patience >= 1, "patience", self.patience, "It must be at least 1.")
        copies = self.loop_copies
        require(copies == 0 or copies >= 2, "loop_copies", copies, "It must be 0 or at least 2.")
        require(self.loop_span >= 2, "loop_span", self.loop_span, "It must be at least 2.")


@dataclass(frozen=True, kw_only=True)
class SamplingOptions(OutputLimits):
    """Options of ancestral sampling; the filters apply in the order written here.

    Attributes:
        temperature: divides the log-probabilities; below 1 sharpens, above 1 flattens.
        top_k: pieces to draw from, the most probable ones; 0 for all.
        top_p: probability mass to draw from, the most probable pieces that reach it
            (nucleus; Holtzman et al. 2020); 1 for all.
    """

    temperature: float = 1.0
    top_k: int = 0
    top_p: float = 1.0

    def __post_init__(self) -> None:
        super().__post_init__()
        heat = self.temperature
        require(0 < heat < math.inf, "temperature", heat, "It must be finite and above 0.")
        require(self.top_k >= 0, "top_k", self.top_k, "It must be 0 or more.")
        require(0 < self.top_p <= 1, "top_p", self.top_p, "It must be above 0 and at most 1.")
