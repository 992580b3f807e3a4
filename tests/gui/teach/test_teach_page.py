"""The page as a person uses it, with a child that pretends to learn."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from core.cancel import CancelToken
from core.training.checks import CheckReport
from gui.jobs.pair_files import CheckRequest
from gui.pages.teach import TeachPage
from gui.pages.teach_steps.marking import marked
from gui.settings import Settings
from tests.gui.teach.conftest import GOOD_LINES, check, click, words_in

SPARE_LINES = ("水开了。\tThe water is boiling.", "茶很香。\tThe tea smells good.")


def first_source(page: TeachPage) -> str:
    return page.model.choice.report.pairs[0].source


def test_from_a_file_to_a_model(qtbot: QtBot, make_page, settings: Settings, pairs_file) -> None:
    page = make_page()
    progress: list[float | None] = []
    page.progress_changed.connect(progress.append)
    assert page.file_step.isVisible()

    check(qtbot, page, pairs_file)
    assert page.check_step.isVisible()
    filters = {b.property("filter"): b.accessibleName() for b in page.check_step.filter_buttons()}
    assert filters == {
        "good": "Good pairs: 11",
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
    assert page.check_step.lines.rejections.rowCount() == 6


def test_filter_shows_the_lines_of_one_reason(qtbot: QtBot, make_page, pairs_file) -> None:
    page = make_page()
    check(qtbot, page, pairs_file)
    step = page.check_step
    click(qtbot, next(b for b in step.filter_buttons() if b.property("filter") == "duplicate"))
    assert step.lines.rejections.rowCount() == 1
    assert step.lines.rejections.index(0, 0).data() == "6"
    click(qtbot, next(b for b in step.filter_buttons() if b.property("filter") == "good"))
    assert step.lines.pairs.index(2, 2).data() == "The tea smells good."


def test_other_direction_checks_again(qtbot: QtBot, make_page, pairs_file) -> None:
    page = make_page()
    check(qtbot, page, pairs_file)
    page.model.form.set_base("en-zh")
    assert page.model.checking
    qtbot.waitUntil(lambda: not page.model.checking, timeout=10_000)
    assert first_source(page) == "I like drinking tea."
    assert page.check_step.lines.pairs.index(0, 1).data() == "I like drinking tea."


def test_taken_name_is_refused_and_a_free_one_offered(qtbot: QtBot, make_page, tmp_path) -> None:
    file = tmp_path / "zh-en.tsv"
    file.write_text("\n".join((*GOOD_LINES, *SPARE_LINES)), encoding="utf-8")
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


def test_too_few_pairs_are_told_before_the_start(
    qtbot: QtBot, make_page, tmp_path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.training.limits.FEWEST_PAIRS", 10)
    file = tmp_path / "few.tsv"
    file.write_text("\n".join((*GOOD_LINES, SPARE_LINES[0])), encoding="utf-8")
    page = make_page()
    check(qtbot, page, file)
    form = page.check_step.form
    assert not form.start.isEnabled()
    assert form.trouble.text() == "Too few good pairs: 9 of at least 10."


def test_a_base_that_went_away_has_the_file_checked_for_the_next_one(
    qtbot: QtBot, make_page, make_card, pairs_file
) -> None:
    models = [make_card("zh-en", "zh", "en"), make_card("en-zh", "en", "zh")]
    page = make_page(models=lambda: tuple(models))
    check(qtbot, page, pairs_file)
    assert page.model.can_start
    del models[0]
    page.model.load_models()
    qtbot.waitUntil(lambda: page.model.form.base.name == "en-zh" and not page.model.checking)
    assert first_source(page) == "I like drinking tea."
    models.clear()
    page.model.load_models()
    qtbot.waitUntil(lambda: page.model.form.base is None)
    assert "no model" in page.check_step.form.trouble.text()


def test_a_recent_file_that_cannot_be_looked_at_is_left_out(
    qtbot: QtBot, make_page, settings: Settings, pairs_file, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: object, **_: object) -> os.stat_result:
        if "locked" in str(path):
            raise PermissionError(13, "Permission denied")
        return stat(path)

    stat = os.stat
    monkeypatch.setattr(os, "stat", refuse)
    settings.recent_pairs.set(("/locked/pairs.tsv", str(pairs_file)))
    assert make_page().model.pairs.recent == ((pairs_file,),)


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
    page.file_step.zone.take([str(path)])
    qtbot.waitUntil(lambda: page.model.problem is not None, timeout=10_000)
    assert page.check_step.banner.isVisible()
    assert page.check_step.banner.remedy.text()
    click(qtbot, page.check_step.other)
    assert page.file_step.isVisible()


def test_long_check_can_be_cancelled(qtbot: QtBot, make_page, pairs_file) -> None:
    def forever(asked: CheckRequest, cancel: CancelToken) -> CheckReport:
        while True:
            cancel.check()
            time.sleep(0.001)

    page = make_page(check=forever)
    page.file_step.zone.take([str(pairs_file)])
    assert not page.check_step.bar.isVisible()
    qtbot.waitUntil(page.check_step.bar.isVisible, timeout=10_000)
    click(qtbot, page.check_step.cancel)
    assert page.file_step.isVisible()


def test_marked_words_are_those_that_changed_and_markup_is_shown_not_obeyed() -> None:
    html = marked("the tea is <b>hot</b>", "the cold tea is <i>", "#abcdef")
    span = '<span style="background-color:#abcdef">'
    assert html.startswith(f"the{span} cold</span> tea is ")
    assert "&lt;" in html and "<i>" not in html
