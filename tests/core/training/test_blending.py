"""Between the base and what it has become."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
import torch

from core.training.batching import Batch
from core.training.blending import SHARES, best_blend, blended
from core.training.keeping import Best
from core.training.trainer import Recipe, Trainer
from core.training.validation import Held, validate

from .conftest import MakeModel


@pytest.fixture
def held(copying: Callable[[], Iterator[Batch]]) -> Held:
    return Held((), (next(copying()),))


def test_a_blend_lies_between(make_model: MakeModel) -> None:
    base, taught = make_model(1).state_dict(), make_model(2).state_dict()
    for name, value in blended(base, taught, 0.75).items():
        torch.testing.assert_close(value, 0.25 * base[name] + 0.75 * taught[name])


def test_the_blend_with_the_lowest_loss_is_kept(make_model: MakeModel, held: Held) -> None:
    """The taught weights lie beyond the best ones: from the base, half the way is best."""
    model = make_model(1)
    goal = {name: value.clone() for name, value in make_model(2).state_dict().items()}
    base = {name: value.clone() for name, value in model.state_dict().items()}
    taught = {name: base[name] + 2 * (goal[name] - base[name]) for name in base}
    trainer = Trainer(model, Recipe(), torch.float32)
    losses = {}
    for share in (*SHARES, 1.0):
        model.load_state_dict(blended(base, taught, share))
        losses[share] = validate(trainer, held)
    best, share = best_blend(trainer, held, base, Best(losses[1.0], 9, taught))
    assert share == min(losses, key=losses.__getitem__)
    assert (best.loss, best.step) == (pytest.approx(min(losses.values())), 9)
    for name, value in model.state_dict().items():
        torch.testing.assert_close(value, best.weights[name])


def test_all_that_was_learnt_is_kept_where_that_is_best(make_model: MakeModel, held: Held) -> None:
    model = make_model(1)
    weights = {name: value.clone() for name, value in model.state_dict().items()}
    trainer = Trainer(model, Recipe(), torch.float32)
    far = {name: value + 1.0 for name, value in weights.items()}
    best, share = best_blend(trainer, held, far, Best(validate(trainer, held), 3, weights))
    assert share == 1.0
    assert best.weights is weights
