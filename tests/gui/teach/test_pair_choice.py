"""What of a checked file is learnt: dropping, putting right, undoing, and what a child is given."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from core.paths import cache_folder
from core.training.checks import CheckReport, Doubt, Pair, Rejection
from core.training.doctor.doubts import DOUBTS
from core.training.doctor.examination import REJECTIONS
from core.training.doctor.report import without_doubtful
from gui.pages.teach import TeachPage
from gui.viewmodels.pair_choice import PairChoice
from gui.viewmodels.pair_reasons import reason_advice, reason_words
from tests.gui.teach.conftest import GOOD_LINES, check, click

REPORT = CheckReport(
    pairs=(Pair(1, "三", "four"), Pair(2, "好", "OK"), Pair(4, "<b>茶", "tea"), Pair(7, "水", "w")),
    rejections=(Rejection(3, "empty", "\t"),),
    doubts=(Doubt(1, "numbers", "3"), Doubt(4, "markup", "<b>"), Doubt(4, "numbers", "5")),
)  # fmt: skip
DOUBTFUL_LINES = (
    "我有3只猫。\tI have four cats.",
    "请在5点来。\tPlease come at six.",
    "Good morning, everyone!\t大家早上好！",
)


@pytest.mark.parametrize("reasons", [(), ("numbers",), ("markup",), ("markup", "numbers")])
def test_dropping_leaves_what_the_check_leaves(reasons: tuple[str, ...]) -> None:
    choice = PairChoice(REPORT)
    for reason in reasons:
        choice = choice.drop(reason)
    expected = without_doubtful(REPORT, reasons)
    assert tuple(choice.pairs()) == expected.pairs
    assert choice.count == len(expected.pairs)
    assert choice.doubts == expected.doubts
    assert [(r.line, r.reason) for r in choice.left_out] == [
        (r.line, r.reason) for r in expected.rejections
    ]
    assert sum(choice.left_out_counts.values()) == len(expected.rejections)
    assert choice.changed is bool(reasons)


def test_every_reason_has_words_and_advice() -> None:
    for reason in (*REJECTIONS, *DOUBTS):
        assert reason_words(reason) != reason.replace("_", " ") or reason == "too_long"
        assert reason_advice(reason).endswith(".")


@pytest.fixture
def doubtful_file(tmp_path: Path) -> Path:
    path = tmp_path / "doubtful.tsv"
    path.write_text("\n".join((*GOOD_LINES, *DOUBTFUL_LINES)) + "\n", encoding="utf-8")
    return path


def choose(qtbot: QtBot, page: TeachPage, code: str) -> None:
    buttons = page.check_step.filter_buttons()
    click(qtbot, next(b for b in buttons if b.property("filter") == code))


def taught(page: TeachPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Start, and the file that the child is given."""
    given: list[Path] = []
    command = page.model._command

    def note(file: Path, *rest: object) -> tuple[str, ...]:
        given.append(file)
        return command(file, *rest)

    monkeypatch.setattr(page.model, "_command", note)
    click(qtbot, page.check_step.form.start)
    qtbot.waitUntil(lambda: bool(given), timeout=10_000)
    return given[0]


