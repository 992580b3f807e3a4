"""The fold over a run's events."""

from __future__ import annotations

import pytest

from core.events import (
    Changed,
    Compared,
    Discarded,
    Event,
    Failed,
    Finished,
    Left,
    Message,
    Paused,
    Resumed,
    Sample,
    Started,
    Step,
    Validation,
    Warned,
)
from gui.pages.teach_steps.learn_step import curves, state_words
from gui.viewmodels.learning import Learning, RunState


def step(number: int, loss: float = 2.0) -> Step:
    return Step(number, loss, 1e-3, 1.0, 900.0, number * 1.0, number / 10, None)


def learn(*events: Event) -> Learning:
    run = Learning("mine", "zh-en")
    for event in events:
        run.apply(event)
    return run


def test_losses_samples_and_scores_are_kept_in_order() -> None:
    run = learn(
        Message("loading"),
        Started("mine", 10, 1, 2),
        Validation(0, 4.0, True),
        Sample(0, "茶", "tea", "water"),
        step(1, 3.5),
        step(2, 3.0),
        Validation(2, 3.1, True),
        Sample(2, "茶", "tea", "tea"),
    )
    assert (run.steps, run.losses) == ([1, 2], [3.5, 3.0])
    assert [s.translation for s in run.samples["茶"]] == ["water", "tea"]
    assert run.before == Validation(0, 4.0, True)
    assert run.best == Validation(2, 3.1, True)
    assert run.progress == pytest.approx(0.2)
    assert run.state is RunState.LEARNING


def test_a_warning_stays_until_it_is_over() -> None:
    run = learn(Warned("unsaved", "No room."), step(1), Warned("divergence", "Half the rate."))
    assert run.warning == "No room. Half the rate."
    run.apply(Warned("unsaved", ""))
    run.apply(step(2))
    assert run.warning == "Half the rate."
    assert run.state is RunState.LEARNING


def test_pinned_sentences_are_watched_first() -> None:
    run = learn(
        Sample(0, "茶", "tea", "water"),
        Sample(0, "水", "", "tea"),
        Sample(2, "茶", "tea", "tea"),
        Sample(2, "水", "", "water"),
    )
    told = [[sample.translation for sample in history] for history in run.watched]
    assert told == [["tea", "water"], ["water", "tea"]]


def test_best_is_the_one_that_was_kept() -> None:
    finished = Finished("mine", "/m", 4, 2, 4.0, 3.1, 9.0)
    run = learn(Validation(0, 4.0, True), Validation(2, 3.1, True), Validation(4, 3.6, False))
    assert run.best is not None and run.best.step == 2
    run.apply(finished)
    assert run.best.step == 2
    assert run.finished == finished


@pytest.mark.parametrize(
    ("last", "state"),
    [
        (Finished("mine", "/m", 1, 1, 4.0, 3.0, 1.0), RunState.KEPT),
        (Discarded(1), RunState.DISCARDED),
        (Left(1, "mine"), RunState.LEFT),
        (Failed("no"), RunState.FAILED),
    ],
)
def test_last_words_end_it(last: Event, state: RunState) -> None:
    run = learn(step(1), last)
    assert run.state is state and run.state.ended


def test_pause_and_resume() -> None:
    run = learn(step(1), Paused(1))
    assert run.state is RunState.PAUSED
    run.apply(Resumed(1))
    assert run.state is RunState.LEARNING


def test_replayed_steps_are_no_part_of_the_training_curve() -> None:
    replayed = Step(2, 9.0, 1e-3, 1.0, 900.0, 2.0, 0.2, 8.0, replayed=True)
    run = learn(step(1, 3.5), replayed, step(3, 3.0))
    assert (run.steps, run.losses) == ([1, 3], [3.5, 3.0])
    run = learn(step(1, 3.5), replayed)
    assert run.latest == replayed and run.progress == pytest.approx(0.2)


def test_general_sentences_make_a_curve_of_their_own() -> None:
    run = learn(
        Validation(0, 4.0, True, general_loss=3.0, general_change=0.0),
        step(1),
        Validation(1, 3.0, True),
        Validation(2, 2.0, True, general_loss=3.25, general_change=-0.25),
    )
    drawn = curves(run)
    assert (drawn.held_out_steps, drawn.held_out) == ((0, 1, 2), (4.0, 3.0, 2.0))
    assert (drawn.general_steps, drawn.general) == ((0, 2), (3.0, 3.25))


def test_comparisons_are_kept_by_set() -> None:
    compared = Compared("general", 9, 1.0, 0.1, 2.0, 0.1, None, 3.0, 0.1, 4.0, 0.1, None)
    changed = [Changed(name, "茶", "tea", "a", "b", 1.0) for name in ("general", "held-out")]
    run = learn(compared, *changed)
    assert run.compared == {"general": compared}
    assert run.changes == {"general": changed[:1], "held-out": changed[1:]}


def test_what_the_child_says_it_does_is_shown_until_it_learns_on() -> None:
    run = learn(step(1), Message("comparing before and after"))
    assert state_words(run) == "Comparing before and after…"
    run.state = RunState.STOPPING
    assert state_words(run) == "Comparing before and after…"
    run.state = RunState.PAUSED
    assert state_words(run) == "Paused"
    run.state = RunState.LEARNING
    run.apply(step(2))
    assert state_words(run) == "Learning"


@pytest.mark.parametrize("wish", [RunState.STOPPING, RunState.LEAVING, RunState.DISCARDING])
@pytest.mark.parametrize("late", [Paused(3), Resumed(3), step(3)])
def test_what_the_child_said_before_it_heard_changes_no_wish(wish: RunState, late: Event) -> None:
    run = learn(step(1))
    run.state = wish
    run.apply(late)
    assert run.state is wish
