"""What the decoder reads while it learns: gold pieces, its own, or ``<unk>`` for some.

Teacher forcing (Williams & Zipser 1989) feeds the gold piece of the step before; a system that
translates reads what it has said itself. Scheduled sampling (Bengio et al. 2015) goes from the one
to the other: at update i each piece is gold with probability ε_i, else the model's own.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from core.errors import OptionError
from core.parts import Value

KINDS = ("fixed", "linear", "exponential", "inverse-sigmoid")
# The schedules' i: a run is a thousand long, however many updates it has.
RUN = 1000.0


@dataclass(frozen=True, slots=True)
class Feeding:
    """The share of gold pieces over a run.

    With i from 0 to :data:`RUN` (Bengio et al. 2015, section 2.4):

    - linear: ε_i = max(ε_min, 1 - c i)
    - exponential: ε_i = max(ε_min, k^i)
    - inverse-sigmoid: ε_i = max(ε_min, k / (k + exp(i / k)))

    c and k are such that ε = 1/2 at ``half`` of the run. Under the last, ε begins at k / (k + 1).

    Attributes:
        kind: ``"fixed"`` or one of these.
        share: ε of ``"fixed"``; 1 is teacher forcing, 0 free running.
        half: of the run; beyond 1, less than half of the pieces are ever the model's own.
        floor: ε_min.
        by: ``"token"`` chooses for each piece, ``"sentence"`` for a whole target.
    """

    kind: str = "fixed"
    share: float = 1.0
    half: float = 0.5
    floor: float = 0.0
    by: str = "token"

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise OptionError(
                f"forcing is {self.kind!r}", remedy=f"Give one of {', '.join(KINDS)}."
            )
        if self.by not in ("token", "sentence"):
            raise OptionError(f"forcing_by is {self.by!r}", remedy="Give token or sentence.")
        for name, value in (("teacher_forcing", self.share), ("forcing_floor", self.floor)):
            if not 0 <= value <= 1:
                raise OptionError(f"{name} is {value}", remedy="Give a number from 0 to 1.")
        if not self.half > 0:
            raise OptionError(f"forcing_half is {self.half}", remedy="Give more than 0.")

    @classmethod
    def of(cls, values: Mapping[str, Value]) -> Feeding:
        """The one among the options of a whole system."""
        return cls(
            str(values["forcing"]),
            float(values["teacher_forcing"]),
            float(values["forcing_half"]),
            float(values["forcing_floor"]),
            str(values["forcing_by"]),
        )

    def gold_share(self, progress: float) -> float:
        """ε at ``progress`` (0 to 1) of the run."""
        if self.kind == "fixed":
            return self.share
        place, half = progress * RUN, self.half * RUN
        if self.kind == "linear":
            share = 1 - place / (2 * half)
        elif self.kind == "exponential":
            share = 0.5 ** (place / half)
        else:
            k = inverse_sigmoid_rate(half)
            share = k / (k + math.exp(min(place / k, 700.0)))
        return max(self.floor, share)


def inverse_sigmoid_rate(half: float) -> float:
    """The k of k / (k + exp(i / k)) that is 1/2 at i = ``half``: k ln k = half, by Newton."""
    k = half + 1.0  # k ln k is convex and at least ``half`` here: each step stays above the root
    for _ in range(60):
        k -= (k * math.log(k) - half) / (math.log(k) + 1)
    return k
