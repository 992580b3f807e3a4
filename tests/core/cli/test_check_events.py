"""``attune-cli check --events``: what a window is told of a file, and how it ends the telling."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from core.cli.check_job import CheckJob
from core.cli.program import build_parser
from core.events import Checked, Doubted, Event, Failed, Rejected, Scored, parse_event
from core.training.control import Command, JobControl
from core.training.doctor.report import check
from tests.fixtures.tiny_model import toy_pairs

from .conftest import Program

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[3]
PATIENCE = 60.0  # seconds that a busy machine may take for anything
MIXED = (
    "我有3只猫。\tI have four cats.\n" "没有制表符\n" "早上好！\tGood morning!\n"
    "好的。\tFine.\n" "\tempty\n" "好的。\tNever!\n"
)  # fmt: skip


def told(*arguments: object) -> tuple[list[Event], int, str]:
    """All events of a process that nobody commands, its exit code and its asides."""
    with process(*arguments) as child:
        assert child.stdout is not None and child.stderr is not None
        events = [parse_event(line.decode()) for line in child.stdout]
        return events, child.wait(PATIENCE), child.stderr.read().decode()


@contextmanager
def process(*arguments: object) -> Iterator[subprocess.Popen[bytes]]:
    pipes = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.PIPE)
    command = [sys.executable, "-m", "core.cli", *map(str, arguments)]
    with subprocess.Popen(command, cwd=ROOT, **pipes) as child:
        try:
            yield child
        finally:
            child.kill()


def shuffled(folder: Path) -> Path:
    """What the tiny model knows, with the 4th and the 10th target in each other's place."""
    pairs = ((zh.replace(" ", ""), en) for zh, en, _ in toy_pairs())
    rows = list(dict.fromkeys(pair for pair in pairs if pair[0] != pair[1]))
    rows[3], rows[9] = (rows[3][0], rows[9][1]), (rows[9][0], rows[3][1])
    path = folder / "句 对.tsv"
    path.write_text("".join(f"{zh}\t{en}\n" for zh, en in rows), encoding="utf-8")
    return path


def test_every_finding_of_the_first_pass_is_a_line(tmp_path: Path) -> None:
    path = tmp_path / "mixed.tsv"
    path.write_text(MIXED, encoding="utf-8")
    events, code, asides = told("--events", "check", path, "--from", "zh", "--to", "en")
    report = check(path, "zh", "en")
    expected: list[Event] = [Rejected(bad.line, bad.reason) for bad in report.rejections]
    expected += [Doubted(d.line, d.reason, d.note, d.other) for d in report.doubts]
    assert len(expected) == 5
    *found, last = events
    assert sorted(map(repr, found)) == sorted(map(repr, expected))
    assert last == Checked(rows=6, pairs=4, usable=4)
    assert (code, asides) == (0, "")


def test_a_file_that_is_none_is_the_last_word(tmp_path: Path) -> None:
    events, code, asides = told("check", "--events", tmp_path / "茶 none.tsv")
    (failed,) = events
    assert isinstance(failed, Failed)
    assert failed.what == "there is no such file" and failed.where.endswith("茶 none.tsv")
    assert code == 1
    assert asides.count("\n") == 1


def test_json_and_events_exclude_each_other(program: Program, tmp_path: Path) -> None:
    assert program("check", "--events", "--json", tmp_path).code == 2
    done = program("--events", "check", "--json", tmp_path)
    assert done.code == 1 and "Leave out --json" in done.err


def job(path: Path, *arguments: object) -> CheckJob:
    return CheckJob(build_parser().parse_args(["check", str(path), *map(str, arguments)]))


def test_the_second_pass_tells_how_far_it_is(tiny_bundle: Path, tmp_path: Path) -> None:
    path = shuffled(tmp_path)
    made = job(path, "--second-pass", tiny_bundle, "--drop", "misaligned")
    *events, last = made.events(JobControl())
    wrong = [event.line for event in events if isinstance(event, Doubted)]
    assert {4, 10} <= set(wrong)
    assert set(wrong) == made.survey.dropped
    rows = len(path.read_text("utf-8").splitlines())
    scored = [event for event in events if isinstance(event, Scored)]
    assert {event.total for event in scored} == {rows}
    done = [event.done for event in scored]
    assert done[0] == 0 and done[-1] == rows and done == sorted(done)
    assert last == Checked(rows, rows, rows - len(wrong), rows)


def test_told_to_stop_it_keeps_what_it_has_found(
    tiny_bundle: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.training.doctor.second_pass.POOL", 8)
    made, control = job(shuffled(tmp_path), "--second-pass", tiny_bundle), JobControl()
    events: list[Event] = []
    for event in made.events(control):
        events.append(event)
        if isinstance(event, Scored) and event.done >= 8:
            control.give(Command.STOP)
    last = events[-1]
    assert isinstance(last, Checked)
    assert 8 <= last.scored < last.usable == last.rows
    doubted = [event.line for event in events if isinstance(event, Doubted)]
    assert made.survey.doubtful["misaligned"] == len(doubted) >= 1


def test_it_does_not_outlive_its_owner(tiny_bundle: Path, tmp_path: Path) -> None:
    path, out = tmp_path / "long.tsv", tmp_path / "good.tsv"
    lines = "".join(f"我喜欢第{n}只猫。\tI like cat {n}.\n" for n in range(3000))
    path.write_text(lines, encoding="utf-8")
    out.write_text("old")
    asked = ("check", path, "--second-pass", tiny_bundle, "--write-good", out)
    with process("--events", *asked) as child:
        assert child.stdin is not None and child.stdout is not None
        seen = parse_event(child.stdout.readline().decode())
        while not (isinstance(seen, Scored) and seen.done):
            seen = parse_event(child.stdout.readline().decode())
        began = time.monotonic()
        child.stdin.close()
        child.stdout.read()
        child.wait(PATIENCE)
        assert time.monotonic() - began < PATIENCE / 2
    assert out.read_text() == "old"  # not all was looked at
