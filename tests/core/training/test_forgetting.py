"""What keeps a taught model from forgetting: replay, distillation, the brake."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

import numpy as np
import pytest
import torch
from torch.nn import functional

from core.errors import OptionError
from core.events import Finished, Message, Step, Validation
from core.store.loading import load_model
from core.store.model_store import ModelStore
from core.text.vocab import PAD
from core.training import tune_options, tuning
from core.training.batching import Batch, BatchSource, Share
from core.training.brake import CHRF, LOG_PROBABILITY, Brake, Change
from core.training.checks import Pair
from core.training.control import JobControl
from core.training.corpus import Corpus
from core.training.distillation import Teacher
from core.training.general import read_general
from core.training.hyperparameters import BatchOptions, Recipe
from core.training.objective import Objective
from core.training.pairs import PairEncoder
from core.training.replay import ReplayStream
from core.training.stream import BatchStream
from core.training.trainer import Trainer
from core.training.tune_options import TuneOptions
from core.training.validation import Held, sentence_log_probabilities

from .conftest import MakeModel, limited

pytestmark = pytest.mark.slow


def stream(first: int, count: int = 40) -> BatchStream:
    """Batches of pairs whose first id is ``first``."""
    rows = [((first, 4 + i % 3), (5,)) for i in range(count)]
    return BatchStream(BatchSource([Share(Corpus.from_pairs(rows))], BatchOptions(tokens=12)))


# --- replay --------------------------------------------------------------------------------------


@pytest.mark.parametrize(("share", "wanted"), [(0.0, 0), (0.2, 8), (0.25, 10), (0.75, 30)])
def test_replayed_batches_have_their_share_and_are_marked(share: float, wanted: int) -> None:
    batches = list(islice(ReplayStream(stream(6), stream(9), share), 40))
    general = [bool((batch.source[:, 0] == 9).all()) for batch in batches]
    assert general == [batch.replayed for batch in batches]
    assert sum(general) == wanted
    gaps = np.diff([i for i, is_general in enumerate(general) if is_general])
    if 0 < share < 0.5:
        assert max(gaps) - min(gaps) <= 1  # evenly spread


def test_a_replay_stream_goes_on_where_it_was_left() -> None:
    whole = islice(ReplayStream(stream(6), stream(9), 0.3), 60)
    expected = [batch.source.tolist() for batch in whole]
    first = ReplayStream(stream(6), stream(9), 0.3)
    got = [batch.source.tolist() for batch in islice(first, 17)]
    second = ReplayStream(stream(6), stream(9), 0.3)
    second.load_state(first.state())
    got += [batch.source.tolist() for batch in islice(second, 43)]
    assert got == expected


@pytest.mark.parametrize("share", [-0.1, 1.0])
def test_a_share_that_cannot_be_is_refused(share: float) -> None:
    with pytest.raises(OptionError, match="replay share"):
        ReplayStream(stream(6), stream(9), share)


# --- distillation --------------------------------------------------------------------------------


def replayed(copying: Callable[[], Iterator[Batch]]) -> Batch:
    batch = next(copying())
    return Batch(**{**vars(batch), "replayed": True})


def test_the_teacher_s_loss_is_the_cross_entropy_of_both_distributions(
    make_model: MakeModel, copying: Callable[[], Iterator[Batch]]
) -> None:
    student, base = make_model(seed=1).eval(), make_model(seed=2).eval()
    batch = replayed(copying)
    objective = Objective(student, False, torch.float32, Teacher(base, 0.7))
    smoothed, plain, _ = objective(batch, 0.0)
    total = 0.0
    with torch.no_grad():
        rows = [
            model.logits(model(batch.source, batch.lengths, batch.target_in).features)
            for model in (base, student)
        ]
    p, log_q = functional.softmax(rows[0], -1).numpy(), functional.log_softmax(rows[1], -1).numpy()
    for row, column in zip(*np.nonzero((batch.target_out != PAD).numpy()), strict=True):
        total -= float((p[row, column] * log_q[row, column]).sum())
    assert smoothed.item() == pytest.approx(0.3 * float(plain) + 0.7 * total, rel=1e-5)


def test_a_student_of_itself_has_nothing_to_learn(
    make_model: MakeModel, copying: Callable[[], Iterator[Batch]]
) -> None:
    student, base = make_model().eval(), make_model().eval()
    objective = Objective(student, False, torch.float32, Teacher(base, 1.0))
    objective(replayed(copying), 0.0)[0].backward()
    for parameter in student.parameters():
        if parameter.grad is not None:
            assert float(parameter.grad.abs().max()) < 1e-4
    assert all(parameter.grad is None for parameter in base.parameters())


def test_batches_that_are_taught_have_no_teacher(
    make_model: MakeModel, copying: Callable[[], Iterator[Batch]]
) -> None:
    objective = Objective(make_model().eval(), False, torch.float32, Teacher(make_model(9), 1.0))
    smoothed, plain, _ = objective(next(copying()), 0.0)
    assert smoothed.item() == plain.item()


# --- the brake -----------------------------------------------------------------------------------


def test_a_change_is_the_paired_mean_with_its_standard_error() -> None:
    base, now = np.array([1.0, 2.0, 4.0]), np.array([1.5, 2.0, 3.0])
    change = Change.between(base, now)
    assert change.mean == pytest.approx(-1 / 6)
    # differences .5, 0, -1: variance ((2/3)² + (1/6)² + (5/6)²) / 2 = 7/12
    assert change.error == pytest.approx(math.sqrt(7 / 12 / 3))


def test_a_fall_counts_when_it_is_surely_beyond_the_tolerance() -> None:
    brake = Brake(12, {"a": 0.1}, alpha=0.05)
    t = 2.8247  # 1 - 0.05 / 12 of Student's distribution with 30 degrees, integrated
    assert brake.fallen({"a": Change(-0.1 - t * 0.02 - 1e-3, 0.02, 31)}) == ["a"]
    assert brake.fallen({"a": Change(-0.1 - t * 0.02 + 1e-3, 0.02, 31)}) == []
    assert brake.fallen({"a": Change(0.3, 0.01, 31)}) == []


def test_looking_often_seldom_raises_a_false_alarm() -> None:
    """2,000 runs of 12 looks at models that are worse by exactly what is tolerated."""
    rng, alarms, runs = np.random.default_rng(5), 0, 2000
    brake = Brake(12, {LOG_PROBABILITY: 0.05, CHRF: 1.5})
    zeros = np.zeros(200)
    for _ in range(runs):
        looks = (
            {
                LOG_PROBABILITY: Change.between(zeros, rng.normal(-0.05, 0.3, 200)),
                CHRF: Change.between(zeros, rng.normal(-1.5, 9.0, 200)),
            }
            for _ in range(12)
        )
        alarms += any(brake.fallen(look) for look in looks)
    assert 0.01 < alarms / runs < 0.06


def test_log_probabilities_of_sentences_add_up_to_the_loss(tiny_bundle: Path) -> None:
    loaded = load_model(tiny_bundle)
    pairs = [Pair(1, "我喜欢猫。", "I like cats."), Pair(2, "你好", "Hello there, my cats now")]
    held = Held.of(pairs, PairEncoder(loaded))
    trainer = Trainer(loaded.model, Recipe(), torch.float32)
    means = sentence_log_probabilities(trainer, held)
    (batch,) = held.batches
    sizes = (batch.target_out != PAD).sum(1).numpy()
    plain = float(trainer.losses(batch, 0.0)[1])
    assert -float((means * sizes).sum()) == pytest.approx(plain, rel=1e-4)


# --- a whole run ---------------------------------------------------------------------------------


def test_general_pairs_are_replayed_or_measured_never_both(general_pairs: Path) -> None:
    file = general_pairs / "general" / "pairs.tsv"
    replayed_pairs, measured = read_general("zh", file)
    lines = [f"{p.source}\t{p.target}" for p in replayed_pairs + measured]
    assert sorted(lines) == sorted(file.read_text("utf-8").splitlines())
    assert not {p.line for p in replayed_pairs} & {p.line for p in measured}
    assert len(measured) == len(lines) // 3
    turned, _ = read_general("en", file)
    assert [(p.target, p.source) for p in turned] == [(p.source, p.target) for p in replayed_pairs]


@pytest.fixture
def taught(
    tiny_store: ModelStore, lesson: Path, few_general: None, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., list[object]]:
    monkeypatch.setattr(tune_options, "Budget", limited(120))
    monkeypatch.setattr(tuning, "VALIDATION_SHARE", 1.0)

    def run(**changes: object) -> list[object]:
        fields = {"name": "mine", "learning_rate": 3e-3, "precision": "fp32", **changes}
        options = TuneOptions(lesson, "tiny", **fields)  # type: ignore[arg-type]
        return list(tuning.tune(options, JobControl(), tiny_store))

    return run


def test_the_brake_ends_a_run_that_forgets(taught: Callable[..., list[object]]) -> None:
    events = taught(replay=0.0)
    looks = [e for e in events if isinstance(e, Validation)]
    finished = events[-1]
    assert isinstance(finished, Finished)
    assert finished.ended_by == "forgetting"
    assert looks[0].general_change == 0
    assert [look.forgotten for look in looks] == [False] * (len(looks) - 1) + [True]
    assert looks[-1].general_change < -0.05  # type: ignore[operator]
    best = next(look for look in looks if look.step == finished.best_step)
    assert best.best
    assert not best.forgotten
    assert any("become clearly worse" in e.text for e in events if isinstance(e, Message))


def test_without_the_brake_it_goes_on_forgetting(taught: Callable[..., list[object]]) -> None:
    events = taught(replay=0.0, brake=False)
    last = [e for e in events if isinstance(e, Validation)][-1]
    assert last.general_change < -0.5  # type: ignore[operator]
    assert events[-1].ended_by in ("budget", "vain")  # type: ignore[attr-defined]


def test_replay_from_the_base_model_forgets_less(taught: Callable[..., list[object]]) -> None:
    changes = []
    for name, replay in (("without", 0.0), ("with", 0.3)):
        events = taught(name=name, replay=replay, brake=False)
        changes.append([e for e in events if isinstance(e, Validation)][-1].general_change)
        steps = [e for e in events if isinstance(e, Step)]
        assert sum(e.replayed for e in steps) == pytest.approx(replay * len(steps), abs=1)
    assert changes[1] > changes[0] / 2  # type: ignore[operator]
