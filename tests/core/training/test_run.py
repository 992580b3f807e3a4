"""A run's events and what it does when it is told to pause, stop or discard."""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import torch

from core.errors import TrainingError
from core.events import (
    Discarded,
    Event,
    Finished,
    Message,
    Paused,
    Resumed,
    Sample,
    Started,
    Step,
    Validation,
)
from core.store.loading import load_model
from core.store.model_store import ModelStore
from core.training import validation
from core.training.batching import Batch, BatchOptions, BatchSource, Share
from core.training.checks import Pair
from core.training.control import Command, JobControl
from core.training.examination import SAMPLES, Examination
from core.training.keeping import Result
from core.training.pairs import PairEncoder, hold_out
from core.training.review import Review
from core.training.run import RETREATS, Run
from core.training.schedule import Budget, Schedule
from core.training.trainer import Recipe
from core.training.validation import Held, SampleTranslator
from tests.core.training.plain_files import check_file

MakeRun = Callable[..., Run]
RECIPE = Recipe(learning_rate=3e-3, muon=False, schedule=Schedule(warmup=2, decay=0.5))
STILL = Recipe(learning_rate=0.0, muon=False)


@pytest.fixture
def make_run(tiny_bundle: Path, lesson: Path) -> MakeRun:
    def make(
        steps: int = 12,
        validations: int = 3,
        wrap: Callable[..., Iterator[Batch]] = iter,
        recipe: Recipe = RECIPE,
        patience: int | None = None,
        share: float = 1.0,
    ) -> Run:
        loaded = load_model(tiny_bundle)
        encoder = PairEncoder(loaded)
        held, training = hold_out(check_file(lesson, "zh", "en").pairs, seed=1)
        control = JobControl()
        shares = [Share(encoder.corpus(training, control.cancel))]
        source = BatchSource(shares, BatchOptions(tokens=300))
        return Run(
            loaded,
            wrap(batch for _, _, batch in source.batches()),
            Examination(loaded, Held.of(held, encoder)),
            recipe=recipe,
            budget=Budget(steps=steps),
            validations=validations,
            control=control,
            precision=torch.float32,
            patience=patience,
            validation_share=share,
        )

    return make


def kinds(events: list[Event]) -> list[str]:
    return [event.kind for event in events]


def result(folder: Path) -> Result:
    return Result(
        folder, pairs=87, held_out=10, rejected=2, receipt={"kind": "test"}, parent="tiny"
    )


def poisoned(
    batches: Iterator[Batch], run: list[Run], after: int, until: float = math.inf
) -> Iterator[Batch]:
    """After so many batches, and up to ``until``, the weights are no longer numbers."""
    for number, batch in enumerate(batches):
        if after <= number < until:
            with torch.no_grad():
                run[0].loaded.model.decoder.bias[5] = math.inf
        yield batch


# --- the whole life ------------------------------------------------------------------------------


def test_the_order_of_events(make_run: MakeRun, tmp_path: Path) -> None:
    run = make_run(steps=6, validations=3)
    events = list(run.kept_as(result(tmp_path / "mine")))
    measured = ["validation", *["sample"] * SAMPLES]
    learnt = ["step", "step", *measured]
    assert kinds(events) == ["started", *measured, *learnt * 3, "message", "finished"]
    assert events[0] == Started("mine", 87, 2, held_out=10, total_steps=6)
    assert [e.step for e in events if isinstance(e, Validation)] == [0, 2, 4, 6]
    assert [e.step for e in events if isinstance(e, Step)] == [1, 2, 3, 4, 5, 6]


