"""Between the base and what it has become."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator

import pytest
import torch

from core.training.batching import Batch
from core.training.blending import KEPT, SHARES, best_blend, blended
from core.training.hyperparameters import Recipe
from core.training.keeping import Best
from core.training.schedule import Budget
from core.training.trainer import Trainer
from core.training.validation import Held, validate

from .conftest import MakeModel


@pytest.fixture
def held(copying: Callable[[], Iterator[Batch]]) -> Held:
    return Held((), (next(copying()),))


def test_a_blend_lies_between(make_model: MakeModel) -> None:
    base, taught = make_model(1).state_dict(), make_model(2).state_dict()
    for name, value in blended(base, taught, 0.75).items():
        torch.testing.assert_close(value, 0.25 * base[name] + 0.75 * taught[name])


def test_the_least_share_that_keeps_most_of_the_gain(make_model: MakeModel, held: Held) -> None:
    model = make_model(1)
    trainer = Trainer(model, Recipe(learning_rate=3e-3, optimizer="adamw"), torch.float32)
    base = {name: value.clone() for name, value in model.state_dict().items()}
    before = validate(trainer, held)
    list(trainer.run(itertools.repeat(held.batches[0]), Budget(steps=40)))
    taught = {name: value.clone() for name, value in model.state_dict().items()}
    losses = {}
    for share in (*SHARES, 1.0):
        model.load_state_dict(blended(base, taught, share))
        losses[share] = validate(trainer, held)
    assert losses[0.5] > losses[0.75] > losses[1.0]
    won = {share: (before - loss) / (before - losses[1.0]) for share, loss in losses.items()}
    expected = next(share for share in (0.5, 0.75, 1.0) if won[share] >= KEPT)

    best, share = best_blend(trainer, held, base, Best(losses[1.0], 9, taught), before)
    assert share == expected
    assert (best.loss, best.step) == (pytest.approx(losses[share]), 9)
    for name, value in model.state_dict().items():
        torch.testing.assert_close(value, blended(base, taught, share)[name])


def test_all_that_was_learnt_is_kept_where_less_loses_too_much(
    make_model: MakeModel, held: Held
) -> None:
    model = make_model(1)
    weights = {name: value.clone() for name, value in model.state_dict().items()}
    trainer = Trainer(model, Recipe(), torch.float32)
    loss = validate(trainer, held)
    far = {name: value + 1.0 for name, value in weights.items()}
    best, share = best_blend(trainer, held, far, Best(loss, 3, weights), loss + 0.01)
    assert share == 1.0
    assert best.weights is weights
