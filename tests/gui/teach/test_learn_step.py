"""The page while a child learns: pausing, ending it in every way, leaving and coming back."""

from __future__ import annotations

import time

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from gui.viewmodels import teaching_run
from gui.viewmodels.learning import RunState
from gui.viewmodels.teach_step import TeachStep
from tests.gui.teach.conftest import check, click, start, state


def test_pause_and_resume_answer_at_once(qtbot: QtBot, make_page, pairs_file) -> None:
    page = make_page(steps=100_000, pace=0.01)
    start(qtbot, page, pairs_file)
    step = page.learn_step
    click(qtbot, step.pause)
    assert state(page) is RunState.PAUSING
    assert step.pause.text() == "Resume"
    qtbot.waitUntil(lambda: state(page) is RunState.PAUSED)
    assert step.state.text() == "Paused"
    click(qtbot, step.pause)
    qtbot.waitUntil(lambda: state(page) is RunState.LEARNING)
    assert step.pause.text() == "Pause"


def test_stop_keeps_the_best(qtbot: QtBot, make_page, pairs_file) -> None:
    page = make_page(steps=100_000, pace=0.01)
    start(qtbot, page, pairs_file)
    click(qtbot, page.learn_step.stop)
    assert page.learn_step.state.text() == "Stopping; keeping the best…"
    assert not page.learn_step.stop.isEnabled()
    qtbot.waitUntil(lambda: state(page) is RunState.KEPT, timeout=20_000)
    assert page.result_step.isVisible()


def test_discard_asks_in_the_page_and_means_it(qtbot: QtBot, make_page, pairs_file) -> None:
    page = make_page(steps=100_000, pace=0.01)
    start(qtbot, page, pairs_file)
    step = page.learn_step
    click(qtbot, step.discard)
    assert step.confirm.isVisible() and step.confirm.no.hasFocus()
    qtbot.keyClick(step.confirm.no, Qt.Key.Key_Escape)
    assert not step.confirm.isVisible()
    assert state(page) is RunState.LEARNING
    click(qtbot, step.discard)
    click(qtbot, step.confirm.yes)
    assert state(page) is RunState.DISCARDING
    qtbot.waitUntil(lambda: page.model.learning is None, timeout=20_000)
    assert page.check_step.isVisible()
    assert "Nothing of tea-house was kept" in page.check_step.notice.sentence.text()
    qtbot.waitUntil(lambda: page.check_step.form.start.isEnabled())


def test_discard_while_stopping_hangs(qtbot: QtBot, make_page, pairs_file) -> None:
    page = make_page("hang")
    start(qtbot, page, pairs_file)
    qtbot.waitUntil(lambda: bool(page.model.learning.steps))
    click(qtbot, page.learn_step.stop)
    click(qtbot, page.learn_step.discard)
    click(qtbot, page.learn_step.confirm.yes)
    qtbot.waitUntil(lambda: page.model.learning is None, timeout=20_000)


def test_a_loss_that_is_no_number_is_told_and_stays_in_view(
    qtbot: QtBot, make_page, pairs_file
) -> None:
    page = make_page("diverge", steps=100_000, pace=0.01)
    start(qtbot, page, pairs_file)
    banner = page.learn_step.banner
    qtbot.waitUntil(banner.isVisible)
    told = page.model.learning.latest.step
    qtbot.waitUntil(lambda: page.model.learning.latest.step > told + 3)
    assert banner.sentence.text() == "The loss diverged at update 4; going on at half the rate"
    assert banner.property("tone") == "warning"
    assert state(page) is RunState.LEARNING
    click(qtbot, page.learn_step.stop)
    qtbot.waitUntil(lambda: state(page) is RunState.KEPT, timeout=20_000)


def test_crash_is_told_in_the_page_and_can_be_tried_again(
    qtbot: QtBot, make_page, pairs_file
) -> None:
    page = make_page("crash")
    check(qtbot, page, pairs_file)
    click(qtbot, page.check_step.form.start)
    qtbot.waitUntil(lambda: bool(page.learn_step.banner.details()), timeout=10_000)
    banner = page.learn_step.banner
    assert banner.isVisible()
    assert banner.sentence.text().startswith("The training program was ended by the system")
    assert "memory" in banner.remedy.text()
    assert "something about memory" in banner.details()
    assert not page.learn_step.pause.isVisible()
    click(qtbot, page.learn_step.retry)
    assert state(page) is RunState.STARTING
    assert not banner.isVisible()