def test_the_best_weights_are_kept_with_their_loss(make_run: MakeRun, tmp_path: Path) -> None:
    run = make_run(steps=12)
    events = list(run.kept_as(result(tmp_path / "mine")))
    losses = {e.step: e.loss for e in events if isinstance(e, Validation)}
    finished = events[-1]
    assert isinstance(finished, Finished)
    assert finished.best_step == min(losses, key=losses.__getitem__)
    assert finished.loss_after == min(losses.values()) < finished.loss_before == losses[0]
    assert finished.steps == 12
    best = [e.loss for e in events if isinstance(e, Validation) and e.best]
    assert best == sorted(best, reverse=True)
    # What was written is what was measured, but for bfloat16.
    again = make_run()
    again.loaded.model.load_state_dict(load_model(tmp_path / "mine").model.state_dict())
    assert next(again.events()).loss == pytest.approx(finished.loss_after, rel=0.02)  # type: ignore[attr-defined]


def test_a_worse_state_is_not_kept(make_run: MakeRun, tmp_path: Path) -> None:
    holder: list[Run] = []

    def scrambled(batches: Iterator[Batch]) -> Iterator[Batch]:
        for batch in batches:
            with torch.no_grad():
                holder[0].loaded.model.decoder.bias.normal_(std=20)
            yield batch

    holder.append(make_run(steps=4, validations=2, wrap=scrambled))
    finished = list(holder[0].kept_as(result(tmp_path / "mine")))[-1]
    assert isinstance(finished, Finished)
    assert finished.best_step == 0
    assert finished.loss_after == finished.loss_before


def test_time_left_is_at_the_present_pace(make_run: MakeRun) -> None:
    steps = [e for e in make_run(steps=6).events() if isinstance(e, Step)]
    assert [e.progress for e in steps] == [n / 6 for n in range(1, 7)]
    for event in steps:
        assert event.remaining == pytest.approx(event.elapsed / event.step * (6 - event.step))
        assert event.tokens_per_second > 0
    assert steps[-1].remaining == 0


def test_samples_are_the_first_held_out_pairs_as_translated_now(make_run: MakeRun) -> None:
    run = make_run(steps=40, validations=1)
    samples = [e for e in run.events() if isinstance(e, Sample)]
    assert [e.source for e in samples] == [
        p.source for p in run.examination.held.pairs[:SAMPLES]
    ] * 2
    first, last = samples[0], samples[SAMPLES]
    pair = run.examination.held.pairs[0]
    assert (first.source, first.reference) == (last.source, last.reference)
    assert (last.source, last.reference) == (pair.source, pair.target)
    assert first.translation.split()[0] == pair.target.split()[0]  # the tiny model knows its words
    assert last.translation == pair.target


def test_a_run_without_gain_ends_early(make_run: MakeRun, tmp_path: Path) -> None:
    run = make_run(steps=40, validations=20, patience=3, recipe=STILL)
    events = list(run.kept_as(result(tmp_path / "mine")))
    losses = [e for e in events if isinstance(e, Validation)]
    assert [e.best for e in losses] == [True, False, False, False]
    assert run.trainer.steps == 6
    assert isinstance(events[-1], Finished)
    assert events[-1].best_step == 0


# --- commands ------------------------------------------------------------------------------------


def test_stop_keeps_the_best_so_far(make_run: MakeRun, tmp_path: Path) -> None:
    run = make_run(steps=100, validations=20)
    events = []
    for event in run.kept_as(result(tmp_path / "mine")):
        events.append(event)
        if isinstance(event, Validation) and event.step == 10:
            run.control.give(Command.STOP)
    assert kinds(events)[-3:] == ["validation", "message", "finished"]
    assert events[-1].steps == 10  # type: ignore[attr-defined]
    assert (tmp_path / "mine" / "manifest.json").is_file()


def test_a_stop_before_the_first_validation_on_the_way_measures_what_was_learnt(
    make_run: MakeRun, tmp_path: Path
) -> None:
    run = make_run(steps=1000, validations=2)
    events = []
    for event in run.kept_as(result(tmp_path / "mine")):
        events.append(event)
        if isinstance(event, Step) and event.step == 20:
            run.control.give(Command.STOP)
    assert kinds(events)[-4:] == ["step", "validation", "message", "finished"]
    finished = events[-1]
    assert isinstance(finished, Finished)
    assert finished.best_step == 20
    assert finished.loss_after < finished.loss_before


