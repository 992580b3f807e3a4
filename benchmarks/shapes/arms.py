"""What is compared: the preset ``small``, and what changes one thing of it."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from core.parts import Value
from core.training.fresh import TrainOptions
from core.training.hyperparameters import Recipe
from core.training.schedule import Budget, Schedule
from core.training.train_options import BATCH

STORE = "8000"
WARMUP, DECAY = 60, 0.5
BATCH_TOKENS = 800  # few, so that minutes hold many hundreds of updates


@dataclass(frozen=True, slots=True)
class Shape:
    """A row of the table.

    Attributes:
        name: of the row, and on the command line.
        system: what of the preset ``small`` is changed, by the names of the parts.
        store: what it learns from, a folder's name.
        seed: of weights and batches.
    """

    name: str
    system: Mapping[str, Value] = field(default_factory=dict)
    store: str = STORE
    seed: int = 1


BASE = Shape("base")
SHAPES = (
    BASE,
    Shape("another seed", seed=2),
    Shape("1 layer reads", {"encoder_layers": 1}),
    Shape("6 layers read", {"encoder_layers": 6}),
    Shape("an LSTM reads", {"encoder": "bidirectional", "encoder_layers": 2}),
    Shape("1 layer writes", {"decoder_layers": 1}),
    Shape("a GRU writes", {"cell": "gru"}),
    Shape("a Transformer writes", {"decoder": "transformer"}),
    Shape("additive attention", {"attention": "additive"}),
    Shape(
        "width 384",
        {
            "width": 384, "encoder_heads": 6, "feed_forward": 1536,
            "attention_heads": 6, "decoder_width": 384,
        },
    ),
    Shape("4,000 pieces", store="4000"),
    Shape("16,000 pieces", store="16000"),
)  # fmt: skip


def make_options(shape: Shape, stores: Path, folder: Path, steps: int) -> TrainOptions:
    """``steps`` updates of ``shape`` on one core; the bundle goes into ``folder``.

    Args:
        shape: the row.
        stores: where the stores are, tokenised and linked.
        folder: for what the run writes.
        steps: how many updates.
    """
    return TrainOptions(
        name=f"shape {shape.name} {folder.name}",
        tokens=stores / shape.store,
        preset="small",
        system=shape.system,
        budget=Budget(steps=steps),
        recipe=Recipe(guided=0.2, schedule=Schedule(WARMUP, DECAY)),
        batch=dataclasses.replace(BATCH, tokens=BATCH_TOKENS),
        validations=1,
        save_seconds=float("inf"),
        out=folder / "model",
        seed=shape.seed,
        threads=1,
    )
