"""The training step and its loop: it learns, it measures itself, it fails with words."""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Callable, Iterator
from itertools import islice, pairwise

import pytest
import torch
from torch.nn import functional

from core.errors import TrainingError
from core.model.seq2seq import Seq2Seq
from core.text.vocab import PAD
from core.training.batching import Batch
from core.training.hyperparameters import Recipe
from core.training.schedule import Budget, Schedule
from core.training.trainer import Trainer

pytestmark = pytest.mark.slow

MakeModel = Callable[..., Seq2Seq]
Stream = Callable[[], Iterator[Batch]]
RECIPE = Recipe(learning_rate=2e-2, label_smoothing=0.0, schedule=Schedule(warmup=10, decay=0.5))


def accuracy(model: Seq2Seq, batches: list[Batch]) -> float:
    """Share of target pieces, ends included, that teacher forcing predicts."""
    model.eval()
    right = total = 0
    with torch.inference_mode():
        for batch in batches:
            output = model(batch.source, batch.lengths, batch.target_in)
            real = batch.target_out != PAD
            found = model.logits(output.features).argmax(-1)
            right += int((found == batch.target_out)[real].sum())
            total += int(real.sum())
    return right / total


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({}, id="transformer"),
        pytest.param(
            {"encoder": "bidirectional", "cell": "gru", "attention": "additive"}, id="bahdanau"
        ),
    ],
)
def test_a_model_learns_to_copy(
    changes: dict[str, str], make_model: MakeModel, copying: Stream
) -> None:
    model = make_model(**changes)
    held = list(islice(copying(), 5))
    assert accuracy(model, held) < 0.3
    reports = list(Trainer(model, RECIPE, torch.float32).run(copying(), Budget(steps=150)))
    assert accuracy(model, held) > 0.95
    assert reports[-1].loss < 0.2 < 2 < reports[0].loss


def test_guidance_teaches_where_to_look(make_model: MakeModel, copying: Stream) -> None:
    found = {}
    for guided in (0.0, 1.0):
        model = make_model(alignment_head=0)
        recipe = dataclasses.replace(RECIPE, guided=guided)
        reports = list(Trainer(model, recipe, torch.float32).run(copying(), Budget(steps=120)))
        batch = next(copying())
        with torch.inference_mode():
            weights = model(batch.source, batch.lengths, batch.target_in).attention
        shown = model.alignment(weights).reshape(-1)
        found[guided] = float(shown[batch.links].mean())
        assert (reports[-1].alignment_loss > 0) == (guided > 0)
    assert found[1.0] > 0.7 > 0.5 > found[0.0]


def test_the_first_loss_reported_is_torch_s(make_model: MakeModel, copying: Stream) -> None:
    model = make_model()
    batch = next(copying())
    with torch.inference_mode():
        output = model(batch.source, batch.lengths, batch.target_in)
        scores = model.logits(output.features).flatten(0, 1)
        wanted = functional.cross_entropy(scores, batch.target_out.flatten(), ignore_index=PAD)
    report = next(Trainer(model, Recipe(), torch.float32).run(copying(), Budget(steps=1)))
    assert report.loss == pytest.approx(wanted.item(), abs=1e-5)
    assert report.tokens == batch.target_tokens == int((batch.target_out != PAD).sum())


def test_the_gradient_is_clipped_and_its_norm_told(
    make_model: MakeModel, copying: Stream, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = make_model()
    trainer = Trainer(model, Recipe(clip=1e-3), torch.float32)
    seen = []

    def look(factor: float) -> None:
        seen.append(sum(float(p.grad.square().sum()) for p in model.parameters()) ** 0.5)

    monkeypatch.setattr(trainer.optimizers, "step", look)
    report = next(trainer.run(copying(), Budget(steps=1)))
    assert seen[0] == pytest.approx(1e-3, rel=1e-3)
    assert report.gradient_norm > 1e-2


def test_reports_count_up_to_the_budget(make_model: MakeModel, copying: Stream) -> None:
    trainer = Trainer(make_model(), RECIPE, torch.float32)
    reports = list(trainer.run(copying(), Budget(steps=8)))
    assert [report.step for report in reports] == list(range(1, 9))
    assert [report.progress for report in reports] == [n / 8 for n in range(1, 9)]
    assert reports[0].learning_rate == pytest.approx(2e-3)  # a tenth of the rise
    assert reports[-1].elapsed == trainer.elapsed
    assert all(a.elapsed < b.elapsed for a, b in pairwise(reports))
    assert list(trainer.run(copying(), Budget(steps=8))) == []  # spent


def test_a_budget_of_seconds_counts_work_and_no_waiting(
    make_model: MakeModel, copying: Stream
) -> None:
    def slow() -> Iterator[Batch]:
        for batch in copying():
            time.sleep(0.02)  # making a batch is work
            yield batch

    begin = time.perf_counter()
    reports = []
    for report in Trainer(make_model(), RECIPE, torch.float32).run(slow(), Budget(seconds=0.2)):
        reports.append(report)
        time.sleep(0.05)  # whoever reads the report is not
    wall = time.perf_counter() - begin
    assert all(report.elapsed < 0.2 for report in reports[:-1])
    assert 0.2 <= reports[-1].elapsed <= wall - 0.05 * len(reports)
    assert reports[-1].progress == 1
    assert all(report.elapsed >= 0.02 * report.step for report in reports)


def test_a_diverging_loss_is_told_and_spares_the_weights(
    make_model: MakeModel, copying: Stream
) -> None:
    model = make_model()
    with torch.no_grad():
        model.decoder.bias[5] = float("inf")
    before = {name: value.clone() for name, value in model.state_dict().items()}
    with pytest.raises(TrainingError, match="diverged at update 1") as caught:
        next(Trainer(model, RECIPE, torch.float32).run(copying(), Budget(steps=5)))
    assert "learning rate" in caught.value.remedy
    for name, value in model.state_dict().items():
        assert torch.equal(value, before[name]), name
    assert all(parameter.grad is None for parameter in model.parameters())


def test_torch_is_left_as_it_was_between_reports(make_model: MakeModel, copying: Stream) -> None:
    for _ in Trainer(make_model(), RECIPE, torch.float32).run(copying(), Budget(steps=2)):
        assert torch.is_grad_enabled()
        assert not torch.is_inference_mode_enabled()
        assert not torch.is_autocast_enabled("cpu")


def test_bfloat16_learns_about_the_same(make_model: MakeModel, copying: Stream) -> None:
    losses = {}
    for precision in (torch.float32, torch.bfloat16):
        model = make_model()
        run = Trainer(model, RECIPE, precision).run(copying(), Budget(steps=30))
        losses[precision] = [report.loss for report in run]
        assert all(p.dtype is torch.float32 for p in model.parameters())
    assert losses[torch.bfloat16][0] == pytest.approx(losses[torch.float32][0], rel=0.02)
    assert losses[torch.bfloat16][-1] == pytest.approx(losses[torch.float32][-1], rel=0.2)
