"""The teacher's loss against autograd's own way, values and gradients."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
import torch

from core.training import loss
from core.training.batching import Batch
from core.training.distillation import Teacher

from .conftest import MakeModel


@pytest.mark.parametrize("chunk", [5, loss.CHUNK])
def test_value_and_gradients_are_torch_s(
    chunk: int,
    make_model: MakeModel,
    copying: Callable[[], Iterator[Batch]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(loss, "CHUNK", chunk)
    student, base = make_model(1).eval(), make_model(2).eval().requires_grad_(False)
    torch.nn.init.normal_(student.decoder.bias)
    torch.nn.init.normal_(base.decoder.bias)
    batch = next(copying())
    places = torch.arange(0, batch.target_out.numel(), 2)  # more than one chunk of five
    assert len(places) > 10
    output = student(batch.source, batch.lengths, batch.target_in)
    features = output.features.flatten(0, 1)[places].detach().requires_grad_()
    weights = features, student.decoder.embedding.weight, student.decoder.bias

    found = Teacher(base, 1.0).loss(batch, features, places, student)
    gradients = torch.autograd.grad(3 * found, weights)

    taught = base(batch.source, batch.lengths, batch.target_in).features.flatten(0, 1)[places]
    likely = base.logits(taught).softmax(-1)
    wanted = -(likely * student.logits(features).log_softmax(-1)).sum()
    torch.testing.assert_close(found, wanted)
    for mine, torchs in zip(gradients, torch.autograd.grad(3 * wanted, weights), strict=True):
        torch.testing.assert_close(mine, torchs, atol=1e-5, rtol=1e-4)


def test_far_scores_do_not_overflow(make_model: MakeModel) -> None:
    student, base = make_model(1).eval(), make_model(2).eval()
    with torch.no_grad():
        student.decoder.bias[3] = 1e4
    ids = torch.tensor([[5, 6]])
    batch = Batch(ids, torch.tensor([2]), ids, ids, torch.zeros(0), torch.zeros(0))
    features = torch.zeros(2, student.config.width, requires_grad=True)
    found = Teacher(base, 1.0).loss(batch, features, torch.arange(2), student)
    assert 1e3 < found.item() < 2e4
    found.backward()
    assert features.grad is not None
    assert bool(features.grad.isfinite().all())
