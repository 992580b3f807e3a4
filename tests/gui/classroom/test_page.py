"""The page made of a registry: compose, train with children that only pretend, watch, end."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from gui.pages.classroom import COMPARE, DATA, RUNS, ClassroomPage
from gui.viewmodels.class_run import ClassRun
from gui.viewmodels.learning import RunState
from gui.viewmodels.run_table import SCORE, SYSTEM
from tests.gui.classroom.conftest import Make


def click(qtbot: QtBot, button: QPushButton) -> None:
    qtbot.waitUntil(lambda: button.isVisible() and button.isEnabled(), timeout=10_000)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def words_in(page: ClassroomPage) -> str:
    return "\n".join(label.text() for label in page.findChildren(QLabel) if label.isVisible())


def choose(qtbot: QtBot, page: ClassroomPage, file: Path) -> None:
    page.open(DATA)
    page.data.zone.take([str(file)])
    qtbot.waitUntil(lambda: page.model.plan.pairs.choice is not None, timeout=10_000)


def train(qtbot: QtBot, page: ClassroomPage, file: Path) -> ClassRun:
    if page.model.plan.pairs.choice is None:
        choose(qtbot, page, file)
    page.open(DATA)
    before = len(page.model.runs.runs)
    click(qtbot, page.data.form.train)
    qtbot.waitUntil(lambda: len(page.model.runs.runs) > before, timeout=10_000)
    return page.model.runs.runs[0]


def wait_for(qtbot: QtBot, run: ClassRun, *states: RunState) -> None:
    qtbot.waitUntil(lambda: run.state in states, timeout=20_000)


def test_the_form_is_made_of_the_registry(qtbot: QtBot, make_page: Make) -> None:
    page = make_page()
    form = page.compose.form
    assert list(form.rows) == ["encoder", "steps"]  # the others are made when they are looked at
    form.groups["Writing"].open(True)
    assert list(form.rows) == ["encoder", "steps", "share", "loud", "motto", "noise"]
    assert form.rows["steps"].isHidden()
    page.model.system.set("encoder", "path")
    assert not form.rows["steps"].isHidden()
    assert form.rows["encoder"].formula.formula == "h_t = f(h_{t-1})"
    assert form.groups["Reading"].heading.text() == "Reading · 1 changed"
    click(qtbot, form.rows["encoder"].reset)
    assert page.model.system.changes() == ()


def test_options_are_found_by_their_words(qtbot: QtBot, make_page: Make) -> None:
    form = make_page().compose.form
    form.search.setText("shouts")
    assert [name for name, row in form.rows.items() if not row.isHidden()] == ["loud"]
    form.search.setText("no such thing")
    assert form.nothing.isVisible()


def test_the_preset_says_what_it_teaches_and_mends(qtbot: QtBot, make_page: Make) -> None:
    words = words_in(make_page())
    assert "The least there is." in words and "It ends." in words and "Ash 1900" in words


def test_what_makes_no_sense_is_told_and_cannot_be_trained(
    qtbot: QtBot, make_page: Make, pairs_file: Path
) -> None:
    page = make_page()
    choose(qtbot, page, pairs_file)
    assert page.data.form.train.isEnabled()
    page.open("compose")
    page.model.system.set("encoder", "path")
    page.model.system.set("loud", True)
    assert "Loud is yes" in words_in(page) and not page.compose.go_on.isEnabled()
    assert not page.data.form.train.isEnabled()
    ways = [push.text() for push in page.compose._ways if push.isVisible()]
    assert ways == ["Encoder", "Loud"]
    page.model.system.set("loud", False)
    assert page.data.form.train.isEnabled()


def test_a_run_learns_is_shown_and_kept(qtbot: QtBot, make_page: Make, pairs_file: Path) -> None:
    page = make_page()
    run = train(qtbot, page, pairs_file)
    assert page.stack.currentWidget() is page.runs
    with qtbot.waitSignal(page.model_kept, timeout=20_000):
        pass
    wait_for(qtbot, run, RunState.KEPT)
    table = page.runs.list.table
    texts = [table.data(table.index(0, column)) for column in range(table.columnCount())]
    assert texts == ["plain", "plain", "Kept", "2.00", "BLEU 50.0", "–"]
    qtbot.waitUntil(lambda: page.runs.chart._picture is not None, timeout=20_000)
    (curve,) = page.runs.chart.curves
    assert curve.steps == (0, 10, 20, 30, 40) and len(curve.fine) == 40
    assert page.runs.sample.watched.sample is not None


def test_a_narrow_list_leaves_out_columns_rather_than_cut_the_score(
    qtbot: QtBot, make_page: Make, pairs_file: Path
) -> None:
    page = make_page()
    wait_for(qtbot, train(qtbot, page, pairs_file), RunState.KEPT)
    runs = page.runs.list
    wide = [column for column in range(runs.table.columnCount()) if not runs.isColumnHidden(column)]
    runs.setFixedWidth(520)
    qtbot.waitUntil(lambda: runs.isColumnHidden(SYSTEM))
    assert wide == list(range(runs.table.columnCount())) and not runs.isColumnHidden(SCORE)
    score = runs.table.data(runs.table.index(0, SCORE))
    assert runs.columnWidth(SCORE) > runs.fontMetrics().horizontalAdvance(score)
    assert "BLEU 50.0" in runs.table.data(runs.table.index(0, 0), Qt.ItemDataRole.ToolTipRole)


def test_two_runs_learn_at_once_and_a_third_waits(
    qtbot: QtBot, make_page: Make, pairs_file: Path
) -> None:
    page = make_page(steps=2_000, pace=0.01)
    runs = [train(qtbot, page, pairs_file) for _ in range(3)]
    assert [run.name for run in runs] == ["plain", "plain-2", "plain-3"]
    for run in runs[:2]:
        wait_for(qtbot, run, RunState.LEARNING)
    assert runs[2].state is RunState.WAITING
    page.model.runs.discard(runs[0])
    wait_for(qtbot, runs[2], RunState.LEARNING)
    assert [run.name for run in page.model.runs.runs] == ["plain-3", "plain-2"]


def test_pause_resume_and_stop(qtbot: QtBot, make_page: Make, pairs_file: Path) -> None:
    page = make_page(steps=2_000, pace=0.01)
    run = train(qtbot, page, pairs_file)
    wait_for(qtbot, run, RunState.LEARNING)
    click(qtbot, page.run_actions.pause)
    wait_for(qtbot, run, RunState.PAUSED)
    assert page.run_actions.pause.text() == "Resume"
    click(qtbot, page.run_actions.pause)
    wait_for(qtbot, run, RunState.LEARNING)
    click(qtbot, page.run_actions.stop)
    wait_for(qtbot, run, RunState.KEPT)


def test_discarding_is_asked_first(qtbot: QtBot, make_page: Make, pairs_file: Path) -> None:
    page = make_page(steps=2_000, pace=0.01)
    run = train(qtbot, page, pairs_file)
    wait_for(qtbot, run, RunState.LEARNING)
    click(qtbot, page.run_actions.discard)
    assert page.run_actions.confirm.isVisible() and run.state is RunState.LEARNING
    qtbot.keyClick(page.run_actions.confirm, Qt.Key.Key_Escape)
    assert not page.run_actions.confirm.isVisible()
    click(qtbot, page.run_actions.discard)
    click(qtbot, page.run_actions.confirm.yes)
    qtbot.waitUntil(lambda: not page.model.runs.runs, timeout=10_000)
    qtbot.waitUntil(lambda: page.runs.empty.isVisible(), timeout=10_000)


def test_a_run_that_is_refused_says_why(qtbot: QtBot, make_page: Make, pairs_file: Path) -> None:
    page = make_page("refuse")
    run = train(qtbot, page, pairs_file)
    wait_for(qtbot, run, RunState.FAILED)
    qtbot.waitUntil(lambda: "no usable pairs" in words_in(page), timeout=5_000)
    assert page.run_actions.discard.isVisible()


def test_closing_asks_and_leaves_all(qtbot: QtBot, make_page: Make, pairs_file: Path) -> None:
    page = make_page(steps=2_000, pace=0.01)
    runs = [train(qtbot, page, pairs_file) for _ in range(3)]
    wait_for(qtbot, runs[0], RunState.LEARNING)
    wait_for(qtbot, runs[1], RunState.LEARNING)
    assert page.model.runs.worth_keeping
    page.ask_to_close()
    assert page.closing.isVisible()
    with qtbot.waitSignal(page.close_confirmed, timeout=10_000):
        click(qtbot, page.closing.yes)
    assert {run.state for run in runs[:2]} == {RunState.LEFT}
    assert not page.model.runs.worth_keeping


def test_side_by_side_needs_two_models(qtbot: QtBot, make_page: Make) -> None:
    page = make_page()
    page.open(COMPARE)
    assert page.stack.currentWidget() is page.runs and page.tabs.button(RUNS).isChecked()
    assert page.notice.isVisible()
