"""Runs that ended before their time: found, gone on with, discarded."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from core.paths import data_folder
from core.training.run_folder import RunFolder, unfinished_runs
from gui.jobs.unfinished import UnfinishedRun, list_unfinished, tidy_unfinished
from gui.pages.teach import TeachPage
from gui.viewmodels.learning import RunState
from tests.gui.teach.conftest import check, click, start, state


def leave_behind(name: str, steps: int) -> None:
    """What a run leaves on the disk that was ended after ``steps`` updates."""
    with RunFolder(name) as folder:
        folder.begin({"base": "zh-en", "file": "tea.tsv"}, [], [])
        if steps:
            folder.checkpoint.mkdir()
            state = {"steps": steps}
            (folder.checkpoint / "state.json").write_text(json.dumps(state), encoding="utf-8")


def names() -> list[str]:
    return [run.name for run in unfinished_runs()]


def offers(page: TeachPage) -> list[str]:
    return [banner._run.name for banner in page.file_step.unfinished.banners]


@pytest.mark.parametrize(
    ("steps", "discarded", "left"),
    [(0, False, False), (9, False, True), (0, True, False), (9, True, False)],
)
def test_what_is_no_use_is_tidied_away(steps: int, discarded: bool, left: bool) -> None:
    leave_behind("mine", steps)
    leave_behind("other", 0)
    expected = [UnfinishedRun("mine", "zh-en", steps)] if left else []
    assert tidy_unfinished("mine", discarded) == (*expected, UnfinishedRun("other", "zh-en", 0))


def test_nothing_is_there_and_nothing_is_made() -> None:
    assert list_unfinished() == ()
    assert not (data_folder() / "runs").exists()


def test_an_unfinished_run_is_offered_and_gone_on_with(qtbot: QtBot, make_page) -> None:
    leave_behind("tea-house", 40)
    page = make_page("compare", steps=100_000, pace=0.01)
    qtbot.waitUntil(lambda: offers(page) == ["tea-house"])
    banner = page.file_step.unfinished.banners[0]
    qtbot.waitUntil(banner.isVisible)
    assert banner.offer.sentence.text() == "tea-house was being taught when Attune ended."
    assert banner.offer.remedy.text() == "Kept: 40 updates from zh-en."
    click(qtbot, banner.go_on)
    assert page.learn_step.isVisible()
    assert page.learn_step.heading.text() == "tea-house learns from zh-en"
    qtbot.waitUntil(lambda: state(page) is RunState.LEARNING, timeout=10_000)
    assert page.model.run._jobs[-1]._thread._command[-1] == "tea-house"
    assert offers(page) == []


def test_discarding_asks_first(qtbot: QtBot, make_page) -> None:
    leave_behind("tea-house", 40)
    leave_behind("tea-shop", 4)
    page = make_page()
    qtbot.waitUntil(lambda: offers(page) == ["tea-house", "tea-shop"])
    banner = page.file_step.unfinished.banners[0]
    click(qtbot, banner.discard)
    assert not banner.offer.isVisible()
    click(qtbot, banner.confirm.no)
    assert banner.offer.isVisible() and names() == ["tea-house", "tea-shop"]
    click(qtbot, banner.discard)
    click(qtbot, banner.confirm.yes)
    qtbot.waitUntil(lambda: offers(page) == ["tea-shop"])
    assert names() == ["tea-shop"]


def test_its_name_is_not_given_twice(qtbot: QtBot, make_page, pairs_file: Path) -> None:
    leave_behind("tea-house", 40)
    page = make_page()
    qtbot.waitUntil(lambda: bool(offers(page)))
    check(qtbot, page, pairs_file)
    form = page.check_step.form
    assert form.name.text() == "tea-house-2"
    form.name.setText("")
    form.name.selectAll()
    qtbot.keyClicks(form.name, "Tea-House")
    assert not form.start.isEnabled()
    assert "unfinished run has this name" in form._name_caption.text()


def test_a_crash_can_be_gone_on_with(qtbot: QtBot, make_page, pairs_file: Path) -> None:
    page = make_page("crash")
    check(qtbot, page, pairs_file)
    leave_behind("tea-house", 3)  # what the child would have saved before
    click(qtbot, page.check_step.form.start)
    step = page.learn_step
    qtbot.waitUntil(step.go_on.isVisible, timeout=10_000)
    assert page.model.form.name == "tea-house-2"  # to start again beside it
    assert step.retry.isEnabled()
    click(qtbot, step.go_on)
    assert state(page) is RunState.STARTING
    assert page.model.learning.name == "tea-house"


def test_what_a_killed_child_leaves_of_a_discarded_run_goes_too(
    qtbot: QtBot, make_page, pairs_file: Path
) -> None:
    page = make_page("hang")
    start(qtbot, page, pairs_file)
    qtbot.waitUntil(lambda: bool(page.model.learning.steps))
    leave_behind("tea-house", 3)
    click(qtbot, page.learn_step.discard)
    click(qtbot, page.learn_step.confirm.yes)
    qtbot.waitUntil(lambda: not names(), timeout=10_000)
