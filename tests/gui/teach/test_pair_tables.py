"""The tables show every line once, and only those asked for."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtGui import QTextDocument
from pytestqt.modeltest import ModelTester

from core.training.checks import REASONS, CheckReport, Pair, Rejection
from gui.viewmodels.pair_choice import PairChoice
from gui.viewmodels.pair_reasons import reason_advice, reason_words
from gui.viewmodels.pair_tables import PairTable, RejectionTable

REJECTIONS = (
    Rejection(3, "columns", "没有制表符"),
    Rejection(5, "empty", "这里缺译文。\t"),
    Rejection(9, "empty", "\tno source"),
)


def cells(model: QAbstractItemModel) -> list[list[str]]:
    return [
        [str(model.index(row, column).data()) for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def test_filter_by_reason(qtmodeltester: ModelTester) -> None:
    table = RejectionTable()
    table.set_choice(PairChoice(CheckReport((), REJECTIONS)))
    assert [row[0] for row in cells(table)] == ["3", "5", "9"]
    table.filter("empty")
    assert cells(table) == [
        ["5", "one side is empty", "这里缺译文。 ⇥ "],
        ["9", "one side is empty", " ⇥ no source"],
    ]
    advice = table.index(0, 1).data(Qt.ItemDataRole.ToolTipRole)
    assert advice == "Write the missing side, or delete the line."
    qtmodeltester.check(table)


def test_tags_in_a_pair_are_shown() -> None:
    table = PairTable()
    table.set_pairs([Pair(1, "<b>茶</b>", "<i>tea</i> & 1 < 2")], "Chinese", "English")
    for column, text in ((1, "<b>茶</b>"), (2, "<i>tea</i> & 1 < 2")):
        shown = QTextDocument()
        shown.setHtml(table.index(0, column).data(Qt.ItemDataRole.ToolTipRole))
        assert shown.toPlainText() == text


def test_every_reason_of_the_check_has_words_and_advice() -> None:
    for reason in REASONS:
        assert reason_words(reason) != reason.replace("_", " ") or reason == "too_long"
        assert reason_advice(reason).endswith(".")


def test_first_pairs_under_the_names_of_the_languages(
    qtmodeltester: ModelTester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gui.viewmodels.pair_tables.MOST_PAIRS", 3)
    table = PairTable()
    table.set_pairs([Pair(n, f"茶{n}", f"tea {n}") for n in range(1, 9)], "Chinese", "English")
    assert cells(table) == [["1", "茶1", "tea 1"], ["2", "茶2", "tea 2"], ["3", "茶3", "tea 3"]]
    header = [table.headerData(c, Qt.Orientation.Horizontal) for c in range(3)]
    assert header == ["Line", "Chinese", "English"]
    qtmodeltester.check(table)
