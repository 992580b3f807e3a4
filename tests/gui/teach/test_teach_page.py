"""The page as a person uses it, with a child that pretends to learn."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from core.cancel import CancelToken
from core.events import Sample
from core.training.checks import CheckReport
from gui.pages.teach import TeachPage
from gui.pages.teach_steps.result_step import marked
from gui.settings import Settings
from gui.viewmodels.learning import RunState
from gui.viewmodels.teach import TeachStep

# The plugin without a screen cannot limit a window's size, and says so.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


def click(qtbot: QtBot, button: QPushButton) -> None:
    """As a person: once it is to be seen (Qt shows new widgets a turn of its loop later)."""
    qtbot.waitUntil(lambda: button.isVisible() and button.isEnabled())
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def check(qtbot: QtBot, page: TeachPage, file: Path) -> None:
    """Choose ``file`` and wait for its report."""
    page.file_step.zone.file_dropped.emit(str(file))
    qtbot.waitUntil(lambda: page.model.report is not None, timeout=10_000)


def start(qtbot: QtBot, page: TeachPage, file: Path) -> None:
    """Check ``file``, start, and wait for the first steps."""
    check(qtbot, page, file)
    click(qtbot, page.check_step.form.start)
    qtbot.waitUntil(lambda: state(page) is not RunState.STARTING, timeout=20_000)


def state(page: TeachPage) -> RunState | None:
    return page.model.learning.state if page.model.learning else None


def words_in(page: TeachPage) -> str:
    labels = [label for label in page.findChildren(QLabel) if label.isVisible()]
    return "\n".join(label.text() for label in labels)


def test_from_a_file_to_a_model(qtbot: QtBot, make_page, settings: Settings, pairs_file) -> None:
    page = make_page()
    progress: list[float | None] = []
    page.progress_changed.connect(progress.append)
    assert page.file_step.isVisible()

    check(qtbot, page, pairs_file)
    assert page.check_step.isVisible()
    filters = {b.property("filter"): b.accessibleName() for b in page.check_step.filters()}
    assert filters == {
        "good": "Good pairs: 3",
        "": "Left out: 3",
        "columns": "not two columns: 1",
        "empty": "one side is empty: 1",
        "duplicate": "already there: 1",
    }
    assert page.check_step.form.name.text() == "tea-house"

    with qtbot.waitSignal(page.model_kept, timeout=20_000) as kept:
        click(qtbot, page.check_step.form.start)
        assert page.learn_step.isVisible()
    assert kept.args == ["mine"]
    assert page.result_step.isVisible()
    assert page.result_step.scores.value("loss") == "4.00 → 2.00"
    assert page.result_step.scores.value("bleu") == "10.0 → 50.0"
    qtbot.waitUntil(lambda: "tea at step 0" in words_in(page))
    assert progress[0] == 0.0 and progress[-1] is None
    between = [p for p in progress[:-1] if p is not None]
    assert between == sorted(between) and len(between) > 1

    with qtbot.waitSignal(page.translate_with) as wanted:
        click(qtbot, page.result_step.use)
    assert wanted.args == ["mine"]
    assert settings.recent_pairs.value == (str(pairs_file),)


def test_the_sample_needs_one_click(qtbot: QtBot, make_page) -> None:
    page = make_page()
    click(qtbot, page.file_step.zone.sample)
    assert page.check_step.isVisible()  # at once, before the check has ended
    qtbot.waitUntil(lambda: page.check_step.form.start.isEnabled(), timeout=10_000)
    assert page.check_step.rejections.rowCount() == 6


def test_filter_shows_the_lines_of_one_reason(qtbot: QtBot, make_page, pairs_file) -> None:
    page = make_page()
    check(qtbot, page, pairs_file)
    step = page.check_step
    click(qtbot, next(b for b in step.filters() if b.property("filter") == "duplicate"))
    assert step.rejections.rowCount() == 1
    assert step.rejections.index(0, 0).data() == "6"
    click(qtbot, next(b for b in step.filters() if b.property("filter") == "good"))
    assert step.pairs.index(2, 2).data() == "The tea smells good."


def test_other_direction_checks_again(qtbot: QtBot, make_page, pairs_file) -> None:
    page = make_page()
    check(qtbot, page, pairs_file)
    page.model.set_base("en-zh")
    assert page.model.checking
    qtbot.waitUntil(lambda: not page.model.checking, timeout=10_000)
    assert page.model.report is not None and not page.model.report.pairs
    assert not page.check_step.form.start.isEnabled()
    assert "no good pair" in page.check_step.form.trouble.text()


def test_taken_name_is_refused_and_a_free_one_offered(qtbot: QtBot, make_page, tmp_path) -> None:
    file = tmp_path / "zh-en.tsv"
    file.write_text("水开了。\tThe water is boiling.\n", encoding="utf-8")
    page = make_page()
    check(qtbot, page, file)
    form = page.check_step.form
    assert form.name.text() == "zh-en-2"
    form.name.selectAll()
    qtbot.keyClicks(form.name, "ZH-en")
    assert not form.start.isEnabled()
    assert "of this name already" in words_in(page)
    qtbot.keyClicks(form.name, "x")
    assert form.start.isEnabled()


def test_minutes_are_remembered(qtbot: QtBot, make_page, settings: Settings, pairs_file) -> None:
    page = make_page()
    check(qtbot, page, pairs_file)
    minutes = page.check_step.form.minutes
    assert minutes.edit.text() == "3"
    click(qtbot, minutes.more)
    assert (minutes.edit.text(), settings.teach_minutes.value) == ("5", 5)
    qtbot.keyClick(minutes.edit, Qt.Key.Key_Down)
    assert settings.teach_minutes.value == 3
    minutes.edit.selectAll()
    qtbot.keyClicks(minutes.edit, "12\r")
    assert settings.teach_minutes.value == 12


@pytest.mark.parametrize("content", [b"", b"\xc3\x28\n"])
def test_file_that_cannot_be_read_is_a_sentence_with_a_way_out(
    qtbot: QtBot, make_page, tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "bad.tsv"
    path.write_bytes(content)
    page = make_page()
    page.file_step.zone.file_dropped.emit(str(path))
    qtbot.waitUntil(lambda: page.model.problem is not None, timeout=10_000)
    assert page.check_step.banner.isVisible()
    assert page.check_step.banner.remedy.text()
    click(qtbot, page.check_step.other)
    assert page.file_step.isVisible()


def test_long_check_can_be_cancelled(qtbot: QtBot, make_page, pairs_file) -> None:
    def forever(path: Path, source: str, target: str, cancel: CancelToken) -> CheckReport:
        while True:
            cancel.check()
            time.sleep(0.001)

    page = make_page(check=forever)
    page.file_step.zone.file_dropped.emit(str(pairs_file))
    assert not page.check_step.bar.isVisible()
    qtbot.waitUntil(page.check_step.bar.isVisible, timeout=10_000)
    click(qtbot, page.check_step.cancel)
    assert page.file_step.isVisible()


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
    qtbot.waitUntil(lambda: len(page.model.models) == 2)
    click(qtbot, page.result_step.again)
    assert page.check_step.form.name.text() == "tea-house-2"
    assert page.check_step.form.start.isEnabled()


def test_shutdown_in_the_middle_leaves_no_thread(qtbot: QtBot, make_page, pairs_file) -> None:
    page = make_page("hang")
    start(qtbot, page, pairs_file)
    began = time.monotonic()
    page.shutdown()
    assert time.monotonic() - began < 5.0  # and the child would hang for ever


def test_slider_goes_back_through_the_translations(qtbot: QtBot, make_page) -> None:
    card = make_page().learn_step.sample
    history = [Sample(step, "茶很香。", "The tea smells good.", f"tea {step}") for step in (0, 9)]
    card.show_samples({"茶很香。": history[:1]})
    card.show_samples({"茶很香。": history})
    assert card.translation.text() == "tea 9"
    card.slider.setValue(0)
    assert (card.translation.text(), card.when.text()) == ("tea 0", "Before learning")
    card.show_samples({"茶很香。": [*history, Sample(20, "茶很香。", "The tea…", "tea 20")]})
    assert card.translation.text() == "tea 0"  # stays where the user left it


def test_marked_words_are_those_that_changed_and_markup_is_shown_not_obeyed() -> None:
    html = marked("the tea is <b>hot</b>", "the cold tea is <i>", "#abcdef")
    span = '<span style="background-color:#abcdef">'
    assert html.startswith(f"the{span} cold</span> tea is ")
    assert "&lt;" in html and "<i>" not in html