def test_what_is_left_alone_is_learnt_from_the_file_itself(
    qtbot: QtBot, make_page, doubtful_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = make_page()
    check(qtbot, page, doubtful_file)
    assert taught(page, qtbot, monkeypatch) == doubtful_file


def test_what_is_dropped_and_put_right_reaches_the_child(
    qtbot: QtBot, make_page, doubtful_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = make_page()
    check(qtbot, page, doubtful_file)
    lines = page.check_step.lines
    choose(qtbot, page, "doubt:numbers")
    assert lines.doubts.index(0, 1).data() == "numbers differ: 3"
    assert lines.drop.text() == "Leave out 2"
    click(qtbot, lines.drop)
    assert lines.undo.hasFocus()
    assert lines.rejections.rowCount() == 2  # shown where they went
    choose(qtbot, page, "swapped")
    click(qtbot, lines.turn)
    qtbot.waitUntil(lambda: page.model.choice.turned, timeout=10_000)
    file = taught(page, qtbot, monkeypatch)
    assert file != doubtful_file and file.is_relative_to(cache_folder())
    assert file.name == "doubtful.tsv"  # what the new model's record will name
    expected = [*GOOD_LINES, "大家早上好！\tGood morning, everyone!"]
    assert file.read_text("utf-8").splitlines() == expected
    qtbot.waitUntil(lambda: not file.parent.exists(), timeout=20_000)  # once it was learnt


def test_what_is_left_out_stays_so_when_the_file_is_checked_again(
    qtbot: QtBot, make_page, doubtful_file: Path
) -> None:
    page = make_page()
    check(qtbot, page, doubtful_file)
    page.model.pairs.drop("numbers")
    page.model.form.set_base("en-zh")
    qtbot.waitUntil(lambda: not page.model.checking, timeout=10_000)
    assert page.model.choice.dropped == ("numbers",)
    before = page.model.choice.count
    page.model.pairs.undo()
    assert page.model.choice.count == before + 2
    assert next(page.model.choice.pairs()).source == "Please take a seat."
    assert not page.model.pairs.undoable


def test_undo_takes_back_one_thing_at_a_time(qtbot: QtBot, make_page, doubtful_file: Path) -> None:
    page = make_page()
    check(qtbot, page, doubtful_file)
    model, lines = page.model, page.check_step.lines
    first = model.choice
    assert not lines.undo.isVisible()
    choose(qtbot, page, "doubt:numbers")
    doubts = lines._views["doubt"]
    doubts.setFocus()
    qtbot.keyClick(doubts, Qt.Key.Key_Delete)
    assert model.choice.count == first.count - 2
    choose(qtbot, page, "swapped")
    click(qtbot, lines.turn)
    qtbot.waitUntil(lambda: model.choice.turned, timeout=10_000)
    assert model.choice.count == first.count - 1
    qtbot.waitUntil(lines.undo.isVisible)
    qtbot.keyClick(page.check_step.form.start, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert (model.choice.turned, model.choice.count) == (False, first.count - 2)
    qtbot.waitUntil(lines.undo.isVisible)
    click(qtbot, lines.undo)
    assert model.choice == first
    assert not lines.undo.isVisible()


def test_two_texts_dropped_together_are_taught_as_pairs(
    qtbot: QtBot, make_page, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings
) -> None:
    sides = [line.split("\t") for line in GOOD_LINES] + [["水开了。", "The water is boiling."]] * 2
    english, chinese = tmp_path / "tea.en.txt", tmp_path / "tea.zh.txt"
    english.write_text("\n".join(side[1] for side in sides), encoding="utf-8")
    chinese.write_text("\n".join(side[0] for side in sides), encoding="gbk")
    page = make_page()
    page.file_step.zone.take([str(english), str(chinese)])  # in whichever order
    qtbot.waitUntil(lambda: page.model.choice is not None, timeout=10_000)
    assert page.check_step.file_name.text() == "tea.en.txt + tea.zh.txt"
    assert page.model.choice.count == 9
    file = taught(page, qtbot, monkeypatch)
    assert file.read_text("utf-8").splitlines()[:8] == list(GOOD_LINES)
    assert page.model.pairs.recent == ((english, chinese),)


@pytest.mark.parametrize("ending", ["csv", "jsonl", "tmx", "tsv.gz"])
def test_every_form_can_be_chosen(qtbot: QtBot, make_page, tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"pairs.{ending}"
    path.write_bytes(as_file(ending))
    page = make_page()
    check(qtbot, page, path)
    assert page.model.choice.count == len(GOOD_LINES)
    header = page.check_step.lines.pairs.headers[0]
    assert header == ("Unit" if ending == "tmx" else "Line")


def as_file(ending: str) -> bytes:
    sides = [line.split("\t") for line in GOOD_LINES]
    if ending == "tsv.gz":
        return gzip.compress("\n".join(GOOD_LINES).encode())
    if ending == "csv":
        return "\n".join(f'"{zh}","{en}"' for zh, en in sides).encode()
    if ending == "jsonl":
        return "\n".join(f'{{"zh": "{zh}", "en": "{en}"}}' for zh, en in sides).encode()
    units = "".join(
        f'<tu><tuv xml:lang="zh"><seg>{zh}</seg></tuv><tuv xml:lang="en"><seg>{en}</seg></tuv></tu>'
        for zh, en in sides
    )
    return f'<?xml version="1.0"?><tmx version="1.4"><body>{units}</body></tmx>'.encode()