def test_discard_keeps_nothing(make_run: MakeRun, tmp_path: Path) -> None:
    run = make_run(steps=100)
    events = []
    for event in run.kept_as(result(tmp_path / "mine")):
        events.append(event)
        if isinstance(event, Step) and event.step == 3:
            run.control.give(Command.DISCARD)
    assert events[-1] == Discarded(3)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("word", [Command.STOP, Command.DISCARD])
def test_an_end_is_heard_between_the_batches_of_a_validation(
    word: Command, make_run: MakeRun, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(validation, "BATCH", 1)
    run = make_run()
    assert len(run.examination.held.batches) == 10
    seen = []
    losses = run.trainer.losses

    def look(batch: Batch, smoothing: float) -> tuple[torch.Tensor, ...]:
        seen.append(batch)
        if len(seen) == 3:
            run.control.give(word)
        return losses(batch, smoothing)

    monkeypatch.setattr(run.trainer, "losses", look)
    run.loaded.model.train()
    events = list(run.kept_as(result(tmp_path / "mine")))
    assert kinds(events) == ["started", "discarded"]
    assert len(seen) == 3
    assert run.loaded.model.training  # as it was
    assert list(tmp_path.iterdir()) == []


def test_an_end_is_heard_within_a_translation(
    make_run: MakeRun, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = make_run()
    step = validation.InferenceModel.decode_step
    calls = []

    def look(*arguments: Any) -> tuple[torch.Tensor, ...]:
        calls.append(1)
        run.control.give(Command.STOP)
        return step(*arguments)

    monkeypatch.setattr(validation.InferenceModel, "decode_step", look)
    assert list(run.events()) == []
    assert len(calls) == 1


def test_the_time_left_counts_what_follows_the_last_update(make_run: MakeRun) -> None:
    run = make_run(steps=10, validations=1)
    run._review = Review(ModelStore().list()[0], {"held-out": [Pair(1, "", "")] * 5}, run.control)
    steps = [e for e in run.events() if isinstance(e, Step)]
    each = run.examination.seconds_each
    assert each > 0
    assert steps[-1].remaining == pytest.approx(2 * 5 * 2 * each, rel=0.9)
    halfway = steps[4]
    assert halfway.remaining is not None
    assert halfway.remaining > halfway.elapsed


def test_validations_take_no_more_than_their_share(
    make_run: MakeRun, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = make_run(steps=40, validations=40, share=0.25)
    measure = run.examination.measure

    def slow(*arguments: Any) -> Any:
        time.sleep(0.2)
        return measure(*arguments)

    monkeypatch.setattr(run.examination, "measure", slow)
    begin = time.perf_counter()
    events = list(run.events())
    steps = [e.step for e in events if isinstance(e, Validation)]
    assert steps[0] == 0
    assert steps[-1] == 40
    # The first, before anything is learnt, and the last are always made.
    assert 0.2 * (len(steps) - 2) <= 0.3 * (time.perf_counter() - begin)
    assert len(steps) < 40


def test_a_pause_holds_everything_and_costs_no_time(make_run: MakeRun) -> None:
    run = make_run(steps=4, validations=1)
    events, waited = [], 0.0
    started = time.monotonic()
    for event in run.events():
        events.append(event)
        if isinstance(event, Step) and event.step == 2:
            run.control.give(Command.PAUSE)
        if isinstance(event, Paused):
            before = {name: value.clone() for name, value in run.loaded.model.state_dict().items()}
            begin = time.monotonic()
            threading.Timer(0.3, run.control.give, (Command.RESUME,)).start()
        if isinstance(event, Resumed):
            waited = time.monotonic() - begin
            after = run.loaded.model.state_dict()
            assert all(torch.equal(value, after[name]) for name, value in before.items())
    measured = ["validation", *["sample"] * SAMPLES]
    expected = ["step", "step", "paused", "resumed", "step", "step", *measured]
    assert kinds(events) == [*measured, *expected]
    assert waited >= 0.3
    assert run.trainer.elapsed <= time.monotonic() - started - waited


def test_a_pause_is_kept_right_after_a_validation(make_run: MakeRun) -> None:
    run = make_run(steps=2)
    events = run.events()
    assert isinstance(next(events), Validation)
    run.control.give(Command.PAUSE)
    assert next(events) == Paused(0)
    run.control.give(Command.RESUME)
    assert next(events) == Resumed(0)
    assert isinstance(next(events), Sample)


@pytest.mark.parametrize("word", [Command.STOP, Command.DISCARD])
def test_a_pause_can_end_the_run(word: Command, make_run: MakeRun, tmp_path: Path) -> None:
    run = make_run(steps=100, validations=100)
    events = []
    for event in run.kept_as(result(tmp_path / "mine")):
        events.append(event)
        if isinstance(event, Step) and event.step == 2:
            run.control.give(Command.PAUSE)
        if isinstance(event, Paused):
            run.control.give(word)
    last = ["message", "finished"] if word is Command.STOP else ["discarded"]
    assert kinds(events)[-1 - len(last) :] == ["paused", *last]


# --- what goes wrong -----------------------------------------------------------------------------


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
        if isinstance(event, Message) and "diverged" in event.text:
            restored = [value.clone() for value in run.loaded.model.state_dict().values()]
            assert run.best is not None
            for kept, now in zip(run.best.weights.values(), restored, strict=True):
                torch.testing.assert_close(now, kept)
    (message,) = (e.text for e in events if isinstance(e, Message) and "diverged" in e.text)
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
    assert kinds(events)[-7:] == ["step", *["message"] * (RETREATS + 1), "message", "finished"]
    message = events[-3]
    assert isinstance(message, Message)
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
    with pytest.raises(TrainingError, match="held-out loss is nan after 0 updates"):
        list(run.kept_as(result(tmp_path / "mine")))


# --- held-out pairs ------------------------------------------------------------------------------


def test_held_out_pairs_that_vanish_are_left_out(tiny_bundle: Path) -> None:
    loaded = load_model(tiny_bundle)
    pairs = [Pair(1, "我", "I"), Pair(2, "", "You"), Pair(3, "你", "")]
    encoder = PairEncoder(loaded)
    held = Held.of(pairs, encoder)
    assert [pair.source for pair in held.pairs] == ["我"]
    with pytest.raises(TrainingError, match="no held-out pair"):
        Held.of(pairs[1:], encoder)


def test_the_validation_loss_is_the_mean_over_pieces_one_pair_at_a_time(
    make_run: MakeRun,
) -> None:
    run = make_run()
    model, encoder = run.loaded.model.eval(), PairEncoder(run.loaded)
    total = pieces = 0.0
    with torch.inference_mode():
        for pair in run.examination.held.pairs:
            source, target = encoder(pair)
            output = model(
                torch.tensor([source]), torch.tensor([len(source)]), torch.tensor([(2, *target)])
            )
            scores = model.logits(output.features)[0].log_softmax(-1)
            wanted = torch.tensor([*target, 3])
            total -= float(scores[torch.arange(len(wanted)), wanted].sum())
            pieces += len(wanted)
    first = next(run.events())
    assert isinstance(first, Validation)
    assert first.loss == pytest.approx(total / pieces, rel=1e-4)


def test_a_sample_copies_what_the_vocabulary_lacks(tiny_bundle: Path) -> None:
    translate = SampleTranslator(load_model(tiny_bundle))
    shown, nothing = translate([Pair(1, "我喜欢龘。", ""), Pair(2, "", "")])
    assert "龘" in shown.text
    assert (nothing.text, nothing.words()) == ("", ((), (), ()))
