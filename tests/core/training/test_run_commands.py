"""What a run does when it is told to pause, stop or discard."""

from __future__ import annotations

import threading
import time
from pathlib import Path
from typing import Any

import pytest
import torch

from core.events import (
    Discarded,
    Finished,
    Paused,
    Resumed,
    Sample,
    Step,
    Validation,
)
from core.model.native.search import NativeSearch
from core.training import validation
from core.training.batching import Batch
from core.training.control import Command
from core.training.examination import SAMPLES
from core.training.run import Run
from tests.core.model.compiled import RUNNABLE
from tests.core.training.runs import MakeRun, kinds, result


def test_stop_keeps_the_best_so_far(make_run: MakeRun, tmp_path: Path) -> None:
    run = make_run(steps=100, validations=20)
    events = []
    for event in run.kept_as(result(tmp_path / "mine")):
        events.append(event)
        if isinstance(event, Validation) and event.step == 10:
            run.control.give(Command.STOP)
    assert kinds(events)[-4:] == ["validation", "message", "message", "finished"]
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
    told = ["step", "message", "validation", "message", "finished"]  # first that it was heard
    assert kinds(events)[-5:] == told
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


def told_at_third(run: Run, word: Command, monkeypatch: pytest.MonkeyPatch) -> list[Batch]:
    """Tell ``run`` something at the third held-out batch; the list fills with all of them."""
    seen: list[Batch] = []
    losses = run.trainer.losses

    def look(batch: Batch, smoothing: float) -> tuple[torch.Tensor, ...]:
        seen.append(batch)
        if len(seen) == 3:
            run.control.give(word)
        return losses(batch, smoothing)

    monkeypatch.setattr(run.trainer, "losses", look)
    return seen


@pytest.mark.parametrize("word", [Command.STOP, Command.DISCARD])
def test_an_end_is_heard_between_the_batches_of_a_validation(
    word: Command, make_run: MakeRun, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(validation, "BATCH", 1)
    run = make_run()
    assert len(run.examination.held.batches) == 10
    seen = told_at_third(run, word, monkeypatch)
    run.loaded.model.train()
    events = list(run.kept_as(result(tmp_path / "mine")))
    heard = ["message"] if word is Command.STOP else []
    assert kinds(events) == ["started", *heard, "discarded"]
    assert len(seen) == 3
    assert run.loaded.model.training  # as it was
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "native", [False, pytest.param(True, marks=pytest.mark.skipif(not RUNNABLE, reason="no code"))]
)
def test_an_end_is_heard_within_a_translation(
    make_run: MakeRun, monkeypatch: pytest.MonkeyPatch, native: bool
) -> None:
    run = make_run()
    if not native:
        monkeypatch.setattr("core.decoding.beam_search.search_natively", lambda *_: None)
    owner, name = (NativeSearch, "step") if native else (validation.InferenceModel, "decode_step")
    step = getattr(owner, name)
    calls = []

    def look(*arguments: Any) -> Any:
        calls.append(1)
        run.control.give(Command.STOP)
        return step(*arguments)

    monkeypatch.setattr(owner, name, look)
    assert kinds(list(run.events())) == ["message"]  # that it was heard
    assert len(calls) == 1


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
    last = ["message", "message", "finished"] if word is Command.STOP else ["discarded"]
    assert kinds(events)[-1 - len(last) :] == ["paused", *last]


def test_a_pause_is_heard_within_a_validation_which_then_begins_again(
    make_run: MakeRun, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(validation, "BATCH", 1)
    run = make_run(steps=1, validations=1)
    assert len(run.examination.held.batches) == 10
    seen = told_at_third(run, Command.PAUSE, monkeypatch)
    events = run.events()
    assert next(events) == Paused(0)
    assert len(seen) == 3
    run.control.give(Command.RESUME)
    assert next(events) == Resumed(0)
    assert isinstance(next(events), Validation)
    assert len(seen) == 3 + 10


@pytest.mark.parametrize(
    ("word", "answer"), [(Command.PAUSE, "paused"), (Command.STOP, "stopped"), (Command.LEAVE, "")]
)
def test_a_word_is_heard_within_an_update(
    word: Command, answer: str, make_run: MakeRun, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = make_run(steps=3, validations=1)
    calls: list[str] = []
    forward, step = run.trainer._objective.forward, run.trainer.optimizers.step

    def forward_noted(*arguments: Any) -> tuple[torch.Tensor, ...]:
        calls.append("forward")
        if run.trainer.steps == 1:
            run.control.give(word)
        return forward(*arguments)

    def step_noted(factor: float) -> None:
        calls.append("step")
        step(factor)

    events = run.events()
    while not isinstance(next(events), Step):
        pass
    monkeypatch.setattr(run.trainer._objective, "forward", forward_noted)
    monkeypatch.setattr(run.trainer.optimizers, "step", step_noted)
    if answer == "paused":
        assert next(events) == Paused(1)
        assert calls == ["forward"]
        run.control.give(Command.RESUME)
        assert next(events) == Resumed(1)
        monkeypatch.setattr(run.trainer._objective, "forward", forward)
        assert isinstance(next(events), Step)
    elif answer == "stopped":  # what was half learnt is given up
        assert [event for event in events if isinstance(event, Step)] == []
        assert "step" not in calls
    else:  # to go on from here later, no batch may be lost
        assert [event.step for event in events if isinstance(event, Step)] == [2]
        assert calls == ["forward", "step"]
