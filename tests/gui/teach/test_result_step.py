"""What became better and what worse, told after a run."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from gui.pages.teach import TeachPage
from gui.pages.teach_steps.comparison_card import verdict
from gui.pages.teach_steps.parts import signed
from gui.viewmodels.learning import RunState
from tests.gui.teach.conftest import click, start, state, words_in


@pytest.fixture
def page(qtbot: QtBot, make_page, pairs_file) -> TeachPage:
    """A page with a run that compared both models and was ended by the brake."""
    page = make_page("compare")
    start(qtbot, page, pairs_file)
    qtbot.waitUntil(lambda: state(page) is RunState.KEPT, timeout=20_000)
    qtbot.waitUntil(page.result_step.isVisible)
    return page


def test_scores_errors_and_what_they_mean(qtbot: QtBot, page: TeachPage) -> None:
    card = page.result_step.comparison
    qtbot.waitUntil(card.isVisible)
    said = [label.text() for label in card.findChildren(QLabel) if label.isVisible()]
    assert said == [
        "BLEU", "chrF",
        "Held-out sentences (12)", "10.0 ± 2.0  →  30.0 ± 3.0", "▲ surely better",
        "30.0 ± 1.0  →  31.0 ± 1.0", "may be chance",
        "Everyday sentences (200)", "25.0 ± 1.0  →  22.0 ± 1.0", "▼ surely worse",
        "50.0 ± 1.0  →  50.0 ± 1.0", "too few to tell",
    ]  # fmt: skip
    assert page.result_step.scores.value("bleu") == ""  # told once


@pytest.mark.parametrize(
    ("before", "after", "p_value", "words"),
    [
        (1.0, 2.0, 0.049, "▲ surely better"),
        (2.0, 1.0, 0.049, "▼ surely worse"),
        (1.0, 2.0, 0.05, "may be chance"),
        (1.0, 1.0, 0.0, "may be chance"),
        (1.0, 2.0, None, "too few to tell"),
    ],
)
def test_verdict(before: float, after: float, p_value: float | None, words: str) -> None:
    assert verdict(before, after, p_value)[0] == words


def pick(card: object, key: str) -> QPushButton:
    return card._buttons[key]


def test_changes_by_way_and_by_set(qtbot: QtBot, page: TeachPage) -> None:
    card = page.result_step.changes
    assert [change.gain for change in card.shown()] == [20.5]
    assert "The tea smells good." in words_in(page) and "+20.5 chrF" in words_in(page)
    click(qtbot, pick(card.ways, "worse"))
    assert [change.after for change in card.shown()] == ["Water <b>."]
    qtbot.waitUntil(lambda: "−40.0 chrF" in words_in(page))
    assert "&lt;" in words_in(page)  # shown, not obeyed
    click(qtbot, pick(card.sets, "general"))
    assert not card.shown()
    assert "None became worse." in words_in(page)
    click(qtbot, pick(card.ways, "better"))
    assert [change.source for change in card.shown()] == ["你好。"]


def test_a_changed_sentence_can_be_looked_into(qtbot: QtBot, page: TeachPage) -> None:
    card = page.result_step.changes
    (look,) = (b for b in card.findChildren(QPushButton) if b.text() == "Look inside")
    run = page.model.learning
    assert run is not None
    assert run.finished is not None
    with qtbot.waitSignal(page.compare_asked) as asked:
        click(qtbot, look)
    assert asked.args == [run.finished.model, card.shown()[0].source]


def test_an_early_end_is_told_in_a_sentence(page: TeachPage) -> None:
    assert "everyday sentences had become clearly worse" in page.result_step.remark.text()


def test_forgetting_is_seen_while_it_learns(qtbot: QtBot, page: TeachPage) -> None:
    figures = page.learn_step.figures
    assert (figures.value("general"), figures.value("bleu")) == ("−0.40", "50.0")
    assert figures.value("memory") == "1.9 GB"
    assert figures.value("left") == "–"
    assert page.learn_step.bar.value() == page.learn_step.bar.maximum()


def test_signed_numbers() -> None:
    assert [signed(n, 2) for n in (0.014, -0.12, 0.004, -0.004)] == [
        "+0.01",
        "−0.12",
        "±0.00",
        "±0.00",
    ]


def test_children_that_compare_nothing_show_what_they_have(
    qtbot: QtBot, make_page, pairs_file
) -> None:
    page = make_page()
    start(qtbot, page, pairs_file)
    qtbot.waitUntil(lambda: state(page) is RunState.KEPT, timeout=20_000)
    qtbot.waitUntil(page.result_step.isVisible)
    assert not page.result_step.comparison.isVisible()
    assert not page.result_step.changes.isVisible()
    qtbot.waitUntil(lambda: "tea at step <span" in words_in(page))
    assert page.learn_step.figures.value("general") == ""


def test_so_few_pairs_that_all_are_taught_are_not_called_held_out(
    qtbot: QtBot, make_page, pairs_file
) -> None:
    page = make_page("few", steps=100_000, pace=0.01)
    start(qtbot, page, pairs_file)
    qtbot.waitUntil(lambda: bool(page.model.learning.samples))
    step = page.learn_step
    qtbot.waitUntil(lambda: step.sample.title.text() == "A sentence it learns")
    assert step.figures.caption("best") == "Best taught"
    qtbot.waitUntil(lambda: step.chart.picture is not None, timeout=10_000)
    assert step.chart.picture.request.look.held_out_label == "taught"
    click(qtbot, step.stop)
    qtbot.waitUntil(page.result_step.isVisible, timeout=10_000)
    assert page.result_step.scores.caption("loss") == "Loss on the taught pairs"
    assert "too few pairs" in page.result_step.remark.text()
