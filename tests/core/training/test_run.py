"""A run's events, what it keeps, and its validation."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import torch

from core.errors import TrainingError
from core.events import (
    Finished,
    Sample,
    Started,
    Step,
    Validation,
)
from core.store.loading import load_model
from core.store.model_store import ModelStore
from core.training import review
from core.training.batching import Batch
from core.training.checks import Pair
from core.training.examination import SAMPLES
from core.training.pairs import PairEncoder
from core.training.review import Review
from core.training.validation import Held, SampleTranslator
from tests.core.training.runs import STILL, MakeRun, Run, kinds, result

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


def test_the_time_left_counts_what_follows_the_last_update(
    make_run: MakeRun, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = make_run(steps=10, validations=1)
    run._review = Review(ModelStore().list()[0], {"held-out": [Pair(1, "", "")] * 5}, run.control)
    assert run._review.seconds(0.5) == 24.0
    monkeypatch.setattr(review, "_BESIDE", 0.0)
    # What a sentence takes is measured anew with the last validation, after the last step.
    found = [(e, run.examination.seconds_each) for e in run.events() if isinstance(e, Step)]
    steps, each = [step for step, _ in found], found[-1][1]
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
