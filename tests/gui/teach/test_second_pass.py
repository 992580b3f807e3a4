"""The second pass on the page: a child that looks, rows that come while somebody reads."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelectionModel
from pytestqt.qtbot import QtBot

from core.cli.program import build_parser
from core.paths import cache_folder
from core.training.checks import CheckReport, Doubt, Pair
from gui.jobs.check_command import second_pass_command
from gui.pages.teach import TeachPage
from gui.viewmodels.pair_choice import PairChoice
from gui.viewmodels.second_pass import LookState
from gui.viewmodels.teach_step import TeachStep
from tests.gui.teach.conftest import GOOD_LINES, check, click
from tests.gui.teach.test_pair_choice import choose, taught

FAKE = Path(__file__).with_name("fake_check.py")
WRONG_LINES = ("门在左边。\tThat is wrong.", "天黑了。\tIt is quite wrong.")


def looking(behaviour: str, files: list[Path] | None = None) -> Callable[..., Sequence[str]]:
    """A command for the fake; ``files`` gets what it was given to read."""

    def command(file: Path, model: str, source: str, target: str) -> tuple[str, ...]:
        assert (model, source, target) == ("zh-en", "zh", "en")
        if files is not None:
            files.append(file)
        return (sys.executable, str(FAKE), behaviour, str(file))

    return command


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Line 2 has no tab; lines 3, 8 and 14 are doubtful, the first for its number."""
    lines = [GOOD_LINES[0], "没有制表符", "我有3只猫。\tI have four cats.", *GOOD_LINES[1:5]]
    path = tmp_path / "tea.tsv"
    rest = [WRONG_LINES[0], *GOOD_LINES[5:], "他不来。\tHe does not come.", "好。\tFine."]
    path.write_text("\n".join([*lines, *rest, WRONG_LINES[1]]) + "\n", encoding="utf-8")
    return path


def until(qtbot: QtBot, page: TeachPage, state: LookState) -> None:
    qtbot.waitUntil(lambda: page.model.pairs.second.state is state, timeout=15_000)


def lines_of(page: TeachPage, reason: str) -> list[int]:
    return [doubt.line for doubt in page.model.choice.doubts if doubt.reason == reason]


