"""What a person can ask of fine-tuning, and what is asked where nothing is said."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from core.errors import OptionError
from core.training.batching import BatchOptions
from core.training.schedule import Schedule
from core.training.trainer import Recipe

VALIDATIONS = 12
# A small file is learnt by heart within a minute; what follows only hurts.
PATIENCE = 6
WATCHED = 128  # held-out pairs whose loss is measured at every validation
VALIDATION_SHARE = 0.2  # of the time at most
SCORED = 64  # held-out pairs translated at every validation
SAVE_SECONDS = 20.0
# Small batches answer to a command within a second on two cores.
BATCH = BatchOptions(tokens=1200, max_length=250)
RECIPE = Recipe(
    learning_rate=1e-4, muon=False, dropout=0.1, schedule=Schedule(warmup=20, decay=0.5)
)
STRENGTHS = {"gentle": 0.5, "normal": 1.0, "strong": 2.0}  # times the learning rate
PARTS = {"embeddings": "embedding", "encoder": "encoder.", "decoder": "decoder."}


@dataclass(frozen=True, slots=True)
class TuneOptions:
    """What to tune, how, and for how long.

    Attributes:
        file: pairs, one a line, source and target parted by a tab.
        base: name of the bundle to start from.
        name: name of the bundle to make.
        minutes: time for training and validations.
        epochs: rounds through the pairs after which it ends, if that is sooner.
        strength: one of :data:`STRENGTHS`.
        learning_rate: instead of a strength's.
        batch_tokens: padded positions of a batch.
        frozen: parts that do not learn, of :data:`PARTS`.
        replay: share of the updates that go to general sentences.
        distil: share of their loss that the base model's distribution is, not the sentences.
        brake: whether the run ends when general sentences become clearly worse.
        held: a file of pairs to validate on; some of the file's own if ``None``.
        seed: of held-out lines and batches.
        precision: ``"auto"``, ``"bf16"`` or ``"fp32"``.
    """

    file: Path
    base: str
    name: str
    minutes: float = 3.0
    epochs: float | None = None
    strength: str = "normal"
    learning_rate: float | None = None
    batch_tokens: int = BATCH.tokens
    frozen: tuple[str, ...] = ()
    replay: float = 0.2
    distil: float = 1.0
    brake: bool = True
    held: Path | None = None
    seed: int = 1
    precision: str = "auto"

    def __post_init__(self) -> None:
        if self.strength not in STRENGTHS:
            raise OptionError(
                f"there is no strength {self.strength!r}",
                remedy=f"Give one of {', '.join(STRENGTHS)}.",
            )
        for name in set(self.frozen) - set(PARTS):
            raise OptionError(
                f"there is no part {name!r} to freeze", remedy=f"Give some of {', '.join(PARTS)}."
            )
        if not 0 <= self.distil <= 1:
            raise OptionError(f"distil is {self.distil}", remedy="Give a number from 0 to 1.")

    def to_json(self) -> dict[str, Any]:
        """As JSON values."""
        values = dataclasses.asdict(self)
        return {k: str(v) if isinstance(v, Path) else v for k, v in values.items()}

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> TuneOptions:
        """From what :meth:`to_json` gave."""
        known = {field.name for field in dataclasses.fields(cls)}
        fields = {name: value for name, value in values.items() if name in known}
        held = fields.pop("held", None)
        return cls(
            **{**fields, "file": Path(fields["file"]), "frozen": tuple(fields["frozen"])},
            held=Path(held) if held else None,
        )

    @property
    def rate(self) -> float:
        """The learning rate."""
        return self.learning_rate or RECIPE.learning_rate * STRENGTHS[self.strength]
