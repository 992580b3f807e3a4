"""The terminal program as a child process: events out, commands in, gone with its owner."""

from __future__ import annotations

import os
import queue
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.cli.program import main
from core.events import (
    Discarded,
    Event,
    Failed,
    Finished,
    Left,
    Paused,
    Resumed,
    Started,
    Step,
    parse_event,
)
from core.store.model_store import ModelStore

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[3]
PATIENCE = 60.0  # seconds that a busy machine may take for anything


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, tiny_bundle: Path) -> Path:
    """A user's home whose one model of their own is the tiny one."""
    home = tmp_path_factory.mktemp("home")
    shutil.copytree(tiny_bundle, home / "data" / "models" / "tiny")
    return home


class Child:
    """``attune-cli`` in a process; its standard output is read in a thread."""

    def __init__(self, home: Path, *arguments: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "core.cli", *arguments],
            cwd=ROOT,
            env={**os.environ, "ATTUNE_HOME": str(home), "LC_ALL": "C"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        self.seen: list[Event] = []
        self._lines: queue.Queue[bytes] = queue.Queue()
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self._lines.put(line)
        self._lines.put(b"")

    def say(self, word: str) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(word.encode() + b"\n")
        self.process.stdin.flush()

    def next(self, timeout: float = PATIENCE) -> Event | None:
        """The next event; ``None`` when the child has closed its output."""
        line = self._lines.get(timeout=timeout)
        if not line:
            return None
        self.seen.append(parse_event(line.decode()))
        return self.seen[-1]

    def until(self, kind: type[Event]) -> Event:
        while not isinstance(event := self.next(), kind):
            assert event is not None, (self.seen, self.end())
        return event

    def end(self) -> tuple[int, str]:
        """Exit code and standard error."""
        code = self.process.wait(PATIENCE)
        assert self.process.stderr is not None
        return code, self.process.stderr.read().decode()

    def clean_up(self) -> None:
        self.process.kill()
        self.process.wait()
        self._reader.join()
        for pipe in (self.process.stdin, self.process.stdout, self.process.stderr):
            assert pipe is not None
            pipe.close()


@pytest.fixture
def children(home: Path) -> Iterator[list[Child]]:
    started: list[Child] = []
    yield started
    for child in started:
        child.clean_up()


def tune(children: list[Child], home: Path, lesson: Path, name: str, *first: str) -> Child:
    what = ("tune", str(lesson), "--base", "tiny", "--name", name, "--minutes", "5")
    children.append(Child(home, *first, *what))
    return children[-1]


def models(home: Path) -> list[str]:
    return [card.name for card in ModelStore(home / "none", home / "data" / "models").list()]


def test_a_window_s_whole_conversation(children: list[Child], home: Path, lesson: Path) -> None:
    child = tune(children, home, lesson, "talked", "--events")
    child.until(Started)
    child.until(Step)

    child.say("pause")
    begin = time.monotonic()
    child.until(Paused)
    assert time.monotonic() - begin < 15  # a second on an idle machine; the run takes 5 minutes
    with pytest.raises(queue.Empty):  # nothing more is computed
        child.next(timeout=0.4)
    processor = Path(f"/proc/{child.process.pid}/stat")
    if processor.exists():
        used = [sum(map(int, processor.read_text().split()[13:15])) for _ in pauses(2, 0.3)]
        assert used[1] - used[0] <= 2  # ticks of 10 ms

    child.say("nonsense")
    child.say("resume")
    child.until(Resumed)
    child.until(Step)
    child.say("stop")
    begin = time.monotonic()
    finished = child.until(Finished)
    assert time.monotonic() - begin < 30
    assert isinstance(finished, Finished)
    assert child.next() is None
    assert child.end() == (0, "unknown command 'nonsense'\n")
    assert "talked" in models(home)
    assert finished.steps > 0


def pauses(count: int, seconds: float) -> Iterator[int]:
    for number in range(count):
        if number:
            time.sleep(seconds)
        yield number


def test_a_child_whose_owner_went_away_leaves_a_run_to_go_on_with(
    children: list[Child], home: Path, lesson: Path
) -> None:
    child = tune(children, home, lesson, "orphan", "--events")
    child.until(Step)
    assert child.process.stdin is not None
    child.process.stdin.close()
    left = child.until(Left)
    assert isinstance(left, Left)
    assert left.model == "orphan"
    assert child.next() is None
    assert child.end() == (0, "")
    assert "orphan" not in models(home)

    children.append(Child(home, "--events", "tune", "--resume", "orphan"))
    step = children[-1].until(Step)
    assert isinstance(step, Step)
    assert step.step == left.step + 1
    children[-1].say("stop")
    children[-1].until(Finished)
    assert children[-1].end()[0] == 0
    assert "orphan" in models(home)
    assert not (home / "data" / "runs" / "orphan").exists()


def test_two_cannot_teach_the_same_model(
    children: list[Child],
    home: Path,
    lesson: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    first = tune(children, home, lesson, "shared", "--events")
    first.until(Started)
    monkeypatch.setenv("ATTUNE_HOME", str(home))
    for words in (("--name", "shared", str(lesson), "--base", "tiny"), ("--resume", "shared")):
        assert main(["tune", *words]) == 1
        assert "is being taught at this moment" in capsys.readouterr().err
    first.say("discard")
    first.until(Discarded)
    assert first.end()[0] == 0
    assert not (home / "data" / "runs" / "shared").exists()


def test_a_user_s_error_is_the_last_event_and_exit_code_1(
    children: list[Child], home: Path, tmp_path: Path
) -> None:
    child = tune(children, home, tmp_path / "没有.tsv", "never", "--events")
    failed = child.until(Failed)
    assert isinstance(failed, Failed)
    assert failed.where.endswith("没有.tsv")
    assert failed.remedy
    assert child.next() is None
    code, said = child.end()
    assert code == 1
    assert len(said.splitlines()) == 1
    assert failed.what in said


@pytest.mark.skipif(os.name == "nt", reason="no such signal")
def test_ctrl_c_at_a_terminal_keeps_the_best(
    children: list[Child], home: Path, lesson: Path
) -> None:
    child = tune(children, home, lesson, "interrupted")
    assert child.process.stderr is not None
    said = []
    for line in child.process.stderr:
        said.append(line.decode())
        if "update 0:" in said[-1]:  # the next lines come with the first step of learning
            time.sleep(1)
            child.process.send_signal(signal.SIGINT)
            break
    code, rest = child.end()
    assert code == 0, rest
    lines = [line for line in rest.splitlines() if line.strip()]
    assert any("stopping" in line for line in lines)
    assert lines[-1].startswith("kept as interrupted in ")
    assert "interrupted" in models(home)
    assert "█" not in rest  # no bars in a log


def test_a_job_that_hangs_does_not_outlive_its_owner() -> None:
    program = """
import itertools, time
from core.cli import jobs
from core.events import Message
jobs.ORPHAN_SECONDS = 0.3
def job(control):
    yield Message("here")
    for _ in itertools.count():
        time.sleep(10)
jobs.run_job(job, events=True)
"""
    begin = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, stdin=subprocess.DEVNULL, capture_output=True,
        text=True, timeout=PATIENCE, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert parse_event(done.stdout).kind == "message"
    assert time.monotonic() - begin < 9


def test_commands_in_pieces_and_of_any_bytes_are_heard() -> None:
    program = """
from core.cli import jobs
from core.events import Discarded
def job(control):
    control.cancel._event.wait(20)
    yield Discarded(int(control.ending == "discard"))
jobs.run_job(job, events=True)
"""
    process = subprocess.Popen(
        [sys.executable, "-c", program], cwd=ROOT,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    with process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        for piece in (b"\xff\xfe\n", b"\n  dis", b"card \r", b"\n"):
            process.stdin.write(piece)
            process.stdin.flush()
        line = process.stdout.readline().decode()  # while the input is still open
        assert parse_event(line) == Discarded(1)
        assert process.wait(PATIENCE) == 0
        assert process.stderr.read().count(b"\n") == 1
