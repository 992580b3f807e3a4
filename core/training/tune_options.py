"""What a person can ask of fine-tuning, and what is asked where nothing is said."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from core.errors import OptionError
from core.field_types import checked
from core.training.hyperparameters import BatchOptions, Recipe
from core.training.limits import (
    FEW_PAIRS,
    FEW_SECONDS,
    PARTS,
    STRENGTHS,
    check_pinned,
)
from core.training.schedule import Budget, Schedule

VALIDATIONS = 12
# A small file is learnt by heart within a minute; what follows only hurts.
PATIENCE = 6
WATCHED = 128  # held-out pairs whose loss is measured at every validation
VALIDATION_SHARE = 0.2  # of the time at most
SCORED = 64  # held-out pairs translated at every validation
SAVE_SECONDS = 20.0
REPLAY = 0.2
# Small batches answer to a command within a second on two cores.
BATCH = BatchOptions(tokens=1200, max_length=250)
RECIPE = Recipe(
    learning_rate=1.25e-4, optimizer="adamw", dropout=0.1, schedule=Schedule(warmup=20, decay=0.5)
)

# A few sentences are learnt by heart within seconds, half of the updates remembering the rest.
FEW_STEPS, FEW_VALIDATIONS, FEW_REPLAY = 24, 3, 0.5
FEW_SCHEDULE = Schedule(warmup=2, decay=0.5)
# So few updates cannot settle what dropout stirs up: outputs became 6 % longer, and BLEU fell by a
# point. Smoothing the labels of what is to be learnt by heart costs twice the log-probability.
FEW_DROPOUT, FEW_SMOOTHING = 0.0, 0.0

# A lesson is a few sentences while a person waits: fewer updates, smaller batches of what is to be
# remembered, and a look at the probabilities of general sentences alone, not at translations.
LESSON_SECONDS, LESSON_VALIDATIONS, LESSON_REPLAY_TOKENS = 120.0, 1, 400
LESSON_STEPS, LESSON_STEPS_EACH = 12, 2  # for one sentence, for each one more


@dataclass(frozen=True, slots=True)
class TuneOptions:
    """What to tune, how, and for how long.

    Attributes:
        file: pairs, one a line, source and target parted by a tab.
        base: name of the bundle to start from.
        name: name of the bundle to make.
        minutes: time for training and validations.
        epochs: rounds through the pairs after which it ends, if that is sooner.
        strength: one of :data:`core.training.limits.STRENGTHS`.
        learning_rate: instead of a strength's.
        batch_tokens: padded positions of a batch.
        frozen: parts that do not learn, of :data:`core.training.limits.PARTS`.
        replay: share of the updates that go to general sentences; ``None`` for the usual one.
        distil: share of their loss that the base model's distribution is, not the sentences.
        brake: whether the run ends when general sentences become clearly worse.
        held: a file of pairs to validate on; some of the file's own if ``None``.
        seed: of held-out lines and batches.
        precision: ``"auto"``, ``"bf16"`` or ``"fp32"``.
        pinned: source sentences that are translated at every validation, for the person to watch.
        lesson: learn :data:`core.training.limits.LESSON_PAIRS` at most as soon as can be; the file
            has a pair a line, a tab between.
        out: folder in which the bundle's is put; among the user's models if ``None``.
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
    replay: float | None = None
    distil: float = 1.0
    brake: bool = True
    held: Path | None = None
    seed: int = 1
    precision: str = "auto"
    pinned: tuple[str, ...] = ()
    lesson: bool = False
    out: Path | None = None

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
        if {"encoder", "decoder"} <= set(self.frozen):  # each has its embeddings
            raise OptionError("every part is frozen", remedy="Leave one free to learn.")
        if not 0 <= self.distil <= 1:
            raise OptionError(f"distil is {self.distil}", remedy="Give a number from 0 to 1.")
        check_pinned(self.pinned)

    def to_json(self) -> dict[str, Any]:
        """As JSON values."""
        values = dataclasses.asdict(self)
        return {k: str(v) if isinstance(v, Path) else v for k, v in values.items()}

    def told(self) -> dict[str, Any]:
        """What others may know: no place on this computer and no sentence of the person's own."""
        values = self.to_json()
        for name in ("out", "pinned"):
            del values[name]
        held = self.held.name if self.held else None
        return {**values, "file": self.file.name, "held": held}

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> TuneOptions:
        """From what :meth:`to_json` gave.

        Raises:
            OptionError, LookupError, TypeError, ValueError: it is no such thing.
        """
        known = {field.name for field in dataclasses.fields(cls)}
        fields = {name: value for name, value in dict(values).items() if name in known}
        held, out = fields.pop("held", None), fields.pop("out", None)
        return checked(
            cls,
            {
                **fields,
                "file": Path(fields["file"]),
                "frozen": tuple(fields["frozen"]),
                "pinned": tuple(fields.get("pinned", ())),  # runs begun before have none
                "held": Path(held) if held else None,
                "out": Path(out) if out else None,
            },
        )

    @property
    def rate(self) -> float:
        """The learning rate."""
        return self.learning_rate or RECIPE.learning_rate * STRENGTHS[self.strength]


@dataclass(frozen=True, slots=True)
class Plan:
    """How so many pairs are taught.

    Attributes:
        few: all are learnt and none held out.
        recipe: how they are learnt.
        budget: how long.
        replay: share of the updates for general sentences.
        validations: how many on the way.
        patience: validations without a gain after which it ends.
        replay_tokens: padded positions of a batch of general sentences.
        translated: whether general sentences are translated, too, to see what is forgotten.
        blended: whether what is kept lies between the base and what was learnt.
    """

    few: bool
    recipe: Recipe
    budget: Budget
    replay: float
    validations: int
    patience: int | None
    replay_tokens: int
    translated: bool = True
    blended: bool = True


def plan(options: TuneOptions, pairs: int, batches: int, *, held_apart: bool) -> Plan:
    """What is done where ``options`` say nothing.

    Args:
        options: the person's wishes.
        pairs: how many there are to learn.
        batches: how many they make.
        held_apart: whether others are held out.
    """
    recipe = dataclasses.replace(RECIPE, learning_rate=options.rate)
    few = options.lesson or (pairs < FEW_PAIRS and not held_apart)
    replay = options.replay if options.replay is not None else FEW_REPLAY if few else REPLAY
    steps = None
    if options.epochs is not None:
        steps = max(1, round(options.epochs * batches / (1 - replay)))
    if not few:
        budget = Budget(steps=steps, seconds=options.minutes * 60)
        return Plan(few, recipe, budget, replay, VALIDATIONS, PATIENCE, options.batch_tokens)
    recipe = dataclasses.replace(
        recipe, schedule=FEW_SCHEDULE, dropout=FEW_DROPOUT, label_smoothing=FEW_SMOOTHING
    )
    if options.lesson:
        updates = LESSON_STEPS + LESSON_STEPS_EACH * (pairs - 1)
        budget = Budget(steps=steps or updates, seconds=LESSON_SECONDS)
        tokens = min(options.batch_tokens, LESSON_REPLAY_TOKENS)
        return Plan(few, recipe, budget, replay, LESSON_VALIDATIONS, None, tokens, translated=False)
    budget = Budget(steps=steps or FEW_STEPS, seconds=min(options.minutes * 60, FEW_SECONDS))
    tokens = options.batch_tokens
    return Plan(few, recipe, budget, replay, FEW_VALIDATIONS, None, tokens, blended=False)