def test_what_it_finds_is_a_reason_like_others(
    qtbot: QtBot, make_page, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = make_page(second_pass=looking("well"))
    check(qtbot, page, file)
    until(qtbot, page, LookState.DONE)
    assert lines_of(page, "misaligned") == [8, 14]
    assert lines_of(page, "numbers") == [3]  # once: the child's own first pass is not counted
    line = page.check_step.second
    assert line.isVisible() and not line.stop.isVisible()
    assert line.words.text() == "2 of 13 pairs may not belong together."
    choose(qtbot, page, "doubt:misaligned")
    lines = page.check_step.lines
    assert [lines.doubts.index(row, 2).data() for row in range(2)] == ["门在左边。", "天黑了。"]
    click(qtbot, lines.drop)
    assert page.model.choice.left_out_counts["misaligned"] == 2
    given = taught(page, qtbot, monkeypatch).read_text("utf-8")
    assert "wrong" not in given and given.count("\n") == 11
    page.model.pairs.undo()
    assert lines_of(page, "misaligned") == [8, 14]
    shown = next(b for b in page.check_step.filter_buttons() if b.isChecked())
    assert shown.property("filter") == "doubt:misaligned"  # where they were before


def test_the_child_reads_the_good_pairs_and_nothing_of_it_stays(
    qtbot: QtBot, make_page, file: Path
) -> None:
    files: list[Path] = []
    page = make_page(second_pass=looking("slow", files))
    check(qtbot, page, file)
    qtbot.waitUntil(lambda: bool(files))
    good = [line for line in file.read_text("utf-8").splitlines() if "\t" in line]
    assert files[0].read_text("utf-8").splitlines() == good
    page.model.pairs.second.stop()
    qtbot.waitUntil(lambda: not list((cache_folder() / "teach").iterdir()))


def test_of_a_large_file_the_first_pairs_are_looked_at(
    qtbot: QtBot, make_page, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gui.viewmodels.second_pass.MOST", 8)
    page = make_page(second_pass=looking("slow"))
    check(qtbot, page, file)
    words = page.check_step.second.words
    qtbot.waitUntil(lambda: "50 % · only the first 8 pairs" in words.text())
    page.model.pairs.second._command = looking("well")
    page.model.check()
    until(qtbot, page, LookState.DONE)
    assert words.text() == "Of the first 8 of 13 pairs 1 may not belong together."


def test_progress_is_told_and_can_be_stopped(qtbot: QtBot, make_page, file: Path) -> None:
    page = make_page(second_pass=looking("slow"))
    check(qtbot, page, file)
    line = page.check_step.second
    qtbot.waitUntil(lambda: "… 31 %" in line.words.text())  # 4 of 13
    assert "not wait" in line.words.toolTip()
    assert page.model.can_start
    click(qtbot, line.stop)
    assert line.words.text() == "Stopped after 4 of 13 pairs: 0 may not belong together."


def test_a_late_beginning_is_explained_until_it_has_begun(
    qtbot: QtBot, make_page, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gui.viewmodels.second_pass.LONG", 1.5)  # the child tells of 0 % before
    page = make_page(second_pass=looking("late"))
    check(qtbot, page, file)
    words = page.check_step.second.words
    qtbot.waitUntil(lambda: "… 0 % · not begun yet" in words.text(), timeout=10_000)
    qtbot.waitUntil(lambda: "… 31 %" in words.text(), timeout=10_000)
    assert "not begun" not in words.text()


@pytest.mark.parametrize("behaviour", ["slow", "deaf"])
def test_who_leaves_the_step_ends_it_and_who_comes_back_goes_on(
    qtbot: QtBot, make_page, file: Path, behaviour: str
) -> None:
    files: list[Path] = []
    page = make_page(second_pass=looking(behaviour, files))
    check(qtbot, page, file)
    second = page.model.pairs.second
    qtbot.waitUntil(lambda: second.done == 4)
    assert len(second._jobs) == 1
    page.model.go(TeachStep.FILE)
    began = time.monotonic()
    qtbot.waitUntil(lambda: not second._jobs)
    assert time.monotonic() - began < 15.0  # a second on an idle machine, then it is killed
    assert second.state is LookState.WAITING
    page.model.go(TeachStep.CHECK)
    qtbot.waitUntil(lambda: len(files) == 2 and second.done == 8)
    first, rest = (f"{pair.line}" for pair in (second._pairs[0], second._asked[0]))
    assert (first, rest) == ("1", "6")  # the four that were looked at are not read again


def test_another_file_and_the_end_of_the_window_end_it(
    qtbot: QtBot, make_page, file: Path, pairs_file: Path
) -> None:
    files: list[Path] = []
    page = make_page(second_pass=looking("slow", files))
    check(qtbot, page, file)
    second = page.model.pairs.second
    qtbot.waitUntil(lambda: second.done == 4)
    page.model.choose(pairs_file)
    qtbot.waitUntil(lambda: len(files) == 2 and second.done == 4)
    assert "wrong" not in files[1].read_text("utf-8")
    page.shutdown()
    assert not any(job.running for job in second._jobs)
    assert not files[0].exists() and not files[1].exists()


def test_learning_goes_first(qtbot: QtBot, make_page, file: Path) -> None:
    files: list[Path] = []
    page = make_page(steps=100_000, pace=0.01, second_pass=looking("slow", files))
    check(qtbot, page, file)
    qtbot.waitUntil(lambda: bool(files))
    click(qtbot, page.check_step.form.start)
    qtbot.waitUntil(lambda: not page.model.pairs.second._jobs, timeout=10_000)
    page.model.go(TeachStep.CHECK)
    assert page.check_step.isVisible()
    assert page.model.pairs.second.state is LookState.WAITING
    assert not page.check_step.second.isVisible()
    page.model.run.discard()
    qtbot.waitUntil(lambda: len(files) == 2, timeout=10_000)


@pytest.mark.parametrize(
    ("command", "words"),
    [(looking("refuse"), "zh-en: the model is damaged. Install Attune again."),
     (lambda *_: ("/nowhere/attune-cli",), "could not be started")],
)  # fmt: skip
def test_a_failure_is_a_quiet_line(
    qtbot: QtBot, make_page, file: Path, command: Callable[..., Sequence[str]], words: str
) -> None:
    page = make_page(second_pass=command)
    check(qtbot, page, file)
    until(qtbot, page, LookState.FAILED)
    assert words in page.check_step.second.words.text()
    assert not page.check_step.banner.isVisible()
    assert page.model.can_start


def test_rows_that_are_read_stay_where_they_are(qtbot: QtBot, make_page, tmp_path: Path) -> None:
    path = tmp_path / "long.tsv"
    path.write_text(
        "".join(f"第{n}只猫。\tCat number {n + n % 2}.\n" for n in range(1, 201)), encoding="utf-8"
    )
    page = make_page()
    check(qtbot, page, path)
    choose(qtbot, page, "doubt")
    view, table = page.check_step.lines._views["doubt"], page.check_step.lines.doubts
    before = [table.index(row, 0).data() for row in range(table.rowCount())]
    assert len(before) == 100
    view.selectRow(50)
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum() // 2)
    place, push = view.rowViewportPosition(50), page.check_step.filter_buttons()[1]
    pairs = page.model.choice.report.pairs
    page.model.pairs.second.found.emit(
        tuple((pair, Doubt(pair.line, "misaligned", "0.1")) for pair in pairs[2:6])
    )
    assert [table.index(row, 0).data() for row in range(100)] == before
    assert [table.index(row, 0).data() for row in range(100, 104)] == ["3", "4", "5", "6"]
    rows = view.selectionModel().selectedRows()
    assert [index.row() for index in rows] == [50] and view.rowViewportPosition(50) == place
    assert push.property("filter") == "doubt" and push.isChecked()
    assert push.accessibleName() == "Of these doubtful: 102"  # two were so before
    assert push in page.check_step.filter_buttons()


def test_what_is_dropped_already_goes_on_being_dropped(qtbot: QtBot, make_page, file: Path) -> None:
    page = make_page()
    check(qtbot, page, file)
    model = page.model
    pairs = {pair.line: pair for pair in model.choice.report.pairs}
    model.pairs.second.found.emit(((pairs[8], Doubt(8, "misaligned", "0.1")),))
    choose(qtbot, page, "good")
    table = page.check_step.lines.pairs
    page.check_step.lines._views["good"].selectionModel().select(
        table.index(0, 0), QItemSelectionModel.SelectionFlag.SelectCurrent
    )
    model.pairs.drop("misaligned")
    choose(qtbot, page, "good")
    count = table.rowCount()
    model.pairs.second.found.emit(((pairs[14], Doubt(14, "misaligned", "0.2")),))
    assert model.choice.left_out_counts["misaligned"] == 2
    assert table.rowCount() == count - 1
    assert "14" not in [table.index(row, 0).data() for row in range(count - 1)]


def test_doubts_are_of_the_pairs_that_were_looked_at() -> None:
    pairs = (Pair(1, "茶", "tea"), Pair(4, "水", "water"))
    choice = PairChoice(CheckReport(pairs, (), (Doubt(4, "numbers", "4"),)), ("numbers",))
    edited = Pair(1, "茶", "coffee")
    assert choice.with_doubts([(edited, Doubt(1, "misaligned"))]) is choice
    more = choice.with_doubts([(pairs[0], Doubt(1, "misaligned"))] * 2)
    more = more.with_doubts([(pairs[0], Doubt(1, "misaligned", "again"))])
    assert [(d.line, d.reason) for d in more.report.doubts] == [(1, "misaligned"), (4, "numbers")]
    assert more.grew_from(choice) and more.dropped == ("numbers",)
    assert not more.drop("misaligned").grew_from(more)


def test_the_command_is_what_the_program_understands(tmp_path: Path) -> None:
    command = second_pass_command(tmp_path / "p.tsv", "-mine", "zh", "en")
    told = build_parser().parse_args(command[3:])
    assert (told.events, told.second_pass, told.files) == (True, "-mine", [tmp_path / "p.tsv"])
    assert (told.format, told.encoding, told.delimiter) == ("text", "utf-8", "tab")
    assert (told.columns, told.header) == ((1, 2), False)
    assert (told.source_language, told.target_language) == ("zh", "en")
