"""How losses are averaged, and training against adversaries: gradients against those by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
import pytest
import torch
from torch.nn import functional

from core.model.seq2seq import Seq2Seq
from core.text.vocab import PAD
from core.training.adversarial import moved
from core.training.batching import Batch
from core.training.hyperparameters import Recipe
from core.training.schedule import Budget
from core.training.trainer import Trainer

MakeModel = Callable[..., Seq2Seq]
Stream = Callable[[], Iterator[Batch]]


def loss(model: Seq2Seq, batch: Batch, divisor: float) -> torch.Tensor:
    scores = model.logits(model(batch.source, batch.lengths, batch.target_in).features)
    return (
        functional.cross_entropy(
            scores.flatten(0, 1), batch.target_out.flatten(), ignore_index=PAD, reduction="sum"
        )
        / divisor
    )


def gradients(model: Seq2Seq) -> dict[str, torch.Tensor]:
    return {n: p.grad.clone() for n, p in model.named_parameters() if p.grad is not None}


def learnt_from(trainer: Trainer, batch: Batch, monkeypatch: pytest.MonkeyPatch) -> dict:
    """The gradients of the trainer's next update, which does not take place."""
    seen: dict[str, torch.Tensor] = {}
    monkeypatch.setattr(
        trainer.optimizers, "step", lambda factor: seen.update(gradients(trainer.model))
    )
    list(trainer.run(iter([batch]), Budget(steps=1)))
    return seen


def same(found: dict[str, torch.Tensor], wanted: dict[str, torch.Tensor]) -> None:
    assert found.keys() == wanted.keys()
    for name, value in wanted.items():
        torch.testing.assert_close(found[name], value, rtol=1e-4, atol=1e-6, msg=name)


@pytest.mark.parametrize("kind", ["tokens", "steps"])
def test_a_loss_is_averaged_over_real_pieces_or_over_padded_steps(
    kind: str, make_model: MakeModel, copying: Stream, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = next(b for b in copying() if bool((b.target_out == PAD).any()))
    model = make_model()
    rows, steps = batch.target_out.shape
    divisor = rows * steps if kind == "steps" else int((batch.target_out != PAD).sum())
    loss(model, batch, divisor).backward()
    wanted = gradients(model)
    model.zero_grad(set_to_none=True)
    recipe = Recipe(loss_mean=kind, label_smoothing=0.0, clip=1e6)
    trainer = Trainer(model, recipe, torch.float32)
    same(learnt_from(trainer, batch, monkeypatch), wanted)


def test_the_tutorials_mean_by_hand(make_model: MakeModel, copying: Stream) -> None:
    """Masked losses, averaged over all steps of each row, then over rows (NumPy)."""
    batch = next(b for b in copying() if bool((b.target_out == PAD).any()))
    model = make_model().eval()
    with torch.no_grad():
        features = model(batch.source, batch.lengths, batch.target_in).features
        scores = model.logits(features).double().numpy()
    target = batch.target_out.numpy()
    normaliser = np.log(np.exp(scores).sum(-1))
    losses = normaliser - np.take_along_axis(scores, target[..., None], -1)[..., 0]
    losses[target == PAD] = 0
    wanted = losses.mean(1).mean()
    trainer = Trainer(model, Recipe(loss_mean="steps", label_smoothing=0.0), torch.float32)
    report = next(trainer.run(iter([batch]), Budget(steps=1)))
    # What is told is per real piece, whatever is learnt from.
    assert report.loss * batch.target_tokens / target.size == pytest.approx(wanted, rel=1e-5)


def test_an_adversary_moves_embeddings_up_the_gradient_and_back(
    make_model: MakeModel, copying: Stream, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch, distance = next(copying()), 0.5
    model = make_model()
    table = model.encoder.embedding.weight
    before = table.detach().clone()
    loss(model, batch, batch.target_tokens).backward()
    assert table.grad is not None
    step = distance * table.grad / table.grad.square().sum().sqrt()
    with torch.no_grad():
        table += step
    loss(model, batch, batch.target_tokens).backward()  # added to the first
    wanted = gradients(model)
    with torch.no_grad():
        table.copy_(before)
    model.zero_grad(set_to_none=True)
    recipe = Recipe(adversarial=distance, label_smoothing=0.0, clip=1e6)
    trainer = Trainer(model, recipe, torch.float32)
    same(learnt_from(trainer, batch, monkeypatch), wanted)
    assert torch.equal(table, before)  # bit for bit


def test_an_adversary_that_fails_puts_the_embeddings_back() -> None:
    table = torch.nn.Parameter(torch.randn(5, 3))
    before = table.detach().clone()
    with moved(table, 1.0):  # no gradient yet
        assert torch.equal(table, before)
    table.grad = torch.randn(5, 3)
    with pytest.raises(KeyError), moved(table, 1.0):
        assert float((table - before).detach().norm()) == pytest.approx(1.0, rel=1e-5)
        raise KeyError
    assert torch.equal(table, before)


def test_an_adversary_s_loss_is_the_greater_one(make_model: MakeModel, copying: Stream) -> None:
    model, batch = make_model(), next(copying())
    first = loss(model, batch, batch.target_tokens)
    first.backward()
    with moved(model.encoder.embedding.weight, 0.3), torch.no_grad():
        second = loss(model, batch, batch.target_tokens)
    assert float(second) > float(first.detach()) + 1e-3
