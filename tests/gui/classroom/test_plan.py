"""What a system learns from: samples, languages, budgets, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from gui.jobs.checking import Checking
from gui.jobs.sample_tasks import sample_pairs
from gui.settings import Settings
from gui.viewmodels.class_plan import ClassPlan
from gui.viewmodels.registry import Registry, Suggestion, core_registry
from gui.viewmodels.system import System


@pytest.fixture
def checking(qtbot: QtBot) -> Iterator[Checking]:
    checking = Checking(models=tuple)
    yield checking
    checking.shutdown()


@pytest.fixture
def plan(settings: Settings, checking: Checking, registry: Registry) -> ClassPlan:
    return ClassPlan(settings, checking, System(registry), 4)


def test_the_pairs_of_a_task_are_checked_and_planned(
    qtbot: QtBot, settings: Settings, checking: Checking
) -> None:
    system = System(core_registry())
    plan = ClassPlan(settings, checking, system, 4)
    samples = {sample.file.stem: sample for sample in sample_pairs()}
    assert len(samples) == 4
    task = samples["word-reversal"]
    plan.take_sample(task)
    qtbot.waitUntil(lambda: plan.pairs.choice is not None, timeout=20_000)
    assert plan.pairs.choice is not None and plan.pairs.choice.count > 1000
    assert plan.languages == task.languages and not plan.usual_pair
    assert dict(task.options).items() <= system.values.items() and plan.complete
    made = plan.plan()
    assert (made.name, made.file, made.threads, made.attends) == ("default", task.file, 2, True)
    assert ("source_units", "characters") in made.changes


def test_a_composed_system_stays_but_for_the_units(settings: Settings, checking: Checking) -> None:
    system = System(core_registry())
    plan = ClassPlan(settings, checking, system, 1)
    system.set("cell", "rnn-tanh")
    task = next(sample for sample in sample_pairs() if sample.units)
    plan.take_sample(task)
    plan.pairs.cancel()
    assert system.values["cell"] == "rnn-tanh" and system.values["width"] == 384
    assert system.values["source_units"] == "characters"
    assert plan.alone and plan.cores == 1  # there is nothing to share


@pytest.mark.parametrize(
    ("budget", "amount", "fits"),
    [
        ("minutes", "0,5", True), ("minutes", "0", False), ("minutes", "601", False),
        ("epochs", "2.5", True), ("steps", "100", True), ("steps", "many", False),
        ("steps", "", False), ("minutes", "nan", False),
    ],
)  # fmt: skip
def test_a_budget_has_bounds(plan: ClassPlan, budget: str, amount: str, fits: bool) -> None:
    plan.set_budget(budget)
    plan.set_amount(amount)
    assert (plan.amount_problem() == "") is fits


@pytest.mark.parametrize(
    ("source", "target", "fits"),
    [("DE", "en", True), ("text", "digits", True), ("d", "en", False), ("zh-tw", "en", False)],
)
def test_languages_are_codes(plan: ClassPlan, source: str, target: str, fits: bool) -> None:
    plan.set_languages(source, target)
    assert (plan.language_problem() == "") is fits
    assert plan.languages == (source.lower(), target)


def test_names_are_free_and_follow_the_preset_until_the_user_gives_one(plan: ClassPlan) -> None:
    plan.taken = ("plain", "Mine")
    plan.suggest_name()
    assert plan.name == "plain-2"
    plan.set_name("mine")
    assert "already" in plan.name_problem()
    plan.set_name("my own")
    plan.suggest_name()
    assert plan.name == "my own"


def test_a_preset_that_is_meant_for_some_rounds_sets_them(plan: ClassPlan) -> None:
    plan.suit(Suggestion("x", "", {}))
    assert plan.budget == "minutes"
    plan.suit(Suggestion("x", "", {}, epochs=7))
    assert (plan.budget, plan.amount) == ("epochs", "7")


def test_pins_are_few_and_short(plan: ClassPlan) -> None:
    assert plan.pin("a\tb\n") == "" and plan.pinned == ("a b",)
    assert plan.pin("a b") == "" and plan.pin(" ") == "" and len(plan.pinned) == 1
    assert "characters" in plan.pin("x" * 201)
    for word in ("b", "c", "d", "e"):
        assert plan.pin(word) == ""
    assert "take one away" in plan.pin("f")
    plan.unpin("c")
    assert plan.pinned == ("a b", "b", "d", "e")


def test_two_files_are_one_name(plan: ClassPlan, tmp_path: Path) -> None:
    plan.pairs.choose(tmp_path / "a.zh", tmp_path / "a.en")
    assert plan.pairs.name == "a.zh + a.en"