def test_the_clock_runs_and_a_late_beginning_is_explained(
    qtbot: QtBot, make_page, pairs_file, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(teaching_run, "LONG", 2.0)
    page = make_page("late")
    start(qtbot, page, pairs_file)
    step = page.learn_step
    assert step.state.text() == "Getting ready…"  # it has been started, but learns nothing yet
    qtbot.waitUntil(lambda: step.figures.value("elapsed") == "0:01", timeout=10_000)
    assert not step.banner.isVisible()
    qtbot.waitUntil(step.banner.isVisible, timeout=10_000)
    assert step.figures.value("elapsed") >= "0:02"
    assert step.banner.sentence.text().startswith("It has not begun to learn yet.")
    assert step.banner.property("tone") == "info"
    page.model.run.discard()
    qtbot.waitUntil(lambda: page.model.learning is None, timeout=20_000)
    with qtbot.assertNotEmitted(page.model.run.ticked, wait=1_200):
        pass


def test_the_clock_rests_with_the_run(qtbot: QtBot, make_page, pairs_file) -> None:
    page = make_page(steps=100_000, pace=0.01)
    start(qtbot, page, pairs_file)
    click(qtbot, page.learn_step.pause)
    qtbot.waitUntil(lambda: state(page) is RunState.PAUSED)
    rested = page.model.run._clock.seconds
    qtbot.wait(300)
    assert page.model.run._clock.seconds == rested
    click(qtbot, page.learn_step.pause)
    qtbot.waitUntil(lambda: page.model.run._clock.seconds > rested)


def test_leaving_and_going_back_do_not_stop_it(qtbot: QtBot, make_page, pairs_file) -> None:
    page = make_page(steps=100_000, pace=0.01)
    start(qtbot, page, pairs_file)
    page.hide()
    before = len(page.model.learning.steps)
    qtbot.waitUntil(lambda: len(page.model.learning.steps) > before + 20, timeout=20_000)
    page.show()
    for number in (0, 1):
        qtbot.mouseClick(page.header.buttons[number], Qt.MouseButton.LeftButton)
        assert page.model.step is TeachStep(number)
    assert not page.check_step.form.start.isEnabled()
    assert "learning now" in page.check_step.form.trouble.text()
    assert not page.header.buttons[3].isEnabled()
    qtbot.mouseClick(page.header.buttons[2], Qt.MouseButton.LeftButton)
    assert page.learn_step.isVisible()


def test_end_while_elsewhere_does_not_pull_the_user_away(
    qtbot: QtBot, make_page, pairs_file
) -> None:
    page = make_page(steps=100_000, pace=0.01)
    start(qtbot, page, pairs_file)
    click(qtbot, page.learn_step.stop)
    page.model.go(TeachStep.FILE)
    with qtbot.waitSignal(page.model_kept, timeout=10_000):
        pass
    assert page.file_step.isVisible()
    assert page.header.buttons[3].isEnabled()


def test_teach_again_offers_a_free_name(qtbot: QtBot, make_page, make_card, pairs_file) -> None:
    names = ["zh-en"]
    page = make_page(models=lambda: tuple(make_card(name, "zh", "en") for name in names))
    check(qtbot, page, pairs_file)
    names.append("tea-house")  # what the child would have written
    click(qtbot, page.check_step.form.start)
    qtbot.waitUntil(lambda: state(page) is RunState.KEPT, timeout=20_000)
    qtbot.waitUntil(lambda: len(page.model.form.models) == 2)
    click(qtbot, page.result_step.again)
    assert page.check_step.form.name.text() == "tea-house-2"
    assert page.check_step.form.start.isEnabled()


def test_shutdown_in_the_middle_leaves_no_thread(qtbot: QtBot, make_page, pairs_file) -> None:
    page = make_page("hang")
    start(qtbot, page, pairs_file)
    began = time.monotonic()
    page.shutdown()
    assert time.monotonic() - began < 5.0  # and the child would hang for ever
