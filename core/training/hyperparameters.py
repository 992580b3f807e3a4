"""How a model learns and how its batches are cut, as plain values; imports nothing heavy.

What each option does, with formula and paper, is in :mod:`core.training.parts`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from core.parts import Value
from core.training.feeding import Feeding
from core.training.parts import TRAINING_PARTS
from core.training.schedule import Schedule

_BATCH = {"batch_tokens": "tokens", "batch_pairs": "pairs"}


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a model learns.

    Attributes:
        learning_rate: of AdamW; Muon's updates are scaled to match (Liu et al. 2025).
        optimizer: one of :data:`core.training.optimizers.KINDS`.
        momentum: of SGD.
        weight_decay: decay per update, times the learning rate; decoupled in Muon and AdamW.
        clip: largest norm of the gradient.
        loss_mean: ``"tokens"`` divides the loss by real target pieces, ``"steps"`` by padded ones.
        label_smoothing: share of the target spread over the vocabulary.
        guided: weight of the alignment loss on the alignment head.
        dropout: probability of dropping an activation; ``None`` leaves the model's own.
        accumulate: batches whose gradients make one update.
        ema: decay of the weights' running average, which is then what is kept; ``None`` for none.
        adversarial: how far source embeddings are moved (see ``adversarial``); 0 for not at all.
        word_dropout, target_word_dropout: probabilities of reading ``<unk>`` for a piece of the
            source, and of the target before the one to predict.
        schedule: factor on the learning rate over the run.
        feeding: share of gold pieces that the decoder reads over the run.
    """

    learning_rate: float = 2e-3
    optimizer: str = "muon"
    momentum: float = 0.9
    weight_decay: float = 0.0
    clip: float = 1.0
    loss_mean: str = "tokens"
    label_smoothing: float = 0.1
    guided: float = 0.0
    dropout: float | None = None
    accumulate: int = 1
    ema: float | None = None
    adversarial: float = 0.0
    word_dropout: float = 0.0
    target_word_dropout: float = 0.0
    schedule: Schedule = Schedule()
    feeding: Feeding = Feeding()

    def __post_init__(self) -> None:
        for part in TRAINING_PARTS:
            value = getattr(self, part.name, None)
            if part.name in _FIELDS and value is not None:
                part.check(value)

    @classmethod
    def of(cls, values: Mapping[str, Value]) -> Recipe:
        """The recipe among the options of a whole system."""
        own: dict[str, Any] = {
            name: values[name] for name in _FIELDS if name not in ("schedule", "feeding")
        }
        return cls(
            **{**own, "ema": own["ema"] or None},
            schedule=Schedule(int(values["warmup"]), float(values["decay"])),
            feeding=Feeding.of(values),
        )


_FIELDS = tuple(field.name for field in fields(Recipe))


@dataclass(frozen=True, slots=True)
class BatchOptions:
    """How batches are cut.

    Attributes:
        tokens: most padded positions of the longer side in a batch, unless one example alone has
            more; what ``copy_unknown`` adds comes on top.
        pairs: so many examples make a batch instead; 0 for as many as ``tokens`` allows.
        max_length: longest side of an example, in pieces, ``<eos>`` included on the target's.
        truncate: whether longer sides are cut there; else their pairs are left out.
        join: probability of appending the next example, which also stays by itself.
        join_below: only examples with fewer source pieces than this are joined.
        drop_stop, untidy, copy_unknown: probabilities; see :class:`core.training.examples.Noise`.
        curriculum: ``"none"``, ``"linear"`` or ``"root"``: how the competence grows.
        difficulty: ``"rarity"`` or ``"length"``, by which pairs come in.
        curriculum_share: share of the run after which all pairs take part.
        competence: share of the pairs that it begins with.
        pool: examples sorted by length together.
        seed: of everything random.
    """

    tokens: int = 3000
    pairs: int = 0
    max_length: int = 150
    truncate: bool = False
    join: float = 0.0
    join_below: int = 30
    drop_stop: float = 0.0
    untidy: float = 0.0
    copy_unknown: float = 0.0
    curriculum: str = "none"
    difficulty: str = "rarity"
    curriculum_share: float = 0.5
    competence: float = 0.01
    pool: int = 50_000
    seed: int = 1

    @classmethod
    def of(cls, values: Mapping[str, Value]) -> BatchOptions:
        """Those among the options of a whole system."""
        known = {field.name for field in fields(cls)}
        named: dict[str, Any] = {
            _BATCH.get(part.name, part.name): values[part.name] for part in TRAINING_PARTS
        }
        return cls(
            **{name: value for name, value in named.items() if name in known},
            join_below=25,
        )
