"""One window a user: another start hands its files over and ends, whatever crashed before."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from gui.app import Composition
from gui.session import show_window
from gui.single_instance import SingleInstance
from tests.gui.translate.conftest import dressed, engine, open_window, settings

__all__ = ["dressed", "engine", "open_window", "settings"]

STARTS = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from gui.single_instance import SingleInstance
app = QCoreApplication(["attune"])
instance = SingleInstance(Path(sys.argv[1]))
first = instance.claim([Path(name) for name in sys.argv[2:]], 20.0)
print("first" if first else "handed over", flush=True)
if first:
    instance.listen()
    sys.stdin.read(1)  # until it is ended
"""


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """Starts the program's first steps over ``tmp_path / "state"``, with these files."""
    started: list[subprocess.Popen[str]] = []

    def start_(*files: Path) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-c", STARTS, str(tmp_path / "state"), *map(str, files)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        return process

    yield start_
    for process in started:
        process.kill()
        process.communicate()
    last = SingleInstance(tmp_path / "state")  # takes away the socket that a kill has left
    if last.claim(patience=0):
        last.listen()
        last.release()


def said(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def end_of(process: subprocess.Popen[str], qtbot: QtBot) -> str:
    """What a start says that another window, in this process, answers."""
    qtbot.waitUntil(lambda: process.poll() is not None, timeout=30_000)
    return said(process)


def test_another_start_hands_its_files_over(
    tmp_path: Path, qtbot: QtBot, start: Callable[..., subprocess.Popen[str]]
) -> None:
    instance = SingleInstance(tmp_path / "state")
    assert instance.claim()
    instance.listen()
    heard: list[object] = []
    instance.asked.connect(heard.append)
    one, other = tmp_path / "一 sentence.txt", tmp_path / "other.txt"
    assert end_of(start(one, other), qtbot) == "handed over"
    assert end_of(start(), qtbot) == "handed over"
    assert heard == [(one, other), ()]
    instance.release()
    assert said(start()) == "first"


def test_a_crash_leaves_nothing_in_the_way(
    tmp_path: Path, qtbot: QtBot, start: Callable[..., subprocess.Popen[str]]
) -> None:
    first = start()
    assert said(first) == "first"
    name = tmp_path / "state" / "window.json"
    qtbot.waitUntil(name.exists, timeout=10_000)
    before = json.loads(name.read_text())["server"]
    first.kill()
    first.wait()
    instance = SingleInstance(tmp_path / "state")
    assert instance.claim()
    instance.listen()
    assert json.loads(name.read_text())["server"] != before
    if sys.platform == "linux":  # the socket of the window that crashed is gone
        assert not (Path(os.environ.get("TMPDIR", "/tmp")) / before).exists()
    assert end_of(start(), qtbot) == "handed over"
    instance.release()


def test_windows_of_other_folders_are_none_of_its_business(tmp_path: Path, qtbot: QtBot) -> None:
    one, other = SingleInstance(tmp_path / "one"), SingleInstance(tmp_path / "other")
    assert one.claim()
    assert other.claim()
    assert one.first
    assert other.first
    one.release()
    other.release()


@pytest.mark.logs("does not answer")
def test_a_window_that_hangs_keeps_nobody_from_another(
    tmp_path: Path, qtbot: QtBot, start: Callable[..., subprocess.Popen[str]]
) -> None:
    assert said(start()) == "first"  # and never answers: its event loop does not run
    late = SingleInstance(tmp_path / "state")
    assert late.claim(patience=0.3)
    assert not late.first
    late.listen()  # which is the first one's alone
    late.release()


@pytest.mark.logs("will not find this window")
def test_a_state_folder_that_cannot_be_keeps_nobody_out(tmp_path: Path, qtbot: QtBot) -> None:
    (tmp_path / "state").write_text("a file")
    assert SingleInstance(tmp_path / "state").claim()


@pytest.mark.logs("something else than another start")
def test_what_is_no_request_is_not_obeyed(tmp_path: Path, qtbot: QtBot) -> None:
    if not hasattr(socket, "AF_UNIX"):
        pytest.skip("sockets are named pipes here")
    instance = SingleInstance(tmp_path / "state")
    instance.claim()
    instance.listen()
    heard: list[object] = []
    instance.asked.connect(heard.append)
    name = json.loads((tmp_path / "state" / "window.json").read_text())["server"]
    place = Path(os.environ.get("TMPDIR", "/tmp")) / name
    assert place.stat().st_mode & 0o077 == 0, "only its user may speak to it"
    for words in (
        b"[]\n",
        b"\xff\n",
        b'{"open": 3}\n',
        b'{"open": "ab"}\n',
        b'{"open": ["\\u0000"]}\n',
    ):
        with socket.socket(socket.AF_UNIX) as client:
            client.connect(str(place))
            client.sendall(words)
            client.settimeout(0.0)

            def closed(client: socket.socket = client) -> bool:
                try:
                    return client.recv(1) == b""
                except BlockingIOError:
                    return False

            qtbot.waitUntil(closed)
    assert heard == []
    instance.release()


def test_the_window_comes_up_with_the_file(
    open_window: Callable[..., Composition],
    qtbot: QtBot,
    tmp_path: Path,
    start: Callable[..., subprocess.Popen[str]],
) -> None:
    file = tmp_path / "note.txt"
    file.write_text("我喜欢喝茶。", "utf-8")
    parts = open_window()
    window = parts.window
    instance = SingleInstance(tmp_path / "state")
    assert instance.claim()
    instance.listen()
    instance.asked.connect(partial(show_window, window, parts.files.open))
    window.open("settings")
    window.setWindowState(Qt.WindowState.WindowMinimized)
    assert end_of(start(file), qtbot) == "handed over"
    assert not window.isMinimized()
    assert window.translate.source.editor.text == "我喜欢喝茶。"
    assert window.translate.isVisible()
    instance.release()
