"""A bug or a crash leaves a report that tells where, and nothing of the user's text."""

from __future__ import annotations

import importlib
import os
import signal
import subprocess
import sys
import threading
import tomllib
from pathlib import Path

import pytest

import core
from core import crash_reports
from core.crash_reports import report, reports_folder, trace, unseen

SECRET = "秘密的句子 canary"


@pytest.fixture(autouse=True)
def nothing_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crash_reports, "_reported", set())


def bug() -> Exception:
    try:
        try:
            raise KeyError(SECRET)
        except KeyError as error:
            raise ValueError(f"cannot do {SECRET}") from error
    except ValueError as error:
        error.add_note(SECRET)
        return error


def test_it_tells_where_and_no_text(monkeypatch: pytest.MonkeyPatch) -> None:
    file = report(bug(), "attune")
    assert file is not None
    text = file.read_text("utf-8")
    assert "tests/core/test_crash_reports.py, line" in text
    assert "in bug" in text
    assert text.index("KeyError") < text.index("which led to") < text.index("ValueError")
    assert f"Python {sys.version_info.major}.{sys.version_info.minor}" in text
    assert "canary" not in text
    assert "秘密" not in text
    assert str(Path.home()) not in text
    monkeypatch.setenv(crash_reports.TEXT_VARIABLE, "1")
    assert SECRET in trace(bug())


def test_it_tells_which_part_of_the_program_is_missing() -> None:
    with pytest.raises(ImportError) as caught:
        importlib.import_module("nothing_of_that_name")
    assert "No module named 'nothing_of_that_name'" in trace(caught.value)


def test_a_bug_that_comes_back_is_told_once() -> None:
    errors = [bug(), bug()]
    assert [report(error, "attune") is not None for error in errors] == [True, False]
    assert len(unseen()) == 1


def test_only_the_newest_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crash_reports, "MOST", 2)
    reports_folder().mkdir(parents=True)
    for day in ("20200101-000000-a", "20210101-000000-b", "20220101-000000-c"):
        (reports_folder() / f"crash-{day}.txt").write_text(day)
    written = report(bug(), "attune")
    assert [file.name for file in unseen()] == ["crash-20220101-000000-c.txt", written.name]


def test_one_that_was_put_away_is_offered_no_more_and_deleted_is_gone() -> None:
    file = report(bug(), "attune")
    crash_reports.put_away(file)
    assert unseen() == ()
    (left,) = reports_folder().iterdir()
    crash_reports.delete(left)
    assert list(reports_folder().iterdir()) == []


def test_a_folder_that_cannot_be_written_stops_nothing(
    attune_home: Path, caplog: pytest.LogCaptureFixture
) -> None:
    attune_home.mkdir()
    (attune_home / "state").write_text("a file")
    assert report(bug(), "attune") is None
    with crash_reports.watch("attune"):
        pass
    assert unseen() == ()
    assert "no report" in caplog.text


WATCHED = """
import os, signal, sys
from core import crash_reports
with crash_reports.watch("attune"):
    print("watched", flush=True)
    {body}
"""


def watched(body: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", WATCHED.format(body=body)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


@pytest.mark.skipif(sys.platform == "win32", reason="signals are of POSIX")
def test_a_crash_says_nothing_of_this_computers_folders() -> None:
    process = watched("import threading; threading.Timer(0, lambda: os.abort()).run()")
    process.communicate(timeout=60)
    with crash_reports.watch("attune"):
        (file,) = unseen()
    text = file.read_text("utf-8")
    assert 'File "threading.py", line' in text
    assert str(Path(threading.__file__).parent) not in text


@pytest.mark.skipif(sys.platform == "win32", reason="signals are of POSIX")
@pytest.mark.parametrize("name", ["SIGSEGV", "SIGABRT"])
def test_a_crash_of_the_interpreter_is_told_at_the_next_start(name: str) -> None:
    process = watched(f"os.kill(os.getpid(), signal.{name})")
    process.communicate(timeout=60)
    assert process.returncode == -getattr(signal, name)
    assert unseen() == ()
    with crash_reports.watch("attune"):
        (file,) = unseen()
    text = file.read_text("utf-8")
    assert text.startswith("Attune ")
    assert "Fatal Python error" in text
    assert 'File "<string>", line 6' in text


def test_a_clean_end_and_a_kill_leave_no_report() -> None:
    process = watched("pass")
    process.communicate(timeout=60)
    assert process.returncode == 0
    assert list(reports_folder().iterdir()) == []
    process = watched("sys.stdin.read()")
    assert process.stdout is not None
    assert process.stdout.readline() == "watched\n"
    with crash_reports.watch("attune"):  # the other one lives: its file is left alone
        assert len(list(reports_folder().iterdir())) == 2
    process.kill()
    process.communicate()
    with crash_reports.watch("attune"):
        assert [file.name for file in reports_folder().iterdir()] == [f"running-{os.getpid()}.txt"]
    assert unseen() == ()


def test_what_nobody_caught_is_heard_in_every_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    heard: list[BaseException] = []
    crash_reports.hook_unhandled(heard.append)

    def fail() -> None:
        raise ZeroDivisionError

    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()
    error = bug()
    sys.excepthook(type(error), error, None)
    assert [type(error) for error in heard] == [ZeroDivisionError, ValueError]


CHILD = """
import sys
import core.cli.{module}
def fail(options):
    {fails}
core.cli.{module}.run = fail
from core.cli.program import main
sys.exit(main(["--events", "{module}"]))
"""


@pytest.mark.parametrize(
    ("fails", "reports"),
    [
        (f"raise KeyError({SECRET!r})", 1),
        ("from core.errors import InputError; raise InputError('no file')", 0),
    ],
)
def test_a_bug_of_a_child_leaves_a_report_and_a_users_error_none(fails: str, reports: int) -> None:
    code = CHILD.format(module="presets", fails=fails)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert done.returncode == 1
    found = unseen()
    assert len(found) == reports
    for file in found:
        text = file.read_text("utf-8")
        assert "attune-cli presets" in text
        assert "KeyError" in text
        assert "canary" not in text


def test_the_version_is_that_of_the_package() -> None:
    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text("utf-8"))
    assert core.__version__ == project["project"]["version"]


def test_what_a_killed_child_left_goes_with_the_window() -> None:
    program = (
        "from core import crash_reports\n"
        "with crash_reports.watch('child'):\n"
        "    print('on', flush=True); input()\n"
    )
    command, pipe = [sys.executable, "-c", program], subprocess.PIPE
    with (
        crash_reports.watch("attune"),
        subprocess.Popen(command, stdin=pipe, stdout=pipe) as child,
    ):
        assert child.stdout is not None and child.stdout.readline() == b"on\n"
        child.kill()
        child.wait()
        assert len(list(reports_folder().glob("running-*"))) == 2
    assert not list(reports_folder().iterdir())
