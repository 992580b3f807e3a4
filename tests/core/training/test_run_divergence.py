"""What a run does when its loss is no number any more."""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path

import pytest
import torch

from core.errors import TrainingError
from core.events import (
    Step,
    Validation,
    Warned,
)
from core.store.loading import load_model
from core.training.batching import Batch
from core.training.run import RETREATS
from tests.core.training.runs import RECIPE, MakeRun, Run, kinds, result


def poisoned(
    batches: Iterator[Batch], run: list[Run], after: int, until: float = math.inf
) -> Iterator[Batch]:
    """After so many batches, and up to ``until``, the weights are no longer numbers."""
    for number, batch in enumerate(batches):
        if after <= number < until:
            with torch.no_grad():
                run[0].loaded.model.decoder.bias[5] = math.inf
        yield batch


def test_a_run_that_diverges_goes_back_and_on_at_half_the_rate(
    make_run: MakeRun, tmp_path: Path
) -> None:
    holder: list[Run] = []
    run = make_run(steps=20, validations=10, wrap=lambda b: poisoned(b, holder, 7, 8))
    holder.append(run)
    restored: list[torch.Tensor] = []
    events = []
    for event in run.kept_as(result(tmp_path / "mine")):
        events.append(event)
        if isinstance(event, Warned):
            restored = [value.clone() for value in run.loaded.model.state_dict().values()]
            assert run.best is not None
            for kept, now in zip(run.best.weights.values(), restored, strict=True):
                torch.testing.assert_close(now, kept)
    (message,) = (e.text for e in events if isinstance(e, Warned))
    assert "diverged at update 8" in message
    assert f"half the learning rate, {RECIPE.learning_rate / 2:g}" in message
    steps = [e for e in events if isinstance(e, Step)]
    assert [e.step for e in steps] == list(range(1, 21))
    assert steps[-11].learning_rate == pytest.approx(RECIPE.learning_rate / 2)
    losses = {e.step: e.loss for e in events if isinstance(e, Validation)}
    assert list(losses) == list(range(0, 22, 2))
    assert events[-1].best_step == min(losses, key=losses.__getitem__) > 6  # type: ignore[attr-defined]
    assert run.ended_by == "budget"


def test_a_run_that_diverges_again_and_again_keeps_what_was_best_before(
    make_run: MakeRun, tmp_path: Path
) -> None:
    holder: list[Run] = []
    run = make_run(steps=20, validations=10, wrap=lambda batches: poisoned(batches, holder, 7))
    holder.append(run)
    events = list(run.kept_as(result(tmp_path / "mine")))
    assert kinds(events)[-7:] == ["step", *["warned"] * (RETREATS + 1), "message", "finished"]
    message = events[-3]
    assert isinstance(message, Warned)
    assert "diverged at update 8" in message.text
    assert "kept" in message.text
    losses = {e.step: e.loss for e in events if isinstance(e, Validation)}
    assert list(losses) == [0, 2, 4, 6]
    assert events[-1].best_step == min(losses, key=losses.__getitem__) > 0  # type: ignore[attr-defined]
    assert run.ended_by == "divergence"
    weights = load_model(tmp_path / "mine").model.state_dict()
    assert all(bool(value.isfinite().all()) for value in weights.values())


def test_a_run_that_diverges_at_once_is_an_error(make_run: MakeRun, tmp_path: Path) -> None:
    holder: list[Run] = []
    run = make_run(steps=20, validations=2, wrap=lambda batches: poisoned(batches, holder, 1))
    holder.append(run)
    with pytest.raises(TrainingError, match="diverged at update 2"):
        list(run.kept_as(result(tmp_path / "mine")))
    assert list(tmp_path.iterdir()) == []


def test_a_base_whose_loss_is_no_number_is_an_error(make_run: MakeRun, tmp_path: Path) -> None:
    run = make_run()
    with torch.no_grad():
        run.loaded.model.decoder.bias[5] = math.nan
    with pytest.raises(TrainingError, match="held-out loss is nan at update 0"):
        list(run.kept_as(result(tmp_path / "mine")))
