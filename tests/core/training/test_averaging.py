"""The running average against NumPy, and gradients of several batches against one large batch."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import islice

import numpy as np
import pytest
import torch

from core.errors import OptionError
from core.model.seq2seq import Seq2Seq
from core.training.averaging import WeightAverage
from core.training.batching import Batch, BatchSource, Share, collate
from core.training.corpus import Corpus
from core.training.distributed import Workers
from core.training.hyperparameters import BatchOptions, Recipe
from core.training.schedule import Budget, Schedule
from core.training.stream import BatchStream, Position
from core.training.trainer import Trainer

MakeModel = Callable[..., Seq2Seq]
RECIPE = Recipe(
    learning_rate=5e-3, optimizer="adamw", guided=0.5, schedule=Schedule(warmup=0, decay=0)
)


def test_the_average_follows_its_formula() -> None:
    layer = torch.nn.Linear(3, 2, bias=False)
    average = WeightAverage(layer, decay=0.9)
    expected = layer.weight.detach().numpy().copy()
    for step, value in enumerate(([1.0, 2.0, 3.0], [-4.0, 0.0, 5.0], [7.0, 7.0, 7.0]), start=1):
        with torch.no_grad():
            layer.weight.copy_(torch.tensor([value, value[::-1]]))
        average.update()
        decay = min(0.9, (1 + step) / (10 + step))
        expected = decay * expected + (1 - decay) * np.array([value, value[::-1]])
    now = layer.weight.detach().clone()
    with average.in_use():
        np.testing.assert_allclose(layer.weight.detach().numpy(), expected, rtol=1e-5)
    assert torch.equal(layer.weight, now)


def test_an_average_is_taken_up_where_it_was_left() -> None:
    layer = torch.nn.Linear(3, 2)
    average = WeightAverage(layer, decay=0.99)
    average.update()
    state = {name: value.clone() for name, value in average.state().items()}
    again = WeightAverage(torch.nn.Linear(3, 2), decay=0.99)
    again.load_state(state)
    assert again.updates == 1
    assert all(torch.equal(value, state[name]) for name, value in again.state().items())


@pytest.mark.parametrize("decay", [0.0, 1.0, -1.0])
def test_a_decay_outside_its_range_is_refused(decay: float) -> None:
    with pytest.raises(OptionError, match="ema"):
        WeightAverage(torch.nn.Linear(1, 1), decay)


def test_the_averaged_weights_are_what_is_validated(
    make_model: MakeModel, copying: Callable[[], Iterator[Batch]]
) -> None:
    trainer = Trainer(make_model(), replace(RECIPE, ema=0.9), torch.float32)
    list(islice(trainer.run(copying(), Budget(steps=9)), 9))
    latest = trainer.model.decoder.embedding.weight.detach().clone()
    with trainer.averaged():
        assert not torch.equal(trainer.model.decoder.embedding.weight, latest)
    assert torch.equal(trainer.model.decoder.embedding.weight, latest)


# --- several batches, one update -----------------------------------------------------------------


def pairs(seed: int, count: int) -> list[tuple[np.ndarray, np.ndarray, np.ndarray]]:
    random = np.random.default_rng(seed)
    rows = [random.integers(4, 14, random.integers(1, 7)) for _ in range(count)]
    return [(row, row[::-1].copy(), np.array([[0, len(row) - 1]])) for row in rows]


def test_accumulated_batches_are_one_large_batch(make_model: MakeModel) -> None:
    one, two = pairs(1, 5), pairs(2, 9)
    large = Trainer(make_model(alignment_head=0), RECIPE, torch.float32)
    (wanted,) = large.run(iter([collate(one + two)]), Budget(steps=1))
    small = Trainer(make_model(alignment_head=0), replace(RECIPE, accumulate=2), torch.float32)
    (found,) = small.run(iter([collate(one), collate(two)]), Budget(steps=1))
    assert found.tokens == wanted.tokens
    assert found.loss == pytest.approx(wanted.loss, rel=1e-5)
    assert found.alignment_loss == pytest.approx(wanted.alignment_loss, rel=1e-5)
    assert found.gradient_norm == pytest.approx(wanted.gradient_norm, rel=1e-4)
    for name, value in small.model.state_dict().items():
        torch.testing.assert_close(value, large.model.state_dict()[name], rtol=1e-3, atol=5e-5)


def test_an_unfinished_group_of_batches_is_not_learnt(make_model: MakeModel) -> None:
    trainer = Trainer(make_model(), replace(RECIPE, accumulate=2), torch.float32)
    stream = iter([collate(pairs(1, 5))])
    assert list(trainer.run(stream, Budget(steps=3))) == []


# --- whose batches -------------------------------------------------------------------------------


def test_every_process_gets_batches_of_its_own_and_all_know_where_to_go_on() -> None:
    rows = [(range(4, 4 + n), range(4, 4 + n)) for n in range(1, 9)] * 5
    source = BatchSource([Share(Corpus.from_pairs(rows))], BatchOptions(tokens=40))
    alone = [batch.source for batch in islice(BatchStream(source), 12)]
    streams = [BatchStream(source, workers=Workers(rank, 2)) for rank in (0, 1)]
    shares = [[batch.source for batch in islice(stream, 6)] for stream in streams]
    merged = [batch for group in zip(*shares, strict=True) for batch in group]
    assert all(torch.equal(a, b) for a, b in zip(alone, merged, strict=True))
    assert streams[0].position == streams[1].position != Position()

    stopped = BatchStream(source)
    before = [batch.source for batch in islice(stopped, 7)]
    resumed = BatchStream(source, stopped.position)
    after = [batch.source for batch in islice(resumed, 5)]
    assert all(torch.equal(a, b) for a, b in zip(alone, before + after, strict=True))
