"""Checking happens elsewhere, answers once, and only to the newest question."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from core.cancel import CancelToken
from core.training.checks import CheckReport, Pair
from gui.errors import Failure
from gui.jobs.checking import Check, Checking
from gui.jobs.pair_files import CheckRequest, check_pairs
from gui.pages.teach_steps.file_step import sample_file


class Asked:
    """A :class:`Checking` with all its answers."""

    def __init__(self, check: Check = check_pairs) -> None:
        self.checking = Checking(check, lambda: ())
        self.reports: list[tuple[CheckRequest, CheckReport]] = []
        self.failures: list[tuple[CheckRequest, Failure]] = []
        self.checking.checked.connect(lambda *answer: self.reports.append(answer))
        self.checking.failed.connect(lambda *answer: self.failures.append(answer))


@pytest.fixture
def asked(qtbot: QtBot) -> Iterator[Asked]:
    result = Asked()
    yield result
    result.checking.shutdown()


def request(path: Path | str) -> CheckRequest:
    return CheckRequest((Path(path),), "zh", "en")


def test_the_sample_shows_good_pairs_and_six_kinds_of_bad_ones(qtbot: QtBot, asked: Asked) -> None:
    asked.checking.check(request(sample_file()))
    qtbot.waitUntil(lambda: bool(asked.reports), timeout=10_000)
    report = asked.reports[0][1]
    assert len(report.pairs) >= 110
    assert sorted(report.counts) == sorted(
        ["columns", "empty", "identical", "swapped", "ratio", "duplicate"]
    )
    assert set(report.counts.values()) == {1}


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"\xff\xfe\x00", "UTF-16"), ("茶很香\ttea\n".encode() * 30 + b"\xc3\x28\tc\n", "line 31")],
)
def test_a_file_that_is_no_text_is_explained(
    qtbot: QtBot, asked: Asked, tmp_path: Path, content: bytes, words: str
) -> None:
    path = tmp_path / "pairs.tsv"
    path.write_bytes(content)
    asked.checking.check(request(path))
    qtbot.waitUntil(lambda: bool(asked.failures), timeout=10_000)
    failure = asked.failures[0][1]
    assert words in failure.sentence and failure.remedy


def test_only_the_newest_answers_and_the_ui_thread_is_free(qtbot: QtBot) -> None:
    started = threading.Event()
    threads: list[threading.Thread] = []

    def check(asked: CheckRequest, cancel: CancelToken) -> CheckReport:
        threads.append(threading.current_thread())
        started.set()
        while asked.paths[0].name == "old.tsv":
            cancel.check()
        return CheckReport((Pair(1, "茶", "tea"),), ())

    asked = Asked(check)
    asked.checking.check(request("old.tsv"))
    assert started.wait(5)
    asked.checking.check(request("new.tsv"))
    qtbot.waitUntil(lambda: bool(asked.reports), timeout=5_000)
    qtbot.wait(50)
    assert [answer[0].paths[0].name for answer in asked.reports] == ["new.tsv"]
    assert threading.main_thread() not in threads
    asked.checking.shutdown()


def test_cancelled_check_never_answers(qtbot: QtBot) -> None:
    started = threading.Event()

    def check(asked: CheckRequest, cancel: CancelToken) -> CheckReport:
        started.set()
        while True:
            cancel.check()

    asked = Asked(check)
    asked.checking.check(request("pairs.tsv"))
    assert started.wait(5)
    asked.checking.cancel()
    qtbot.wait(100)
    assert not asked.reports and not asked.failures
    asked.checking.shutdown()


def test_nothing_starts_after_the_end(qtbot: QtBot, asked: Asked) -> None:
    """A child that kept its model while the window closed still has the models listed."""
    asked.checking.list_models()
    asked.checking.shutdown()
    asked.checking.list_models()
    asked.checking.check(request(sample_file()))
    assert not asked.checking._thread.isRunning()


def test_what_was_written_for_children_goes_with_the_window(qtbot: QtBot, asked: Asked) -> None:
    checking, pairs = asked.checking, (Pair(1, "茶", "tea"), Pair(2, "水", "water"))
    with qtbot.waitSignal(checking.excerpt_written) as removed:
        checking.write_excerpt(pairs)
    with qtbot.waitSignal(checking.excerpt_written) as left:
        checking.write_excerpt(pairs)
    checking.remove(removed.args[0].path)
    qtbot.waitUntil(lambda: not removed.args[0].path.parent.exists())
    assert left.args[0].path.read_text("utf-8") == "茶\ttea\n水\twater\n"
    checking.shutdown()
    assert not left.args[0].path.parent.exists()
