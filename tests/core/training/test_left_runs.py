"""Training that was left and gone on with by name: the same weights for every kind of learning."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
import torch

from core.cli.program import main
from core.errors import InputError, OptionError
from core.events import Discarded, Event, Finished, GradientFlow, Left, Sample, Step, Validation
from core.store.bundle import read_bundle
from core.store.loading import load_model
from core.store.model_store import ModelStore
from core.training import presets
from core.training.control import Command, JobControl
from core.training.feeding import Feeding
from core.training.fresh import go_on, train
from core.training.hyperparameters import BatchOptions, Recipe
from core.training.optimizers import KINDS
from core.training.run_folder import unfinished_runs
from core.training.schedule import Budget, Schedule
from core.training.token_store.inputs import PairInput
from core.training.train_options import TrainOptions
from tests.core.training.runs import tiny_preset

pytestmark = pytest.mark.slow

PINNED = "我喜欢书。"


@pytest.fixture(scope="session")
def tokens(lesson: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The lesson, cut into words once."""
    place = tmp_path_factory.mktemp("store") / "tokens"
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(presets.PRESETS, "toy", tiny_preset(200))
        patch.setenv("ATTUNE_HOME", str(place.parent / "home"))
        made = TrainOptions("t", (PairInput(pairs=lesson),), tokens=place, preset="toy")
        list(train(dataclasses.replace(made, tokenize_only=True), JobControl(), ModelStore()))
    return place


@pytest.fixture
def options(tokens: Path, monkeypatch: pytest.MonkeyPatch) -> TrainOptions:
    monkeypatch.setitem(presets.PRESETS, "toy", tiny_preset(200))
    recipe = Recipe(
        learning_rate=5e-3, word_dropout=0.1, target_word_dropout=0.1, dropout=0.1, ema=0.9,
        feeding=Feeding("linear", half=0.5), schedule=Schedule(2, 0.5), loss_mean="steps",
    )  # fmt: skip
    batch = BatchOptions(tokens=200, curriculum="linear", competence=0.3, join=0.1)
    return TrainOptions(
        "new", tokens=tokens, preset="toy", budget=Budget(steps=6), recipe=recipe, batch=batch,
        validations=2, save_seconds=0.001, precision="fp32", device="cpu", threads=1,
    )  # fmt: skip


def ended(events: list[Event], kind: type[Event]) -> None:
    assert isinstance(events[-1], kind), events[-1]


def weights(store: ModelStore, name: str) -> dict[str, torch.Tensor]:
    return load_model(store.find(name).path).model.state_dict()


def left(options: TrainOptions, store: ModelStore, step: int) -> list[Event]:
    control, events = JobControl(), []
    for event in train(options, control, store):
        events.append(event)
        if isinstance(event, Step) and event.step == step:
            control.give(Command.LEAVE)
    return events


@pytest.mark.parametrize("kind", KINDS)
def test_a_run_that_was_left_ends_with_the_very_same_weights(
    kind: str, options: TrainOptions, tiny_store: ModelStore
) -> None:
    recipe = dataclasses.replace(options.recipe, optimizer=kind, adversarial=0.1)
    options = dataclasses.replace(options, recipe=recipe)
    whole = dataclasses.replace(options, name="whole")
    ended(list(train(whole, JobControl(), tiny_store)), Finished)
    ended(left(options, tiny_store, 3), Left)
    assert [run.name for run in unfinished_runs("train")] == ["new"]
    assert unfinished_runs() == []  # none that tuning could go on with
    events = list(go_on("new", JobControl(), tiny_store))
    ended(events, Finished)
    assert min(e.step for e in events if isinstance(e, Step)) == 4
    one, other = weights(tiny_store, "whole"), weights(tiny_store, "new")
    assert all(torch.equal(value, other[name]) for name, value in one.items())
    assert unfinished_runs("train") == []


def test_a_left_run_is_listed_and_can_be_forgotten(
    options: TrainOptions, tiny_store: ModelStore, capfd: pytest.CaptureFixture[str]
) -> None:
    ended(left(options, tiny_store, 2), Left)
    assert main(["train", "--unfinished"]) == 0
    assert capfd.readouterr().out == "new\tupdate 2\ttoy\n"
    with pytest.raises(OptionError, match="unfinished run called new"):
        list(train(options, JobControl(), tiny_store))
    assert main(["train", "--discard", "new"]) == 0
    assert unfinished_runs("train") == []
    with pytest.raises(InputError, match="no unfinished run called 'new'"):
        list(go_on("new", JobControl(), tiny_store))


def test_a_discarded_run_leaves_nothing(options: TrainOptions, tiny_store: ModelStore) -> None:
    control, events = JobControl(), []
    for event in train(options, control, tiny_store):
        events.append(event)
        if isinstance(event, Step) and event.step == 3:
            control.give(Command.DISCARD)
    ended(events, Discarded)
    assert unfinished_runs("train") == []
    ended(list(train(options, JobControl(), tiny_store)), Finished)  # its name is free


def test_two_runs_of_one_name_do_not_meet(options: TrainOptions, tiny_store: ModelStore) -> None:
    first = train(options, JobControl(), tiny_store)
    assert any(isinstance(event, Step) for event in first)
    with pytest.raises(OptionError, match="being taught at this moment"):
        list(train(options, JobControl(), tiny_store))
    first.close()


def test_a_run_tells_scores_of_any_task_and_keeps_its_history(
    options: TrainOptions, tiny_store: ModelStore
) -> None:
    options = dataclasses.replace(options, pinned=(PINNED,), epochs=2.0, budget=Budget())
    events = list(train(options, JobControl(), tiny_store))
    validations = [e for e in events if isinstance(e, Validation)]
    flows = [e for e in events if isinstance(e, GradientFlow)]
    pinned = [e for e in events if isinstance(e, Sample) and e.source == PINNED]
    assert len(validations) == len(flows) == len(pinned) == 3
    for told in validations:
        assert told.perplexity == pytest.approx(2.718281828**told.loss, rel=1e-6)
        assert told.exact_match is not None and 0 <= told.exact_match <= 1
        assert told.token_accuracy is not None and told.teaching_bleu is not None
    assert all(len(one.norms) > 3 and min(one.norms) > 0 for one in flows)
    for sample in pinned:
        assert "".join(sample.source_words) == PINNED
        assert len(sample.attention) == len(sample.target_words)
    receipt = read_bundle(tiny_store.find("new").path).receipt()
    steps = max(e.step for e in events if isinstance(e, Step))
    assert [step for step, _ in receipt["curves"]["gradient_norms"]] == list(range(1, steps + 1))
    assert [one["step"] for one in receipt["gradient_flows"]] == [one.step for one in flows]
    kept = [one for one in receipt["samples"] if one["source"] == PINNED]
    assert [one["translation"] for one in kept] == [one.translation for one in pinned]
    assert receipt["system"]["cell"] == "gru" and receipt["recipe"]["feeding"]["kind"] == "linear"


def test_epochs_are_rounds_through_the_pairs(options: TrainOptions, tiny_store: ModelStore) -> None:
    batch = BatchOptions(pairs=10)
    recipe = Recipe(optimizer="adam", accumulate=2)
    wanted = dataclasses.replace(
        options, epochs=1.5, budget=Budget(seconds=600), batch=batch, recipe=recipe, validations=1
    )
    events = list(train(wanted, JobControl(), tiny_store))
    pairs = next(e.pairs for e in events if e.kind == "started")  # type: ignore[attr-defined]
    updates = max(e.step for e in events if isinstance(e, Step))
    assert updates == -(-3 * -(-pairs // 10) // 4)
