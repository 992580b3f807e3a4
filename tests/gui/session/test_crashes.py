"""Bugs and crashes of the window are kept, offered at the next start, copied and deleted."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from core import crash_reports
from gui.app import Composition
from gui.jobs.background import Background
from gui.settings import Settings
from gui.theme import Theme
from gui.widgets.crash_reports import CrashNotice
from tests.gui.fakes import FakeEngine
from tests.gui.translate.conftest import dressed, engine, open_window, settings

__all__ = ["dressed", "engine", "open_window", "settings"]

SECRET = "秘密的句子"


@pytest.fixture(autouse=True)
def nothing_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crash_reports, "_reported", set())


def fail() -> None:
    raise KeyError(SECRET)


@pytest.mark.logs("unexpected error")
def test_a_bug_in_the_background_leaves_a_report(qtbot: QtBot) -> None:
    background = Background()
    with qtbot.waitSignal(background.failed):
        background.request("picture", fail)
    background.shutdown()
    (file,) = crash_reports.unseen()
    text = file.read_text("utf-8")
    assert "in fail" in text
    assert SECRET not in text


@pytest.mark.logs("unexpected error")
def test_a_bug_while_translating_leaves_a_report(
    open_window: Callable[..., Composition], qtbot: QtBot, engine: FakeEngine
) -> None:
    engine.error = RuntimeError(f"no vector for {SECRET}")
    parts = open_window()
    with qtbot.waitSignal(parts.thread.failed):
        parts.window.translate.source.editor.replace_text(SECRET)
    (file,) = crash_reports.unseen()
    assert "RuntimeError" in file.read_text("utf-8")
    assert SECRET not in file.read_text("utf-8")


@pytest.fixture
def notice(qtbot: QtBot, dressed: QApplication, settings: Settings) -> CrashNotice:
    notice = CrashNotice(Theme(settings))
    qtbot.addWidget(notice)
    return notice


def kept(name: str) -> Path:
    file = crash_reports.reports_folder() / f"crash-{name}.txt"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"Attune: report {name}\n")
    return file


def test_nothing_is_offered_where_there_is_nothing(notice: CrashNotice) -> None:
    notice.offer(())
    assert notice.isHidden()


def test_a_report_is_shown_copied_and_not_offered_again(notice: CrashNotice) -> None:
    kept("1"), kept("2")
    notice.offer(crash_reports.unseen())
    assert not notice.isHidden()
    notice.acted.emit()
    dialog = notice.dialog
    assert dialog is not None
    assert not dialog.isModal()
    assert dialog.text.toPlainText().split("\n\n") == [
        "Attune: report 2",
        "Attune: report 1",
    ]
    dialog.copy.click()
    assert QApplication.clipboard().text() == dialog.text.toPlainText()
    dialog.accept()
    assert notice.isHidden()
    assert crash_reports.unseen() == ()
    assert len(list(crash_reports.reports_folder().iterdir())) == 2


def test_a_report_is_deleted(notice: CrashNotice) -> None:
    file = kept("1")
    notice.offer(crash_reports.unseen())
    notice.acted.emit()
    assert notice.dialog is not None
    notice.dialog.delete.click()
    assert not file.exists()
    assert notice.isHidden()
    assert list(crash_reports.reports_folder().iterdir()) == []


def test_a_notice_that_is_dismissed_comes_no_more(notice: CrashNotice) -> None:
    kept("1")
    notice.offer(crash_reports.unseen())
    notice.dismissed.emit()
    assert crash_reports.unseen() == ()


PROGRAM = """
import os, signal, sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
import gui.app
from gui.app import compose, run
from gui.viewmodels.models import Listing

gui.app.compose = lambda settings: compose(settings, models=lambda _name: Listing(()))
def shown():
    window = next(w for w in QApplication.topLevelWidgets() if w.objectName() == "window")
    print("offered" if window.crashes.isVisible() else "nothing offered", flush=True)
    {body}
QTimer.singleShot(0, lambda: QTimer.singleShot(800, shown))
sys.exit(run(["attune"]))
"""


def start(body: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    return subprocess.run(
        [sys.executable, "-c", PROGRAM.format(body=body)],
        capture_output=True, text=True, timeout=120, env=environment,
    )  # fmt: skip


@pytest.mark.skipif(sys.platform == "win32", reason="signals are of POSIX")
def test_the_start_after_a_crash_offers_its_report() -> None:
    crashed = start("os.kill(os.getpid(), signal.SIGSEGV)")
    assert crashed.stdout == "nothing offered\n"
    assert crashed.returncode == -signal.SIGSEGV
    after = start("QApplication.closeAllWindows()")
    assert after.stdout == "offered\n", after.stderr
    assert after.returncode == 0
    (report,) = crash_reports.unseen()
    assert "Segmentation fault" in report.read_text("utf-8")
    assert [file.name for file in report.parent.iterdir()] == [report.name]
